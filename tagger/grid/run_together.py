"""Tables run together: a whole table on one line, its labels and figures without their line ends."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from tagger.data import word_set
from tagger.grid.columns import percent_columns
from tagger.grid.entries import Figure
from tagger.grid.rows import Item
from tagger.lexicon.shapes import is_year, opens_figure, shape
from tagger.patterns import pattern
from tagger.values import Span


class Run(NamedTuple):
    """Figures that follow one another, with the words before them: *start* to *end* is the label."""

    start: int
    end: int
    figures: tuple[Figure, ...]


_FIGURE = shape(
    r"""
    (?:[\p{Sc}(]\s*){0,3}[-–—]?
    (?: \L<grouped>(?:\.\d{1,2}(?!\d))? | \d+\.\d{2}(?=\d+\.\d{2}(?!\d)) | \d+(?:\.\d+)? | \.\d+ )(?!\d*[AC-JLN-Z]\b)
    \s?\)?(?:\s?%(?!\s+of\b))?\)?
    | (?:\$\s*)?(?<![A-Za-z])[-–—](?=[\s$(]*(?:[-–—$(\d+A-Z]|$)) (?:\s?%)?
    | (?<!\S)(?i:\L<void>|nm)(?!\S)
    """,
    case=True,
    verbose=True,
)
_NO_FIGURES = shape(
    r"\b\L<month>\.?\s+\d{1,2}(?!\d)(?:,?\s*\L<year>)?|\d{1,2}-\L<month>-\d\d(?:\d\d)?|\L<slashed>"
    r"|\b(?:and|in|of|\L<fiscal>|for|at)\s+\L<year>\b"
    r"|\bnotes?\s+\d{1,2}(?![\d.]|,\d)(?:\s*(?:,|and|&)\s*\d{1,2}(?![\d.]|,\d))*|(?<![\d.,-])\d{1,3}-\d{1,3}(?=\s+[A-Za-z]{3})"
    r"|(?<=[a-z]{3})\d(?=\s*\p{Sc})|(?<=:\s?)[-–—]{1,2}(?=\s*[A-Z])"
    r"|\b(?:authorized|issued|outstanding)\s*[-–—:]\s*(?:\L<year>\s*[-–—]\s*)?[\d.,]*\d(?=\s*(?:;|,\s|-?shares\b|and\b|[-–—]\s))"
    r"|(?<=shares,\s)\L<year>\s*[-–—]?\s*\d[\d.,]*\d(?=\s*(?:;|-?shares\b))"
)  # of a row: dates, what a note is numbered with, marks of notes and of list items, counts of shares
_MONEY = shape(r"\d\L<group>|\p{Sc}\s*\(?\d|\(\d|\d\.\d")
# a bullet, a footnote, a telephone number, a link: whatever else the line is, it is no table
_TELLS = pattern(r"^\s*(?:[*#•●]|\([A-Z]\)\s)|\d{3}\)?[\s-]\d{3}-\d{4}|http")
_MILLIONS = shape(r"\b\L<scale>\b", case=True)
_ZEROS = pattern(r"\(0+\)")  # "Shares (000)" is no figure
_NOTE = pattern(r"\(\d\)")
_SHARES = pattern(r"\s*(?:(?:and|shares|authorized|issued|outstanding|par\s+value|respectively)\b|[;,])")
_KIND_OF_SHARES = pattern(r"class\s+\w+\s+(?:\w+\s+)?(?:shares|stock)\b", re.IGNORECASE)
_JOINED = pattern(r"[\s,]*(?:and|&|,)\s*")
_WORD = pattern(r"[A-Za-z]{3}")
_PAIR = shape(r"[\d)%][\s\p{Sc}(][\p{Sc}(\s-]*+[\d.]")
_VERB = pattern(r"\b(?:was|were|compared|increased|decreased)\b", re.IGNORECASE)
_CLAUSE = pattern(r"[a-z]{3}[.,]\s(?=[A-Za-z])")
_SENTENCE = pattern(r"[a-z]{3}\.\s[A-Z]")
_DIGITS = pattern(r"\d+")
_NUMBERS = 8  # of a table on one line, at least


def is_glued(string: str) -> bool:
    """Say whether a line is a table that lost its line ends: many figures among few words, no sentences.

    >>> is_glued("Net sales$ 1,200$ 1,100Cost of sales700 650Gross profit500 450Rent90 80Taxes40 30Net income$ 370$ 340 and so on")
    True
    """
    if len(string) < 100 or len(_DIGITS.findall(string)) < _NUMBERS or _TELLS.search(string):
        return False
    numbers = sum(1 for match in _FIGURE.finditer(string) if any(map(str.isdigit, match.group())))
    if (
        numbers < _NUMBERS
        or len(_MILLIONS.findall(string.lower())) > 1
        or (len(string) < 320 and "par value" in string)
    ):
        return False
    words = len(string.split())
    sentences = len(_CLAUSE.findall(string)) + len(_VERB.findall(string))
    return numbers * 5 > words and sentences * 6 <= numbers and _is_labelled(string)


def count_rows(string: str, columns: int = 0) -> tuple[int, int]:
    """Return how many rows stand on one line, and of how many figures each; (0, 0) where it is no line of rows.

    *columns* is how many figures a row must have, if known: one row is then enough.

    >>> count_rows("Interest income 15 9 Interest expense (144) (153) Other, net (19) (22)")
    (3, 2)
    >>> count_rows("Net sales $14,799 $12,007"), count_rows("Net sales $14,799 $12,007", 2)
    ((0, 0), (1, 2))
    """
    least = 1 if columns else 2
    if not _has_pairs(string, least) or _TELLS.search(string):
        return 0, 0
    runs = [run for run in read_runs(string, 0, len(string)) if _WORD.search(string, run.start, run.end)]
    counts = Counter(len(run.figures) for run in runs if _are_parted(string, run.figures))
    if columns:  # totals without a label may follow a row
        counts = Counter({columns: sum(times for count, times in counts.items() if count % columns == 0)})
    count = columns or max(counts, key=lambda count: (counts[count], count), default=0)
    if (
        count < 2
        or counts[count] < least
        or counts[count] * 2 <= len(runs)
        or _SENTENCE.search(string)
        or _VERB.search(string)
    ):
        return 0, 0
    return counts[count], count


def _are_parted(string: str, figures: Sequence[Figure]) -> bool:
    """Say whether blanks or signs part the figures, and none of them is a year: "1-800-311-9404", "14.7% (2001)"."""
    if any(is_year(string[figure.start : figure.end].strip("()")) for figure in figures):
        return False
    return all(
        before.end < after.start or opens_figure(string[after.start]) for before, after in itertools.pairwise(figures)
    )


def _has_pairs(string: str, least: int) -> bool:
    """Say, cheaply, whether figures follow one another *least* times with words before each time."""
    at = 0
    for _ in range(least):
        word = _WORD.search(string, at)
        pair = _PAIR.search(string, word.end()) if word else None
        if pair is None:
            return False
        at = pair.end()
    return True


def _is_labelled(string: str) -> bool:
    """Say whether words stand before two runs of figures at least."""
    labelled = (run for run in read_runs(string, 0, len(string)) if _WORD.search(string, run.start, run.end))
    return next(labelled, None) is not None and next(labelled, None) is not None


def count_columns(runs: Sequence[Run]) -> int:
    """Return how many figures most runs have."""
    counts = Counter(len(run.figures) for run in runs if len(run.figures) > 1)
    return counts.most_common(1)[0][0] if counts else 1


def read_runs(text: str, start: int, end: int) -> Iterator[Run]:
    """Yield the runs of figures of ``text[start:end]`` with their labels."""
    label = start
    figures: list[Figure] = []
    reach = start
    for begin, stop in _figure_places(text, start, end):
        if figures and text[reach:begin].strip().strip("$").strip():
            yield Run(label, figures[0].start, tuple(figures))
            label, figures = reach, []
        figures.append(_figure(text, begin, stop))
        reach = stop
    if figures:
        yield Run(label, figures[0].start, tuple(figures))


def _figure_places(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield where figures begin and end that are no date, number of a note or count of shares."""
    others = (match.span() for match in _NO_FIGURES.finditer(text, start, end))
    other = next(others, None)
    for match in _FIGURE.finditer(text, start, end):
        string = match.group()
        if not string.strip(" $\xa0") or _ZEROS.fullmatch(string.strip()):
            continue
        begin = match.end() - len(string.lstrip())
        stop = match.start() + len(string.rstrip())
        while other and other[1] <= begin:
            other = next(others, None)
        if not other or other[0] >= stop:
            yield begin, stop


def _figure(text: str, start: int, end: int) -> Figure:
    string = text[start:end]
    return Figure(start, end, 0, 0, "%" in string, any(map(str.isdigit, string)))


def make_items(text: str, runs: Sequence[Run], columns: int) -> tuple[list[Item], bool]:
    """Turn runs into rows of *columns* figures; say whether any figure's column was guessed."""
    items: list[Item] = []
    doubtful = False
    plain = _plain(runs, columns)
    begin = -1  # where a label began whose first numbers turned out to be words of it
    for index, run in enumerate(runs):
        start = run.start if begin < 0 else begin
        figures = _fitted(text, run, columns)
        if len(figures) < columns and (dash := _last_dash(text, run.start, figures[0].start)) >= 0:
            figures.insert(0, _figure(text, dash, dash + 1))
        if len(figures) >= columns and _counts_shares(text, runs, index):
            begin = start
            continue
        short = len(figures) < columns and not (len(figures) == plain and _is_apart(text, runs, index))
        if short and not _row_end(text, run, runs, index):
            if _says_one_figure(text, run, runs, index):
                items.extend(_labels(text, start, figures[0].start, figures, columns))
                continue
            begin = start
            if len(figures) > 1 and _is_apart(text, runs, index) and _WORD.search(text, run.start, figures[0].start):
                items.extend(_labels(text, start, figures[0].start, figures, columns))
                begin = -1
            continue
        begin = -1
        figures = _without_words(text, figures, columns, run.start if start < run.start else -1)
        extra = max(len(figures) - columns, 0)
        if extra == columns and not any(figure.digits for figure in figures[columns:]):
            begin = figures[columns].start  # dashes are no sub-total: they mark what is listed next
            figures, extra = figures[:columns], 0
        if extra == columns and _are_alike(figures[:columns], figures[columns:]):
            # a sub-total without a label follows the row
            items.extend(_labels(text, start, figures[0].start, figures[:columns]))
            items.append(_bare(figures[columns:]))
            continue
        if extra and not figures[-1].digits and index + 1 < len(runs):
            # the dash after the last figure begins the next label: "- Interest income"
            begin = figures[-1].start
            figures = figures[:-1]
            extra -= 1
        if extra == columns or any(_MONEY.search(text, figure.start, figure.end) for figure in figures[:extra]):
            items.extend(_labels(text, start, figures[0].start, figures, columns))
            continue  # more amounts than columns: none says which of them is whose
        end = figures[extra].start
        figures = figures[extra:]
        doubtful = doubtful or len(figures) < columns
        items.extend(_labels(text, start, end, figures, columns if short else 0))  # nothing says which cells are empty
    return items, doubtful


def _are_alike(above: Sequence[Figure], below: Sequence[Figure]) -> bool:
    """Say whether two rows have their percentages in the same columns, none of which has both but where nothing else is."""
    return all(
        one.percent == other.percent or not (one.digits and other.digits)
        for one, other in zip(above, below, strict=True)
    )


def _without_words(text: str, figures: list[Figure], columns: int, lead: int) -> list[Figure]:
    """Leave marks of notes before and behind a row out of its *figures*, and what ends a list in the label: "of $5 and $7".

    From *lead* on stands what joins the figures to others of the same label; -1 says that there are none.
    """
    while len(figures) > columns and _NOTE.fullmatch(text, figures[-1].start, figures[-1].end):
        figures = figures[:-1]  # what stands behind the row begins with the mark of a note
    if len(figures) > columns and lead >= 0 and _JOINED.fullmatch(text, lead, figures[0].start):
        figures = figures[1:]
    while len(figures) > columns and _NOTE.fullmatch(text, figures[0].start, figures[0].end):
        figures = figures[1:]
    return figures


def _says_one_figure(text: str, run: Run, runs: Sequence[Run], index: int) -> bool:
    """Say whether the one number of *run* is the figure of a row that lacks others: words end before it, a label begins behind it."""
    if len(run.figures) != 1 or index + 1 == len(runs) or not _is_apart(text, runs, index):
        return False
    words = text[run.start : run.end].split()
    last = words[-1].strip("()$,-–—") if words else ""
    behind = text[run.figures[0].end : runs[index + 1].figures[0].start].split()
    begun = bool(behind) and behind[0][:1].isupper() and len(behind[0]) > 2 and not behind[0].isupper()
    named = last.lower() in word_set("layout", "numbered")
    return begun and len(last) > 3 and last.isalpha() and last.islower() and not named


def _last_dash(text: str, start: int, end: int) -> int:
    """Return where a dash for an empty cell stands glued to the end of the label; -1 if none does."""
    label = text[start:end].rstrip(" \xa0$(")
    return start + len(label) - 1 if len(label) > 2 and label[-1] in "-–—" else -1


def _counts_shares(text: str, runs: Sequence[Run], index: int) -> bool:
    """Say whether the figures of a run are words of a label that goes on behind them: "1,200,000 shares authorized; ..."."""
    return index + 1 < len(runs) and _SHARES.match(text, runs[index].figures[-1].end) is not None


def _plain(runs: Sequence[Run], columns: int) -> int:
    """Return how many columns stand before those of percentages that end the rows; 0 if none do."""
    full = ((run.figures, range(1, columns + 1)) for run in runs if len(run.figures) == columns)
    percents = percent_columns(full, columns)
    plain = percents.count(False)
    return plain if 1 < plain < columns and not any(percents[:plain]) else 0


def _is_apart(text: str, runs: Sequence[Run], index: int) -> bool:
    """Say whether the words behind a run begin a label of their own."""
    if index + 1 == len(runs):
        return True
    words = text[runs[index].figures[-1].end : runs[index + 1].figures[0].start].lstrip()
    if words[:1] in (";", ",", ".", ")") or words[:1].islower() or words[:6].lower() == "shares":
        return False
    return _KIND_OF_SHARES.match(words) is None


def _row_end(text: str, run: Run, runs: Sequence[Run], index: int) -> bool:
    """Say whether a run with too few figures ends a row all the same, and is no number in a label."""
    if index + 1 == len(runs):
        return True
    if not _is_apart(text, runs, index):
        return False
    return _MONEY.search(text, run.figures[0].start, run.figures[-1].end) is not None


def _fitted(text: str, run: Run, columns: int) -> list[Figure]:
    """Cut figures that were glued to one another without a mark between: "295212" where two are missing one."""
    figures = list(run.figures)
    for place, figure in enumerate(figures):
        missing = columns - len(figures)
        if missing <= 0:
            break
        if text[figure.start] in "-–—" and figure.digits and figure.end - figure.start > 1:
            figures[place : place + 1] = [
                _figure(text, figure.start, figure.start + 1),
                _figure(text, figure.start + 1, figure.end),
            ]
            continue
        digits = _DIGITS.fullmatch(text, figure.start, figure.end)
        if is_year(text[figure.start : figure.end]):
            continue
        parts = missing + 1
        size = figure.end - figure.start
        if digits and size >= max(2 * parts, 4) and size % parts == 0:
            width = size // parts
            cut = [_figure(text, figure.start + k * width, figure.start + (k + 1) * width) for k in range(parts)]
            figures[place : place + 1] = cut
            break
    return figures


_HEADED = pattern(
    r"(?<!Less)(?<!Add)(?<!Plus):[\s\xa0]*(?=[(A-Z][A-Za-z])|(?<=[a-z]{3})(?=[A-Z][a-z]{3,})|(?<=[a-z)])[\s\xa0]{2,}(?=[A-Z])|(?<=[A-Z]{4})[\s\xa0]+(?=[A-Z][a-z]+\s)"
)


def _labels(text: str, start: int, end: int, figures: Sequence[Figure], before: int = 0) -> list[Item]:
    """Return the row for a label and its figures, after rows for the section headings glued before it.

    The figures stand in the columns that follow the ones *before*.
    """
    pieces: list[tuple[int, int]] = []
    begin = start
    for match in _HEADED.finditer(text, start, end):
        stop = match.start() + (1 if match.group()[:1] == ":" else 0)
        left = text[begin:stop].strip()
        if (
            _parts_from(left, match.group())
            and end - match.end() > 3
            and text[begin:stop].count("(") == text[begin:stop].count(")")
        ):
            pieces.append((begin, stop))
            begin = match.end()
    pieces.append((begin, end))
    spans = [_trimmed(text, first, last) for first, last in pieces]
    items = [Item((span,), text[span.start : span.end], 0, 0) for span in spans[:-1] if span.end > span.start]
    last = spans[-1]
    label = (last,) if last.end > last.start else ()
    string = " ".join(text[last.start : last.end].split())
    items.append(
        Item(label, string, 0, 0, tuple(figures), tuple(range(before + 1, before + len(figures) + 1)), gap=True)
    )
    return items


def _parts_from(left: str, seam: str) -> bool:
    """Say whether the words *left* of a seam are a heading of their own and not the front of a label."""
    if seam.startswith(":"):
        return len(left) > 3
    if not seam:
        return len(left) > 7
    if left.isupper():
        return len(left) > 5 and not left.endswith(("GAAP", "EBITDA"))
    return len(seam) > 1 and len(left) > 7


def _bare(figures: Sequence[Figure]) -> Item:
    return Item((), "", 0, 0, tuple(figures), tuple(range(1, len(figures) + 1)), gap=True)


def _trimmed(text: str, start: int, end: int) -> Span:
    string = text[start:end]
    left = len(string) - len(string.lstrip())
    right = len(string.rstrip(" \xa0\t$"))
    return Span(start + left, start + max(right, left))
