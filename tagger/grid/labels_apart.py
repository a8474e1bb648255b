"""Labels apart: recognition read the labels first and the figures after them; pair them again."""

from __future__ import annotations

from collections.abc import Sequence

from tagger.grid.rows import Item, group_labels


def mend(items: Sequence[Item]) -> tuple[list[Item], bool]:
    """Pair every run of labels with the run of bare figures that follows it, one to one and in order.

    Return the items and whether anything was paired. A run whose counts differ stays as it is.
    """
    mended: list[Item] = []
    paired = False
    index = 0
    while index < len(items):
        labels = _run(items, index, labelled=True)
        figures = _run(items, labels, labelled=False)
        if labels - index < 2 or figures - labels < 2:
            mended.extend(items[index : max(labels, index + 1)])
            index = max(labels, index + 1)
            continue
        rows = _pairs(items[index:labels], items[labels:figures])
        paired = paired or rows is not None
        mended.extend(rows if rows is not None else items[index:figures])
        index = figures
    return mended, paired


def _run(items: Sequence[Item], first: int, *, labelled: bool) -> int:
    last = first
    while last < len(items) and bool(items[last].string) is labelled and bool(items[last].figures) is not labelled:
        last += 1
    return last


def _pairs(labels: Sequence[Item], figures: Sequence[Item]) -> list[Item] | None:
    groups = group_labels(labels)
    names = [group for group in groups if not group.string.endswith(":")]
    if len(names) > len(figures):
        # the first lines may be headings of their own, or the end of what stands above
        return None
    if len(names) < len(figures):
        return None
    rows: list[Item] = []
    rest = iter(figures)
    for group in groups:
        if group.string.endswith(":"):
            rows.append(group)
            continue
        row = next(rest)
        rows.append(group._replace(figures=row.figures, places=row.places, ruled=row.ruled, paired=True))
    return rows
