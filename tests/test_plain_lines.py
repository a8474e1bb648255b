"""A plain command line is read as typer would read it, and one that is not plain is left to typer."""

from __future__ import annotations

import shlex
import subprocess
import sys
from functools import partial
from pathlib import Path
from typing import Annotated, Any

import pytest
import typer
from typer.testing import CliRunner

from tagger.cli.commands import app as commands
from tagger.cli.plain import plain_call

app = typer.Typer()
seen: list[dict[str, Any]] = []


@app.command()
def do_it(
    sources: Annotated[list[str], typer.Argument(metavar="PATH...")],
    output: Annotated[list[Path] | None, typer.Option("-o", "--output")] = None,
    name: Annotated[str | None, typer.Option("--name")] = None,
    times: Annotated[int, typer.Option("--times")] = 1,
    share: Annotated[float, typer.Option("--share", min=0)] = 0.5,
    strict: Annotated[bool, typer.Option("--strict")] = False,
    loud: bool = False,
) -> None:
    seen.append({key: value for key, value in locals().items() if value not in (None, [])})


@app.command()
def other() -> None: ...


PLAIN = [
    "do-it a.txt",
    "do-it a.txt - b.htm --strict",
    "do-it --name x a.txt -o out.htm --output=-",
    "do-it a.txt --times 3 --name='a b' -o 1 -o 2",
]
NOT_PLAIN = [
    "",
    "do-it",
    "do-it --help",
    "do-it a.txt --times x",
    "do-it a.txt --name",
    "do-it a.txt --name -o x",
    "do-it a.txt --name x --name y",
    "do-it a.txt --share 1",
    "do-it a.txt --strict=1",
    "do-it a.txt --loud",
    "do-it a.txt -ox",
    "do-it -- a.txt",
    "do-it a.txt --unknown",
    "other a.txt",
    "no-command a.txt",
]


@pytest.mark.parametrize("line", PLAIN)
def test_a_plain_line_is_read_as_typer_reads_it(line: str) -> None:
    words = shlex.split(line)
    call = plain_call(app, words)
    assert call is not None
    call()
    assert CliRunner().invoke(app, words).exit_code == 0
    assert seen[-2] == seen[-1]


@pytest.mark.parametrize("line", NOT_PLAIN)
def test_what_is_not_plain_is_left_to_typer(line: str) -> None:
    assert plain_call(app, shlex.split(line)) is None


def test_the_usual_command_is_plain() -> None:
    call = plain_call(commands, ["tag", "release.htm", "--format", "json", "--entity", "cik:12345"])
    assert isinstance(call, partial)
    assert call.keywords == {"sources": ["release.htm"], "format": "json", "entity": "cik:12345"}


def test_the_status_of_a_plain_line_is_that_of_its_command(tmp_path: Path) -> None:
    release = tmp_path / "release.txt"
    release.write_text("Nothing is told here.\n")
    for words, status in ((["tag", str(release), "--strict"], 1), (["tag", str(tmp_path / "none.txt")], 2)):
        done = subprocess.run([sys.executable, "-m", "tagger", *words], capture_output=True, check=False)
        assert done.returncode == status
