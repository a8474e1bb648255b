"""Parts: headings whose places are lost, cut into the times, the changes and the other words they name, in their order."""

from __future__ import annotations

import itertools
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from enum import Enum
from typing import NamedTuple

from tagger.grid.headings import segments
from tagger.grid.headwords import compares, in_vocabulary
from tagger.grid.lines import Line
from tagger.lexicon import says_scale
from tagger.lexicon.atoms import Atom
from tagger.lexicon.ranges import find_atoms
from tagger.lexicon.shapes import Shape, shape
from tagger.patterns import pattern
from tagger.values import Span


class Meaning(Enum):
    """What a part of a heading names; a full date has its year."""

    LENGTH = "length"
    QUARTER = "quarter"
    DATE = "date"
    FULL = "full date"
    YEAR = "year"
    LEAD = "words before a time"
    CHANGE = "change"
    VERSUS = "change from the times below"
    WORDS = "words"


_DAY = pattern(r"[A-Za-z]{3,9}\.?\s+\d{1,2},?$")  # of a month, well read or not


class Part(NamedTuple):
    """A part of a heading: what it names, where it stands, how it reads, and on which line, if lines are known.

    *alone* says that nothing else stands in its cell: its words are one heading, not several.
    """

    meaning: Meaning
    spans: tuple[Span, ...]
    string: str
    line: int
    alone: bool = False

    @property
    def timely(self) -> bool:
        return self.meaning not in (Meaning.CHANGE, Meaning.VERSUS, Meaning.WORDS)


MOMENTS = (Meaning.DATE, Meaning.FULL, Meaning.YEAR)


class _Piece(NamedTuple):
    meaning: Meaning
    start: int
    end: int


_NO_TIME = ("unsaid", "noise")
_POINTS = (*MOMENTS, Meaning.QUARTER)
_KINDS = {
    "date": Meaning.DATE,
    "month": Meaning.DATE,
    "end": Meaning.DATE,
    "quarter": Meaning.QUARTER,
    "length": Meaning.LENGTH,
    "half": Meaning.LENGTH,
    "trailing": Meaning.LENGTH,
    "to-date": Meaning.LENGTH,
    "relation": Meaning.LENGTH,
}
SEAM = shape(
    r"(?<=[a-z,.)])(?=[A-Z(])|(?<=[a-z,])(?=\d)|(?<=\d)(?=[A-Z][a-z])|(?<=\L<year>)(?=\L<year>)|(?<=[A-Z]\.)(?=[A-Z]{4})"
    r"|(?<=[a-z]\s\d\d)(?=\L<year>\b)",
    case=True,
)
_ASIDE = shape(r"\(\L<audits>\)|\b\L<audits>\b|[(\[](?:\d|[a-z])[)\]]|[*†‡]+")  # notes, and who looked
_TOKEN = shape(
    r"""(?P<aside>\(\L<audits>\)|\b\L<audits>\b|[(\[](?:\d|[a-z])[)\]]|[*†‡]+)
    |(?P<after>\b(?:\L<ended>|\L<periods>)(?![a-z]))
    |(?P<before>\b(?:\L<leads>|\L<links>|\L<fiscal>|\L<counts>)\b)
    |(?P<nth>\b\L<nth>(?![\w-]))
    |(?P<change>(?:[%$]\s*)?\b\L<changes>s?\b(?!\s+in\b)(?:\s*/?\s*\(decrease\))?|\bpercent(?:age)?\s+change\b
        |(?:%|\bpercent(?:age)?)\s+of\s+(?:(?:total|net)\s+)?\w+
        |\b(?<!\bshare\s)(?:amounts?|percent(?:age)?)\b(?!\s+in\b)|(?<!\S)[$%](?!\S)|\b\w+-o(?:ver)?-\w+\b|%(?=\s|$))
    |(?P<mark>[\s,.:;|/&–—-]+)
    |(?P<word>\([^()]*\)|[^\s|]+)""",
    verbose=True,
)
_HALVES = (
    (shape(r"\L<month>\.?\s*"), shape(r"\d{1,2},?\s*")),
    (
        shape(r"(?:(?:for|the)\s+)*(?:(?:[a-z]+(?:-[a-z]+)?|\d+)[ -])?\L<units>\s*"),
        shape(r"(?:\L<periods>\s+)?\L<ended>\s*"),
    ),
)
"""What is torn over two lines, and how its end reads: a month and its day, a length and "ended"."""
_TORN = shape(r"\L<month>\.?(?:\s+\L<month>\.?)+|(?:\L<month>\.?\s)?\d{1,2},(?:\s+(?:\L<month>\.?\s)?\d{1,2},)+")
_TORN_FROM = shape(r"(?<=\s)\L<month>|(?<=[,]\s)\d")
_OPENED, _CLOSED = pattern(r"\s*\(\s*"), pattern(r"\s*\)")
_LEAD = shape(r"(?:(?:\L<leads>|\L<fiscal>)\s*)+")
_VERSUS = shape(r"(?:to|vs|versus)\b")
_FROM = shape(r"[\s.,]*\L<compared>\b\.?")
_CHANGE = shape(r"\L<changes>|decrease|^\W*%|^[$]$|^amounts?$|^percent|\w-o(?:ver)?-\w|%\s+of\b")


