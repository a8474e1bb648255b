"""Where tags go: which facts can be tagged where they stand, and which only beside their text."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from tagger.facts import Fact
from tagger.tagged import Tagged
from tagger.values import Span
from tagger.writing.contexts import References
from tagger.writing.transformation import transformation


@dataclass(frozen=True, slots=True)
class Mark:
    """Text to put right before and right after a stretch of the release."""

    span: Span
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Placed:
    """The marks of a document, in order and without overlaps, and the facts that only ix:hidden can hold."""

    marks: tuple[Mark, ...]
    hidden: tuple[str, ...]


def place(tagged: Tagged, refs: References, fits: Callable[[Span], bool]) -> Placed:
    """Tag each fact at its span; one that its text does not say, or whose place is taken, is hidden.

    *fits* says whether an element can stand around a span. The text of a hidden fact
    points to it as EDGAR's viewer and others expect: ``style="-sec-ix-hidden:ID"``.
    """
    groups: dict[Span, list[int]] = {}
    for index, fact in enumerate(tagged.facts):
        groups.setdefault(fact.printed.span, []).append(index)
    marks: list[Mark] = []
    hidden: dict[int, str] = {}
    end = 0
    for span in sorted(groups, key=lambda span: (span.start, -span.end)):
        free = end <= span.start < span.end and fits(span)
        mark, left = _group(tagged, refs, span, groups[span], free=free)
        hidden |= left
        if mark is not None:
            marks.append(mark)
            end = span.end
    return Placed(tuple(marks), tuple(hidden[index] for index in sorted(hidden)))


def _group(
    tagged: Tagged, refs: References, span: Span, indexes: Sequence[int], *, free: bool
) -> tuple[Mark | None, dict[int, str]]:
    """Mark one span with its facts, one inside the other; those that do not go together are hidden."""
    text = tagged.document.text[span.start : span.end]
    shared: tuple[object, ...] | None = None
    opened: list[str] = []
    hidden: dict[int, str] = {}
    for index in indexes:
        fact = tagged.facts[index]
        name = transformation(text, fact) if free else None
        # Nested elements have to agree in these (Inline XBRL 1.1, 10.1.1).
        properties = (name, fact.printed.scale, fact.unit)
        if name is None or (shared is not None and properties != shared):
            hidden[index] = _hidden(fact, refs, index)
        else:
            shared = properties
            opened.append(_visible(fact, refs, index, name))
    if not free:
        return None, hidden
    links = [f'<span style="-sec-ix-hidden:{refs.facts[index]}">' for index in hidden]
    before = "".join(links + opened)
    return Mark(span, before, "</ix:nonFraction>" * len(opened) + "</span>" * len(links)), hidden


def _visible(fact: Fact, refs: References, index: int, name: str) -> str:
    scale = f' scale="{fact.printed.scale}"' if fact.printed.scale else ""
    return f'<ix:nonFraction {_attributes(fact, refs, index)} format="{name}"{scale}>'


def _hidden(fact: Fact, refs: References, index: int) -> str:
    return f"<ix:nonFraction {_attributes(fact, refs, index)}>{abs(fact.value):f}</ix:nonFraction>"


def _attributes(fact: Fact, refs: References, index: int) -> str:
    sign = ' sign="-"' if fact.value < 0 else ""
    decimals = "INF" if fact.decimals is None else fact.decimals
    return (
        f'id="{refs.facts[index]}" name="{fact.concept}" contextRef="{refs.context(fact)}" '
        f'unitRef="{refs.units[fact.unit]}" decimals="{decimals}"{sign}'
    )
