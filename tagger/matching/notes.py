"""Figures inside a row's label: "net of allowance for credit losses of $640", "88,412,906 shares issued".

A rule's ``notes`` are looked for in the words between the figure and its neighbours,
first before it, then after it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import accumulate

from msgspec import Struct

from tagger.lexicon.numerals import dashes
from tagger.lexicon.shapes import listed, shape
from tagger.matching.conditions import Surroundings, meets
from tagger.matching.rows import Candidate, Rank
from tagger.patterns import pattern
from tagger.ruleset.labels import Form, normalise
from tagger.ruleset.ruleset import RuleSet
from tagger.ruleset.shelf import Index, Laid, Shelf, Starts, inside_key, places
from tagger.statement import Kind

_NONE = r"\b\L<nil>\b|\bno(?=\s+(?:(?:preferred|preference|common|ordinary)\s+)?shares?\b)"
ZERO_WORDS = shape(_NONE)
_FIGURE = shape(r"\p{Sc}?\s*\(?\L<number>\)?(?:\s*\L<scale>s?)?|" + _NONE)
_WRAPPED = shape(r"(?<=\s)\((?=\p{Sc}?[\d,.]+\))|(?<=\d)\)")  # parentheses around one figure are no border
_SHARED_OUT = pattern(r"\((?=[^()]*\bclass\b[^()]*\bclass\b)[^()]*\d[^()]*\)", re.IGNORECASE)
_OF_YEAR = shape(r"(?<=\b\L<year>)\s\L<dashes>(?=\s\p{Sc}?\d)")  # "2024 - 4,009": the dash is no border either
_RESUMED = shape(r";(?=\s*\L<year>\s*(?:\L<dashes>|:)\s*\p{Sc}?\d)")  # "issued: 2024 - 4,009; 2023 - 4,012" is one list
_WHEN = r"(?:\L<month>\.?\s+\d{1,2},?\s*)?\L<year>"
_THEN = rf"""(?: {_WHEN}\s*(?:\L<dashes>|:)\s*\p{{Sc}}?\L<number>(?:\s+shares?)?
    | \p{{Sc}}?\L<number>(?:\s+shares?)?\s+(?:in|at|on|as\s+of|for)\s+{_WHEN} )"""
_COMPARED = shape(
    rf"\(\s*{_THEN}(?:\s*(?:[;,]|and)\s*{_THEN})*\s*\)", verbose=True
)  # "(2016: 4,009)" goes on with the figure before
_DATE = shape(r"(?:\b(?:at|as\s+of|on|and)\s+)?\b\L<month>\.?\s+\d{1,2}(?:,\s*\L<year>)?(?:\s*(?:,|and)\s*\L<year>)?")
_BORDER = pattern(r"[;()\[\]—]|\s[–-]\s")
_STOP = pattern(
    _BORDER.pattern + r"|,\s"
)  # "30,000,000 shares, issued and outstanding": what follows the comma is of the next figure
_LISTED = shape(r"^(?:\s*,\s+(?:and\s+)?\p{Sc}?\d[\d,]*\d(?![\d.]))+")  # "9,894, 9,918, and 10,121 shares" are alike
_LED = shape(
    r"\b\L<stages>(?:\s+shares)?\s*(?::|\L<dashes>)\s*$"
)  # "authorized: 11,200": what follows is of the next figure
_LONGEST = 12  # words of a note
_LINKS = f" \u00a0:{dashes()}{''.join(sorted(listed('signs')))}"  # between words and the figure they speak of: "authorized — 11,200"
_JOINT = shape(r"[\s,/&\p{Sc}:\p{Pd}]*(?:(?:and|or|respectively|at|as\s+of|of|in|shares?)\b[\s,/&\p{Sc}:\p{Pd}]*)*")


class NoteQuery(Struct, frozen=True, kw_only=True, gc=False):
    """A figure at ``text[start:end]`` of a row's label, and what is known of the row.

    *unit* is what the figure looks like: "money", "per-share", "shares", "percent", or "".
    """

    text: str
    start: int
    end: int
    headings: tuple[str, ...] = ()
    kind: Kind = Kind.OTHER
    unit: str = ""
    above: tuple[str, ...] = ()
    below: tuple[str, ...] = ()
    total: bool = False


def match_note(rules: RuleSet, query: NoteQuery) -> tuple[Candidate, ...]:
    """Return the rules that want the figure inside the label, the winner first."""
    around = Surroundings(query.text, query.headings, query.above, query.below)
    candidates: list[Candidate] = []
    for index, (nearness, literal, wildcards) in note_places(rules, query).items():
        rule = rules.rule(index)
        if meets(rule, query, around):
            rank: Rank = (0, rule.layer, Form.WHOLE * 10 + nearness, rule.conditions, literal, wildcards)
            why = f"{rule.id} ({rule.location.file}:{rule.location.line}) wants the words beside the figure"
            candidates.append(
                Candidate(rule=rule, concept=rule.concept, members=rule.members, rank=rank, why=why, form="note")
            )
    beaten = {name for candidate in candidates for name in candidate.rule.over}
    candidates = [candidate for candidate in candidates if candidate.rule.id not in beaten]
    candidates.sort(key=lambda candidate: candidate.rule.id)
    candidates.sort(key=lambda candidate: candidate.rank, reverse=True)
    return tuple(candidates)


def note_places(rules: RuleSet, query: NoteQuery) -> dict[int, tuple[int, int, int]]:
    """Return the rules whose words stand beside the figure: how near, how many words, and how many stars less."""
    found: dict[int, tuple[int, int, int]] = {}
    near, far = words_before(query.text, query.start, near=True), words_before(query.text, query.start)
    after = () if _LED.search(query.text, 0, query.start) else words_after(query.text, query.end)
    beside = ((3, after), (2, near), (1, far))
    for nearness, words in beside[:2] if near == far else beside:
        for index, literal, wildcards in _hits(rules.notes, words):
            weight = (nearness, literal, -wildcards)
            found[index] = max(found.get(index, weight), weight)
    return found


def words_before(text: str, start: int, *, near: bool = False) -> tuple[str, ...]:
    """Return the folded words before the figure at *start*, as far as the figure or border before it.

    With *near* a comma is a border too: "par value, authorized 30,000,000".

    Figures that only "and" joins share their words.

    >>> label = "Receivables, net of allowance of $640 at March 31, 2006 and $712 at June 30, 2006"
    >>> " ".join(words_before(label, label.index("$712")))
    'receivable net of allowance of'
    """
    clause = _undated(text)[:start].rstrip(_LINKS + "(,")
    borders = [match.end() for match in (_STOP if near else _BORDER).finditer(clause)]
    clause = clause[max(borders, default=0) :]
    pieces = _FIGURE.split(clause)
    while len(pieces) > 1 and _JOINT.fullmatch(pieces[-1]):
        pieces.pop()
    return normalise(pieces[-1]).tokens


def words_after(text: str, end: int) -> tuple[str, ...]:
    """Return the folded words after the figure that ends at *end*, as far as the next figure or border.

    >>> words_after("30,000,000 shares, issued and outstanding 13,432,000", 10)
    ('share',)
    >>> words_after("9,894,380, 9,918,707, and 10,121,148 shares outstanding", 9)
    ('share', 'outstanding')
    >>> words_after("9,894,380 & 9,918,707 shares outstanding", 9), words_after("9,894,380/9,918,707 shares outstanding", 9)
    (('share', 'outstanding'), ('share', 'outstanding'))
    >>> words_after("88,412,906 shares issued and 88,012,344 shares outstanding", 10)
    ('share', 'issued', 'and')
    >>> words_after("4,120 common shares in treasury (4,009 in 2016)", 5)
    ('common', 'share', 'in', 'treasury')
    >>> words_after("1,200,000 and 1,000,000 shares in 2017 and 2016", 9)
    ('share', 'in')
    """
    clause = _LISTED.sub("", _undated(text)[end:].lstrip(_LINKS + ")"))
    border = _STOP.search(clause)
    clause = clause[: border.start()] if border else clause
    pieces = _FIGURE.split(clause)
    telling = next((piece for piece in pieces if not _JOINT.fullmatch(piece)), max(pieces, key=len))
    return normalise(telling).tokens


def shared_out(text: str) -> tuple[tuple[int, int], ...]:
    """Return the places where a count is told class by class, which is said again in the count before.

    >>> label = "12,104 (Class A 5,816, Class B 849) shares issued"
    >>> [label[start:end] for start, end in shared_out(label)]
    ['(Class A 5,816, Class B 849)']
    """
    return tuple(found.span() for found in _SHARED_OUT.finditer(text))


@lru_cache(maxsize=8)  # the figures of one label ask one after the other, three times each
def _undated(text: str) -> str:
    """Return *text* with its dates blanked and what looks like a border and is none, every other character in its place."""
    text = _COMPARED.sub(lambda match: f",{match[0][1:-1].replace(';', ',')} ", text)
    for blanked in (_SHARED_OUT, _DATE):
        text = blanked.sub(lambda match: " " * len(match.group()), text)
    text = resumed(text)
    return _OF_YEAR.sub("  ", _WRAPPED.sub(" ", text))


def compares(text: str, *places: int) -> bool:
    """Whether all of *places* lie in one comparison of *text*, in parentheses behind the figure that it goes on with.

    >>> compares("outstanding 4,120 shares (2016: 4,009)", 26, 32), compares("outstanding 4,120 (4,009)", 19)
    (True, False)
    """
    spans = [found.span() for found in _COMPARED.finditer(text)]
    return any(all(start <= place < end for place in places) for start, end in spans)


def resumed(text: str) -> str:
    """Return *text* with commas for the semicolons inside a list of years.

    >>> resumed("shares issued: 2024 - 692; 2023 - 709; 5 held")
    'shares issued: 2024 - 692, 2023 - 709; 5 held'
    """
    return _RESUMED.sub(",", text)


def _hits(shelf: Shelf | Laid, words: tuple[str, ...]) -> Iterator[tuple[int, int, int]]:
    """Yield the rules whose note words stand anywhere in *words*, with how many words they have and how many stars.

    An open end needs no look: a note is found inside longer text anyway.
    """
    for start, word in enumerate(words):
        onward = words[start:]
        starts = shelf.starting(word)
        if starts is not None:
            yield from _spans(starts.exact, onward, 0)
            yield from _spans(starts.after, onward, 1)
            yield from _gaps(starts, onward)
        ends = shelf.ending(word)
        if ends is not None:
            for size in ends.sizes:
                if size <= start + 1:
                    found = ends.before.get(" ".join(words[start + 1 - size : start + 1]))
                    yield from ((place, size, 1) for place in places(found))
        yield from _spans(shelf.both, onward, 2)


def _spans(index: Index, words: tuple[str, ...], wildcards: int) -> Iterator[tuple[int, int, int]]:
    """Yield the rules whose words stand at the beginning of *words*."""
    for size, said in enumerate(accumulate(words[:_LONGEST], "{} {}".format), 1) if index else ():
        if (found := index.get(said)) is not None:
            yield from ((place, size, wildcards) for place in places(found))


def _gaps(bundle: Starts, words: tuple[str, ...]) -> Iterator[tuple[int, int, int]]:
    """Yield the rules with a star inside whose words before it stand at the beginning of *words*."""
    for size in bundle.inside_sizes:
        start, rest = " ".join(words[:size]), f" {' '.join(words[size:])} "
        closed = (inside_key(start, word, is_open=False) for word in dict.fromkeys(words[size:]))
        for key in (inside_key(start, "", is_open=True), *closed):
            for tail, place in bundle.inside.get(key, ()):
                if f" {tail} " in rest:
                    yield place, size + tail.count(" ") + 1, 1
