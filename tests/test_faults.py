"""Disks that fill up, folders that may not be written, processes that are killed: nothing is written by half or lost."""

from __future__ import annotations

import errno
import io
import os
import shutil
import signal
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

import tagger
from conftest import ROOT
from tagger.cli.commands import app
from tagger.files import staged_files, write_files
from tagger.folders import cache_folder
from tagger.journal import mend
from tagger.ruleset import load_rules
from test_hostile import TABLE
from test_learning import HEAD, context

OTHER = TABLE.replace("1,234", "2,234").replace("234</td><td>200", "1,234</td><td>200").replace("Net sales", "Revenues")
RULE = (
    "- id: mine-sales\n  rows: [takings]\n  concept: us-gaap:Revenues\n  statement: operations\n"
    "  skips: ['operations: Cost of takings']\n  matches: ['operations: Takings']\n"
)
FACT = '<ix:nonFraction id="f1" name="us-gaap:Revenues" contextRef="q" unitRef="usd" decimals="-3" scale="3" format="ixt:num-dot-decimal" xmlns:ixt="http://www.xbrl.org/inlineXBRL/transformation/2020-02-12">1,234</ix:nonFraction>'


def run(*arguments: object) -> Result:
    return CliRunner().invoke(app, list(map(str, arguments)))


def release(folder: Path, markup: str = TABLE) -> Path:
    path = folder / "release.htm"
    path.write_text(markup, "utf-8")
    return path


def filing(folder: Path) -> Path:
    page = f"<p>STATEMENTS OF OPERATIONS</p><table><tr><td></td><td>Three Months Ended March 31, 2024</td></tr><tr><td>Takings</td><td>{FACT}</td></tr></table></body></html>"
    path = folder / "filing.htm"
    path.write_text(HEAD.format(contexts=context("q", "2024-01-01/2024-03-31")) + page, "utf-8")
    return path


def unformatted(folder: Path) -> Path:
    folder.mkdir(exist_ok=True)
    path = folder / "rules.yaml"
    path.write_text(RULE, "utf-8")
    return path


def emptied(folder: Path) -> Path:
    shutil.rmtree(folder, ignore_errors=True)
    return folder


# Each command that writes, for a folder with its inputs and one for its outputs.
COMMANDS: dict[str, Callable[[Path, Path], tuple[object, ...]]] = {
    "tag": lambda inputs, out: ("tag", release(inputs), "-o", out / "q.htm"),
    "tag to several": lambda inputs, out: ("tag", release(inputs), "-o", out / "q.xml", "-o", out / "q.json", "-o", out / "q.csv"),
    "tag to packages": lambda inputs, out: ("tag", release(inputs), "-o", out / "q.xbri", "-o", out / "q.parquet"),
    "tag many": lambda inputs, out: ("tag", "-r", release(inputs).parent, "--jobs", 1, "-o", out / "f.parquet", "--findings", out / "f.jsonl"),
    "tag many to CSV": lambda inputs, out: ("tag", "-r", release(inputs).parent, "--jobs", 1, "-o", out / "f.csv"),
    "read": lambda inputs, out: ("read", filing(inputs), "-o", out / "r.json"),
    "learn": lambda inputs, out: ("learn", filing(inputs), "-o", out, "--force"),
    "rules new": lambda inputs, out: ("rules", "new", emptied(out / "new"), "--company", "Acme"),
    "rules fmt": lambda inputs, out: ("rules", "fmt", unformatted(out)),
    "rules doc": lambda inputs, out: ("rules", "doc", unformatted(inputs / "pack").parent, "-o", out / "doc.htm"),
    "rules schema": lambda inputs, out: ("rules", "schema", "-o", out / "schema.json"),
}  # fmt: skip


