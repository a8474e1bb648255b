"""Why each figure was tagged as it was, or was not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from tagger.document import Paragraph
from tagger.facts import Fact
from tagger.matching.rows import explain_row
from tagger.prose import roles
from tagger.report import Report
from tagger.statement import Figure, Line, Statement, Use
from tagger.tagging.choose import PRIMARY, RULES_ONLY, Wanted, ask, refuses
from tagger.tagging.units import PERCENT
from tagger.values import Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """One figure: where it stands, what it became (or nothing), and the reasons, in order."""

    text: str
    place: str
    span: Span
    facts: tuple[Fact, ...]
    reasons: tuple[str, ...]


def explain(report: Report, *, at: str | None = None, concept: str | None = None) -> tuple[Explanation, ...]:
    """Explain figures of *report*: those on rows or sentences that contain *at*, or on line *at*
    where it is a number, or those of *concept* (with or without its prefix).
    """
    found = [*_rows(report), *_prose(report)]
    return tuple(item for item in sorted(found, key=lambda e: e.span) if _asked(item, report, at, concept))


def _asked(item: Explanation, report: Report, at: str | None, concept: str | None) -> bool:
    if concept is not None and not any(concept in (f.concept, f.concept.partition(":")[2]) for f in item.facts):
        return False
    if at is None:
        return True
    if at.isdecimal() and report.document.line(item.span.start) == int(at):
        return True
    return " ".join(at.lower().split()) in " ".join(item.place.lower().split())


def _rows(report: Report) -> Iterator[Explanation]:
    facts = _by_span(report)
    for statement in report.layout.statements:
        for want in ask(statement, report.rules):
            for figure in want.line.figures:
                there = facts.get(figure.span, ())
                reasons = _because(there) if there else (_why_not(figure, want, statement),)
                yield Explanation(
                    text=figure.numeral.text,
                    place=f"{statement.kind.value}: {' > '.join((*want.line.headings, want.line.text.string or want.query.label))}",
                    span=figure.span,
                    facts=there,
                    reasons=(*reasons, *_rivals(want, there, report)),
                )


def _by_span(report: Report) -> dict[Span, tuple[Fact, ...]]:
    facts: dict[Span, tuple[Fact, ...]] = {}
    for fact in report.facts:
        facts[fact.printed.span] = (*facts.get(fact.printed.span, ()), fact)
    return facts


def _because(facts: tuple[Fact, ...]) -> tuple[str, ...]:
    lines: list[str] = []
    for fact in facts:
        lines.extend(fact.why)
        lines.extend(f"proof ({proof.kind.value}): {proof.equation}" for proof in fact.proof)
        if not fact.proof:
            lines.append("proof: none found")
    return tuple(lines)


def _rivals(want: Wanted, facts: tuple[Fact, ...], report: Report) -> tuple[str, ...]:
    """Return the rules that wanted the row and lost, and those that nearly fired."""
    won = {fact.rule for fact in facts}
    lost = [f"rule {c.rule.id} also wanted it for {c.concept}: {c.why}" for c in want.candidates if c.rule.id not in won]
    near = [str(miss) for miss in explain_row(report.rules, want.query)]
    return (*lost[:5], *near[:5])


def _why_not(figure: Figure, want: Wanted, statement: Statement) -> str:
    column = statement.column(figure.column)
    if statement.kind not in PRIMARY | RULES_ONLY:
        return f"not tagged: rows of a table of kind {statement.kind.value} are not tagged"
    if refuses(" ".join((statement.title, *want.line.headings, want.line.label))):
        return "not tagged: the words speak of a figure outside US-GAAP"
    if column is not None and column.use is not Use.FIGURES:
        return f"not tagged: column {column.heading!r} holds {column.use.value}; {column.why}".rstrip("; ")
    if figure.numeral.percent or want.query.unit == PERCENT:
        return "not tagged: a percentage"
    if not want.candidates:
        return _no_rule(want.line)
    if column is None or column.period is None:
        return f"not tagged: {column.why if column else 'the column has no heading'}"
    return "not tagged: see the findings at this place"


def _no_rule(line: Line) -> str:
    return f"not tagged: no rule names a row called {line.label!r} here"


def _prose(report: Report) -> Iterator[Explanation]:
    facts = _by_span(report)
    for paragraph in report.document.paragraphs:
        yield from _sentences(paragraph, facts)


def _sentences(paragraph: Paragraph, facts: dict[Span, tuple[Fact, ...]]) -> Iterator[Explanation]:
    string = paragraph.text.string
    for role in roles(string):
        span = paragraph.text.span(*role.numeral.digits)
        there = facts.get(span, ())
        reasons = _because(there) if there else (f"not tagged: {role.role}: {role.why}",)
        start = max(string.rfind(". ", 0, role.numeral.start) + 1, 0)
        end = string.find(". ", role.numeral.end)
        yield Explanation(
            text=role.numeral.text,
            place=string[start : end if end >= 0 else None].strip(),
            span=span,
            facts=there,
            reasons=reasons,
        )
