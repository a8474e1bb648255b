"""Learning a pack from a company's own filings: what is learned, written, reported, and held against the next release."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest
from typer.testing import CliRunner

import tagger
from tagger.check import check_rules
from tagger.cli.commands import app
from tagger.learning import accept, learn, read_filing, review, write_pack
from tagger.learning.patterns import pattern_of, whole_pattern_of
from tagger.loading import LoadError
from tagger.ruleset import load_rules

HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<html xmlns="http://www.w3.org/1999/xhtml" xmlns:ix="http://www.xbrl.org/2013/inlineXBRL" xmlns:xbrli="http://www.xbrl.org/2003/instance"
 xmlns:link="http://www.xbrl.org/2003/linkbase" xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:xbrldi="http://xbrl.org/2006/xbrldi"
 xmlns:us-gaap="http://fasb.org/us-gaap/2024" xmlns:dei="http://xbrl.sec.gov/dei/2024" xmlns:srt="http://fasb.org/srt/2024"
 xmlns:acme="http://acme.example/20240331" xmlns:iso4217="http://www.xbrl.org/2003/iso4217"><head><title>10-Q</title></head><body>
<div style="display:none"><ix:header><ix:references><link:schemaRef xlink:type="simple" xlink:href="acme-20240331.xsd"/></ix:references>
<ix:resources>{contexts}<xbrli:unit id="usd"><xbrli:measure>iso4217:USD</xbrli:measure></xbrli:unit></ix:resources></ix:header></div>
"""


def context(name: str, period: str, member: str = "") -> str:
    start, _, end = period.partition("/")
    when = (
        f"<xbrli:startDate>{start}</xbrli:startDate><xbrli:endDate>{end}</xbrli:endDate>"
        if end
        else f"<xbrli:instant>{start}</xbrli:instant>"
    )
    segment = (
        f'<xbrli:segment><xbrldi:explicitMember dimension="srt:ProductOrServiceAxis">{member}</xbrldi:explicitMember></xbrli:segment>'
        if member
        else ""
    )
    return f'<xbrli:context id="{name}"><xbrli:entity><xbrli:identifier scheme="http://www.sec.gov/CIK">0001234567</xbrli:identifier>{segment}</xbrli:entity><xbrli:period>{when}</xbrli:period></xbrli:context>'  # fmt: skip


def figure(concept: str, where: str, text: str, *, negative: bool = False) -> str:
    if not concept:
        return text
    sign = ' sign="-"' if negative else ""
    return f'<ix:nonFraction name="{concept}" contextRef="{where}" unitRef="usd" decimals="-3" scale="3"{sign} format="ixt:num-dot-decimal">{text}</ix:nonFraction>'  # fmt: skip


ROWS = (
    ("Rockets", "us-gaap:Revenues", "r", "1,200", "1,100"),
    ("Engines and spare parts", "us-gaap:Revenues", "e", "800", "700"),
    ("Total turnover", "us-gaap:Revenues", "c", "2,000", "1,800"),
    ("Rockets", "us-gaap:CostOfRevenue", "r", "500", "450"),
    ("Engines and spare parts", "us-gaap:CostOfRevenue", "e", "400", "350"),
    ("Total outlays for things sold", "us-gaap:CostOfRevenue", "c", "900", "800"),
    ("Launch pad upkeep", "acme:LaunchPadCosts", "c", "300", "250"),
    ("Net earnings", "us-gaap:NetIncomeLoss", "c", "800", "750"),
)


