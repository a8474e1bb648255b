"""The documentation: every file of a page is written, every command and line of code run, every output compared."""

from __future__ import annotations

import ast
import contextlib
import dataclasses
import io
import json
import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from msgspec import Struct, structs
from typer.testing import CliRunner

import tagger
from command_page import command_page
from conftest import ROOT
from tagger.cli.commands import app
from taxonomy_cases import CONCEPTS, embedded, us_gaap, zipped
from test_evidence import write_data_set
from test_learning import NEXT, inline

DOCS = ROOT / "docs"
PAGES = sorted(path.relative_to(DOCS).as_posix() for path in DOCS.rglob("*.md"))
NEEDS = {
    "cookbook/folder-to-parquet.md": ("pyarrow",),
    "cookbook/frames-and-engines.md": ("pandas", "polars", "duckdb", "pyarrow"),
    "cookbook/notebook.md": ("pandas",),
    "evidence.md": ("numpy", "scipy"),
    "refusals.md": ("pyarrow",),
}
SHOWN = ROOT / "mkdocs.yml"
BLOCK = re.compile(r"^```(\w*)[ ]*([^\n]*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
TITLE = re.compile(r'title="([^"]+)"')
PRINTS = "prints"
ELM = """ELM HILL INC.
CONSOLIDATED BALANCE SHEETS
(In thousands)

                                 June 30,      December 31,
                                   2007           2006
Cash and cash equivalents         $   815        $   690
Inventories                           385            310
Total current assets                1,200          1,000
Property and equipment, net         1,800          1,900
Total assets                      $ 3,000        $ 2,900
"""


def blocks(page: str) -> list[tuple[str, str, str]]:
    """Return the blocks of *page*: language, title and content."""
    found = BLOCK.findall((DOCS / page).read_text("utf-8"))
    return [(language, title[1] if (title := TITLE.search(about)) else "", text) for language, about, text in found]


RELEASE = next(text for _, title, text in blocks("first-ten-minutes.md") if title == "release.txt")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the files that pages speak of, which is the current one."""
    monkeypatch.setenv("TAGGER_CACHE", str(tmp_path_factory.mktemp("cache")))
    monkeypatch.setenv("COLUMNS", "200")
    monkeypatch.delenv("TAGGER_RULES", raising=False)
    monkeypatch.delenv("TAGGER_USER_AGENT", raising=False)
    monkeypatch.chdir(tmp_path)
    files = {
        "release.txt": RELEASE,
        "releases/harbor.txt": RELEASE,
        "releases/elm.txt": ELM,
        "releases/empty.txt": "\n",
        "empty.txt": "\n",
        "facts.parquet": "PAR1....PAR1",
        "acme-20240331.htm": inline(),
        "next.htm": inline(2025, NEXT, tagged=False),
    }
    for name, text in files.items():
        Path(name).parent.mkdir(exist_ok=True)
        Path(name).write_text(text, "utf-8")
    return tmp_path


def _filing() -> None:
    """Write the 10-Q that followed the release, in which cash and inventories came out otherwise."""
    text = RELEASE.replace("8,115", "8,120").replace("3,885", "3,880")
    tagger.tag(text, entity="cik:1234567").write("10-q.htm")


OFFICIAL = ("AssetsCurrent", "instant"), ("InventoryRawMaterials", "instant"), ("CostOfRevenue", "duration")


def _packages() -> None:
    named = [(name, "xbrli:monetaryItemType", period, "debit", False, "xbrli:item") for name, period in OFFICIAL]
    for family in ("us-gaap", "dei", "srt"):
        zipped(
            us_gaap(2025, concepts=[*CONCEPTS, *named]) if family == "us-gaap" else embedded(family, 2025),
            Path(f"{family}-2025.zip"),
        )


def _data_sets() -> None:
    for name in ("2010q3.zip", "2024q1.zip"):
        write_data_set(Path(name), 40)


BEFORE = {
    "cookbook/against-the-10-q.md": _filing,
    "how-right.md": _filing,
    "taxonomies.md": _packages,
    "evidence.md": _data_sets,
}


def commands(block: str) -> Iterator[tuple[str, list[str]]]:
    """Yield the commands of a console block with the lines shown of their output."""
    for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
        command, *shown = part.splitlines()
        yield command.partition("  #")[0], [line for line in shown if line.strip()]


def shows(wanted: str, said: str) -> bool:
    """Whether *said* holds *wanted*; blanks mean nothing, and ``...`` stands for anything."""
    parts = [re.escape(" ".join(part.split())) for part in wanted.split("...")]
    return re.search(".*".join(parts), " ".join(said.split())) is not None


def _run_commands(text: str) -> None:
    for command, lines in commands(text):
        done = CliRunner().invoke(app, shlex.split(command)[1:])
        assert done.exception is None or isinstance(done.exception, SystemExit), command
        assert lines or done.exit_code == 0, f"$ {command}\n{done.output}{done.stderr}"
        for line in lines:
            assert shows(line, done.output + done.stderr), f"$ {command}\n{line}\n{done.output}{done.stderr}"


@pytest.mark.parametrize("page", PAGES)
def test_every_example_of_a_page_works(page: str, folder: Path) -> None:
    for name in NEEDS.get(page, ()):
        pytest.importorskip(name)
    BEFORE.get(page, lambda: None)()
    names: dict[str, Any] = {"__name__": "__page__"}
    found = blocks(page)
    for place, (language, title, text) in enumerate(found):
        if title and title != PRINTS and "--8<--" not in text:
            Path(title).parent.mkdir(exist_ok=True)
            Path(title).write_text(text, "utf-8")
        elif language == "console":
            _run_commands(text)
        elif language == "python" and not title:
            with contextlib.redirect_stdout(io.StringIO()) as printed:
                exec(compile(text, page, "exec"), names)
            wanted = found[place + 1][2] if place + 1 < len(found) and found[place + 1][1] == PRINTS else ""
            for line, said in zip(wanted.splitlines(), printed.getvalue().splitlines(), strict=bool(wanted)):
                assert shows(line, said), f"{line}\n{said}"
                assert "..." in line or len(" ".join(line.split())) == len(" ".join(said.split()))


def test_a_page_is_in_the_menu() -> None:
    menu = re.findall(r": ([\w/.-]+\.md)$", SHOWN.read_text("utf-8"), re.MULTILINE)
    assert sorted(menu) == PAGES


@pytest.mark.parametrize("page", PAGES)
def test_links_between_pages_lead_somewhere(page: str) -> None:
    text = BLOCK.sub("", (DOCS / page).read_text("utf-8"))
    for link in re.findall(r"\]\(([^)#\s]+)(?:#[\w-]*)?\)", text):
        assert "://" in link or ((DOCS / page).parent / link).exists(), link


def test_the_page_of_commands_says_what_the_commands_say(update_golden: bool) -> None:
    """``pytest --update-golden`` writes the page anew."""
    path = DOCS / "reference" / "command-line.md"
    if update_golden:
        path.write_text(command_page(), "utf-8")
    assert path.read_text("utf-8") == command_page(), "pytest --update-golden tests/test_docs.py"


@pytest.mark.parametrize("name", [name for name in tagger.__all__ if name != "__version__"])
def test_every_public_name_and_field_has_its_place_in_the_reference(name: str) -> None:
    page = (DOCS / "reference" / "python.md").read_text("utf-8")
    assert f"\n::: tagger.{name}\n" in page
    public = getattr(tagger, name)
    if isinstance(public, type) and (dataclasses.is_dataclass(public) or issubclass(public, Struct)):
        table = page.partition(f"| field of `{name}` |")[2].partition("\n\n")[0]
        told = {
            word
            for line in table.splitlines()
            for word in re.findall(r"`(\w+)`", line.partition("|")[2].partition("|")[0])
        }
        fields = dataclasses.fields(public) if dataclasses.is_dataclass(public) else structs.fields(public)
        assert told == {field.name for field in fields if not field.name.startswith("_")}


def test_docstrings_of_the_public_names_show_their_examples_as_code() -> None:
    source = (DOCS / "doctests.py").read_text("utf-8")
    example = re.compile(ast.literal_eval(re.search(r'r(".*?")', source)[1].replace("\\", "\\\\")), re.MULTILINE)  # type: ignore[index]
    text = "A sentence.\n\n>>> tag()\n... more\n'x'\n>>> again()\n\nAnother.\n"
    assert example.findall(text) == [">>> tag()\n... more\n'x'\n>>> again()\n"]


# The notebook


def _cells() -> list[str]:
    book = json.loads((ROOT / "examples" / "first-look.ipynb").read_text("utf-8"))
    return ["".join(cell["source"]) for cell in book["cells"] if cell["cell_type"] == "code"]


def test_the_notebook_runs_from_its_first_cell_to_its_last(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    pytest.importorskip("pandas")
    monkeypatch.chdir(ROOT / "examples")
    monkeypatch.setenv("TAGGER_OUT", str(tmp_path))
    names: dict[str, Any] = {"__name__": "__main__"}
    shown = [_shown(cell, names) for cell in _cells()]
    assert len(shown) >= 5
    tables = [value._repr_html_() for value in shown if hasattr(value, "_repr_html_")]
    assert len(tables) >= 3
    assert "CONSOLIDATED" in tables[0]


def _shown(cell: str, names: dict[str, Any]) -> Any:
    """Run *cell* and return what a notebook would show of it: the value of an expression at its end."""
    tree = ast.parse(cell)
    last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
    with contextlib.redirect_stdout(io.StringIO()):
        exec(compile(tree, "cell", "exec"), names)
        return eval(compile(ast.Expression(last.value), "cell", "eval"), names) if isinstance(last, ast.Expr) else None


def test_the_notebook_is_kept_without_outputs() -> None:
    book = json.loads((ROOT / "examples" / "first-look.ipynb").read_text("utf-8"))
    assert all(not cell.get("outputs") and cell.get("execution_count") is None for cell in book["cells"])