def read_parts(text: str, cells: Sequence[Sequence[Span]], *, alone: bool = False) -> list[Part]:
    """Return the parts of heading *cells*, each of one or more spans of *text*; *alone* says that they are cells indeed.

    >>> text = "Three Months Ended March 31, 2024 2023 % Change"
    >>> [(part.meaning.value, part.string) for part in read_parts(text, [[Span(0, len(text))]])]
    [('length', 'Three Months Ended'), ('date', 'March 31,'), ('year', '2024'), ('year', '2023'), ('change', '% Change')]
    """
    found = [_parts(text, spans, -1, alone) for spans in cells]
    return paired(itertools.chain.from_iterable(_of_one_time(found) if alone else found))


def _of_one_time(cells: Sequence[list[Part]]) -> Sequence[list[Part]]:
    """Return *cells*, a length and the day behind it as one part, where no day stands elsewhere: "Six months ended June 30"."""
    whole = [cell for cell in cells if [part.meaning for part in cell] == [Meaning.LENGTH, Meaning.DATE]]
    days = sum(part.meaning in (Meaning.DATE, Meaning.FULL) for cell in cells for part in cell)
    if not whole or days > len(whole):
        return cells
    return [
        following(cell, Meaning.LENGTH, (Meaning.DATE,), Meaning.LENGTH) or cell if cell in whole else cell
        for cell in cells
    ]


def read_lines(text: str, lines: Sequence[Line]) -> tuple[list[Span], list[Part]]:
    """Return the words that stand over the labels on *lines* of headings, and the parts over columns.

    They stand before the first time of their line, and are none that stand over columns; a bracket that they open
    goes on over lines.
    """
    labels: list[Span] = []
    parts: list[Part] = []
    for number, cells in enumerate(_untorn(text, [list(_cells(line)) for line in lines])):
        found = [part for spans in cells for part in _parts(text, spans, number, len(cells) > 1)]
        while found and _is_label(found, " ".join(text[span.start : span.end] for span in labels)):
            labels += found.pop(0).spans
        parts += found
    return labels, paired(parts)


def _cells(line: Line) -> Iterator[list[Span]]:
    """Yield the cells of a *line* of headings, those of bare months or days parted at every blank."""
    string = line.string
    for start, end in segments(string.rstrip(), line.indent):
        cuts = [start, end]
        if _TORN.fullmatch(string, start, end):
            cuts[1:1] = [found.start() for found in _TORN_FROM.finditer(string, start + 1, end)]
        yield from ([Span(line.start + first, line.start + last)] for first, last in itertools.pairwise(cuts))


def _untorn(text: str, rows: list[list[list[Span]]]) -> list[list[list[Span]]]:
    """Return *rows* of cells, what is torn over two lines in the lower one: "November  February" over "2,  3,  October 28,".

    There are as many beginnings as ends, which follow one another in the same order; the ends say nothing alone.
    """
    for above, below in itertools.pairwise(rows):
        for begun, ended in _HALVES:
            tops = [cell for cell in above if _fits(text, cell, begun)]
            ends = [cell for cell in below if _fits(text, cell, ended)]
            if ends and len(tops) == len(ends):
                above[:] = [cell for cell in above if cell not in tops]
                for cell, top in zip(ends, tops, strict=True):
                    cell[:0] = top
    return rows


def _fits(text: str, cell: Sequence[Span], half: Shape) -> bool:
    return len(cell) == 1 and half.fullmatch(text, cell[0].start, cell[0].end) is not None


def _is_label(parts: Sequence[Part], before: str) -> bool:
    """Say whether the first of *parts* stands over the labels, after the words *before* that do."""
    first = parts[0]
    if first.meaning is not Meaning.WORDS:
        return False
    if says_scale(first.string) or before.count("(") > before.count(")"):
        return True
    if len(parts) > 2 and all(part.meaning is Meaning.CHANGE for part in parts[1:]):
        return True
    return any(part.timely for part in parts[1:]) and not in_vocabulary(first.string) and not _DAY.search(first.string)


def without_scales(parts: Sequence[Part]) -> tuple[list[Span], list[Part]]:
    """Return the places of words among *parts* that give a scale, and the other parts."""
    scales = [part for part in parts if part.meaning is Meaning.WORDS and says_scale(part.string)]
    return [span for part in scales for span in part.spans], [part for part in parts if part not in scales]


