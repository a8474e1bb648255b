"""The manual of the rule language: every file of it is written, every command run, every example checked."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

from tagger.check import check_rules
from tagger.cli.commands import app
from tagger.ruleset import load_rules
from tagger.ruleset.manifest import PACK_KEYS
from tagger.ruleset.packs import industries
from tagger.ruleset.written import KEYS, STATEMENTS, UNITS
from test_learning import NEXT, inline

ROOT = Path(__file__).resolve().parents[1]
MANUAL = (ROOT / "rules" / "README.md").read_text("utf-8")
BLOCK = re.compile(r"^```(\w*)[ ]?([^\n]*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@pytest.fixture(autouse=True)
def _own_cache(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TAGGER_CACHE", str(tmp_path_factory.mktemp("cache")))
    monkeypatch.delenv("TAGGER_RULES", raising=False)


def commands(block: str) -> Iterator[tuple[str, list[str]]]:
    """Yield the commands of a console block with the lines shown of their output."""
    for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
        command, *shown = part.splitlines()
        yield command, [line for line in shown if line.strip()]


def test_every_step_of_the_manual_works(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("acme-20240331.htm").write_text(inline(), "utf-8")
    Path("next.htm").write_text(inline(2025, NEXT, tagged=False), "utf-8")
    ran = 0
    for language, about, text in BLOCK.findall(MANUAL):
        if about.startswith("file="):
            path = Path(about.removeprefix("file="))
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, "utf-8")
        for command, shown in commands(text) if language == "console" else ():
            done = CliRunner().invoke(app, shlex.split(command)[1:])
            said = " ".join(f"{done.output} {done.stderr}".split())
            for line in shown:
                assert " ".join(line.split()) in said, f"$ {command}\n{done.output}{done.stderr}"
            ran += 1
    assert ran >= 15


def test_every_rule_of_the_manual_passes_its_tests(tmp_path: Path) -> None:
    blocks = [text for language, about, text in BLOCK.findall(MANUAL) if language == "yaml" and not about]
    assert len(blocks) >= 5
    for place, text in enumerate(blocks):
        folder = tmp_path / str(place)
        folder.mkdir()
        (folder / "rules.yaml").write_text(text, "utf-8")
        alone = "extends:" not in text
        found = check_rules(folder, base=not alone)
        assert [str(problem) for problem in found if problem.severity == "error"] == []


def test_the_manifest_of_the_manual_can_be_used(tmp_path: Path) -> None:
    (text,) = (text for _, about, text in BLOCK.findall(MANUAL) if about == "manifest")
    (tmp_path / "pack.yaml").write_text(text, "utf-8")
    assert [str(problem) for problem in check_rules(tmp_path) if problem.severity == "error"] == []
    assert {key for key in PACK_KEYS if re.search(rf"^{key}:", text, re.MULTILINE)} == set(PACK_KEYS) - {"source"}


@pytest.mark.parametrize("word", [*KEYS, *STATEMENTS, *UNITS])
def test_the_manual_tells_of(word: str) -> None:
    assert f"`{word}`" in MANUAL


@pytest.mark.parametrize("name", industries())
def test_a_pack_for_an_industry_can_be_extended(tmp_path: Path, name: str) -> None:
    assert check_rules(ROOT / "rules" / "industry" / name) == []
    (tmp_path / "pack.yaml").write_text(f"extends: [{name}]\n", "utf-8")
    rules = load_rules(tmp_path)
    own = rules.pack_rules
    assert own
    assert all(rule.layer > 0 for rule in own)


def test_industries_ship() -> None:
    assert industries() == ("bank", "insurer", "property")