class Disk:
    """Counts what is done to files below *folder*, and at the one numbered *last* fails or ends the process."""

    def __init__(self, folder: Path, last: int, end: Callable[[], None]) -> None:
        self.folder, self.last, self.end, self.done = str(folder), last, end, 0

    def step(self, path: Any) -> None:
        if str(path).startswith(self.folder):
            self.done += 1
            if self.done == self.last:
                self.end()

    def watch(self, monkeypatch: pytest.MonkeyPatch) -> None:
        opened = io.open
        disk = self

        class Watched(io.FileIO):
            def write(self, data: Any) -> Any:
                disk.step(self.name)
                return super().write(data)

            def close(self) -> None:
                opened = not self.closed
                super().close()
                if opened:
                    disk.step(self.name)

        def watched_open(path: Any, mode: str = "r", *rest: Any, **more: Any) -> Any:
            if not isinstance(path, (str, os.PathLike)) or not set(mode) & set("wxa"):
                return opened(path, mode, *rest, **more)
            disk.step(path)
            raw = io.BufferedWriter(Watched(os.fspath(path), mode.replace("b", "").replace("t", "")))
            return raw if "b" in mode else io.TextIOWrapper(raw, encoding="utf-8")

        def watched(name: str, place: int) -> Any:
            done = getattr(os, name)

            def step(*paths: Any, **more: Any) -> None:
                disk.step(paths[place])
                done(*paths, **more)

            return step

        monkeypatch.setattr(io, "open", watched_open)
        for name, place in {"replace": 1, "link": 1, **({"unlink": 0} if self.end is killed else {})}.items():
            monkeypatch.setattr(os, name, watched(name, place))


def full() -> None:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), "the disk")


