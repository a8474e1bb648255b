"""Sentences: where they begin and end, and what stands in them, masked for the grammar."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from itertools import pairwise
from typing import Any, Protocol

from msgspec import Struct
from msgspec.structs import replace

from tagger.characters import lowered
from tagger.lexicon import Numeral, PeriodPhrase, find_numerals
from tagger.lexicon.numerals import alternatives
from tagger.lexicon.shapes import Found
from tagger.patterns import pattern
from tagger.prose.words import listed, words

_END = pattern(r"[.!?][\"”’')]*\s+(?=[\"“‘'(]*[A-Z0-9•*●])|\s[•●▪■*]\s+|\s--\s+(?=[A-Z])")
_GOES_ON = pattern(
    r"(?:This|That|These|Those|Which)\s+(?:compares?|compared)\s+(?:to|with)\s+(?:approximately\s+|about\s+)?\W{0,2}\d"
)
_SAID = pattern(r"\b(?:of|was|were|to|at|approximately)\s\($", re.IGNORECASE)
_LONGEST_SAID = 20  # characters of it: there is no need to look through all of a long paragraph
PARENTHESES = pattern(r"\([^()]*\)")


class Subject(Protocol):
    """What a rule's phrase matched: `tagger.matching.phrases.SubjectHit` is one."""

    @property
    def rule(self) -> Any: ...
    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...
    @property
    def phrase(self) -> str: ...


class Topic(Struct, frozen=True, gc=False):
    """The *company* other than the filer, or the part of it, of which a paragraph speaks, "" for none.

    It is only *mentioned* where the filer acquires it: what then is said of a quarter is the filer's again. What is
    said of a *part* is the filer's only where the whole is named: "we" and "our" are of the part too. It is *doubtful*
    where only a heading, or the item of a list above, names what may be a part.
    """

    company: str = ""
    mentioned: bool = False
    part: bool = False
    doubtful: bool = False


NOBODY = Topic()


class Sentence(Struct, frozen=True, kw_only=True, gc=False):
    """One sentence of a paragraph. All places count from the paragraph's first character.

    *plain* is the whole paragraph's text in lower case, *masked* the same with "#" over numerals, "@" over
    period phrases, "~" over subjects and blanks over asides in parentheses: only
    the words that say how figures relate are left. *subjects* holds one hit a place;
    *rivals* are the hits of other rules at the same places. *shares* is where "per diluted share" stands behind amounts.
    *topic* is of whom the paragraph speaks.
    """

    start: int
    end: int
    plain: str
    masked: str
    numerals: tuple[Numeral, ...]
    periods: tuple[PeriodPhrase, ...] = ()
    subjects: tuple[Subject, ...] = ()
    rivals: tuple[Subject, ...] = ()
    asides: tuple[tuple[int, int], ...] = ()
    shares: tuple[tuple[int, int], ...] = ()
    topic: Topic = NOBODY

    def aside(self, place: int) -> tuple[int, int] | None:
        """Return the parentheses around *place*, which says something by the way."""
        if not self.asides:
            return None  # which most sentences have none of, and is asked of every figure many times
        return next((aside for aside in self.asides if aside[0] < place < aside[1]), None)


def unit_of(hit: Subject) -> str:
    """Return the unit of what *hit* names, as far as its rule or its concept's name says it."""
    unit: str = hit.rule.unit or getattr(hit.rule, "own_unit", "")
    return unit or ("per-share" if "PerShare" in hit.rule.concept else "")


@cache
def _abbreviation() -> re.Pattern[str]:
    return re.compile(rf"(?:^|[\s(])(?:{alternatives(listed('abbreviations'))}|[a-z])\.$", re.IGNORECASE)


def find_sentences(string: str) -> tuple[tuple[int, int], ...]:
    """Return where each sentence of *string* begins and ends.

    >>> text = "Net sales of Acme Inc. rose. Costs were $5.2 million."
    >>> [text[start:end] for start, end in find_sentences(text)]
    ['Net sales of Acme Inc. rose. ', 'Costs were $5.2 million.']
    """
    places: list[tuple[int, int]] = []
    start = 0
    for found in _END.finditer(string):
        stop = found.start() + 1
        if string[found.start()] == "." and _abbreviation().search(string, max(start, stop - 10), stop):
            continue
        if _GOES_ON.match(string, found.end()):
            continue  # "This compares with #": of what, the sentence before says
        places.append((start, found.end()))
        start = found.end()
    return (*places, (start, len(string))) if start < len(string) else tuple(places)


def _masked(
    string: str,
    plain: str,
    place: tuple[int, int],
    dated: Sequence[tuple[int, int]],
    hits: Sequence[Subject],
    own: Sequence[Numeral],
    asides: Sequence[tuple[int, int]],
    sorts: Sequence[tuple[int, int]],
) -> str:
    """Return *plain* with the periods, subjects and numerals of the sentence covered, and blanks over its asides without a numeral.

    *sorts* are blanked too: what behind "per share" only says of which shares, as "assuming dilution" does.
    """
    start, end = place
    first = max(start - 1, 0)  # a parenthesis may stand right before and right behind
    last = max(end, end, *(stop for _, stop in dated), *(one.end for one in own), *(hit.end for hit in hits)) + 1
    letters = list(plain[first:last])
    _cover(letters, first, dated, "@")
    _cover(letters, first, [(hit.start, hit.end) for hit in hits], "~")
    _cover(letters, first, [(numeral.start, numeral.end) for numeral in own], "#")
    bare = [(begin, stop) for begin, stop in asides if "#" not in letters[begin - first : stop - first]]
    _cover(letters, first, [*bare, *(sort for sort in sorts if sort[1] > 0)], " ")
    if "(" in string:
        _cover(letters, first, [place for n in own for place in _around(string, n)], " ")
    return plain[:first] + "".join(letters) + plain[last:]


