"""Files that appear whole or not at all, and those that belong together all at once."""

from __future__ import annotations

import contextlib
import signal
import threading
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import BinaryIO

from tagger.journal import beside, mend, move_together

_STOPPING = tuple(getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name))


def write_text(path: Path, text: str) -> None:
    """Write *text* to *path* in UTF-8, whole or not at all."""
    write_files({path: text.encode("utf-8")})


def write_files(files: Mapping[Path, bytes]) -> None:
    """Write all *files*, or, if one cannot be written, leave every path as it was.

    Each is written beside its place under another name and then moved there, the last of them last, so that no
    reader ever sees half a file. A process that is killed between two of them leaves them for the next reader or writer to
    undo, see `tagger.journal`. Missing folders are made; what is there already with the same content stays.
    """
    with staged_files(*files) as staged:
        for path, data in files.items():
            staged[path].write(data)


@contextlib.contextmanager
def staged_files(*paths: Path) -> Iterator[dict[Path, BinaryIO]]:
    """Open a file beside each of *paths*; all take their places when the block ends, or none if it fails."""
    staged: dict[Path, Path] = {}
    with contextlib.ExitStack() as closing:
        closing.callback(_remove, staged)
        opened: dict[Path, BinaryIO] = {}
        for path in paths:
            _check(path)
            path.parent.mkdir(parents=True, exist_ok=True)
            mend(path)
            staged[path] = beside(path)
            opened[path] = closing.enter_context(staged[path].open("xb"))  # with the mode that new files get here
        yield opened
        for file in opened.values():
            file.close()  # a full disk may show only now
        with _undisturbed():
            move_together(staged)


def _check(path: Path) -> None:
    if path.is_symlink():
        raise OSError(f"{path}: this is a link; give the file it leads to, or take the link away")
    if path.is_dir():
        raise IsADirectoryError(f"{path} is a folder, not a file that can be written")
    if path.exists() and not path.is_file():
        raise OSError(f"{path}: this is no file that can be written")


def _remove(staged: Mapping[Path, Path]) -> None:
    for temporary in staged.values():
        temporary.unlink(missing_ok=True)


@contextlib.contextmanager
def _undisturbed() -> Iterator[None]:
    """Let nothing but a kill stop the process between two files that belong together."""
    if threading.current_thread() is not threading.main_thread() or not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, _STOPPING)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
