"""HTML as found in releases, turned into the XHTML that Inline XBRL allows, with its look kept.

A tree goes through steps, each of which leaves its text as it was: elements get names that
XHTML has, attributes of presentation become CSS, the parts of tables are put in order, and
elements that cannot stand where they do become `div`s that look the same.
"""

from __future__ import annotations

from lxml import etree

from tagger.reading.html.sheets import Sheet
from tagger.reading.html.text import is_hidden, is_shown, shows, text_nodes
from tagger.writing.attributes import clean_attributes
from tagger.writing.css import clean_css
from tagger.writing.tables import order_table
from tagger.writing.tree import VOID, Element, add_style, as_div, blank, dissolve, drop, known, strip

_LINES = frozenset({"address", "dt", "h1", "h2", "h3", "h4", "h5", "h6", "p"})
_WHOLES = frozenset({"dl", "ol", "table", "ul"})
_DEEPEST = 180  # parsers refuse what is 256 deep, of which the page itself takes some
_ROWS = frozenset({"table", "tbody", "tfoot", "thead"})
_HOMES = {
    "li": frozenset({"ol", "ul"}),
    "dt": frozenset({"dl"}),
    "dd": frozenset({"dl"}),
    "td": frozenset({"tr"}),
    "th": frozenset({"tr"}),
    "tr": _ROWS,
    "tbody": frozenset({"table"}),
    "thead": frozenset({"table"}),
    "tfoot": frozenset({"table"}),
    "caption": frozenset({"table"}),
    "colgroup": frozenset({"table"}),
    "col": frozenset({"table", "colgroup"}),
}
_PLAIN = ("", True)  # the look of what is put in between: no sheet speaks of it, and it shows
_LISTS = {"ul": frozenset({"li"}), "ol": frozenset({"li"}), "dl": frozenset({"dd", "dt"})}


def to_xhtml(body: Element, reserved: frozenset[str] = frozenset(), sheet: Sheet | None = None) -> None:
    """Turn *body*, in place, into valid XHTML; ids in *reserved* are left to others.

    What *sheet* says of an element by its tag or id stays with it where it gets another, or loses it to one before.
    """
    if sheet is None:
        _to_xhtml(body, reserved, sheet)
    else:
        traits = {element: _traits(element) for element in body.iter()}
        _to_xhtml(body, reserved, sheet)
        for element in body.iter():
            before, now = traits.get(element), _traits(element)
            if before != now and (look := _look(before, sheet) if before else _PLAIN) != _look(now, sheet):
                _keep_look(element, *look, sheet)
    _level(body, sheet)


def _keep_look(element: Element, style: str, shown: bool, sheet: Sheet) -> None:
    """Let *element* look as *style* has it, and show if it was *shown*, whatever the sheet says of it by its new name."""
    if style != sheet.said(*_traits(element)[:3]):
        add_style(element, clean_css(style))
    if shown != is_shown(element, sheet):
        display = "none" if not shown else "inline" if element.tag in known("inline") else "block"
        add_style(element, f"display:{display}!important")


def _traits(element: Element) -> tuple[str, str, str, str]:
    """Return what decides how *element* looks: its tag, classes, id and style."""
    return str(element.tag), element.get("class", ""), element.get("id", ""), element.get("style", "")


def _look(traits: tuple[str, str, str, str], sheet: Sheet) -> tuple[str, bool]:
    """Return what *sheet* says of an element with these *traits*, and whether it shows."""
    said = sheet.said(*traits[:3])
    return said, shows(said, traits[3])


def wrapper(sheet: Sheet | None) -> str:
    """Return the tag of a div around a page, which shows although *sheet* may hide every div."""
    shown = sheet is None or is_shown(etree.Element("div"), sheet)
    return "<div>" if shown else '<div style="display:block!important">'


def _to_xhtml(body: Element, reserved: frozenset[str], sheet: Sheet | None) -> None:
    _rename(body, sheet)
    clean_attributes(body, reserved)
    for table in reversed(list(body.iter("table"))):
        order_table(table)
    for element in list(body.iter(*_LISTS, *_HOMES)):
        _place(element)
    _lift_blocks(body)


