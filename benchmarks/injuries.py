"""Injure statements one figure or row at a time, and count what is noticed, repaired, and repaired wrongly.

    python -m benchmarks.injuries [--corpus DIR] [--limit N] [--seed N] [--each N]

Without a corpus the project's own example and golden releases are injured. Every injury is one
slip of a scanner or a typist, made in the document as read: a digit changed, two digits swapped, a
parenthesis lost, `$` read as 8, figures of a row moved, two rows' figures exchanged, two columns' headings
exchanged, the line that gives the scale left out. The same seed gives the same injuries.

Three kinds change a word above the figures: "Six" for "Three", a year off by one, "thousands" for "millions". Such an
injury, and that of headings, is noticed too where no fact that is read otherwise because of it has its period, or its scale, called proven.

*Noticed* is an injury after which there is a finding that was not there before, or whose figures are read
as if it had not happened. *Wrongly* repaired is one after which a figure was changed into one that is not true.
Two rows of one sum exchanged, and figures of no sum, leave no trace that arithmetic could find; they are counted.
"""

from __future__ import annotations

import argparse
import dataclasses
import random
import re
import statistics
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

from msgspec.structs import replace

from tagger.arithmetic import proven_share, settle, understand
from tagger.arithmetic.mend.figures import repair_statements
from tagger.arithmetic.scales import solve_scales
from tagger.document import Cell, Document, Row, Table, Text
from tagger.facts import Aspect, Fact
from tagger.findings import Code
from tagger.lexicon import parse_scales
from tagger.pipeline import tag
from tagger.reading import read
from tagger.report import Report
from tagger.statement import PRIMARY, Statement, Use
from tagger.values import Period

HERE = Path(__file__).resolve().parent.parent
SUFFIXES = frozenset({".htm", ".html", ".txt", ".md"})