def count_named(parts: Sequence[Part]) -> int:
    """Return how many columns *parts* name, as far as words can say: those of the most common kind, and the changes."""
    kinds = Counter(part.meaning for part in parts)
    changes = kinds.pop(Meaning.CHANGE, 0)
    return max(kinds.values(), default=0) + changes


def _parts(text: str, spans: Sequence[Span], line: int, alone: bool) -> list[Part]:
    spans = [piece for span in spans for piece in seams(text, span)]
    string = " ".join(text[span.start : span.end] for span in spans)
    begins = list(itertools.accumulate((span.end - span.start + 1 for span in spans), initial=0))
    pieces = list(_pieces(string)) or [_Piece(Meaning.LEAD, 0, len(string))] * bool(_LEAD.fullmatch(string.strip()))
    if alone:
        pieces = _one_heading(string, pieces)
    return paired(
        Part(
            kind, tuple(_places(spans, begins, start, end)), _said(string[start:end]), line, len(pieces) == 1 and alone
        )
        for kind, start, end in pieces
    )


def seams(text: str, span: Span) -> list[Span]:
    """Cut *span* where words were glued ("EndedJune"), so that they are read with a blank between."""
    cuts = [span.start, *(match.start() for match in SEAM.finditer(text, span.start, span.end)), span.end]
    return [Span(start, end) for start, end in itertools.pairwise(cuts) if start < end]


def _said(string: str) -> str:
    return " ".join(_ASIDE.sub(" ", string).split())


def _places(spans: Sequence[Span], begins: Sequence[int], start: int, end: int) -> Iterator[Span]:
    """Yield where the characters *start* to *end* of *spans*, joined by blanks, stand in the document.

    In what is joined so, each of the spans stands where *begins* says.
    """
    for at in range(max(bisect_right(begins, start) - 1, 0), bisect_left(begins, end, hi=len(spans))):
        span, begin = spans[at], begins[at]
        first, last = max(start - begin, 0), min(end - begin, span.end - span.start)
        if first < last:
            yield Span(span.start + first, span.start + last)


def _one_heading(string: str, pieces: Sequence[_Piece]) -> list[_Piece]:
    """Join the words of a cell that names no time, or one: "2014 GAAP", "4Q14 Change"."""
    times = [piece for piece in pieces if piece.meaning not in (Meaning.CHANGE, Meaning.WORDS)]
    if not pieces or (len(times) > 1 and not compares(string)):
        return list(pieces)
    kind = times[0].meaning if times else Meaning.WORDS
    if times and says_scale(string[times[0].end :]):
        return [_Piece(kind, pieces[0].start, pieces[-1].end)]  # "2005 $ 000's"
    if any(piece.meaning is Meaning.CHANGE for piece in pieces) or (not times and _CHANGE.search(string)):
        kind = Meaning.CHANGE
    return [_Piece(kind, pieces[0].start, pieces[-1].end)]


def _pieces(string: str) -> Iterator[_Piece]:
    """Yield times with the words that belong to them ("for the", "ended", marks of notes), and what stands between."""
    pieces: list[_Piece] = []
    at = 0
    begin = -1  # of words that lead to what follows: "as of"
    for atom in find_atoms(string):
        kind = _KINDS.get(atom.kind, Meaning.YEAR)
        if atom.kind in _NO_TIME or atom.start < at:
            continue
        if kind is Meaning.LENGTH and pieces and pieces[-1].meaning in _POINTS and (aside := _aside(string, at, atom)):
            at = aside
            pieces[-1] = pieces[-1]._replace(end=at)
            continue
        begin = _between(string, at, atom.start, pieces)
        at = atom.end
        if atom.bound and pieces:
            pieces[-1] = _Piece(
                Meaning.FULL if pieces[-1].meaning is Meaning.DATE else pieces[-1].meaning, pieces[-1].start, at
            )
        else:
            pieces.append(_Piece(kind, atom.start if begin < 0 else begin, at))
    _between(string, at, len(string), pieces)
    for kind, start, end in _compared(string, _open(string, pieces)):
        yield _Piece(kind, start, start + len(string[start:end].rstrip(" |")))


def _aside(string: str, start: int, atom: Atom) -> int:
    """Return where parentheses end that hold *atom* and nothing else, right behind *start*; 0 where none do: "2001 (53 weeks)"."""
    end = _CLOSED.match(string, atom.end)
    return end.end() if end is not None and _OPENED.fullmatch(string, start, atom.start) else 0


def _compared(string: str, pieces: Sequence[_Piece]) -> Iterator[_Piece]:
    """Yield *pieces*, each pair of times that are compared ("2024 vs. 2023") as one of a change."""
    before: _Piece | None = None
    for piece in pieces:
        if before is not None and _are_compared(string, before, piece):
            before = _Piece(Meaning.CHANGE, before.start, piece.end)
            continue
        if before is not None:
            yield before
        before = piece
    if before is not None:
        yield before


