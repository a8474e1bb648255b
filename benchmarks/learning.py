"""Learning, measured: every filing of a company tagged with what its earlier filings taught, and without.

    python -m benchmarks.learning CORPUS [--only FOLDER] [--match TEXT] [--verbose]

CORPUS holds ``statements`` (pages with ``.gold.json`` answers beside them) and ``filings`` (inline filings, which are
their own answers, figure by figure: what they leave untagged, as in their discussion, counts for nothing). Of the answers
whose figure is read, with its period and unit: how many have the filer's own concept, how many own concepts and how many
members are met; and of what is reported, how much is right. ``releases`` are tagged with what the filings before them
taught, and held against the filing that followed, which ``pairs.tsv`` names: of the facts whose figure it has, how many it
names so.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import re
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory

import tagger
from tagger.learning import Filing, Learned, learn, read_filing, write_pack
from tagger.learning.aligning import align
from tagger.learning.filing import make_filing
from tagger.loading import LoadedFact, LoadedReport
from tagger.reading import read
from tagger.ruleset.manifest import OFFICIAL
from tagger.selection import Facts
from tagger.values import CIK_SCHEME, Duration, Entity, Instant, Member, Period, Unit

_NEAR = 7
_UNITS = {"shares": Unit("xbrli:shares"), "pure": Unit("xbrli:pure"), "": Unit("xbrli:pure"), None: Unit("xbrli:pure")}


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A page with the facts its filer gave it."""

    company: str
    page: Path
    year: int | None
    filing: Filing
    answers: tuple[LoadedFact, ...]
    seconds: float


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.learning", description=__doc__)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--match", default="")
    parser.add_argument("--only", choices=("statements", "filings", "releases"))
    parser.add_argument("--verbose", action="store_true")
    options = parser.parse_args()
    for folder, cases in (("statements", _statements), ("filings", _filings)):
        if options.only in (None, folder):
            _measure(folder, cases(options.corpus / folder, options.match), verbose=options.verbose)
    if options.only in (None, "releases"):
        _measure_releases(options.corpus, options.match)


def _measure_releases(corpus: Path, match: str) -> None:
    filings = {case.page.name: case for case in _filings(corpus / "filings", "")}
    totals = {True: Counter[str](), False: Counter[str]()}
    pairs = (line.split("\t")[:2] for line in (corpus / "pairs.tsv").read_text("utf-8").splitlines()[1:])
    for release, name in pairs:
        own = filings.get(name)
        before = [
            case.filing
            for case in filings.values()
            if own and case.company == own.company and case.filing.period_end < own.filing.period_end
        ]
        if own is None or not before or match not in release:
            continue
        found = _tagged(corpus / "releases" / release, learn(before, name="learned-pack"), own.filing.prefix, None)
        counts = {way: _named(own, report) for way, report in found.items()}
        for way, count in counts.items():
            totals[way].update(count)
        print(f"{release[:44]:44} {len(before)} before  {_share(counts[True])}   without {_share(counts[False])}")
    print(f"releases:  learned  {_share(totals[True])}   without  {_share(totals[False])}")


def _share(count: Counter[str]) -> str:
    return f"{count['right']} of {count['read']}" + (f" {count['right'] / count['read']:.1%}" if count["read"] else "")


def _named(case: Case, report: tagger.Report) -> Counter[str]:
    """Count the facts of *report* whose figure the filing has too, and those it names so."""
    by_figure: dict[object, list[LoadedFact]] = defaultdict(list)
    for answer in case.answers:
        by_figure[(answer.value, _unit(answer.unit), answer.period.end if answer.period else None)].append(answer)
    count: Counter[str] = Counter()
    for fact in report.facts:
        same = by_figure.get((fact.value, _unit(fact.unit), fact.period.end), ())
        meant = [(one.concept, _members(one.members)) for one in same if _near(fact.period, one.period)]
        count["read"] += bool(meant)
        count["right"] += (fact.concept, _members(fact.members)) in meant
    return count


def _tagged(page: Path, learned: Learned, prefix: str, year: int | None) -> dict[bool, tagger.Report]:
    """Return *page* tagged with the learned pack, and without."""
    with TemporaryDirectory() as folder:
        write_pack(learned, Path(folder))
        return {
            True: tagger.tag(page, rules=folder, taxonomy=year),
            False: tagger.tag(page, taxonomy=year, prefix=prefix or None),
        }