def mask(
    string: str,
    place: tuple[int, int],
    numerals: Sequence[Numeral],
    periods: Sequence[PeriodPhrase] = (),
    subjects: Sequence[Subject] = (),
    topic: Topic = NOBODY,
) -> Sentence:
    """Return the sentence at *place* of *string* with what was found in it."""
    start, end = place
    kept = tuple(sorted((p for p in periods if start <= p.start < end), key=lambda period: period.start))
    dated = [(period.start, period.end) for period in kept]
    own = tuple(_signed(string, n) for n in numerals if start <= n.start < end and not _inside(n.digits, dated))
    plain = _plain(string)
    behind = _per_share(plain, own, end)
    shares = [match.span() for match in behind]
    hits = _longest([hit for hit in subjects if start <= hit.start < end and not _overlaps(hit, shares)])
    asides = _asides(string, place, own, hits)
    masked = _masked(string, plain, place, dated, hits, own, asides, [match.span("sort") for match in behind])
    return Sentence(
        start=start,
        end=end,
        plain=plain,
        masked=masked,
        numerals=own,
        periods=kept,
        subjects=hits,
        rivals=tuple(hit for hit in subjects if start <= hit.start < end and hit not in hits),
        asides=asides,
        shares=tuple(shares),
        topic=topic,
    )


def _asides(
    string: str, place: tuple[int, int], numerals: Sequence[Numeral], subjects: Sequence[Subject]
) -> tuple[tuple[int, int], ...]:
    """Return where is said by the way: in parentheses that are around no number of *numerals* and inside no subject, or of what a sum is made up."""
    composed = [found.span() for found in words().composed.finditer(_plain(string), *place)]
    return *composed, *(
        found.span()
        for found in (PARENTHESES.finditer(string, *place) if "(" in string else ())
        if not any(n.start <= found.start() < n.end or _wraps(string, found, n) for n in numerals)
        and not any(hit.start < found.start() < hit.end for hit in subjects)
    )


def without_asides(sentence: Sentence, start: int, end: int) -> str:
    """Return the masked text from *start* to *end* with blanks for what stands in parentheses, and for "per diluted share"."""
    letters = sentence.masked[start:end]
    for begin, stop in (*sentence.asides, *sentence.shares):
        if start <= begin and stop <= end:
            letters = letters[: begin - start] + " " * (stop - begin) + letters[stop - start :]
    return letters


def _around(string: str, numeral: Numeral) -> tuple[tuple[int, int], ...]:
    """Return the places of parentheses that hold one amount and nothing else: "a loss of ($0.2 million)"."""
    start, end = numeral.start, numeral.end
    wrapped = string[start - 1 : start] == "(" and string[end : end + 1] == ")"
    return ((start - 1, start), (end, end + 1)) if wrapped else ()


def _wraps(string: str, found: re.Match[str], numeral: Numeral) -> bool:
    return any(found.start() == begin for begin, _ in _around(string, numeral))


def numerals_of(string: str) -> tuple[Numeral, ...]:
    """Return the numbers of *string*; one in parentheses behind one of another currency is the same amount, and no loss.

    >>> [(n.text, n.negative) for n in numerals_of("a profit of RMB0.73 (US$0.11) and a loss of (US$0.05)")]
    [('0.73', False), ('0.11', False), ('0.05', True)]
    """
    found = find_numerals(string)
    return (*found[:1], *(_converted(string, one, two) for one, two in pairwise(found)))


def _converted(string: str, one: Numeral, two: Numeral) -> Numeral:
    wrapped = two.negative and string[two.start] == "(" and two.end - two.start > 2
    if not wrapped or two.currency in (None, one.currency) or one.currency is None:
        return two
    if one.negative or string[one.end : two.start].strip():
        return two
    return replace(two, negative=False, start=two.start + 1, end=two.end - 1)


def _signed(string: str, numeral: Numeral) -> Numeral:
    """Return *numeral* negative where parentheses hold it and its money word, right after "of" or "was"."""
    if (
        numeral.negative
        or not _around(string, numeral)
        or not _SAID.search(string, max(0, numeral.start - _LONGEST_SAID), numeral.start)
    ):
        return numeral
    return replace(numeral, negative=True)


def _per_share(plain: str, numerals: Iterable[Numeral], end: int) -> list[Found]:
    """Return "per diluted share" and the like behind amounts: words of the grammar, and no subject."""
    found = [words().per_share_trail.match(plain, n.end, end) for n in numerals if n.currency and not n.percent]
    return list(filter(None, found))


def _overlaps(hit: Subject, places: Iterable[tuple[int, int]]) -> bool:
    return any(begin <= hit.start < stop for begin, stop in places)


def _inside(digits: tuple[int, int], places: Iterable[tuple[int, int]]) -> bool:
    return any(begin <= digits[0] and digits[1] <= stop for begin, stop in places)


def _cover(letters: list[str], first: int, places: Iterable[tuple[int, int]], mark: str) -> None:
    """Put *mark* over *places* of a text of which *letters* are those from *first* on."""
    for begin, stop in places:
        letters[begin - first : stop - first] = mark * (stop - begin)


@lru_cache(maxsize=4)  # the sentences of one paragraph ask one after the other
def _plain(string: str) -> str:
    return lowered(string)


def _longest(hits: Sequence[Subject]) -> tuple[Subject, ...]:
    """Return the hits that overlap none longer, left to right."""
    kept: list[Subject] = []
    for hit in sorted(hits, key=lambda hit: (hit.start - hit.end, hit.start)):
        if all(hit.end <= other.start or other.end <= hit.start for other in kept):
            kept.append(hit)
    return tuple(sorted(kept, key=lambda hit: hit.start))
