"""Sets of files that are replaced as one: what is about to be moved is written down first.

A process that is killed between two moves leaves its journal, and whoever next reads or writes one of the files puts the
old ones back. A journal stands beside the files, under a hidden name for each of them, and is locked while its process
lives. It is believed only if the user, or the system's own, wrote it, and moves nothing but what it can tell apart.
"""

from __future__ import annotations

import contextlib
import os
import secrets
import shutil
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from hashlib import blake2b
from pathlib import Path
from typing import BinaryIO

import msgspec

from tagger.folders import is_own

try:
    import fcntl
except ImportError:  # a system without such locks: a journal counts as left when it is old
    fcntl = None  # type: ignore[assignment]

_OPEN, _DONE = b"open", b"done"
_LONGEST = 1_000_000  # bytes of a journal
_PATIENCE = 10.0  # seconds that another process may take to move its files


class Move(msgspec.Struct, frozen=True, array_like=True):
    """A file that is replaced: its *name*, the *new* one, what the *old* one is kept as, "" if none, and which file is the new one."""

    name: str
    new: str
    old: str
    identity: tuple[int, int, int]

    def __post_init__(self) -> None:
        for name in filter(None, (self.name, self.new, self.old)):
            if Path(name).name != name or name == ".." or "\\" in name or "\0" in name:
                raise ValueError(f"{name!r} is no name of a file")
        if not (self.new.startswith(".") and self.old[:1] in ("", ".")):
            raise ValueError(f"{self.new!r}, {self.old!r}: what is kept beside a file is hidden")


def beside(path: Path) -> Path:
    """Return a hidden name beside *path* that no other file has."""
    return path.with_name(f".{path.name[:50]}.{secrets.token_hex(6)}")


def journal_of(path: Path) -> Path:
    """Return where the journal of a set stands that *path* is in."""
    digest = blake2b(os.fsencode(path.name), digest_size=6).hexdigest()
    return path.with_name(f".{path.name[:50]}.{digest}.journal")


def mend(path: Path) -> None:
    """Put the files back that a process was killed while it replaced, if *path* is one of them; wait for one that lives."""
    journal, end = journal_of(path), time.monotonic() + _PATIENCE
    while True:
        try:
            with journal.open("rb") as file:
                if _locked(file):
                    if _still_names(journal, file):
                        _undo_left(journal, file)
                        return
                elif time.monotonic() > end:
                    raise OSError(
                        f"{path}: another process has been replacing it for more than {_PATIENCE:.0f} seconds"
                    )
        except FileNotFoundError:
            return
        time.sleep(0.01)


def move_together(staged: Mapping[Path, Path]) -> None:
    """Move what is *staged* for each path there: all of it or, whatever happens between, nothing (of one folder)."""
    while not _moved(staged):
        pass


def _moved(staged: Mapping[Path, Path]) -> bool:
    """Move what is *staged*, unless somebody else has written one of its paths before it was their turn."""
    moves = _moves(staged)
    if len(staged) == 1 or not moves:
        for path in moves:
            os.replace(staged[path], path)  # noqa: PTH105
        return True
    with contextlib.ExitStack() as opened:
        folders = sorted({path.parent for path in staged})
        journals = [opened.enter_context(_written_down(folder, staged, moves)) for folder in folders]
        if _replacing(_moves(staged)) != _replacing(moves):
            return False
        _move_all(staged, moves, journals)
    return True


def _moves(staged: Mapping[Path, Path]) -> dict[Path, Move]:
    """Return what has to be moved: all but what is there already."""
    return {path: _move(path, new) for path, new in staged.items() if not _there_already(path, new)}


def _replacing(moves: Mapping[Path, Move]) -> dict[Path, bool]:
    """Return the paths that *moves* write, each with whether a file is there."""
    return {path: bool(move.old) for path, move in moves.items()}


def _move_all(staged: Mapping[Path, Path], moves: Mapping[Path, Move], journals: Sequence[BinaryIO]) -> None:
    try:
        for path, move in moves.items():
            _keep(path, move)
            os.replace(staged[path], path)  # noqa: PTH105
        for journal in journals:
            _mark_done(journal)
    except BaseException:
        for path, move in moves.items():
            _undo(path, move)
        raise
    for path, move in moves.items():
        _forget(path, move)


