"""How elements show: as blocks, cells or inside a line, and what text inside them looks like."""

from __future__ import annotations

from enum import Enum, auto
from functools import lru_cache
from typing import TypeAlias

from tagger.reading.html.style import Style, parse_style
from tagger.reading.html.text import is_hidden


class Kind(Enum):
    """What an element does to the flow; `LOOK` stays in the line and changes how its text looks."""

    INLINE = auto()
    LOOK = auto()
    HIDDEN = auto()
    BREAK = auto()
    BLOCK = auto()
    TABLE = auto()
    ROW = auto()
    CELL = auto()
    RULE = auto()
    PRE = auto()
    ITEM = auto()


_BLOCKS = """
    p div h1 h2 h3 h4 h5 h6 ul ol dl dt dd menu dir address blockquote center caption form fieldset legend section
    article header footer main nav aside figure figcaption body html details summary option document type sequence
    filename description page noframes tbody thead tfoot
"""
_KINDS = dict.fromkeys(_BLOCKS.split(), Kind.BLOCK) | {
    "br": Kind.BREAK,
    "table": Kind.TABLE,
    "tr": Kind.ROW,
    "td": Kind.CELL,
    "th": Kind.CELL,
    "hr": Kind.RULE,
    "pre": Kind.PRE,
    "li": Kind.ITEM,
    "b": Kind.LOOK,
    "strong": Kind.LOOK,
    "sup": Kind.LOOK,
}
_DISPLAYED = {
    "inline": Kind.INLINE,
    "block": Kind.BLOCK,
    "table": Kind.TABLE,
    "inline-table": Kind.TABLE,
    "table-row": Kind.ROW,
    "table-cell": Kind.CELL,
}
_UNSTYLED = Style()
_CELLS = frozenset({"td", "th"})
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_BOLD = frozenset({"b", "strong", "th"}) | _HEADINGS


# An absolute place: page, left, top, width (0 where not known).
Place: TypeAlias = tuple[int, float, float, float]


class Sort:
    """Elements of one tag with one style: what they do. Compared by identity, for speed.

    *plain* says that the style gives them no place of their own, and does not begin a page.
    """

    __slots__ = ("kind", "plain", "style", "tag")

    def __init__(self, tag: str, said: str | None) -> None:
        self.tag = tag
        self.style = parse_style(said) if said else _UNSTYLED
        self.kind = _kind(tag, self.style)
        self.plain = self.style.place is None and not self.style.paged and not self.style.page_break


@lru_cache(maxsize=2048)
def sort_of(tag: str, said: str | None) -> Sort:
    """Return the one sort of all elements named *tag* whose style *said* is."""
    return Sort(tag, said)


class Look:
    """How text looks at a place in the tree, and where it stands if it is placed absolutely.

    Of those that look alike in one document there is one: *_alike* has them; *inner* are those worked out of elements in it.
    """

    __slots__ = ("_alike", "bold", "centered", "heading", "indent", "inner", "place", "raised")

    def __init__(
        self,
        bold: bool,
        centered: bool,
        indent: float,
        raised: bool,
        heading: bool,
        place: Place | None,
        alike: dict[tuple[object, ...], Look],
    ) -> None:
        self.bold = bold
        self.centered = centered
        self.indent = indent
        self.raised = raised
        self.heading = heading
        self.place = place
        self._alike = alike
        self.inner: dict[Sort | tuple[Sort, str], Look] = {}

    def inside(self, sort: Sort, align: str | None = None) -> Look:
        """Return the look of text in an element of *sort*; worked out once."""
        key = sort if align is None else (sort, align)
        look = self.inner.get(key)
        if look is None:
            look = _look(self, sort.tag, sort.style, align)
            said = look.bold, look.centered, look.indent, look.raised, look.heading, look.place
            look = self.inner[key] = self._alike.setdefault(said, look)
        return look

    def placed(self, sort: Sort, page: int) -> Look:
        """Return the look of text in an absolutely placed element of *sort*."""
        look = _look(self, sort.tag, sort.style, None)
        if sort.style.place is not None:
            left, top = sort.style.place
            outer = self.place or (page, 0, 0, 0)
            look.place = page, left + outer[1], top + outer[2], sort.style.width or 0
        else:
            look.place = None
        return look


def plain_look() -> Look:
    """Return the look of text that nothing styles."""
    return Look(False, False, 0, False, False, None, {})


def _kind(tag: str, style: Style) -> Kind:
    if is_hidden(tag, style):
        return Kind.HIDDEN
    kind = _KINDS.get(tag, Kind.INLINE)
    if style.display and kind in {Kind.INLINE, Kind.LOOK, Kind.BLOCK}:
        kind = _DISPLAYED[style.display]
    if style.place is not None or (style.paged and kind is Kind.INLINE):
        return Kind.BLOCK
    return Kind.LOOK if kind is Kind.INLINE and (style.bold is not None or style.raised or tag in _BOLD) else kind


def _look(outer: Look, tag: str, style: Style, align: str | None) -> Look:
    """Return the look inside an element; in a cell indentation and centering begin anew."""
    cell = tag in _CELLS
    centered = outer.centered and not cell
    if align is not None:
        centered = align.lower() == "center"
    elif tag == "center":
        centered = True
    return Look(
        (outer.bold or tag in _BOLD) if style.bold is None else style.bold,
        centered if style.centered is None else style.centered,
        style.indent if cell else outer.indent + style.indent,
        outer.raised or tag == "sup" or style.raised,
        outer.heading or tag in _HEADINGS,
        outer.place,
        outer._alike,
    )