def places(count: int, command: str = "") -> range:
    """Return at which of *count* writes a process is stopped: some of them, or each with ``TAGGER_FAULTS=all``."""
    some = 3 if command.startswith("tag many") else 8  # a batch starts processes
    return range(1, count + 1, 1 if os.environ.get("TAGGER_FAULTS") == "all" else count // some + 1)


def killed() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def shown(folder: Path) -> dict[str, bytes]:
    """Return the files of *folder* that a user sees."""
    files = sorted(path for path in folder.rglob("*") if path.is_file() and not path.name.startswith("."))
    return {str(path.relative_to(folder)): path.read_bytes() for path in files}


def hidden(folder: Path) -> list[str]:
    return [path.name for path in folder.rglob(".*") if not path.name.endswith(".done")]


def steps(command: str, inputs: Path, out: Path, end: Callable[[], None] = full) -> int:
    """Return how much *command* does to the files below *out*."""
    disk = Disk(out, 0, end)
    with pytest.MonkeyPatch.context() as patched:
        arguments = COMMANDS[command](inputs, out)
        disk.watch(patched)
        result = run(*arguments)
    assert result.exit_code == 0, result.output
    return disk.done


@pytest.fixture
def folders(tmp_path: Path) -> tuple[Path, Path]:
    for name in ("in", "out"):
        (tmp_path / name).mkdir()
    return tmp_path / "in", tmp_path / "out"


@pytest.mark.parametrize("command", COMMANDS)
def test_a_full_disk_leaves_what_was_there_and_says_so(command: str, folders: tuple[Path, Path]) -> None:
    inputs, out = folders
    count = steps(command, inputs, out)
    assert count > 2
    whole = shown(out)
    for last in places(count, command):
        with pytest.MonkeyPatch.context() as patched:
            arguments = COMMANDS[command](inputs, out)
            before = shown(out)
            Disk(out, last, full).watch(patched)
            result = run(*arguments)
        assert result.exit_code in {0, 2}, (last, result.output, result.exception)
        assert result.exit_code == 0 or "No space left" in result.output
        assert set(shown(out).items()) <= {*before.items(), *whole.items()}
        assert not hidden(out)


@pytest.mark.parametrize("command", ["tag", "tag many", "learn", "rules fmt", "rules new"])
def test_the_first_file_of_a_set_that_cannot_be_moved_takes_none_along(
    command: str, folders: tuple[Path, Path]
) -> None:
    inputs, out = folders
    for last in places(steps(command, inputs, out), command):
        for path in out.rglob("*"):
            if path.is_file():
                path.unlink()
        with pytest.MonkeyPatch.context() as patched:
            arguments = COMMANDS[command](inputs, out)
            before = shown(out)
            Disk(out, last, full).watch(patched)
            result = run(*arguments)
        assert result.exit_code == 0 or shown(out) == before


def killed_at(last: int, arguments: tuple[object, ...], out: Path) -> None:
    """Run a command in a process that is killed where it does something to the files below *out* for the *last*th time."""
    child = os.fork()
    if not child:
        Disk(out, last, killed).watch(pytest.MonkeyPatch())
        run(*arguments)
        os._exit(0)
    os.waitpid(child, 0)


def made_old(out: Path) -> dict[str, bytes]:
    """Make the files below *out* other ones, as an earlier run might have left them; return them."""
    for path in out.rglob("*"):
        if path.is_file() and not path.name.startswith("."):
            path.write_bytes(path.read_bytes() + b"\n")
    return shown(out)


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
@pytest.mark.skipif(not hasattr(os, "fork"), reason="processes are made otherwise here")
@pytest.mark.parametrize("old", [False, True], ids=["new", "over old ones"])
@pytest.mark.parametrize("command", COMMANDS)
def test_a_process_killed_at_any_write_leaves_the_whole_set_or_none(
    command: str, old: bool, folders: tuple[Path, Path]
) -> None:
    inputs, out = folders
    run(*COMMANDS[command](inputs, out))
    whole = shown(out)
    made_old(out) if old else emptied(out)
    for last in places(steps(command, inputs, out, killed), command):
        made_old(out) if old else emptied(out)
        arguments = COMMANDS[command](inputs, out)
        before = shown(out)
        killed_at(last, arguments, out)
        assert set(shown(out).items()) <= {*before.items(), *whole.items()}
        for name in whole:
            mend(out / name)
        left = shown(out)
        assert left in (before, whole) or (command.startswith("tag to") and consistent(left, before, whole))
        assert not list(out.rglob(".*.journal"))
        assert run(*COMMANDS[command](inputs, out)).exit_code == 0
        assert shown(out) == whole


def consistent(left: dict[str, bytes], before: dict[str, bytes], whole: dict[str, bytes]) -> bool:
    """Whether of several outputs those that are new have their schema, and the others are as they were."""
    new = {name for name, content in left.items() if content == whole[name]}
    schema = {name for name in whole if name not in {"q.xml", "q.json", "q.csv", "q.xbri", "q.parquet"}}
    return schema <= new and set(left) - new <= before.keys()


def test_a_reader_puts_back_what_a_killed_process_left(folders: tuple[Path, Path]) -> None:
    inputs, out = folders
    count = steps("tag", inputs, out, killed)
    before = made_old(out)
    left = []
    for last in places(count):
        killed_at(last, COMMANDS["tag"](inputs, out), out)
        if (found := shown(out)) != before:
            left.append(found)
        tagger.read(out / "q.htm")
        if shown(out) != before:
            left.pop()
        made = shown(out)
        assert made in (before, {name: content[:-1] for name, content in before.items()})
        for name, content in before.items():
            (out / name).write_bytes(content)
    assert left


def test_a_pack_is_read_whole_after_a_killed_process(folders: tuple[Path, Path]) -> None:
    inputs, out = folders
    count = steps("learn", inputs, out, killed)
    before = made_old(out)
    for last in places(count):
        killed_at(last, COMMANDS["learn"](inputs, out), out)
        load_rules(out)
        assert shown(out) in (before, {name: content[:-1] for name, content in before.items()})
        for name, content in before.items():
            (out / name).write_bytes(content)


def test_what_was_done_of_a_batch_is_not_lost_on_a_full_disk(folders: tuple[Path, Path]) -> None:
    inputs, out = folders
    arguments = COMMANDS["tag many"](inputs, out)
    with pytest.MonkeyPatch.context() as patched:
        Disk(out, 2, full).watch(patched)
        assert run(*arguments).exit_code == 2
    again = run(*arguments, "--resume")
    assert again.exit_code == 0
    assert "1 of them done before" in again.output


def test_a_folder_that_may_not_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("here")
    result = run("tag", release(tmp_path), "-o", tmp_path / "file" / "q.htm")
    assert result.exit_code == 2
    assert "file" in result.output
    (tmp_path / "link.htm").symlink_to(tmp_path / "file")
    with pytest.raises(OSError, match="this is a link"):
        tagger.tag(release(tmp_path)).write(tmp_path / "link.htm")
    assert (tmp_path / "file").read_text() == "here"
    assert (tmp_path / "link.htm").is_symlink()
    os.mkfifo(tmp_path / "pipe.htm")
    with pytest.raises(OSError, match="no file that can be written"):
        tagger.tag(release(tmp_path)).write(tmp_path / "pipe.htm")


def test_a_release_is_never_written_over(tmp_path: Path) -> None:
    path = release(tmp_path)
    before = path.read_bytes()
    report = tagger.tag(path)
    for again in (path, tmp_path / "." / "release.htm"):
        with pytest.raises(ValueError, match="this is the release itself"):
            report.write(again)
    os.link(path, tmp_path / "same.htm")
    with pytest.raises(ValueError, match="this is the release itself"):
        report.write(tmp_path / "same.htm")
    assert run("tag", path, "-o", path).exit_code == 2
    assert path.read_bytes() == before
    report.write(tmp_path / "out.htm")
    report.write(tmp_path / "out.htm")  # an output may be written again


def test_files_that_go_with_one_release_are_not_given_to_another(tmp_path: Path) -> None:
    one, other = tagger.tag(TABLE.encode()), tagger.tag(OTHER.encode())
    one.write(tmp_path / "q.htm")
    one.write(tmp_path / "q.json")
    before = shown(tmp_path)
    with pytest.raises(ValueError, match=r"q\.xsd: it goes with q\.(htm|json), which is of another release"):
        other.write(tmp_path / "q.xml")
    assert shown(tmp_path) == before
    tagger.tag(TABLE.encode(), own_concepts=False).write(tmp_path / "q.xml")  # the same release, tagged otherwise
    (tmp_path / "q.htm").unlink()
    (tmp_path / "q.xml").unlink()
    other.write(tmp_path / "q.json")  # its own files are written over with it


def test_what_is_the_same_is_left_where_it_is(tmp_path: Path) -> None:
    path = tmp_path / "a"
    write_files({path: b"x"})
    number = path.stat().st_ino
    os.utime(path, (0, 0))
    write_files({path: b"x"})
    assert path.stat().st_ino == number
    assert path.stat().st_mtime > 0
    path.chmod(0o640)
    write_files({path: b"y"})
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    assert path.read_bytes() == b"y"


def test_a_block_that_fails_leaves_no_file(tmp_path: Path) -> None:
    def write() -> None:
        with staged_files(tmp_path / "a", tmp_path / "b") as files:
            files[tmp_path / "a"].write(b"x")
            raise KeyError

    with pytest.raises(KeyError):
        write()
    assert not list(tmp_path.iterdir())


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("TAGGER_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache"


def broken(content: bytes) -> Iterator[bytes]:
    yield b""
    yield content[:40]
    yield content[:-1]
    yield b"\x80\x04." + content[3:]  # a pickle
    yield from (
        content[:at] + bytes([content[at] ^ 1]) + content[at + 1 :]
        for at in (0, 33, 50, len(content) // 2, len(content) - 1)
    )


def test_a_broken_cache_is_made_anew(cache: Path, tmp_path: Path) -> None:
    unformatted(tmp_path / "pack")
    rules = load_rules(tmp_path / "pack", base=False)
    (kept,) = [path for path in cache.glob("*.rules") if path.stem == rules.key] or list(cache.glob("*.rules"))[:1]
    content = kept.read_bytes()
    for wrong in broken(content):
        kept.write_bytes(wrong)
        again = load_rules(tmp_path / "pack", base=False)
        assert [rule.id for rule in again.rules] == ["mine-sales"]
        assert kept.read_bytes() == content


@pytest.mark.parametrize("how", ["of other rules", "that others can write"])
def test_a_cache_that_another_could_have_made_is_made_anew(how: str, cache: Path, tmp_path: Path) -> None:
    unformatted(tmp_path / "pack")
    unformatted(tmp_path / "other").write_text(RULE.replace("mine", "other"), "utf-8")
    mine, other = (load_rules(tmp_path / name, base=False) for name in ("pack", "other"))
    kept = cache / f"{mine.key}.rules"
    if how == "of other rules":
        kept.write_bytes((cache / f"{other.key}.rules").read_bytes())
    else:
        kept.chmod(0o666)
    assert [rule.id for rule in load_rules(tmp_path / "pack", base=False).rules] == ["mine-sales"]
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600


def test_a_cache_that_cannot_be_written_is_left_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "cache").write_text("a file")
    monkeypatch.setenv("TAGGER_CACHE", str(tmp_path / "cache"))
    unformatted(tmp_path / "pack")
    assert [rule.id for rule in load_rules(tmp_path / "pack", base=False).rules] == ["mine-sales"]
    assert (tmp_path / "cache").read_text() == "a file"


BARE = "import os, tagger; os.umask(0o777); print(len(tagger.tag({source!r}).facts))"
SURROUNDINGS = {
    "no home": {"HOME": "", "XDG_CACHE_HOME": "", "LC_ALL": "C"},
    "a home that is not there": {"HOME": "/nonexistent", "LC_ALL": "C", "PYTHONUTF8": "0"},
    "an unknown locale": {"LC_ALL": "xx_XX.nowhere", "LANG": "xx", "PYTHONIOENCODING": "ascii"},
}


@pytest.mark.parametrize("name", SURROUNDINGS)
def test_it_runs_with_no_home_no_locale_and_any_umask(name: str, tmp_path: Path) -> None:
    path = release(tmp_path, TABLE.replace("Net sales", "Net sales \u2014 \u00e9"))
    environment = {
        **{key: value for key, value in os.environ.items() if not key.startswith(("LC_", "LANG", "TAGGER"))},
        **SURROUNDINGS[name],
    }
    done = subprocess.run(
        [sys.executable, "-c", BARE.format(source=str(path))],
        env=environment,
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=False,
    )
    assert (done.returncode, done.stdout.strip()) == (0, "6"), done.stderr
    command = "import os, sys; os.umask(0o077); from tagger.cli import main; sys.argv[1:] = {arguments!r}; main()"
    arguments = ["tag", str(path), "-o", str(tmp_path / "q.htm")]
    done = subprocess.run(
        [sys.executable, "-c", command.format(arguments=arguments)],
        env=environment,
        capture_output=True,
        cwd=ROOT,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert stat.S_IMODE((tmp_path / "q.htm").stat().st_mode) == 0o600


def test_two_processes_share_one_cache(tmp_path: Path) -> None:
    path = release(tmp_path)
    environment = {**os.environ, "TAGGER_CACHE": str(tmp_path / "cache")}
    command = [
        sys.executable,
        "-c",
        f"import tagger; print(hash(tagger.tag({str(path)!r}).render('json')) * 0, len(tagger.tag({str(path)!r}).facts))",
    ]
    running = [subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, cwd=ROOT) for _ in range(2)]
    assert {process.communicate()[0].split()[-1] for process in running} == {b"6"}
    assert not list((tmp_path / "cache").glob("*.part"))
    assert cache_folder() != tmp_path / "cache"
