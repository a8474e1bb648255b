"""Pages: a table that goes on behind the end of a page is one table, with the labels that stand right before it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from tagger.grid.captions import FOOTNOTE
from tagger.grid.columns import merged
from tagger.grid.entries import Entry
from tagger.grid.lines import Kind, Line
from tagger.grid.regions import Region, is_continued
from tagger.grid.roles import Role
from tagger.lexicon.shapes import shape

_FOOT = shape(r"\b\L<footers>\b")  # of a page: "See notes to financial statements"


def joined_pages(
    lines: Sequence[Line], roles: Sequence[Role], entries: Sequence[Entry | None], regions: Iterable[Region]
) -> Iterator[Region]:
    """Yield *regions*, each that goes on with the one before it joined to that."""
    upper: Region | None = None
    for lower in regions:
        on = upper is not None and (lower.continued or _says_again(lines, upper, lower))
        joined = _joined(lines, roles, entries, upper, lower) if upper is not None and on else None
        if joined is None and upper is not None:
            yield upper
        upper = joined or lower
    if upper is not None:
        yield upper


def _says_again(lines: Sequence[Line], upper: Region, lower: Region) -> bool:
    """Say whether a new page says the headings and titles of the table again, or that it is continued."""
    said, again = ([lines[index].string.split() for index in region.headings] for region in (upper, lower))
    titles, named = ({lines[index].string.strip() for index in region.captions} for region in (upper, lower))
    turned = any(line.kind is Kind.BREAK for line in lines[upper.last + 1 : lower.body])
    return turned and bool(again) and said == again and all(name in titles or is_continued(name) for name in named)


def _joined(
    lines: Sequence[Line], roles: Sequence[Role], entries: Sequence[Entry | None], upper: Region, lower: Region
) -> Region | None:
    """Return *upper* and *lower* as one table; nothing where prose stands between them, or the columns are others.

    Labels right before the end of the page are its rows; titles said again, and whatever else stands between, are not.
    """
    between = range(upper.last + 1, lower.body)
    if any(roles[index] in (Role.PROSE, Role.ROW) for index in between) or not _are_alike(entries, roles, upper, lower):
        return None
    end = next((index for index in between if lines[index].kind in (Kind.BREAK, Kind.FURNITURE)), lower.body)
    labels = {index for index in between if index < end and roles[index] is Role.LABEL and _leads(lines[index])}
    return upper._replace(last=lower.last, skipped=upper.skipped | (set(between) - labels))


def _leads(line: Line) -> bool:
    """Say whether a line right before the end of a page may be a label of what goes on behind it."""
    string = line.string.strip()
    return not (string.endswith(".") or _FOOT.search(string) or FOOTNOTE.match(string))


def _are_alike(entries: Sequence[Entry | None], roles: Sequence[Role], upper: Region, lower: Region) -> bool:
    """Say whether the figures of both tables stand in the same columns."""
    above, below = (_columns(entries, roles, region) for region in (upper, lower))
    return len(above) == len(below) and all(
        left < other_right and other_left < right
        for (left, right), (other_left, other_right) in zip(above, below, strict=True)
    )


def _columns(entries: Sequence[Entry | None], roles: Sequence[Role], region: Region) -> list[tuple[int, int]]:
    """Return where the columns of *region* stand on its lines."""
    return merged(
        (figure.left, figure.right)
        for index in range(region.body, region.last + 1)
        if index not in region.skipped and roles[index] is Role.ROW and (entry := entries[index]) is not None
        for figure in entry.figures[entry.attached :]
    )
