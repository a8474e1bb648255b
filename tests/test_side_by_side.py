"""Threads and processes side by side: what they write is what one after the other writes, byte for byte."""

from __future__ import annotations

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from pathlib import Path

import pytest

import tagger
from conftest import ROOT

DOCUMENTS = [
    ROOT / "examples" / "brightwater-2008q2" / "release.txt",
    *[
        path
        for path in sorted((ROOT / "tests" / "cases").iterdir())
        if path.stat().st_size and path.suffix in {".htm", ".txt"}
    ][::12],
]
PROGRAM = """
import sys
sys.path.insert(0, {tests!r})
from test_side_by_side import DOCUMENTS, written
print("\\n".join(map(written, DOCUMENTS)))
"""


def written(path: Path) -> str:
    report = tagger.tag(path)
    return sha256(b"".join(report.render(format) for format in ("htm", "xml", "json", "csv", "xbri"))).hexdigest()


@pytest.fixture(scope="module")
def one_by_one() -> list[str]:
    return list(map(written, DOCUMENTS))


def test_eight_threads_write_what_one_does(one_by_one: list[str]) -> None:
    with ThreadPoolExecutor(8) as threads:
        assert list(threads.map(written, DOCUMENTS)) == one_by_one


@pytest.mark.parametrize("shared", [True, False], ids=["one cache", "a cache each"])
def test_four_processes_write_what_one_does(shared: bool, one_by_one: list[str], tmp_path: Path) -> None:
    program = PROGRAM.format(tests=str(Path(__file__).parent))
    running = []
    for number in range(4):
        environment = {**os.environ, "TAGGER_CACHE": str(tmp_path / ("cache" if shared else str(number)))}
        command = [sys.executable, "-c", program]
        running.append(subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True, cwd=ROOT))
    assert {process.communicate()[0] for process in running} == {"\n".join(one_by_one) + "\n"}
