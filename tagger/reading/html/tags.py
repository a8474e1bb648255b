"""Opening tags as a tree writes them, and what each says to the flow."""

from __future__ import annotations

from functools import lru_cache
from html import unescape

from tagger.patterns import pattern
from tagger.reading.html.looks import Kind, Sort, sort_of
from tagger.reading.html.sheets import Sheet, styled

_NAME = pattern(r"[^\s/]+")
_ATTRIBUTE = pattern(r'\s(style|align|colspan|rowspan|class|id)="([^"]*)"')
_MOST_COLUMNS = 1000


class Tag:
    """An opening tag: its sort of element, and the attributes that are no style. *empty* closes it at once."""

    __slots__ = ("above", "align", "below", "colspan", "empty", "kind", "rowspan", "sort")

    def __init__(self, sort: Sort, said: dict[str, str], *, empty: bool) -> None:
        self.sort = sort
        self.kind = sort.kind
        self.align = said.get("align") if sort.kind is Kind.BLOCK else None
        self.colspan = _count(said.get("colspan", ""))
        self.rowspan = _count(said.get("rowspan", ""))
        self.above = sort.style.rule_above
        self.below = sort.style.rule_below
        self.empty = empty


def read_tag(inside: str, sheet: Sheet | None = None) -> Tag:
    """Read what stands between < and > of an opening tag; *sheet* says how it looks where it says nothing itself.

    >>> tag = read_tag('td style="font-weight:700" colspan="3"/')
    >>> tag.kind.name, tag.colspan, tag.rowspan, tag.empty, tag.sort.style.bold
    ('CELL', 3, 1, True, True)
    """
    name = _NAME.match(inside)
    said: dict[str, str] = {}
    for key, value in _ATTRIBUTE.findall(inside):
        said.setdefault(key, unescape(value) if "&" in value else value)
    tag = name[0] if name else ""
    style = styled(sheet, tag, said) if sheet is not None else said.get("style")
    return Tag(sort_of(tag, style), said, empty=inside[-1:] == "/")


@lru_cache(maxsize=2048)
def known_tag(inside: str) -> Tag:
    """Return what `read_tag` makes of a tag under no style sheet: releases of one maker write theirs alike."""
    return read_tag(inside)


def _count(value: str) -> int:
    """Read colspan or rowspan: at least 1, and not more than a sane table has."""
    digits = value.strip()
    return min(max(int(digits), 1), _MOST_COLUMNS) if digits.isascii() and digits.isdigit() else 1