def inline(year: int = 2024, rows: tuple[tuple[str, str, str, str, str], ...] = ROWS, *, tagged: bool = True) -> str:
    """Return a filing for the first quarter of *year*; without tags, the page alone."""
    periods = (f"{year}-01-01/{year}-03-31", f"{year - 1}-01-01/{year - 1}-03-31")
    members = {"c": "", "r": "acme:RocketsMember", "e": "acme:EnginesMember"}
    contexts = "".join(context(f"{key}{n}", period, member) for key, member in members.items() for n, period in enumerate(periods))  # fmt: skip
    lines = []
    for place, (label, concept, key, now, then) in enumerate(rows):
        if place in (0, 3):
            lines.append(
                f"<tr><td>{'Turnover:' if place == 0 else 'Outlays for things sold:'}</td><td></td><td></td></tr>"
            )
        cells = "".join(f"<td>{figure(concept if tagged else '', f'{key}{n}', text)}</td>" for n, text in enumerate((now, then)))  # fmt: skip
        lines.append(f"<tr><td>{label}</td>{cells}</tr>")
    body = f"""<p>ACME ROCKETS INC.</p><p>CONSOLIDATED STATEMENTS OF OPERATIONS</p><p>(In thousands) (Unaudited)</p>
<table><tr><td></td><td colspan="2">Three Months Ended March 31,</td></tr><tr><td></td><td>{year}</td><td>{year - 1}</td></tr>
{"".join(lines)}</table></body></html>"""
    return HEAD.format(contexts=contexts) + body if tagged else f"<html><body>{body}"