def _measure(name: str, cases: Iterable[Case], *, verbose: bool) -> None:
    companies: dict[str, list[Case]] = defaultdict(list)
    for case in cases:
        companies[case.company].append(case)
    totals = {True: Counter[str](), False: Counter[str]()}
    slowest, longest, pairs = 0.0, 0.0, 0
    for company in sorted(companies):
        ordered = sorted(companies[company], key=lambda case: case.filing.period_end)
        for place in range(1, len(ordered)):
            if ordered[place].filing.period_end == ordered[place - 1].filing.period_end:
                continue
            pairs += 1
            started = time.process_time()
            learned = learn([case.filing for case in ordered[:place]], name=re.sub(r"\W+", "-", company.lower()))
            seconds = (time.process_time() - started) / place
            reading = sum(case.seconds for case in ordered[:place]) / place
            slowest, longest = max(slowest, seconds), max(longest, reading)
            case = ordered[place]
            found = _tagged(case.page, learned, case.filing.prefix, case.year)
            score = _score if name == "statements" else _score_by_place
            counts = {way: score(case, report, verbose=verbose and way) for way, report in found.items()}
            for way, count in counts.items():
                totals[way].update(count)
            print(
                f"{case.page.name[:44]:44} {seconds:5.2f} s  {len(learned.rules):4} rules  {_line(counts[True])}   without {_line(counts[False])}"
            )
    print(f"{name}: {pairs} pairs, slowest {slowest:.2f} s a filing, and {longest:.2f} s to read it")
    print(f"   learned  {_line(totals[True])}")
    print(f"   without  {_line(totals[False])}")


def _line(count: Counter[str]) -> str:
    shares = (
        ("recall", "us", "us read"),
        ("precision", "right", "reported"),
        ("own", "own", "own read"),
        ("members", "members", "members read"),
    )
    return "  ".join(
        f"{name} {100 * count[part] / count[whole]:5.1f}" if count[whole] else f"{name}   -  "
        for name, part, whole in shares
    )


def _score_by_place(case: Case, report: tagger.Report, *, verbose: bool) -> Counter[str]:
    """Count by figure: a filing tags the figures of its statements and notes, and not those of its discussion."""
    count: Counter[str] = Counter()
    made: dict[object, list[tagger.Fact]] = defaultdict(list)
    for fact in report.facts:
        if fact.column is not None:
            made[(fact.table, fact.row, fact.column)].append(fact)
    for tied in align(case.filing):
        place = (tied.printed.statement.number, tied.printed.line.index, tied.printed.figure.column)
        facts = made.get(place, [])
        answers = {(fact.concept, _members(fact.members)) for fact in tied.facts}
        right = [fact for fact in facts if (fact.concept, _members(fact.members)) in answers]
        count["reported"] += len(facts)
        count["right"] += len(right)
        first = tied.facts[0]
        own = first.concept.partition(":")[0] not in OFFICIAL
        group = "members" if first.members else "own" if own else "us"
        if facts:
            count[f"{group} read"] += 1
            count[group] += bool(right)
        if verbose and facts and not right:
            given = [f"{fact.rule} {fact.concept} {sorted(_members(fact.members))}" for fact in facts]
            print(
                "   wrong",
                facts[0].statement,
                "|",
                facts[0].label[:60],
                "|",
                given,
                "| filer:",
                first.concept,
                sorted(_members(first.members)),
            )
    return count