def _there_already(path: Path, new: Path) -> bool:
    """Whether *path* has the content of *new* already; it counts as written then."""
    if not path.exists():
        return False
    new.chmod(path.stat().st_mode & 0o777)
    if path.stat().st_size != new.stat().st_size or path.read_bytes() != new.read_bytes():
        return False
    os.utime(path)
    return True


def _move(path: Path, new: Path) -> Move:
    return Move(path.name, new.name, beside(path).name if path.exists() else "", _identity(new))


def _identity(path: Path) -> tuple[int, int, int]:
    """Return what a file keeps when it is moved, and no other has."""
    found = path.lstat()
    return found.st_ino, found.st_size, found.st_mtime_ns


@contextlib.contextmanager
def _written_down(folder: Path, paths: Iterable[Path], moves: Mapping[Path, Move]) -> Iterator[BinaryIO]:
    """Write down the *moves* in *folder*, under names for all of *paths* there, for as long as the block takes."""
    here = tuple(move for path, move in moves.items() if path.parent == folder)
    written = beside(folder / "set")
    file = written.open("x+b")
    names = [written]
    try:
        written.chmod(0o600)
        _locked(file)
        file.write(_OPEN + msgspec.json.encode(here))
        file.flush()
        for path in sorted(path for path in paths if path.parent == folder):
            names.append(_linked(written, path))
        yield file
    finally:
        with contextlib.suppress(OSError):  # what cannot be taken away now, whoever comes next will
            for name in names:
                name.unlink(missing_ok=True)
            file.close()


def _linked(written: Path, path: Path) -> Path:
    """Let *written* be the journal of *path*, after one that is there, and return its name; a disk without links has none."""
    journal = journal_of(path)
    while True:
        try:
            os.link(written, journal)
        except FileExistsError:
            mend(path)
            continue
        except OSError:
            pass
        return journal


def _mark_done(journal: BinaryIO) -> None:
    journal.seek(0)
    journal.write(_DONE)
    journal.flush()


def _locked(file: BinaryIO) -> bool:
    """Lock *file*; return whether its process does not live."""
    if fcntl is None:
        return time.time() - os.fstat(file.fileno()).st_mtime > _PATIENCE
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _still_names(path: Path, file: BinaryIO) -> bool:
    return os.path.samestat(path.lstat(), os.fstat(file.fileno()))


def _undo_left(journal: Path, file: BinaryIO) -> None:
    """Undo what the *journal* of a process says that was killed."""
    content = file.read(_LONGEST)
    try:
        moves = msgspec.json.decode(content[len(_OPEN) :], type=tuple[Move, ...])
    except ValueError:
        raise OSError(f"{journal}: this is no journal of files that were replaced; take it away") from None
    if not is_own(os.fstat(file.fileno())):
        raise OSError(f"{journal}: a process of another user was stopped while it replaced files here")
    step = _forget if content.startswith(_DONE) else _undo
    for move in moves:
        step(journal.with_name(move.name), move)
    for name in (journal, *(journal_of(journal.with_name(move.name)) for move in moves)):
        name.unlink(missing_ok=True)


def _keep(path: Path, move: Move) -> None:
    """Keep what stands at *path* under another name: as a link where there are links."""
    if not move.old:
        return
    try:
        os.link(path, path.with_name(move.old))
    except OSError:
        shutil.copy2(path, path.with_name(move.old))


def _undo(path: Path, move: Move) -> None:
    """Put the old file back where the new one is; what anybody else has put there since stays."""
    if path.exists() and _identity(path) == move.identity:
        if move.old:
            os.replace(path.with_name(move.old), path)  # noqa: PTH105
        else:
            path.unlink()
    _forget(path, move)


def _forget(path: Path, move: Move) -> None:
    for name in filter(None, (move.new, move.old)):
        path.with_name(name).unlink(missing_ok=True)
