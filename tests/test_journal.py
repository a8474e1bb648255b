"""The journal of files that are replaced as one: believed where it can be, and of use to nobody else."""

from __future__ import annotations

import os
import threading
from pathlib import Path

import msgspec
import pytest

from tagger import journal
from tagger.files import write_files
from tagger.journal import Move, journal_of, mend


def left_behind(folder: Path, *moves: Move, state: bytes = b"open") -> Path:
    """Leave a journal of *moves* as a killed process would."""
    path = journal_of(folder / moves[0].name)
    path.write_bytes(state + msgspec.json.encode(moves))
    path.chmod(0o600)
    return path


def identity(path: Path) -> tuple[int, int, int]:
    found = path.stat()
    return found.st_ino, found.st_size, found.st_mtime_ns


@pytest.fixture
def moved(tmp_path: Path) -> tuple[Move, Move]:
    """Two files of a set that were moved: one over an old file, one where none was."""
    for name, content in {"a": "new", "b": "new b", ".a.old": "old"}.items():
        (tmp_path / name).write_text(content)
    return (
        Move("a", ".a.new", ".a.old", identity(tmp_path / "a")),
        Move("b", ".b.new", "", identity(tmp_path / "b")),
    )


def shown(folder: Path) -> dict[str, str]:
    return {path.name: path.read_text() for path in folder.iterdir()}


def test_what_was_moved_is_put_back(tmp_path: Path, moved: tuple[Move, Move]) -> None:
    left_behind(tmp_path, *moved)
    mend(tmp_path / "a")
    assert shown(tmp_path) == {"a": "old"}


def test_of_a_set_that_was_done_only_what_was_kept_is_taken_away(tmp_path: Path, moved: tuple[Move, Move]) -> None:
    left_behind(tmp_path, *moved, state=b"done")
    mend(tmp_path / "a")
    assert shown(tmp_path) == {"a": "new", "b": "new b"}


def test_a_file_of_the_set_that_did_not_move_is_free_again(tmp_path: Path, moved: tuple[Move, Move]) -> None:
    left = left_behind(tmp_path, *moved)
    (tmp_path / "still").write_text("new")
    os.link(left, journal_of(tmp_path / "still"))
    mend(tmp_path / "still")
    assert not journal_of(tmp_path / "still").exists()
    write_files({tmp_path / "still": b"x", tmp_path / "b": b"x"})
    assert shown(tmp_path)["still"] == "x"


def test_what_somebody_has_written_since_stays(tmp_path: Path, moved: tuple[Move, Move]) -> None:
    left_behind(tmp_path, *moved)
    for name in "ab":
        (tmp_path / name).unlink()
        (tmp_path / name).write_text("later, and longer")
    mend(tmp_path / "a")
    assert shown(tmp_path) == {"a": "later, and longer", "b": "later, and longer"}


@pytest.mark.parametrize("name", ["../b", "/b", "a/b", "..", "b\\c", "b\0"])
def test_a_journal_names_files_of_its_folder_alone(name: str) -> None:
    for names in ((name, ".a", ".b"), ("a", f".a/{name}", ""), ("a", name, ""), ("a", ".b", name)):
        with pytest.raises(ValueError, match=r"is no name of a file|is hidden"):
            Move(*names, (1, 2, 3))


@pytest.mark.parametrize("content", [b"", b"open", b"open[]x", b'open[["../a", ".b", "", [1, 2, 3]]]', b"open[[1]]"])
def test_what_is_no_journal_is_named(tmp_path: Path, content: bytes) -> None:
    path = journal_of(tmp_path / "a")
    path.write_bytes(content)
    with pytest.raises(OSError, match=f"{path.name}: this is no journal"):
        mend(tmp_path / "a")


@pytest.mark.parametrize("mode", [0o620, 0o602])
def test_a_journal_that_others_could_have_written_is_not_believed(
    tmp_path: Path, moved: tuple[Move, Move], mode: int
) -> None:
    left_behind(tmp_path, *moved).chmod(mode)
    with pytest.raises(OSError, match="a process of another user was stopped"):
        write_files({tmp_path / "a": b"x"})
    assert (tmp_path / "b").read_text() == "new b"
    assert (tmp_path / "a").read_text() == "new"


@pytest.mark.skipif(journal.fcntl is None, reason="there are no such locks here")
def test_a_process_that_lives_is_waited_for(tmp_path: Path, moved: tuple[Move, Move]) -> None:
    path = left_behind(tmp_path, *moved)
    with path.open("rb") as file:
        journal.fcntl.flock(file, journal.fcntl.LOCK_EX)
        waiting = threading.Thread(target=mend, args=(tmp_path / "a",))
        waiting.start()
        waiting.join(0.1)
        assert waiting.is_alive()
        assert (tmp_path / "a").read_text() == "new"
        path.unlink()
    waiting.join()
    assert (tmp_path / "a").read_text() == "new"


@pytest.mark.skipif(journal.fcntl is None, reason="there are no such locks here")
def test_nobody_waits_for_ever(tmp_path: Path, moved: tuple[Move, Move], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(journal, "_PATIENCE", 0.05)
    with left_behind(tmp_path, *moved).open("rb") as file:
        journal.fcntl.flock(file, journal.fcntl.LOCK_EX)
        with pytest.raises(OSError, match="another process has been replacing it for more than"):
            mend(tmp_path / "a")


def test_writers_of_one_set_take_turns(tmp_path: Path) -> None:
    paths = [tmp_path / name for name in "abcdef"]

    def write(number: int) -> None:
        for _ in range(20):
            write_files({path: str(number).encode() for path in paths})

    writers = [threading.Thread(target=write, args=(number,)) for number in range(4)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert len(set(shown(tmp_path).values())) == 1
    assert len(list(tmp_path.iterdir())) == len(paths)


def test_a_set_is_whole_where_another_was_written_before_its_turn(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, other = tmp_path / "a", tmp_path / "b"
    write_files({one: b"1", other: b"0"})
    there, others = journal._there_already, iter([True])

    def meanwhile(path: Path, new: Path) -> bool:
        found = there(path, new)
        if next(others, False):
            write_files({one: b"2", other: b"2"})
        return found

    monkeypatch.setattr(journal, "_there_already", meanwhile)
    write_files({one: b"1", other: b"1"})
    assert shown(tmp_path) == {"a": "1", "b": "1"}
    assert len(list(tmp_path.iterdir())) == 2


def test_without_links_files_are_replaced_all_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object) -> None:
        raise PermissionError

    monkeypatch.setattr(os, "link", refused)
    for content in (b"1", b"2"):
        write_files({tmp_path / "a": content, tmp_path / "b": content})
    assert shown(tmp_path) == {"a": "2", "b": "2"}
    monkeypatch.setattr(os, "replace", refused)
    with pytest.raises(PermissionError):
        write_files({tmp_path / "a": b"3", tmp_path / "b": b"3"})
    assert shown(tmp_path) == {"a": "2", "b": "2"}


def test_files_of_several_folders_are_undone_together(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    one, other = tmp_path / "one" / "a", tmp_path / "other" / "a"
    write_files({one: b"1", other: b"1"})
    replaced = os.replace

    def refused(source: Path, target: Path) -> None:
        if target == other and source.read_bytes() == b"2":
            raise PermissionError
        replaced(source, target)

    monkeypatch.setattr(os, "replace", refused)
    with pytest.raises(PermissionError):
        write_files({one: b"2", other: b"2"})
    assert (one.read_bytes(), other.read_bytes()) == (b"1", b"1")
    assert [path.name for path in tmp_path.rglob("*") if path.is_file()] == ["a", "a"]