def _score(case: Case, report: tagger.Report, *, verbose: bool) -> Counter[str]:
    answers = case.answers
    by_figure: dict[object, list[LoadedFact]] = defaultdict(list)
    for answer in answers:
        by_figure[(answer.value, _unit(answer.unit), answer.period.end if answer.period else None)].append(answer)
    met: set[int] = set()
    read_: set[int] = set()
    count: Counter[str] = Counter()
    seen: set[object] = set()
    for fact in report.facts:
        key = (fact.concept, fact.period, fact.unit, fact.value, fact.members)
        if key in seen:
            continue
        seen.add(key)
        count["reported"] += 1
        right = False
        for answer in by_figure.get((fact.value, _unit(fact.unit), fact.period.end), ()):
            if _near(fact.period, answer.period):
                read_.add(id(answer))
                if answer.concept == fact.concept and _members(answer.members) == _members(fact.members):
                    met.add(id(answer))
                    right = True
        count["right"] += right
        if verbose and not right:
            near = [
                f"{a.concept} {sorted(_members(a.members))}"
                for a in by_figure.get((fact.value, _unit(fact.unit), fact.period.end), ())
            ]
            print(
                "   wrong",
                fact.statement,
                "|",
                fact.label[:60],
                "|",
                fact.rule,
                fact.concept,
                fact.period,
                fact.value,
                sorted(_members(fact.members)),
                "| filer:",
                near[:3],
            )
    for group, answer in _unique(answers):
        if id(answer) in read_:
            count[f"{group} read"] += 1
            count[group] += id(answer) in met
            if verbose and id(answer) not in met:
                print(
                    "   missed",
                    group,
                    answer.detail("label")[:60],
                    "|",
                    answer.concept,
                    sorted(_members(answer.members)),
                    answer.period,
                    answer.value,
                )
    return count


def _unique(answers: Sequence[LoadedFact]) -> Iterator[tuple[str, LoadedFact]]:
    seen: set[object] = set()
    for answer in answers:
        key = (answer.concept, answer.period, answer.value, answer.members)
        if key not in seen:
            seen.add(key)
            own = answer.concept.partition(":")[0] not in OFFICIAL
            yield ("members" if answer.members else "own" if own else "us"), answer


def _unit(unit: Unit | None) -> str:
    return re.sub(r"\w+:", "", str(unit))


def _members(members: Iterable[object]) -> frozenset[tuple[str, str]]:
    return frozenset((m.axis.partition(":")[2], m.member.partition(":")[2]) for m in members if isinstance(m, Member))


def _near(one: Period, other: Period | None) -> bool:
    if isinstance(one, Duration) != isinstance(other, Duration) or other is None:
        return False
    return not isinstance(one, Duration) or abs((one.start - other.start).days) <= _NEAR  # type: ignore[union-attr]


def _statements(folder: Path, match: str) -> Iterator[Case]:
    for page in sorted(folder.glob("*.html")):
        company = page.name.partition("-")[0]
        company = {"googl": "goog"}.get(company, company)
        if match not in page.name:
            continue
        told = json.loads(page.with_suffix(".gold.json").read_text("utf-8"))
        answers = tuple(_answer(one, told.get("entity", "")) for one in told["facts"] if one["value"] is not None)
        started = time.process_time()
        filing = make_filing(
            read(page), LoadedReport(facts=Facts(answers), namespaces={}, name=page.name), ordered=True
        )
        year = told.get("taxonomy")
        yield Case(
            company=company, page=page, year=year, filing=filing, answers=answers, seconds=time.process_time() - started
        )


def _answer(told: dict[str, object], entity: str) -> LoadedFact:
    unit = str(told["unit"] or "")
    first, _, second = unit.replace("xbrli:", "").partition("/")
    measure = _UNITS.get(unit) or Unit(f"iso4217:{first}", "xbrli:shares" if second else None)
    dimensions = told["dimensions"]
    assert isinstance(dimensions, dict)
    return LoadedFact(
        id="",
        concept=str(told["concept"]),
        entity=Entity(CIK_SCHEME, entity or "0"),
        period=_period(str(told["period"])),
        value=Decimal(str(told["value"])),
        unit=measure,
        members=tuple(sorted(Member(axis, str(member)) for axis, member in dimensions.items())),
        text=str(told.get("text") or ""),
        details=(("label", str(told.get("label", ""))),),
    )


def _period(text: str) -> Period:
    start, slash, end = text.partition("/")
    return (
        Duration(dt.date.fromisoformat(start), dt.date.fromisoformat(end))
        if slash
        else Instant(dt.date.fromisoformat(start))
    )


def _filings(folder: Path, match: str) -> Iterator[Case]:
    for page in sorted([*folder.glob("*.htm"), *folder.glob("*.html")]):
        if match not in page.name:
            continue
        started = time.process_time()
        filing = read_filing(page)
        seconds = time.process_time() - started
        yield Case(company=filing.cik, page=page, year=None, filing=filing, answers=filing.facts, seconds=seconds)


if __name__ == "__main__":
    main()
