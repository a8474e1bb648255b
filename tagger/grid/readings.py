"""Readings: what headings can mean whose places are lost: which of them are changes, from what, and which are said of all."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from tagger.grid.parts import Meaning, Part
from tagger.lexicon import find_periods
from tagger.lexicon.shapes import shape
from tagger.patterns import pattern
from tagger.values import Span

_DAYS = (Meaning.FULL, Meaning.DATE, Meaning.QUARTER)
YEARED = (Meaning.FULL, Meaning.QUARTER, Meaning.YEAR)
"""Times that say their year."""
_AND = pattern(r"and\b", re.I)
_LINK = shape(r"\L<compared>\b\.?\s*")


def gathered(parts: Sequence[Part]) -> list[Part]:
    """Return *parts* with one for each change from times below, however many columns say it: "Change Change 4Q14 vs 4Q14 vs"."""
    done: list[Part] = []
    for part in parts:
        while part.meaning is Meaning.VERSUS and done and done[-1].meaning in (Meaning.CHANGE, Meaning.VERSUS):
            part = part._replace(spans=(*done.pop().spans, *part.spans))
        done.append(part)
    return done


def under_whole(parts: Sequence[Part]) -> Iterator[Sequence[Part]]:
    """Yield *parts* without times that are said of the whole table: those that an "and" lists, a date above all others."""
    for part in parts:
        same = [other for other in parts if other.meaning is part.meaning]
        place = same.index(part) + 1
        if _AND.match(part.string) and {digits(other.string) for other in same[:place]} == {
            digits(other.string) for other in same[place:]
        }:
            yield [other for other in parts if other not in same[:place]]
    whole = next((at for at, part in enumerate(parts, 1) if part.meaning is Meaning.FULL), len(parts))
    above, under = parts[: whole - 1], parts[whole:]
    lasting = any(part.meaning is Meaning.LENGTH for part in under)
    kinds = (Meaning.WORDS, Meaning.LENGTH) if lasting else (Meaning.WORDS,)
    several = sum(part.meaning in YEARED for part in under) > 1 and any(part.meaning in _DAYS for part in under)
    if several and all(part.meaning in kinds for part in above):
        yield under


def readings(parts: Sequence[Part]) -> Iterator[Sequence[Part]]:
    """Yield what *parts* can mean: a change from the one time behind it, or from all that stand below it."""
    linked = [at for at, part in enumerate(parts) if part.timely and at and _is_compared(parts[at - 1], part)]
    open_ = list(parts)
    for at in linked:
        open_[at - 1 : at + 1] = _opened(*parts[at - 1 : at + 1])
    if linked:
        yield _joined_to(parts, linked, Meaning.CHANGE)
    yield open_
    last = max((at for at, part in enumerate(open_) if part.timely), default=0)
    dated = [at for at, part in enumerate(open_[:last]) if _is_dated(part)]
    if dated:
        yield [part._replace(meaning=Meaning.VERSUS) if at in dated else part for at, part in enumerate(open_)]
    for kind in (Meaning.VERSUS, Meaning.CHANGE):
        own = [at for at in range(1, len(open_)) if open_[at].meaning is kind and _is_said_again(open_, at - 1)]
        if own:
            yield _joined_to(open_, own, kind)


def _is_said_again(parts: Sequence[Part], at: int) -> bool:
    """Say whether the time at that place is said of another column too: changes from it are told of by its name."""
    return parts[at].meaning in _DAYS and any(part.string == parts[at].string for part in parts[at + 1 :])


def _is_dated(part: Part) -> bool:
    """Say whether *part* is a change of one time, from others that may stand below: "4Q14 Change"."""
    return part.meaning is Meaning.CHANGE and len(find_periods(part.string)) == 1


def _is_compared(before: Part, part: Part) -> bool:
    return before.meaning is Meaning.CHANGE and _LINK.match(part.string) is not None


def _opened(change: Part, part: Part) -> tuple[Part, Part]:
    """Return a change as one from the times below it, and the first of these without the link to it."""
    link = _LINK.match(part.string)
    if link is None:
        return change, part
    first = part.spans[0]
    cut = min(first.start + link.end(), first.end)
    return (
        change._replace(
            meaning=Meaning.VERSUS,
            string=f"{change.string} {link.group()}".strip(),
            spans=(*change.spans, Span(first.start, cut)),
        ),
        part._replace(string=part.string[link.end() :], spans=(Span(cut, first.end), *part.spans[1:])),
    )


def _joined_to(parts: Sequence[Part], places: Sequence[int], meaning: Meaning) -> list[Part]:
    """Return *parts* with those at *places* joined to the ones before them."""
    done: list[Part] = []
    for at, part in enumerate(parts):
        if at in places:
            before = done.pop()
            part = Part(meaning, (*before.spans, *part.spans), f"{before.string} {part.string}", before.line)
        done.append(part)
    return done


def digits(string: str) -> str:
    """Return the digits of *string*, of which recognition spoils fewer than of its letters; all of it where it has none."""
    return "".join(filter(str.isdigit, string)) or string