def serialise(body: Element) -> str:
    """Write what *body* holds, in a way that browsers read as HTML and as XML alike."""
    markup = etree.tostring(body, encoding="unicode", with_tail=False)
    inside = "" if markup.endswith("/>") else markup[markup.index(">") + 1 : -len("</body>")]
    # No attribute holds "/>": lxml escapes its ">". So every "/>" ends an empty element.
    pieces = inside.split("/>")
    for index, piece in enumerate(pieces[:-1]):
        tag = piece[piece.rindex("<") + 1 :].partition(" ")[0]
        pieces[index] = f"{piece}/>" if tag in VOID else f"{piece}></{tag}>"
    return "".join(pieces)


def _level(body: Element, sheet: Sheet | None) -> None:
    """Leave of what stands deeper than XML parsers go by themselves only its words."""
    depth, deep = 0, []
    for event, element in etree.iterwalk(body, events=("start", "end")):
        depth += 1 if event == "start" else -1
        if event == "start" and depth == _DEEPEST and len(element):
            deep.append(element)
    for element in deep:
        _flatten_whole(element, sheet)


def _flatten_whole(element: Element, sheet: Sheet | None) -> None:
    """Leave only words that show of *element*, or of the table or list that it is a part of."""
    while element.tag in known("part") and (parent := element.getparent()) is not None:
        element = parent
    words = "".join(string for _, _, string in text_nodes(element, sheet))
    for child in list(element):
        element.remove(child)
    element.text = words
    if element.tag in _WHOLES:
        as_div(element)


def _rename(body: Element, sheet: Sheet | None) -> None:
    """Give every element a name that XHTML has; what shows nothing is dropped."""
    blocks = known("block") | known("part")
    allowed = blocks | known("inline") | {"font"}
    dropped, renamed = known("drop"), known("rename")
    strange = [element for element in body.iterdescendants() if element.tag not in allowed]
    unknown = []
    for element in strange:
        tag = element.tag
        if tag in dropped and (is_hidden(tag, None) or not (len(element) or element.text)):
            drop(element)
        elif tag in renamed:
            element.tag, style = renamed[tag]
            add_style(element, style)
        else:
            unknown.append(element)
    for element in unknown:
        if element.tag == "svg":
            _flatten(element, sheet)
        strip(element)
        element.tag = "div" if any(child.tag in blocks for child in element.iterdescendants()) else "span"


def _flatten(drawing: Element, sheet: Sheet | None) -> None:
    """Leave of a drawing its words that show."""
    words = "".join(string for _, _, string in text_nodes(drawing, sheet))
    tail = drawing.tail
    drawing.clear()
    drawing.text, drawing.tail = words, tail


def _place(element: Element) -> None:
    """Make a div of a part outside the whole it belongs to, and of a list that holds anything but its items."""
    parent = element.getparent()
    if element.tag in _LISTS:
        if not _is_list(element):
            as_div(element)
    elif parent is None or parent.tag not in _HOMES[element.tag]:
        if element.tag == "col":
            dissolve(element)
        else:
            as_div(element)


def _is_list(element: Element) -> bool:
    """Whether *element* holds the items that its kind of list has, and nothing else."""
    items = _LISTS[str(element.tag)]
    return len(element) > 0 and blank(element.text) and all(item.tag in items and blank(item.tail) for item in element)


def _lift_blocks(body: Element) -> None:
    """Make divs of the lines and inline elements that hold blocks, as XHTML does not let them."""
    blocks, inline = known("block"), known("inline")
    for element in list(body.iter(*inline, *_LINES)):
        if not len(element) or not any(child.tag in blocks for child in element.iterdescendants()):
            continue
        if element.tag == "dt":
            _break_up(element.getparent())
        else:
            as_div(element, inline=element.tag in inline)
    for link in list(body.iter("a")):
        if next(link.iterancestors("a"), None) is not None:
            strip(link)
            link.tag = "span"


def _break_up(element: Element | None) -> None:
    if element is not None and element.tag == "dl":
        for part in list(element):
            as_div(part)
        as_div(element)
