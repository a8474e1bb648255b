"""Where tags go: which facts can be tagged where they stand, and which only beside their text."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from msgspec import Struct

from tagger.facts import Fact
from tagger.tagged import Tagged
from tagger.values import Span
from tagger.writing.contexts import References
from tagger.writing.transformation import transformation


class Mark(Struct, frozen=True, gc=False):
    """Text to put right before and right after a stretch of the release."""

    span: Span
    before: str
    after: str


class Placed(Struct, frozen=True):
    """The marks of a document, in order and without overlaps, and the facts that only ix:hidden can hold."""

    marks: tuple[Mark, ...]
    hidden: tuple[str, ...]


def place(tagged: Tagged, refs: References, part: Callable[[Span], Span]) -> Placed:
    """Tag each fact at its span; one that its text does not say, or whose place is taken, is hidden.

    *part* says how much of a span one element can stand around: all of it, as a rule. The text of
    a hidden fact points to it as viewers expect: ``style="-sec-ix-hidden:ID"``.
    """
    groups: dict[Span, list[int]] = {}
    for index, fact in enumerate(tagged.facts):
        groups.setdefault(fact.printed.span, []).append(index)
    marks: list[Mark] = []
    hidden: dict[int, str] = {}
    end = 0
    for span in sorted(groups, key=lambda span: (span.start, -span.end)):
        room = part(span)
        free = end <= room.start < room.end
        opened, left = _group(tagged, refs, groups[span], free=free and room == span)
        for index in left:
            hidden[index] = _hidden(tagged.facts[index], refs, index)
        if free:
            links = [f'<span style="-sec-ix-hidden:{refs.facts[index]}">' for index in left]
            after = "</ix:nonFraction>" * len(opened) + "</span>" * len(links)
            marks.append(Mark(room, "".join(links + opened), after))
            end = room.end
    return Placed(tuple(marks), tuple(hidden[index] for index in sorted(hidden)))


def _group(tagged: Tagged, refs: References, indexes: Sequence[int], *, free: bool) -> tuple[list[str], list[int]]:
    """Return the tags that go around one span, one inside the other, and the facts that cannot be among them."""
    shared: tuple[object, ...] | None = None
    opened: list[str] = []
    left: list[int] = []
    for index in indexes:
        fact = tagged.facts[index]
        span = fact.printed.span
        name = transformation(tagged.document.text[span.start : span.end], fact) if free else None
        # Nested elements have to agree in these (Inline XBRL 1.1, 10.1.1).
        properties = (name, fact.printed.scale, fact.unit)
        if name is None or (shared is not None and properties != shared):
            left.append(index)
        else:
            shared = properties
            opened.append(_visible(fact, refs, index, name))
    return opened, left


def _visible(fact: Fact, refs: References, index: int, name: str) -> str:
    scale = f' scale="{fact.printed.scale}"' if fact.printed.scale else ""
    return f'<ix:nonFraction {_attributes(fact, refs, index)} format="{name}"{scale}>'


def _hidden(fact: Fact, refs: References, index: int) -> str:
    return f"<ix:nonFraction {_attributes(fact, refs, index)}>{fact.value.copy_abs():f}</ix:nonFraction>"


def _attributes(fact: Fact, refs: References, index: int) -> str:
    sign = ' sign="-"' if fact.value < 0 else ""
    decimals = "INF" if fact.decimals is None else fact.decimals
    return (
        f'id="{refs.facts[index]}" name="{fact.concept}" contextRef="{refs.context(fact)}" '
        f'unitRef="{refs.units[fact.unit]}" decimals="{decimals}"{sign}'
    )
