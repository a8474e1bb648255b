"""Explaining: why each figure was tagged as it was, or was not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from tagger.document import Paragraph
from tagger.facts import Fact, Proof
from tagger.matching.rows import explain_row
from tagger.naming.candidates import RULES_ONLY, Wanted, ask, refuses_line
from tagger.prose import Refusal, read_document, roles
from tagger.report import Report
from tagger.statement import PRIMARY, Figure, Statement, Use
from tagger.statements.reported import as_reported, refuses
from tagger.suggesting import suggest
from tagger.tagging.places import Places
from tagger.values import Measure, Span

_RIVALS = 5
_SUGGESTED = 3
_NEAR = 4  # rows above and below whose concepts tell what is summed here


class Explanation(Struct, frozen=True, kw_only=True):
    """One figure: where it stands, what it became (or nothing), and the reasons, in order.

    *text* is the figure as printed, *place* the row with its headings or the sentence it stands in, *lines* the
    first and the last line of that row or sentence. *table*, *row* and *column* are the title, label and heading
    that a finding would name; a sentence has none.
    """

    text: str
    place: str
    span: Span
    lines: tuple[int, int]
    facts: tuple[Fact, ...]
    reasons: tuple[str, ...]
    table: str = ""
    row: str = ""
    column: str = ""


def explain(report: Report, *, at: str | None = None, concept: str | None = None) -> tuple[Explanation, ...]:
    """Explain figures of *report*: those of rows or sentences that contain the words *at*, or that stand on
    line *at* where it is a number, and those tagged with *concept* (with or without its prefix).

    Both together narrow down, neither explains all.
    """
    rows = [(want, statement) for statement in report.layout.statements for want in ask(statement, report.rules)]
    found = sorted((*_rows(rows, report), *_prose(report)), key=lambda item: item.span)
    places = Places(report.layout.statements)
    return _with_rules([_named(item, places) for item in found if _asked(item, at, concept)], rows, report)


def _named(item: Explanation, places: Places) -> Explanation:
    table, row, column = places.at(item.span)
    return replace(item, table=table, row=row, column=column)


def _with_rules(
    found: list[Explanation], rows: Sequence[tuple[Wanted, Statement]], report: Report
) -> tuple[Explanation, ...]:
    """Add, to figures of rows, the rules that wanted the row and lost, those that nearly fired, and where no rule
    names the row the concepts such a rule might name.
    """
    asked = {item.span: item.facts for item in found}
    more: dict[Span, tuple[str, ...]] = {}
    for want, statement in rows if asked else ():
        for span in asked.keys() & {figure.span for figure in want.line.figures}:
            more[span] = (*_rivals(want, asked[span], report), *_suggestions(want, statement, report))
    return tuple(replace(item, reasons=(*item.reasons, *more.get(item.span, ()))) for item in found)


def _suggestions(want: Wanted, statement: Statement, report: Report) -> tuple[str, ...]:
    tagged = statement.kind in PRIMARY | RULES_ONLY and not refuses(statement.title) and not refuses_line(want.line)
    if want.candidates or not want.query.label or want.query.unit == Measure.PERCENT or not tagged:
        return ()
    return tuple(_suggested(want, statement, report))


def _suggested(want: Wanted, statement: Statement, report: Report) -> Iterator[str]:
    near = [fact for fact in report.facts if fact.table == statement.number and fact.row is not None]
    beside = {fact.concept for fact in near if abs((fact.row or 0) - want.line.index) <= _NEAR}
    for suggestion in suggest(
        want.query.label,
        statement=statement.kind,
        headings=want.line.headings,
        unit=want.query.unit,
        beside=sorted(beside),
        year=report.tagged.catalog_year,
        limit=_SUGGESTED,
    ):
        yield f"a rule might name {suggestion}"


def _asked(item: Explanation, at: str | None, concept: str | None) -> bool:
    if concept is not None and not any(concept in (f.concept, f.concept.partition(":")[2]) for f in item.facts):
        return False
    if at is None:
        return True
    if at.strip().isdecimal():
        return item.lines[0] <= int(at) <= item.lines[1]
    return _folded(at) in _folded(item.place)


def _folded(words: str) -> str:
    return " ".join(words.casefold().split())


def _rows(rows: Iterable[tuple[Wanted, Statement]], report: Report) -> Iterator[Explanation]:
    """Yield the figures of statement rows: those in columns, and those inside labels."""
    facts = _by_span(report)
    for want, statement in rows:
        place = _place(want, statement)
        for figure in want.line.figures:
            there = facts.get(figure.span, ())
            reasons = _because(there) if there else tuple(_why_not(figure, want, statement, report))
            reasons = (*reasons, *_findings(figure.span, report))
            yield _explanation(figure.numeral.text, place, figure.span, there, reasons, report, want)
        yield from _notes(want, place, facts, report)


def _place(want: Wanted, statement: Statement) -> str:
    label = want.line.text.string or want.query.label or "(no label)"
    return f"{statement.kind.value}: {' > '.join((*want.line.headings, label))}"


def _notes(want: Wanted, place: str, facts: dict[Span, tuple[Fact, ...]], report: Report) -> Iterator[Explanation]:
    """Yield the facts that stand inside the label."""
    if not want.line.text.string:
        return
    for span, there in facts.items():
        if span in want.line.text.place:
            text = there[0].printed.text
            yield _explanation(text, place, span, there, (*_because(there), *_findings(span, report)), report, want)


def _explanation(
    text: str, place: str, span: Span, facts: tuple[Fact, ...], reasons: Iterable[str], report: Report, want: Wanted
) -> Explanation:
    first = min(want.line.text.place.start, span.start) if want.line.text.string else span.start
    last = max((figure.span.end for figure in want.line.figures), default=span.end)
    lines = (report.document.line(first), report.document.line(last))
    return Explanation(text=text, place=place, span=span, lines=lines, facts=facts, reasons=tuple(reasons))


def _by_span(report: Report) -> dict[Span, tuple[Fact, ...]]:
    facts: dict[Span, tuple[Fact, ...]] = {}
    for fact in report.facts:
        facts[fact.printed.span] = (*facts.get(fact.printed.span, ()), fact)
    return facts


def _because(facts: tuple[Fact, ...]) -> tuple[str, ...]:
    lines: list[str] = []
    for fact in facts:
        lines.extend(fact.why)
        lines.append(f"unit: {fact.unit}, decimals {'INF' if fact.decimals is None else fact.decimals}")
        lines.extend(_proved(proof) for proof in fact.proof)
        lines.append(f"not proven: {', '.join(fact.unproven)}" if fact.unproven else "proven in all its aspects")
    return tuple(dict.fromkeys(lines))


def _proved(proof: Proof) -> str:
    borne = f" of {', '.join(proof.aspects)}" if proof.aspects else ""
    return f"proof ({proof.kind.value}){borne}: {proof.equation}"


def _findings(span: Span, report: Report) -> Iterator[str]:
    for finding in report.findings:
        if finding.span is not None and (finding.span == span or span in finding.span):
            yield f"finding ({finding.code.value}): {finding.message}"


def _rivals(want: Wanted, facts: tuple[Fact, ...], report: Report) -> tuple[str, ...]:
    """Return the rules that wanted the row and lost, and those that nearly fired."""
    won = {fact.rule for fact in facts}
    lost = [
        f"rule {candidate.why}: for {candidate.concept}, and lost"
        for candidate in want.candidates
        if candidate.rule.id not in won
    ]
    near = [] if facts else [f"rule {miss}" for miss in explain_row(report.rules, want.query)]
    return (*lost[:_RIVALS], *near[:_RIVALS])


def _why_not(figure: Figure, want: Wanted, statement: Statement, report: Report) -> Iterator[str]:
    """Yield why *figure* has no fact: the first thing that stopped it."""
    column = statement.column(figure.column)
    statement = as_reported(statement)
    if statement.kind not in PRIMARY | RULES_ONLY:
        yield f"not tagged: rows of a table of kind {statement.kind.value} are not tagged"
    elif refuses(statement.title) or refuses_line(want.line):
        yield "not tagged: the words speak of a figure outside US-GAAP"
    elif column is not None and column.use is not Use.FIGURES:
        yield f"not tagged: column {column.heading!r} holds {column.use.value}" + (
            f"; {column.why}" if column.why else ""
        )
    elif figure.numeral.percent or want.query.unit == Measure.PERCENT:
        yield "not tagged: a percentage"
    elif want.query.unit == Measure.PURE and not want.candidates:
        yield "not tagged: a ratio or a count, by its words or those of its block"
    elif not want.candidates:
        yield f"not tagged: no rule names a row called {want.query.label!r} here"
    elif column is None or column.period is None:
        yield f"not tagged: {column.why if column else 'the column has no heading'}"
    else:
        yield from _lost(want, statement, report)


def _lost(want: Wanted, statement: Statement, report: Report) -> Iterator[str]:
    """Yield which other row has the concept that the rules would give this one."""
    concepts = {candidate.concept for candidate in want.candidates}
    rows = {
        (fact.concept, fact.label)
        for fact in report.facts
        if fact.concept in concepts and fact.table == statement.number and fact.row != want.line.index
    }
    for concept, label in sorted(rows):
        yield f"not tagged: the row {label!r} has {concept}"
    if not rows:
        yield "not tagged: the rules for it cannot be told apart, or its figures contradict a better placed fact"


def _prose(report: Report) -> Iterator[Explanation]:
    facts = _by_span(report)
    read = read_document(report.document, report.rules, company=report.filer.name)
    refused = {
        paragraph.text.span(*one.numeral.digits): _refused(one)
        for paragraph, found in read
        for one in found
        if isinstance(one, Refusal)
    }
    for paragraph in report.document.paragraphs:
        yield from _sentences(paragraph, facts, refused, report)


def _refused(one: Refusal) -> str:
    return f"not tagged: {one.why}" + (f" (rule {one.rule.id})" if one.rule else "")


def _sentences(
    paragraph: Paragraph, facts: dict[Span, tuple[Fact, ...]], refused: dict[Span, str], report: Report
) -> Iterator[Explanation]:
    string = paragraph.text.string
    for role in roles(string):
        span = paragraph.text.span(*role.numeral.digits)
        there = facts.get(span, ())
        why = refused.get(span, f"not tagged: {role.role.value}: {role.why}")
        reasons = _because(there) if there else (why,)
        start = max(string.rfind(". ", 0, role.numeral.start) + 1, 0)
        end = string.find(". ", role.numeral.end)
        sentence = string[start : end if end >= 0 else None]
        place = paragraph.text.span(start, start + len(sentence))
        yield Explanation(
            text=role.numeral.text,
            place=sentence.strip(),
            span=span,
            lines=(report.document.line(place.start), report.document.line(place.end)),
            facts=there,
            reasons=(*reasons, *_findings(span, report)),
        )
