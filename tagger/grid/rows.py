"""Rows: printed lines joined into rows where a label runs over several of them, or stands apart from its figures."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache

from msgspec import Struct
from msgspec.structs import replace

from tagger.data import resource, word_set
from tagger.grid.entries import Figure
from tagger.lexicon.shapes import shape
from tagger.patterns import pattern
from tagger.values import Span


class Item(Struct, frozen=True, gc=False):
    """A line, or several joined, on the way to a row.

    *gap* and *rule* say that a blank line or a line of dashes stands above; *ruled* that a
    rule stands below. *places* are the columns of *figures*. *right* is where the label ends on its line. It *hangs*
    where its indent shows that it goes on with the label above.
    """

    label: tuple[Span, ...]
    string: str
    indent: int
    right: int
    figures: tuple[Figure, ...] = ()
    places: tuple[int, ...] = ()
    gap: bool = False
    rule: bool = False
    ruled: bool = False
    paired: bool = False
    hangs: bool = False


@cache
def _joining() -> frozenset[str]:
    return frozenset((resource("data") / "joining-words.txt").read_text("utf-8").split())


_OPENERS = frozenset(
    (
        "total",
        "net",
        "gross",
        "basic",
        "diluted",
        "less",
        "add",
        "plus",
        "other",
        "subtotal",
        "operating",
        "gaap",
        "under",
    )
)
_ONWARD = frozenset(("And", "For", "Of", "Or", "Per", "To", "With"))
_SHARES = pattern(r"\A\D*\d.*\bshares\b|\bpar\s+value\b", re.I)
_SAID = pattern(r"(?:\bnone|\boutstanding|\bissued|\bauthorized|\brespectively|:|\d|\))\W*$", re.I)
_COUNT_LAST = shape(r"\s\L<grouped>$")
_SHARES_FIRST = pattern(r"(?:[a-z]+\s+)?shares\b", re.I)
_SHORTEST_LINE = 30  # a shorter one was not broken for want of room
_STRANGE = pattern(r"[^\w\s,.;:$()'’\"“”%&/-]")
_MARK = r"(?:\([a-z\d]{1,2}\)|[a-z]/|[*†‡])"  # of a note
_MARKS = pattern(rf"{_MARK}(?:,?\s?{_MARK})*", re.IGNORECASE)
_MARK_LAST = pattern(r"\S\s*\(\d{1,2}\)$")
_AMOUNT_LAST = pattern(
    r"\s(?:\(\$?\.?\d[\d,.]*\)|\$?\s?\.?\d[\d,.]*)%?(?:\s?\(\d\))*$"
)  # a row some figures of which are not printed
_COUNT = pattern(r"\d[\d,]*,\s?\d{3}\b")


def reads_on(string: str) -> bool:
    """Say whether *string* cannot be the end of a label: it breaks off at "of", a comma, an open bracket.

    >>> [reads_on(string) for string in ("Accounts receivable, net of", "Cash", "Loss (including", "Current assets:")]
    [True, False, True, False]
    """
    if string.endswith(":"):
        return False
    if string.endswith((",", "/", ";", "&", "-", "–", "—")) and not string.endswith((" -", " –", " —")):
        return True
    return string.rpartition(" ")[2].lower() in _joining() or string.count("(") > string.count(")")


def goes_on(string: str) -> bool:
    """Say whether *string* cannot be the beginning of a label.

    >>> [goes_on(string) for string in ("doubtful accounts", "(net of tax)", "(Gain) loss", "$640 at", "Cash", "9, C 40)", "Ltd.", "a/, B/")]
    [True, True, False, True, False, True, True, True]
    """
    first = string[:1]
    if string.lower() in word_set("prose", "legal_forms") or _MARKS.fullmatch(string):
        return True
    if first in "([":
        inner = string[1:2]
        return string[1:5].lower() == "note" or inner.islower() or inner.isdigit() or inner == "$"
    if first.islower():
        # "o" and "x" are bullets
        return not (string[1:2] == " " and first in "ox")
    if first.isdigit():
        return _COUNT.match(string) is not None or string.count(")") > string.count("(")
    return first in "$/&,;" or string.partition(" ")[0] in _ONWARD


def goes_over(above: str, below: str) -> bool:
    """Say whether a line of a caption goes on with the line above it.

    >>> goes_over("(in 000s, except", "share data)"), goes_over("STATEMENTS OF", "INCOME"), goes_over("ACME INC.", "(Unaudited)")
    (True, True, False)
    """
    if above.count("(") > above.count(")"):
        return below[:1] != "("
    return above.rpartition(" ")[2].lower() in _joining() or below.partition(" ")[0].lower() in _joining() - {
        "a",
        "for",
        "in",
    }


def _half_said(string: str) -> bool:
    """Say whether *string* counts shares and does not come to its end: "250,000 shares are designated Series A"."""
    return _SHARES.search(string) is not None and _SAID.search(string) is None


def _counts_on(above: str, below: str) -> bool:
    """Say whether *below* says what the number counts that *above* ends with: "no par value; 150,000", "SHARES AUTHORIZED"."""
    return _COUNT_LAST.search(above) is not None and _SHARES_FIRST.match(below) is not None


def joins(above: Item, below: Item, *, width: int = 0, hang: int = 0, least: int = 0, ocr: bool = False) -> bool:
    """Say whether the label of *below* goes on with the words of *above*, a line without figures.

    *width* is how far labels reach on their lines; a line that broke although the next word
    would have fitted was ended on purpose. *hang* is how far the second lines of labels are set in, *least* how far each is.
    """
    if below.rule or not above.string:
        return False
    if above.string.endswith(":") or (below.gap and not ocr):
        return False
    if not below.string:
        return bool(below.figures) and not below.gap and not above.string.isupper()
    if below.string[0] in "-~•*–":
        return False
    if above.string.isupper() and below.string.islower() and not reads_on(above.string):
        return False  # a heading in capitals, and a name that has none
    if ocr and len(_STRANGE.findall(above.string)) > 3:
        return False  # a heading line that recognition spoilt
    if below.hangs or reads_on(above.string) or goes_on(below.string) or _half_said(above.string):
        return True
    if _counts_on(above.string, below.string):
        return True
    opener = above.string.partition(" ")[0].lower()
    if below.gap or not width or opener in word_set("layout", "section_openers"):
        return False
    if above.string.isupper() or _AMOUNT_LAST.search(above.string):
        return False
    if not (least <= below.indent - above.indent < 2 or 0 < below.indent - above.indent == hang):
        return False
    word = below.string.partition(" ")[0]
    if word.lower() in _OPENERS or above.right - above.indent < 0.6 * (width - above.indent):
        return False
    return above.right + 1 + len(word) > width


def join_rows(items: Sequence[Item], *, width: int = 0, ocr: bool = False) -> list[Item]:
    """Join *items* into rows: label lines go to the figures below them, leftovers to the figures above."""
    rows: list[Item] = []
    pending: list[Item] = []
    wrapped = list(_wrapped(items))
    width = min(filter(None, (width, *(end for end, _ in wrapped))), default=0)
    hangs = {hang for _, hang in wrapped}
    hang = hangs.pop() if len(hangs) == 1 else 0
    least = 0 if ocr else _least(items)
    if all(item.string == item.string.upper() for item in items):
        items = list(_hanging(items))
    for index, item in enumerate(items):
        if not item.figures:
            following = items[index + 1] if index + 1 < len(items) else None
            if not pending and rows and _belongs_above(rows[-1], item, following):
                rows[-1] = _joined((rows[-1], item))
            else:
                pending.append(item)
            continue
        if not pending and rows and _completes(rows[-1], item):
            rows[-1] = replace(rows[-1], figures=rows[-1].figures + item.figures, places=rows[-1].places + item.places)
            continue
        cut = len(pending)
        below = item
        while not item.paired and cut and joins(pending[cut - 1], below, width=width, hang=hang, least=least, ocr=ocr):
            cut -= 1
            below = pending[cut]
        rows.extend(_headings(pending[:cut], width, ocr))
        rows.append(_joined((*pending[cut:], item)))
        pending = []
    rows.extend(_headings(pending, width, ocr))
    return rows


def _wrapped(items: Sequence[Item]) -> Iterator[tuple[int, int]]:
    """Yield how far the labels reach that were surely broken for want of room, at a word that does not begin a label, and
    how far their second lines are set in.

    Where there is none, each line of a label was ended on purpose.
    """
    for above, below in itertools.pairwise(items):
        long = not above.figures and above.right - above.indent >= _SHORTEST_LINE
        if long and below.string[:1].islower() and not below.gap and goes_on(below.string):
            yield above.right + len(below.string.partition(" ")[0]), below.indent - above.indent


def _least(items: Sequence[Item]) -> int:
    """Return 1 where every second line of a label that surely is one is set in, be the first short or long, and 0 else."""
    steps = [
        below.indent - above.indent
        for above, below in itertools.pairwise(items)
        if above.string[:1].isupper() and below.string[:1].islower() and not (above.figures or below.gap)
    ]
    return int(len(steps) > 1 and min(steps) > 0)


def _hanging(items: Sequence[Item]) -> Iterator[Item]:
    """Yield *items*, whose labels are all in capitals, those marked that go on with the label above, as their indent shows.

    A third line stands under the second. Where rows stand in as far below headings, only what had no room above goes on.
    """
    surely, under = _steps_in(items)
    hangs = surely or {1} - under
    hang = hangs.pop() if len(hangs) == 1 else 0
    width = max((item.right for item in items if item.string), default=0) if hang in under else 0
    above: Item | None = None
    for item in items:
        open_ = above is not None and not above.figures and above.string[-1:] not in ("", ":")
        open_ = open_ and above is not None and not _MARK_LAST.search(above.string)
        if above is not None and open_ and item.string and not (item.gap or item.rule):
            step = item.indent - above.indent
            follows = 0 < hang == step and above.right + 1 + len(item.string.partition(" ")[0]) > width
            item = replace(item, hangs=follows or (above.hangs and step == 0) or _leads_on(item.string))
        yield item
        above = item


def _steps_in(items: Sequence[Item]) -> tuple[set[int], set[int]]:
    """Return how far the second lines of labels in capitals are set in, and the rows below a heading with a colon.

    What surely goes on with the line above it shows the first; one blank is no step from a heading to its first row either,
    where none with a colon has it.
    """
    under: set[int] = set()
    surely: set[int] = set()
    begin = 0  # the indent of the first line of the label above
    for above, below in itertools.pairwise(items):
        if above.figures or not above.string or not below.string or below.gap or below.rule:
            begin = below.indent
        elif above.string.endswith(":"):
            under.add(below.indent - begin)
            begin = below.indent
        elif reads_on(above.string) or _leads_on(below.string):
            surely.add(below.indent - above.indent)
    return {step for step in surely if step > 0}, under


def _leads_on(string: str) -> bool:
    """Say whether a line in capitals begins with a word that no label begins with: "OF PERIOD"."""
    return string.partition(" ")[0].capitalize() in _ONWARD


def _completes(row: Item, item: Item) -> bool:
    """Say whether bare figures fill the columns that the labelled row right above them left empty."""
    if item.string or item.gap or item.rule or not row.string or not row.figures or item.paired:
        return False
    return row.places[-1] + 1 == item.places[0] > len(row.places)


def _belongs_above(row: Item, item: Item, following: Item | None) -> bool:
    """Say whether *item*, a line without figures, ends the label of the *row* above it."""
    if not row.figures or not row.string or item.gap or item.rule or row.paired:
        return False
    if item.string.endswith(":") or not (goes_on(item.string) or row.string.count("(") > row.string.count(")")):
        return False
    if following is None:
        return True
    return not (following.string and (goes_on(following.string) or reads_on(item.string)) and not following.gap)


def _headings(items: Sequence[Item], width: int, ocr: bool) -> list[Item]:
    groups: list[list[Item]] = []
    for item in items:
        if groups and joins(groups[-1][-1], item, width=width, ocr=ocr):
            groups[-1].append(item)
        else:
            groups.append([item])
    return [_joined(tuple(group)) for group in groups]


def _joined(items: tuple[Item, ...]) -> Item:
    if len(items) == 1:
        return items[0]
    figures = next((item for item in items if item.figures), items[0])
    return replace(
        items[0],
        label=tuple(span for item in items for span in item.label),
        string=" ".join(item.string for item in items if item.string),
        figures=figures.figures,
        places=figures.places,
        ruled=any(item.ruled for item in items),
        right=items[-1].right,
        paired=any(item.paired for item in items),
    )


def figures_of(items: Iterable[Item]) -> Iterator[tuple[Sequence[Figure], Sequence[int]]]:
    """Yield the figures of *items* with their columns."""
    return ((item.figures, item.places) for item in items)


def with_labels(items: Sequence[Item]) -> tuple[list[Item], bool]:
    """Pair every run of labels with the run of bare figures that follows it, one to one and in order.

    Return the items and whether anything was paired. Where their counts differ, no figures are those of the last label.
    """
    mended: list[Item] = []
    paired = False
    index = 0
    while index < len(items):
        labels = _run_of(items, index, labelled=True)
        figures = _run_of(items, labels, labelled=False)
        if labels - index < 2 or figures - labels < 2:
            mended.extend(items[index : max(labels, index + 1)])
            index = max(labels, index + 1)
            continue
        rows = _paired(items[index:labels], items[labels:figures])
        paired = paired or rows is not None
        mended.extend(rows if rows is not None else _apart(items[index:labels], items[labels:figures]))
        index = figures
    return mended, paired


def _apart(labels: Sequence[Item], figures: Sequence[Item]) -> Iterator[Item]:
    """Yield *labels*, and *figures* that are not those of the last: below a rule a total without a label stands."""
    torn = len(_names(_headings(labels, 0, True))) > 1 and not figures[0].ruled
    yield from labels
    yield from (replace(row, paired=torn) for row in figures)


def _names(groups: Sequence[Item]) -> list[Item]:
    return [group for group in groups if not group.string.endswith(":")]


def _run_of(items: Sequence[Item], first: int, *, labelled: bool) -> int:
    last = first
    while last < len(items) and bool(items[last].string) is labelled and bool(items[last].figures) is not labelled:
        last += 1
    return last


def _paired(labels: Sequence[Item], figures: Sequence[Item]) -> list[Item] | None:
    groups = _headings(labels, 0, True)
    if len(_names(groups)) != len(figures):
        return None  # the first lines may be headings of their own, or the end of what stands above
    rows: list[Item] = []
    rest = iter(figures)
    for group in groups:
        if group.string.endswith(":"):
            rows.append(group)
            continue
        row = next(rest)
        rows.append(replace(group, figures=row.figures, places=row.places, ruled=row.ruled, paired=True))
    return rows
