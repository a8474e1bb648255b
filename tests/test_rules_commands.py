"""The commands that check, show and shape packs; and packs made to hurt."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from tagger.check import check_rules
from tagger.cli.commands import app
from tagger.ruleset import RuleError, load_rules
from tagger.ruleset.editing import format_file
from tagger.ruleset.schema import manifest_schema, rule_schema
from test_learning import NEXT, inline
from test_mistakes import MANIFEST, RULES

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(autouse=True)
def _own_cache(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TAGGER_CACHE", str(tmp_path_factory.getbasetemp() / "commands-cache"))
    monkeypatch.delenv("TAGGER_RULES", raising=False)


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    folder = tmp_path / "acme"
    folder.mkdir()
    (folder / "pack.yaml").write_text(MANIFEST, "utf-8")
    (folder / "rules.yaml").write_text(RULES, "utf-8")
    return folder


def run(*arguments: object) -> tuple[int, str, str]:
    done = CliRunner().invoke(app, [str(argument) for argument in arguments])
    return done.exit_code, done.stdout, done.stderr


def spoil(pack: Path, old: str, new: str) -> None:
    path = pack / "rules.yaml"
    path.write_text(path.read_text("utf-8").replace(old, new, 1), "utf-8")


def test_problems_come_as_text_json_and_annotations(pack: Path) -> None:
    spoil(pack, "  unless: launch", "  unles: launch")
    code, out, err = run("rules", "check", pack)
    assert (code, out) == (2, "")
    assert f"{pack}/rules.yaml:8:3: unknown key 'unles'; did you mean 'unless'?" in err
    code, out, _ = run("rules", "check", pack, "--format", "json")
    (problem,) = json.loads(out)
    assert code == 2
    assert (problem["line"], problem["column"], problem["severity"]) == (8, 3, "error")
    code, out, _ = run("rules", "check", pack, "--format", "github")
    assert out.startswith(f"::error file={pack}/rules.yaml,line=8,col=3::unknown key 'unles'")


def test_warnings_fail_only_where_that_is_asked(pack: Path) -> None:
    spoil(pack, "us-gaap:Revenues\n", "us-gaap:SalesRevenueNet\n")
    assert run("rules", "check", pack)[0] == 0
    assert "warning: acme-engines: us-gaap:SalesRevenueNet is not in use" in run("rules", "check", pack)[2]
    assert run("rules", "check", pack, "--strict")[0] == 2
    assert "::warning file=" in run("rules", "check", pack, "--format", "github")[1]


def test_rules_are_listed(pack: Path) -> None:
    assert [line.split("\t")[0] for line in run("rules", "list", pack)[1].splitlines()] == [
        "acme-engines",
        "acme-rockets",
    ]
    assert run("rules", "list", pack, "--concept", "rocketrevenue")[1].startswith("acme-rockets")
    listed = json.loads(run("rules", "list", pack, "--json", "--words", "engines")[1])
    assert [rule["id"] for rule in listed] == ["acme-engines"]


def test_rules_are_counted_and_packs_compared(tmp_path: Path) -> None:
    for name, text in (("old.htm", inline()), ("new.htm", inline(2025, NEXT))):
        (tmp_path / name).write_text(text, "utf-8")
        assert run("learn", tmp_path / name, "-o", tmp_path / name.removesuffix(".htm"))[0] == 0
    code, out, _ = run("rules", "stats", tmp_path / "old.htm", "--rules", tmp_path / "old", "--answers", "--json")
    counts = json.loads(out)
    assert code == 0
    own = [count for name, count in counts.items() if name.startswith("acme-")]
    assert len(own) == 8
    assert all(count["won"] == 1 and count["confirmed"] == 2 and not count["contradicted"] for count in own)
    beaten = [count for name, count in counts.items() if not name.startswith("acme-") and count["lost"]]
    assert all(next(iter(count["lost_to"])).startswith("acme-") for count in beaten)
    code, out, _ = run("rules", "diff", tmp_path / "old", tmp_path / "new", tmp_path / "old.htm")
    assert code == 1
    assert "'Launch pad upkeep' 2024-01-01/2024-03-31: acme:LaunchPadCosts 300000" in out
    assert run("rules", "diff", tmp_path / "old", tmp_path / "old", tmp_path / "old.htm")[0] == 0


def test_a_page_shows_every_rule_of_a_pack(pack: Path, tmp_path: Path) -> None:
    assert run("rules", "doc", pack, "-o", tmp_path / "acme.html")[0] == 0
    page = (tmp_path / "acme.html").read_text("utf-8")
    for shown in (
        "acme-rockets",
        "acme:RocketRevenue",
        "Revenue from rockets",
        "rockets [sold]",
        "operations: Rocket launch",
    ):
        assert shown in page
    assert "<script" not in page


def test_formatting_keeps_comments_and_changes_nothing_twice(pack: Path) -> None:
    text = RULES.replace("  unless: launch", "  unless: launch # no flights")
    (pack / "rules.yaml").write_text(f"# what we sell\n{text}", "utf-8")
    before = [(rule.id, rule.concept, rule.rows, rule.unless) for rule in load_rules(pack).pack_rules]
    run("rules", "fmt", pack / "rules.yaml")
    formatted = (pack / "rules.yaml").read_text("utf-8")
    assert "# no flights" in formatted
    assert formatted.startswith("# what we sell\n")
    assert format_file(formatted) == formatted
    assert [(rule.id, rule.concept, rule.rows, rule.unless) for rule in load_rules(pack).pack_rules] == before
    assert run("rules", "fmt", "--check", pack / "rules.yaml")[0] == 0


def test_what_is_no_yaml_is_not_formatted(pack: Path) -> None:
    (pack / "rules.yaml").write_text("- id: [", "utf-8")
    code, _, err = run("rules", "fmt", pack)
    assert code == 2
    assert "rules.yaml:" in err


def test_a_learned_pack_is_formatted_already(tmp_path: Path) -> None:
    (tmp_path / "acme.htm").write_text(inline(), "utf-8")
    run("learn", tmp_path / "acme.htm", "-o", tmp_path / "acme")
    assert run("rules", "fmt", "--check", *sorted((tmp_path / "acme").glob("o*.yaml")))[0] == 0


def test_a_new_pack_is_never_written_over(tmp_path: Path) -> None:
    assert run("rules", "new", tmp_path / "acme", "--cik", "77")[0] == 0
    assert check_rules(tmp_path / "acme") == []
    assert run("rules", "new", tmp_path / "acme")[0] == 2


def test_the_schemas_are_published(tmp_path: Path) -> None:
    assert json.loads(run("rules", "schema")[1]) == rule_schema()
    assert json.loads(run("rules", "schema", "--pack")[1]) == manifest_schema()
    assert json.loads((ROOT / "rules" / "schema.json").read_text("utf-8")) == rule_schema()
    assert json.loads((ROOT / "rules" / "pack-schema.json").read_text("utf-8")) == manifest_schema()


# ---- packs made to hurt


def refused(pack: Path) -> list[str]:
    with pytest.raises(ExceptionGroup) as caught:
        load_rules(pack)
    assert all(isinstance(error, RuleError) for error in caught.value.exceptions)
    return [str(error) for error in caught.value.exceptions]


HOSTILE = {
    "laughs": "a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\n" + "".join(f"d{n}: [*c, *c, *c, *c]\n" for n in range(50)),
    "deep lists": "[" * 100_000,
    "deep blocks": "- " * 50_000 + "x",
    "an object": "!!python/object/apply:os.system ['true']\n",
    "many documents": "---\n- id: a-b\n" * 1000,
    "no text": "\x00\x01\x02",
    "long id": "- id: a-" + "b" * 100_000 + "\n  concept: us-gaap:Assets\n  rows: x\n  matches: x\n  skips: y\n",
    "long key": "- id: a-b\n  ? " + "k" * 100_000 + "\n  : x\n",
    "many labels": "- id: a-b\n  concept: us-gaap:Assets\n  rows: " + " ".join(f"[x{n}]" for n in range(60)) + "\n  matches: x\n  skips: y\n",
    "many expressions": "- id: a-b\n  concept: us-gaap:Assets\n  regex: [" + ", ".join(f"a{n}" for n in range(500)) + "]\n  matches: x\n  skips: y\n",
    "huge repeat": "- id: a-b\n  concept: us-gaap:Assets\n  regex: '(?:a{1,60000}){1,60000}b'\n  matches: x\n  skips: y\n",
}  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_rule_file_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "rules.yaml").write_text(text, "utf-8")
    messages = refused(tmp_path)
    assert all("rules.yaml:" in message for message in messages)
    assert all(len(message) < 6000 for message in messages)


def test_a_pack_of_too_many_files_is_refused(tmp_path: Path) -> None:
    for number in range(2001):
        (tmp_path / f"{number}.yaml").touch()
    (message,) = refused(tmp_path)
    assert message.endswith("2001 rule files, 2000 at most")


def test_a_file_name_that_is_no_utf8_does_no_harm(tmp_path: Path) -> None:
    try:
        Path(f"{tmp_path}/\udcff.yaml").write_text("- id: x\n", "utf-8")
    except (OSError, UnicodeEncodeError):
        pytest.skip("the file system knows no such names")
    assert refused(tmp_path)


@pytest.mark.parametrize("path", sorted((ROOT / "rules").rglob("*.yaml")), ids=lambda path: path.name)
def test_rule_files_name_their_schema_for_editors(path: Path) -> None:
    said = path.read_text("utf-8").partition("\n")[0]
    assert said.startswith("# yaml-language-server: $schema=")
    assert (path.parent / said.partition("=")[2]).is_file()