Figures = dict[tuple[int, int, int], Decimal]
Injury = Callable[[Document, Sequence[Statement], random.Random], Document | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of one injury."""

    kind: str
    noticed: bool
    rightly: bool
    wrongly: bool


def sources(corpus: Path | None, limit: int) -> Iterator[Path]:
    """Yield the documents to injure: those of *corpus*, evenly chosen, or the project's own."""
    if corpus is None:
        yield from sorted(
            (*HERE.glob("examples/*/release.*"), *HERE.glob("tests/golden/*.txt"), *HERE.glob("tests/golden/*.htm"))
        )
        return
    found = [path for path in sorted(corpus.glob("*")) if path.suffix in SUFFIXES]
    yield from found[:: max(1, len(found) // limit)] if limit else found


def targets(statements: Sequence[Statement], document: Document) -> list[tuple[int, int, int]]:
    """Return table, row and column of the figures of the statements, those of reported columns."""
    tables = {id(table): number for number, table in enumerate(document.tables)}
    return [
        (tables[id(s.table)], line.index, figure.column)
        for s in statements
        if s.kind in PRIMARY and id(s.table) in tables
        for line in s.lines
        for figure in line.figures
        if figure.numeral.number
        and not figure.numeral.percent
        and (column := s.column(figure.column)) is not None
        and column.use is Use.FIGURES
        and column.period is not None
    ]


def with_cells(document: Document, number: int, change: Callable[[int, Row], Row]) -> Document:
    """Return *document* with the rows of its table *number* changed."""
    table = document.tables[number]
    rows = tuple(change(index, row) for index, row in enumerate(table.rows))
    width = max((cell.column + 1 for row in rows for cell in row.cells), default=0)
    changed = replace(table, rows=rows, columns=max(table.columns, width))
    return _with_table(document, table, changed)


def _with_table(document: Document, table: Table, changed: Table) -> Document:
    return dataclasses.replace(
        document, blocks=tuple(changed if block is table else block for block in document.blocks)
    )


def _printed(document: Document, at: tuple[int, int, int]) -> str:
    number, row, column = at
    return next((cell.text.string for cell in document.tables[number].rows[row].cells if cell.column == column), "")


def _retyped(document: Document, at: tuple[int, int, int], string: str) -> Document:
    number, row, column = at

    def cell(old: Cell) -> Cell:
        offset = old.text.offsets[0] if old.text.offsets else 0
        return replace(old, text=Text(string, (0,), (offset,)), superscripts=()) if old.column == column else old

    def change(index: int, old: Row) -> Row:
        return replace(old, cells=tuple(cell(c) for c in old.cells)) if index == row else old

    return with_cells(document, number, change)


def _edited(change: Callable[[str, random.Random], str | None]) -> Injury:
    def injure(document: Document, statements: Sequence[Statement], chance: random.Random) -> Document | None:
        places = targets(statements, document)
        chance.shuffle(places)
        for at in places[:200]:
            string = _printed(document, at)
            injured = change(string, chance) if string else None
            if injured is not None and injured != string:
                return _retyped(document, at, injured)
        return None

    return injure


def _digit(string: str, chance: random.Random) -> str | None:
    places = [i for i, char in enumerate(string) if char.isdigit()]
    place = chance.choice(places) if places else -1
    if place < 0:
        return None
    digit = chance.choice([d for d in "123456789" if d != string[place]])
    return string[:place] + digit + string[place + 1 :]


def _swap(string: str, chance: random.Random) -> str | None:
    pairs = [i for i in range(len(string) - 1) if string[i : i + 2].isdigit() and string[i] != string[i + 1] != "0"]
    if not pairs:
        return None
    at = chance.choice(pairs)
    return string[:at] + string[at + 1] + string[at] + string[at + 2 :]


def _parenthesis(string: str, chance: random.Random) -> str | None:
    if "(" not in string or ")" not in string:
        return None
    return string.replace("(", "").replace(")", "") if chance.random() < 0.5 else string.replace("(", "", 1)


def _dollar(string: str, chance: random.Random) -> str | None:
    bare = string.replace("$ ", "$")
    return bare.replace("$", "8", 1) if "$" in bare and "(" not in bare else None


def _row_of(document: Document, statements: Sequence[Statement], chance: random.Random) -> tuple[int, int] | None:
    rows = sorted({(table, row) for table, row, _ in targets(statements, document)})
    full = [(t, r) for t, r in rows if sum(1 for c in document.tables[t].rows[r].cells if c.column) > 1]
    return chance.choice(full) if full else None


def _shift(
    document: Document, statements: Sequence[Statement], chance: random.Random, *, whole: bool
) -> Document | None:
    at = _row_of(document, statements, chance)
    if at is None:
        return None
    columns = sorted(cell.column for cell in document.tables[at[0]].rows[at[1]].cells if cell.column)
    first = columns[0] if whole else chance.choice(columns[1:])

    def change(index: int, row: Row) -> Row:
        if index != at[1]:
            return row
        return replace(
            row, cells=tuple(replace(c, column=c.column + (c.column >= first)) if c.column else c for c in row.cells)
        )

    return with_cells(document, at[0], change)


def _rows_swapped(document: Document, statements: Sequence[Statement], chance: random.Random) -> Document | None:
    one = _row_of(document, statements, chance)
    if one is None:
        return None
    rows = sorted({row for table, row, _ in targets(statements, document) if table == one[0] and row != one[1]})
    if not rows:
        return None
    other = chance.choice(rows)
    table = document.tables[one[0]]
    given = {one[1]: table.rows[other], other: table.rows[one[1]]}

    def change(index: int, row: Row) -> Row:
        if index not in given:
            return row
        labels = tuple(cell for cell in row.cells if not cell.column)
        return replace(row, cells=(*labels, *(cell for cell in given[index].cells if cell.column)))

    return with_cells(document, one[0], change)


def _headings_swapped(document: Document, statements: Sequence[Statement], chance: random.Random) -> Document | None:
    """Exchange the heading cells of two columns of the same length of time."""
    tables = {id(table): number for number, table in enumerate(document.tables)}
    able = [s for s in statements if s.kind in PRIMARY and id(s.table) in tables and len(_timed(s)) > 1]
    if not able:
        return None
    chosen = chance.choice(able)
    one, other = chance.sample(_timed(chosen), 2)
    first = min(line.index for line in chosen.lines)
    given = {one: other, other: one}

    def change(index: int, row: Row) -> Row:
        if index >= first:
            return row
        cells = (replace(c, column=given.get(c.column, c.column)) if c.colspan == 1 else c for c in row.cells)
        return replace(row, cells=tuple(sorted(cells, key=lambda cell: cell.column)))

    number = tables[id(chosen.table)]
    injured = with_cells(document, number, change)
    periods = [
        [(c.index, c.period) for c in s.columns]
        for d in (document, injured)
        for s in understand(d).statements
        if s.table is d.tables[number]
    ]
    return None if len(periods) != 2 or periods[0] == periods[1] else injured


def _reworded(changes: Sequence[tuple[str, str]]) -> Injury:
    """Return the injury that changes a word in one heading or caption line of a statement, the first pattern that fits."""

    def injure(document: Document, statements: Sequence[Statement], chance: random.Random) -> Document | None:
        tables = {id(table): number for number, table in enumerate(document.tables)}
        able = [s for s in statements if s.kind in PRIMARY and id(s.table) in tables]
        chance.shuffle(able)
        for statement in able:
            places = list(_heading_texts(statement))
            chance.shuffle(places)
            for old in places:
                new = _changed_word(old, changes, chance)
                if new is not None:
                    return _with_text(document, statement.table, old, new, min(line.index for line in statement.lines))
        return None

    return injure


def _heading_texts(statement: Statement) -> Iterator[str]:
    first = min(line.index for line in statement.lines)
    yield from (line.string for line in statement.table.caption)
    yield from (cell.text.string for row in statement.table.rows[:first] for cell in row.cells)


def _changed_word(string: str, changes: Sequence[tuple[str, str]], chance: random.Random) -> str | None:
    for pattern, given in changes:
        found = list(re.finditer(pattern, string, re.IGNORECASE))
        if found:
            match = chance.choice(found)
            new = str(int(match[0]) + chance.choice((-1, 1))) if given == "year" else _cased(given, match[0])
            return string[: match.start()] + new + string[match.end() :]
    return None


def _cased(word: str, like: str) -> str:
    return word.upper() if like.isupper() else word.capitalize() if like[0].isupper() else word


def _with_text(document: Document, table: Table, old: str, new: str, first: int) -> Document:
    """Return *document* with *new* for the first *old* in the caption and the heading rows of *table*."""

    def given(text: Text) -> Text:
        offset = text.offsets[0] if text.offsets else 0
        return Text(new, (0,), (offset,)) if text.string == old else text

    rows = tuple(
        replace(row, cells=tuple(replace(c, text=given(c.text)) for c in row.cells)) if index < first else row
        for index, row in enumerate(table.rows)
    )
    return _with_table(document, table, replace(table, rows=rows, caption=tuple(map(given, table.caption))))


def _timed(statement: Statement) -> list[int]:
    return [c.index for c in statement.columns if c.use is Use.FIGURES and c.period is not None]


def without_scale(document: Document) -> Document:
    """Return *document* without any words around its tables that give a scale."""

    def cell(old: Cell) -> Cell:
        return replace(old, text=Text("", (), ())) if _says_scale(old.text.string) else old

    changed = document
    for table in document.tables:
        rows = tuple(replace(row, cells=tuple(cell(c) for c in row.cells)) for row in table.rows)
        caption = tuple(line for line in table.caption if not _says_scale(line.string))
        changed = _with_table(changed, table, replace(table, rows=rows, caption=caption))
    return changed


def _says_scale(string: str) -> bool:
    scales = parse_scales(string) if any(char.isalpha() for char in string) else None
    return scales is not None and (scales.money is not None or scales.shares is not None or scales.shares_as_money)


INJURIES: dict[str, Injury] = {
    "digit changed": _edited(_digit),
    "digits swapped": _edited(_swap),
    "parenthesis lost": _edited(_parenthesis),
    "$ read as 8": _edited(_dollar),
    "column shifted in a row": lambda d, s, c: _shift(d, s, c, whole=False),
    "row moved one column": lambda d, s, c: _shift(d, s, c, whole=True),
    "two rows exchanged": _rows_swapped,
    "headings exchanged": _headings_swapped,
    "length misprinted": _reworded(
        (
            (r"\bthree\b", "six"),
            (r"\bsix\b", "nine"),
            (r"\bnine\b", "six"),
            (r"\bquarter\b", "half"),
            (r"\btwelve\b", "nine"),
        )
    ),
    "year off by one": _reworded(((r"\b(?:19[89]|20[0-4])\d\b", "year"),)),
    "scale misprinted": _reworded(((r"\bthousands\b", "millions"), (r"\bmillions\b", "thousands"))),
}
_LOOSE = 8
READ = {"length misprinted": Aspect.PERIOD, "year off by one": Aspect.PERIOD, "scale misprinted": Aspect.SCALE}


def figures(statements: Sequence[Statement]) -> Figures:
    """Return every figure of *statements* by table, line and column."""
    return {(s.number, line.index, f.column): f.printed for s in statements for line in s.lines for f in line.figures}


def outcome(kind: str, report: Report, injured: Document) -> Outcome:
    """Tag *injured* and compare with *report*, which is of the same document whole."""
    after = tag(injured, rules=report.rules)
    known = {(finding.code, finding.message) for finding in report.findings}
    new = [f for f in after.findings if (f.code, f.message) not in known]
    if kind in READ:
        told = bool(new) or not any(READ[kind] in fact.borne_out for fact in _otherwise(report, after))
        same = not _otherwise(report, after)
        return Outcome(kind=kind, noticed=told, rightly=same, wrongly=any(f.code is Code.REPAIRED for f in new))
    true, raw, read_as = (
        figures(report.layout.statements),
        figures(understand(injured).statements),
        figures(after.layout.statements),
    )
    crossed = kind == "headings exchanged"
    right = _facts(after) == _facts(report) if crossed else read_as == true
    told = bool(new) or (crossed and not any(Aspect.PERIOD in f.borne_out for f in _otherwise(report, after)))
    changed = {at for at in raw.keys() | read_as.keys() if raw.get(at) != read_as.get(at)}
    wrongly = not right and any(read_as.get(at) != true.get(at) for at in changed)
    if wrongly and crossed:
        wrongly = any(f.code is Code.REPAIRED for f in new)
    return Outcome(kind=kind, noticed=right or told, rightly=right, wrongly=wrongly)


def _otherwise(report: Report, after: Report) -> list[Fact]:
    """Return the facts on rows of *after* that stand where *report* has one of another period or value."""
    before: dict[tuple[object, ...], list[tuple[Period, Decimal]]] = {}
    for fact in report.facts:
        if fact.table is not None:
            before.setdefault(_place(fact), []).append((fact.period, fact.value))
    rows = [(fact, before.get(_place(fact), [])) for fact in after.facts if fact.table is not None]
    return [f for f, known in rows if known and not any(_alike(old, (f.period, f.value)) for old in known)]


def _alike(one: tuple[Period, Decimal], other: tuple[Period, Decimal]) -> bool:
    """Whether two facts have one value and one period; where a period of weeks starts is counted by the calendar."""
    (a, value), (b, same) = one, other
    starts = [getattr(period, "start", period.end) for period in (a, b)]
    return value == same and a.end == b.end and abs((starts[0] - starts[1]).days) <= _LOOSE


def _place(fact: Fact) -> tuple[object, ...]:
    return fact.printed.span, fact.concept, fact.column


def _difference(document: Document, injured: Document) -> str:
    """Return the rows that differ, for a reader."""
    rows = [
        " | ".join(cell.text.string[:40] for cell in row.cells)
        + "  ->  "
        + " | ".join(c.text.string for c in other.cells if c.column)
        for table, changed in zip(document.tables, injured.tables, strict=True)
        for row, other in zip(table.rows, changed.rows, strict=True)
        if row != other
    ]
    return "; ".join(rows[:2])


def _facts(report: Report) -> set[tuple[str, str, Decimal]]:
    return {(fact.concept, str(fact.period), fact.value) for fact in report.facts if fact.table is not None}


@dataclass(slots=True)
class Tally:
    """What was counted over all documents."""

    documents: int = 0
    alarms: int = 0
    facts: int = 0
    proven: int = 0
    scales: Counter[str] = field(default_factory=Counter)


def main() -> None:
    """Run the benchmark and print its table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--corpus", type=Path, help="a folder of releases; the project's own if none")
    parser.add_argument("--limit", type=int, default=0, help="how many documents of the folder, evenly chosen")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--each", type=int, default=2, help="injuries of a kind in each document")
    parser.add_argument("--verbose", action="store_true", help="list wrong repairs and alarms")
    options = parser.parse_args()
    outcomes: list[Outcome] = []
    tally = Tally()
    times: list[float] = []
    for path in sources(options.corpus, options.limit):
        document = read(path)
        report = tag(document)
        tally.documents += 1
        alarms = [f for f in report.findings if f.code is Code.DOES_NOT_ADD_UP]
        tally.alarms += bool(alarms)
        proven, facts = proven_share(report.facts)
        tally.facts += facts
        tally.proven += proven
        times.append(_proving_time(report, document))
        _scale(document, report, tally)
        if options.verbose:
            for alarm in alarms:
                print(f"alarm: {path.name}: {alarm.message}")
        for kind, injure in INJURIES.items():
            for number in range(options.each):
                chance = random.Random(f"{options.seed}/{path.name}/{kind}/{number}")
                injured = injure(document, report.layout.statements, chance)
                if injured is not None:
                    found = outcome(kind, report, injured)
                    outcomes.append(found)
                    if options.verbose and (found.wrongly or not found.noticed):
                        word = "wrong" if found.wrongly else "missed"
                        print(f"{word}: {path.name}: {kind} {number}: {_difference(document, injured)}")
    _print(outcomes, tally, times)


def _proving_time(report: Report, document: Document) -> float:
    """Return the seconds that proving and repairing take."""
    statements = understand(document).statements
    bare = [replace(fact, proof=()) for fact in report.facts]
    best = 1e9
    for _ in range(3):
        begin = time.perf_counter()
        repair_statements(statements)
        settle(bare, report.layout.statements)
        best = min(best, time.perf_counter() - begin)
    return best


def _scale(document: Document, report: Report, tally: Tally) -> None:
    """Count whether the scale is found again where the lines that give it are left out."""
    said = {s.number: s for s in report.layout.statements if s.kind in PRIMARY and s.scale}
    if not said:
        return
    bare = {s.number: s for s in solve_scales(understand(without_scale(document)).statements, document)}
    with_eps = any("PerShare" in fact.concept for fact in report.facts)
    for number, statement in said.items():
        found = bare.get(number)
        name = (
            "refused"
            if found is None or found.scale is None
            else "right"
            if found.scale == statement.scale
            else "wrong"
        )
        tally.scales[f"{'with' if with_eps else 'without'} EPS: {name}"] += 1


def _print(outcomes: Sequence[Outcome], tally: Tally, times: Sequence[float]) -> None:
    print(f"{'injury':28}{'injured':>9}{'noticed':>9}{'rightly':>9}{'wrongly':>9}")
    for kind in (*INJURIES, "all"):
        of = [found for found in outcomes if kind in (found.kind, "all")]
        if of:
            shares = (sum(f.noticed for f in of), sum(f.rightly for f in of), sum(f.wrongly for f in of))
            print(f"{kind:28}{len(of):9}" + "".join(f"{100 * share / len(of):8.1f}%" for share in shares))
    print(f"false alarms: {tally.alarms} of {tally.documents} uninjured documents")
    print(f"proven: {100 * tally.proven / max(1, tally.facts):.1f} % of {tally.facts} facts on statement rows")
    print("scale line removed, statements: " + ", ".join(f"{k} {n}" for k, n in sorted(tally.scales.items())))
    if times:
        print(f"proving: median {1000 * statistics.median(times):.2f} ms, worst {1000 * max(times):.2f} ms")


if __name__ == "__main__":
    main()
