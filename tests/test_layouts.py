"""Layouts: every small document in `layouts/` is read into the grid that stands beside it.

Run ``pytest --update-golden`` after adding one or after a change that is meant, then read the diff.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tagger.reading import read
from tagger.reading.__main__ import show

LAYOUTS = Path(__file__).parent / "layouts"
DOCUMENTS = sorted(path for path in LAYOUTS.iterdir() if path.suffix != ".grid")


@pytest.mark.parametrize("source", DOCUMENTS, ids=lambda source: source.stem)
def test_a_layout_gives_its_grid(source: Path, request: pytest.FixtureRequest) -> None:
    grid = "".join(f"{line.rstrip()}\n" for line in show(read(source), brief=False))
    expected = source.with_suffix(".grid")
    if request.config.getoption("--update-golden"):
        expected.write_text(grid, "utf-8")
    assert grid == expected.read_text("utf-8")