def _are_compared(string: str, before: _Piece, piece: _Piece) -> bool:
    return before.meaning is piece.meaning and _VERSUS.match(string, piece.start) is not None


def _open(string: str, pieces: Sequence[_Piece]) -> list[_Piece]:
    """Return *pieces*, changes "from" or "vs." times that stand below told as such: "Dec. 31, 2024 % Change from"."""
    done: list[_Piece] = []
    kinds = [piece.meaning for piece in pieces]
    begin = 0  # of what follows a link
    for piece, after in itertools.zip_longest(pieces, pieces[1:]):
        piece = piece._replace(start=max(piece.start, begin))
        link = _FROM.match(string, piece.end)
        if link is not None and _is_open(string, piece, after, link.end()):
            begin = link.end()
            while done and done[-1].meaning in _POINTS and kinds.count(done[-1].meaning) == 1:
                piece = piece._replace(start=done.pop().start)
            piece = _Piece(Meaning.VERSUS, piece.start, begin)
        done.append(piece)
    return done


def _is_open(string: str, piece: _Piece, after: _Piece | None, begin: int) -> bool:
    """Say whether a change, or a time, is compared with what stands elsewhere: no other time follows the link to it."""
    if piece.meaning is Meaning.CHANGE:
        return after is None or after.meaning is Meaning.LENGTH
    if piece.meaning not in _POINTS or after is None:
        return piece.meaning in _POINTS
    return string[begin : after.end].strip() == string[piece.start : piece.end].strip() or begin <= after.start


def _between(string: str, start: int, end: int, pieces: list[_Piece]) -> int:
    """Add what stands from *start* to *end*, where no time does, to *pieces*; return where words begin that lead on, or -1."""
    leading = -1
    words = False  # whether the last of *pieces* are words that may go on
    for token in _TOKEN.finditer(string, start, end):
        kind = token.lastgroup
        if kind == "before" and not words:
            leading = token.start() if leading < 0 else leading
            continue
        if kind in ("aside", "after", "mark"):
            if (
                pieces
                and kind != "mark"
                and not (kind == "after" and pieces[-1].meaning is Meaning.WORDS and leading >= 0)
            ):
                pieces[-1] = pieces[-1]._replace(end=token.end())
            elif pieces and kind == "mark" and not words and token.group().startswith(","):
                pieces[-1] = pieces[-1]._replace(end=token.start() + 1)
            continue
        named = {"nth": Meaning.QUARTER, "change": Meaning.CHANGE}.get(kind or "", Meaning.WORDS)
        if named is Meaning.WORDS and words:
            pieces[-1] = pieces[-1]._replace(end=token.end())
        else:
            pieces.append(_Piece(named, token.start(), token.end()))
        words = named is Meaning.WORDS
        leading = -1
    return leading


def paired(parts: Iterable[Part], *, over: bool = False) -> list[Part]:
    """Join every date, and every quarter, with the year right behind it, where all have one; years may be left *over*.

    So are times with lengths in parentheses, of which there are as many.
    """
    parts = list(parts)
    for kind, joined in ((Meaning.DATE, Meaning.FULL), (Meaning.QUARTER, Meaning.QUARTER)):
        alike = sum(part.meaning is kind for part in parts)
        if alike and (over or alike == sum(part.meaning is Meaning.YEAR for part in parts)):
            parts = following(parts, kind, (Meaning.YEAR,), joined) or parts
    return _with_lengths(parts)


def _with_lengths(parts: list[Part]) -> list[Part]:
    """Return *parts* with lengths in parentheses joined to the times, of one kind, that each of them is said of: "(53 weeks)"."""
    asides = [part for part in parts if part.meaning is Meaning.LENGTH and part.string.startswith("(")]
    for kind in _POINTS if asides else ():
        times = [part for part in parts if part.meaning is kind]
        if len(times) == len(asides):
            said = {
                id(time): Part(kind, (*time.spans, *aside.spans), f"{time.string} {aside.string}", time.line)
                for time, aside in zip(times, asides, strict=True)
            }
            return [said.get(id(part), part) for part in parts if part not in asides]
    return parts


def following(parts: Sequence[Part], kind: Meaning, after: Sequence[Meaning], joined: Meaning) -> list[Part] | None:
    """Return *parts* with each of a *kind* and the one behind it joined; nothing where another kind than *after* follows."""
    done: list[Part] = []
    at = 0
    while at < len(parts):
        part = parts[at]
        if part.meaning is kind:
            at += 1
            if at == len(parts) or parts[at].meaning not in after:
                return None
            part = Part(joined, (*part.spans, *parts[at].spans), f"{part.string} {parts[at].string}", part.line)
        done.append(part)
        at += 1
    return done