@pytest.fixture(autouse=True)
def _own_cache(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TAGGER_CACHE", str(tmp_path_factory.mktemp("cache")))


@pytest.fixture
def filing(tmp_path: Path) -> Path:
    path = tmp_path / "acme-20240331.htm"
    path.write_text(inline(), "utf-8")
    return path


@pytest.fixture
def pack(tmp_path: Path, filing: Path) -> Path:
    write_pack(learn([read_filing(filing)]), tmp_path / "acme")
    return tmp_path / "acme"


def test_the_next_release_is_tagged_as_the_filer_would(pack: Path) -> None:
    page = inline(2025, tagged=False)
    report = tagger.tag(page, rules=pack)
    found = {(fact.label, fact.concept, tuple(member.member for member in fact.members)) for fact in report.facts}
    assert ("Rockets", "us-gaap:Revenues", ("acme:RocketsMember",)) in found
    assert ("Rockets", "us-gaap:CostOfRevenue", ("acme:RocketsMember",)) in found
    assert ("Engines and spare parts", "us-gaap:CostOfRevenue", ("acme:EnginesMember",)) in found
    assert ("Total turnover", "us-gaap:Revenues", ()) in found
    assert ("Launch pad upkeep", "acme:LaunchPadCosts", ()) in found


def test_a_learned_pack_passes_its_checks_and_says_where_it_is_from(pack: Path) -> None:
    assert check_rules(pack) == []
    rules = load_rules(pack)
    for rule in rules.pack_rules:
        assert rule.source == ("acme-20240331.htm (2024-03-31): 1 row, 2 figures",)
        assert any(f"concept={rule.concept}" in example.text for example in rule.matches)
    assert rules.declared.prefix == "acme"
    assert [concept.name for concept in rules.declared.concepts] == ["acme:LaunchPadCosts"]
    assert [member.name for member in rules.declared.members] == ["acme:EnginesMember", "acme:RocketsMember"]


def test_one_label_that_means_two_things_is_told_apart_and_reported(filing: Path) -> None:
    learned = learn([read_filing(filing)])
    told = [rule for rule in learned.rules if rule.draft.patterns == ("rockets",)]
    assert {condition.value for rule in told for condition in rule.draft.conditions} == {
        "turnover",
        "outlays for things sold",
    }
    assert [label for label, _ in learned.twofold] == ["Engines and spare parts", "Rockets"]


def test_the_newer_of_two_filings_counts(tmp_path: Path) -> None:
    changed = tuple(
        (label, "us-gaap:ProfitLoss" if concept == "us-gaap:NetIncomeLoss" else concept, *rest)
        for label, concept, *rest in ROWS
    )
    paths = (tmp_path / "old.htm", tmp_path / "new.htm")
    paths[0].write_text(inline(2024), "utf-8")
    paths[1].write_text(inline(2025, changed), "utf-8")
    learned = learn([read_filing(path) for path in reversed(paths)])
    concepts = {rule.draft.meaning.concept for rule in learned.rules}
    assert "us-gaap:ProfitLoss" in concepts
    assert "us-gaap:NetIncomeLoss" not in concepts
    assert [label for label, _, _ in learned.changed] == ["Net earnings"]


def test_facts_without_a_page_are_learned_beside_one(tmp_path: Path, filing: Path) -> None:
    tagger.read(filing).write(tmp_path / "acme.json")
    with pytest.raises(LoadError, match="give the page it belongs to"):
        read_filing(tmp_path / "acme.json")
    page = tmp_path / "page.htm"
    page.write_text(inline(tagged=False), "utf-8")
    learned = learn([read_filing(tmp_path / "acme.json", page)])
    assert {rule.draft.patterns for rule in learned.rules} >= {("launch pad upkeep",), ("net earnings",)}


def test_a_filer_that_gives_dashes_no_facts_is_taken_at_its_word(tmp_path: Path) -> None:
    rows = tuple((f"Charge number {word}", f"acme:Charge{word.title()}", "c", "300", "—") for word in ("one", "two", "three", "four", "five", "six", "seven"))  # fmt: skip
    text = inline(2024, (*ROWS, *rows))
    for word in ("One", "Two", "Three", "Four", "Five", "Six", "Seven"):
        text = text.replace(figure(f"acme:Charge{word}", "c1", "—"), "—")
    path = tmp_path / "acme.htm"
    path.write_text(text, "utf-8")
    write_pack(learn([read_filing(path)]), tmp_path / "acme")
    assert load_rules(tmp_path / "acme").declared.dashes == "untagged"
    report = tagger.tag(inline(2025, (*ROWS, *rows), tagged=False), rules=tmp_path / "acme")
    assert not [fact for fact in report.facts if not fact.value]
    assert len([fact for fact in report.facts if fact.label == "Charge number one"]) == 1


NEXT = tuple(
    row if row[0] != "Launch pad upkeep" else ("Propellant", "acme:PropellantCosts", "c", "310", "260") for row in ROWS
)


def test_the_next_release_is_reviewed_and_taken_in_one_by_one(tmp_path: Path, pack: Path) -> None:
    page = tmp_path / "next.htm"
    page.write_text(inline(2025, NEXT, tagged=False), "utf-8")
    changes = review(pack, page)
    assert [(change.kind.value, change.label) for change in changes] == [
        ("new", "Propellant"),
        ("vanished", "launch pad upkeep"),
    ]
    accept(pack, changes)
    assert review(pack, page) == ()
    assert check_rules(pack) == []
    assert load_rules(pack).declared.concepts[-1].name.startswith("acme:Propellant")


@pytest.mark.parametrize("last", [1, 2])
def test_changes_are_taken_in_together_or_not_at_all(
    last: int, tmp_path: Path, pack: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = tmp_path / "next.htm"
    page.write_text(inline(2025, NEXT, tagged=False), "utf-8")
    changes = review(pack, page)
    before = {path.name: path.read_bytes() for path in pack.iterdir()}
    moved: list[object] = []
    replaced = os.replace

    def full(source: Path, target: Path) -> None:
        moved.extend([target] if target.parent == pack else [])
        if moved and len(moved) == last:
            raise OSError(errno.ENOSPC, "No space left")
        replaced(source, target)

    monkeypatch.setattr(os, "replace", full)
    with pytest.raises(OSError, match="No space left"):
        accept(pack, changes)
    assert {path.name: path.read_bytes() for path in pack.iterdir()} == before


def test_a_filing_shows_which_concepts_changed(tmp_path: Path, pack: Path) -> None:
    changed = tuple((label, concept.replace("NetIncomeLoss", "ProfitLoss"), *rest) for label, concept, *rest in ROWS)
    page = tmp_path / "next.htm"
    page.write_text(inline(2025, changed), "utf-8")
    (change,) = review(pack, page)
    assert (change.kind.value, change.before, change.after) == (
        "changed",
        "us-gaap:NetIncomeLoss",
        "us-gaap:ProfitLoss",
    )
    accept(pack, [change])
    assert review(pack, page) == ()
    assert check_rules(pack) == []


def test_the_command_learns_reports_and_reviews(tmp_path: Path, filing: Path) -> None:
    run = CliRunner()
    done = run.invoke(app, ["learn", str(filing), "-o", str(tmp_path / "acme")])
    assert done.exit_code == 0, done.output
    assert "acme: 8 rows learned" in done.output or "rows learned in" in done.output
    assert "labels that mean more than one thing, told apart" in done.output
    again = run.invoke(app, ["learn", str(filing), "-o", str(tmp_path / "acme")])
    assert again.exit_code == 2
    page = tmp_path / "next.htm"
    page.write_text(inline(2025, NEXT, tagged=False), "utf-8")
    shown = run.invoke(app, ["learn", "-o", str(tmp_path / "acme"), "--review", str(page)])
    assert "1 new row 'Propellant'" in shown.output
    taken = run.invoke(app, ["learn", "-o", str(tmp_path / "acme"), "--review", str(page), "--accept", "1"])
    assert "accepted.yaml" in taken.output
    for said in ("9", "x", "1-9"):
        assert (
            run.invoke(app, ["learn", "-o", str(tmp_path / "acme"), "--review", str(page), "--accept", said]).exit_code
            == 2
        )
    left = run.invoke(app, ["learn", "-o", str(tmp_path / "acme"), "--review", str(page), "--accept", "vanished"])
    assert "new row" not in left.output


@pytest.mark.parametrize(
    ("label", "pattern"),
    [
        ("Net income (loss)", "net income (loss)"),
        ("Treasury stock, at cost (160 and 146 shares, respectively)", "treasury stock, at cost"),
        ("Common stock, $0.01 par value; 100 shares authorized", "common stock"),
        ("Allowance of $5 [see Note 3]", "allowance *"),
        ("3.25% notes due 2030", ""),
        ("*", ""),
        ("Sales | services", "sales services"),
        ("Balance at December 31, 2023", "balance at *"),
        ("Balance at June 30, 2024", "balance at *"),
        ("Six months ended June 30, 2024", ""),
        ("Treasury stock, at cost (160 shares at December 31, 2023)", "treasury stock, at cost"),
    ],
)
def test_a_label_is_written_as_a_rule_would(label: str, pattern: str) -> None:
    assert pattern_of(label) == pattern


@pytest.mark.parametrize(
    ("label", "pattern"),
    [
        ("3.25% notes due 2030 (Note 8)", "3.25% notes due 2030"),
        ("Level 1", "level 1"),
        ("December 31, 2023", ""),
        ("Twelve months ended June 30", ""),
        ("2026", ""),
        ("Term loans", "term loans"),
    ],
)
def test_a_label_that_its_numbers_tell_apart_keeps_them(label: str, pattern: str) -> None:
    assert whole_pattern_of(label) == pattern


NOTES = (
    ("2.5% notes due 2028", "acme:NotesDue2028Costs", "c", "310", "260"),
    ("3.25% notes due 2030", "acme:NotesDue2030Costs", "c", "420", "370"),
    ("Tranche 1 of the loan", "acme:TrancheOneCosts", "c", "33", "22"),
    ("Tranche 2 of the loan", "acme:TrancheTwoCosts", "c", "44", "55"),
)


def test_rows_that_only_their_numbers_tell_apart_are_learned_with_them(tmp_path: Path) -> None:
    path = tmp_path / "acme.htm"
    path.write_text(inline(2024, (*ROWS, *NOTES)), "utf-8")
    write_pack(learn([read_filing(path)]), tmp_path / "acme")
    assert check_rules(tmp_path / "acme") == []
    report = tagger.tag(inline(2025, (*ROWS, *NOTES[::-1]), tagged=False), rules=tmp_path / "acme")
    found = {fact.label: fact.concept for fact in report.facts}
    assert {label: found[label] for label, *_ in NOTES} == {label: concept for label, concept, *_ in NOTES}


HIGHLIGHTS = """<p>FINANCIAL HIGHLIGHTS</p><p>(In thousands)</p><table><tr><td></td><td colspan="2">Three Months Ended March 31,</td></tr>
<tr><td></td><td>{year}</td><td>{before}</td></tr><tr><td>Total turnover</td><td>{a}</td><td>{b}</td></tr><tr><td>Net earnings</td><td>{c}</td><td>{d}</td></tr></table>"""


def test_a_row_of_a_note_takes_nothing_of_the_highlights_that_the_statement_names_otherwise(tmp_path: Path) -> None:
    told = HIGHLIGHTS.format(
        year=2024,
        before=2023,
        a=figure("us-gaap:BusinessAcquisitionsProFormaRevenue", "c0", "2,600"),
        b=figure("us-gaap:BusinessAcquisitionsProFormaRevenue", "c1", "2,500"),
        c=figure("us-gaap:BusinessAcquisitionsProFormaNetIncomeLoss", "c0", "810"),
        d=figure("us-gaap:BusinessAcquisitionsProFormaNetIncomeLoss", "c1", "790"),
    )
    path = tmp_path / "acme.htm"
    path.write_text(inline(2024).replace("</body>", f"{told}</body>"), "utf-8")
    write_pack(learn([read_filing(path)]), tmp_path / "acme")
    page = HIGHLIGHTS.format(year=2025, before=2024, a="2,700", b="2,000", c="890", d="800")
    report = tagger.tag(f"<html><body><p>ACME ROCKETS INC.</p>{page}</body></html>", rules=tmp_path / "acme")
    assert {fact.concept for fact in report.facts if fact.label == "Net earnings"} <= {"us-gaap:NetIncomeLoss"}
    assert not [fact for fact in report.facts if "ProForma" in fact.concept]


def test_one_figure_beside_many_that_nothing_tells_apart_is_a_slip(tmp_path: Path) -> None:
    periods = [f"{year}-01-01/{year}-12-31" for year in (2024, 2023, 2022, 2021, 2020)]
    contexts = "".join(context(f"y{n}", period) for n, period in enumerate(periods))
    heads = "".join(f"<td>{period[:4]}</td>" for period in periods)
    cells = "".join(f"<td>{figure('acme:LaunchPadCosts', f'y{n}', str(300 + n))}</td>" for n in range(5))
    slip = f"<td>{figure('us-gaap:OperatingExpenses', 'y0', '777')}</td>"
    tables = "".join(
        f'<p>CONSOLIDATED STATEMENTS OF OPERATIONS</p><p>(In thousands)</p><table><tr><td></td><td colspan="{width}">Year Ended December 31,</td></tr>'
        f"<tr><td></td>{head}</tr><tr><td>Launch pad upkeep</td>{row}</tr></table>"
        for width, head, row in ((5, heads, cells), (1, "<td>2024</td>", slip))
    )
    path = tmp_path / "acme.htm"
    path.write_text(HEAD.format(contexts=contexts) + f"<p>ACME ROCKETS INC.</p>{tables}</body></html>", "utf-8")
    (rule,) = learn([read_filing(path)]).rules
    assert rule.draft.meaning.concept == "acme:LaunchPadCosts"


DOC = Path(__file__).resolve().parents[1] / "docs" / "learned-pack.md"


def test_the_pack_shown_in_the_documentation_is_what_is_learned(filing: Path, update_golden: bool) -> None:
    files = learn([read_filing(filing)]).files
    before, _, _ = DOC.read_text("utf-8").partition("`pack.yaml`:")
    names = ("pack.yaml", *sorted(name for name in files if name.endswith(".yaml") and name != "pack.yaml"))
    text = before + "\n".join(f"`{name}`:\n\n```yaml\n{files[name]}```\n" for name in names)
    if update_golden:
        DOC.write_text(text.rstrip() + "\n", "utf-8")
    assert DOC.read_text("utf-8").rstrip() == text.rstrip()


SEGMENT_AXIS = "us-gaap:StatementBusinessSegmentsAxis"
PARTS = {
    "Rocket Works": ((SEGMENT_AXIS, "acme:RocketWorksSegmentMember"),),
    "Engine Works": ((SEGMENT_AXIS, "acme:EngineWorksSegmentMember"),),
    "Corporate": ((SEGMENT_AXIS, "acme:HeadOfficeMember"),),
    "Consolidated": (),
}
BY_PART = (
    ("Total turnover", "us-gaap:Revenues", ("700", "500", "—", "1,200")),
    ("Launch pad upkeep", "acme:LaunchPadCosts", ("100", "80", "20", "200")),
    ("Segment result", "us-gaap:OperatingIncomeLoss", ("300", "220", "-", "520")),
)


def of_parts(year: int = 2024, *, tagged: bool = True) -> str:
    """Return a filing that splits a quarter up by the parts of the company, one column each."""
    period = f"{year}-01-01/{year}-03-31"
    contexts = ""
    for place, members in enumerate(PARTS.values()):
        said = "".join(f'<xbrldi:explicitMember dimension="{axis}">{member}</xbrldi:explicitMember>' for axis, member in members)  # fmt: skip
        contexts += context(f"p{place}", period).replace("</xbrli:entity>", f"<xbrli:segment>{said}</xbrli:segment></xbrli:entity>" if said else "</xbrli:entity>")  # fmt: skip
    lines = "".join(
        f"<tr><td>{label}</td>"
        + "".join(
            f"<td>{figure(concept if tagged else '', f'p{place}', text)}</td>" for place, text in enumerate(texts)
        )
        + "</tr>"
        for label, concept, texts in BY_PART
    )
    heads = "".join(f"<td>{name}</td>" for name in PARTS)
    body = f"""<p>ACME ROCKETS INC.</p><p>SEGMENT INFORMATION</p><p>(In thousands) (Unaudited)</p>
<table><tr><td></td><td colspan="4">Three Months Ended March 31, {year}</td></tr><tr><td></td>{heads}</tr>{lines}</table></body></html>"""
    return HEAD.format(contexts=contexts) + body if tagged else f"<html><body>{body}"


def test_the_members_of_columns_are_learned_as_parts_and_not_as_rows(tmp_path: Path) -> None:
    path = tmp_path / "acme.htm"
    path.write_text(of_parts(), "utf-8")
    write_pack(learn([read_filing(path)]), tmp_path / "acme")
    assert check_rules(tmp_path / "acme") == []
    rules = load_rules(tmp_path / "acme")
    assert {part.heading: [member.member for member in part.members] for part in rules.declared.parts} == {
        "corporate": ["acme:HeadOfficeMember"],
        "engine work": ["acme:EngineWorksSegmentMember"],
        "rocket work": ["acme:RocketWorksSegmentMember"],
    }
    assert {(rule.concept, rule.members) for rule in rules.pack_rules} == {
        ("acme:LaunchPadCosts", ()),
        ("us-gaap:OperatingIncomeLoss", ()),
        ("us-gaap:Revenues", ()),
    }
    report = tagger.tag(of_parts(2025, tagged=False), rules=tmp_path / "acme")
    found = {(fact.label, fact.heading.rpartition(" 2025 ")[2]): tuple(m.member for m in fact.members) for fact in report.facts}  # fmt: skip
    assert found[("Total turnover", "Rocket Works")] == ("acme:RocketWorksSegmentMember",)
    assert found[("Launch pad upkeep", "Corporate")] == ("acme:HeadOfficeMember",)
    assert found[("Segment result", "Consolidated")] == ()
    assert {own.name for own in report.tagged.own} >= {"acme:HeadOfficeMember", "acme:EngineWorksSegmentMember"}
