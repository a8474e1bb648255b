"""Small changes to an element tree that leave its text as it is."""

from __future__ import annotations

from functools import cache
from typing import Any, TypeAlias

from lxml import etree

from tagger.data import load_json

Element: TypeAlias = "etree._Element"

ANYWHERE = frozenset({"class", "id", "style", "title"})
VOID = frozenset({"br", "col", "hr", "img"})
"""Elements that hold nothing."""


@cache
def known(name: str) -> Any:
    """Return the table *name* of what is known of HTML; lists come as sets."""
    table = load_json("xhtml")[name]
    return frozenset(table) if isinstance(table, list) and "" not in table else table


def blank(text: str | None) -> bool:
    """Whether *text* is nothing, or white space as XML sees it (a no-break space is not)."""
    return not text or not text.strip(" \t\n\r")


def attribute_names(element: Element) -> list[str]:
    return [str(name) for name in element.keys()]  # noqa: SIM118


def strip(element: Element) -> None:
    """Leave of *element*'s attributes only those that any element may have."""
    kept = [(name, value) for name, value in element.items() if name in ANYWHERE]
    element.attrib.clear()  # names that XML does not have cannot be taken out one by one
    element.attrib.update(kept)


def append_text(element: Element, text: str | None) -> None:
    """Put *text* at the end of what *element* holds."""
    if text and len(element):
        element[-1].tail = (element[-1].tail or "") + text
    elif text:
        element.text = (element.text or "") + text


def drop(element: Element) -> None:
    """Take *element* out of the tree with all that is in it, and leave the text behind it."""
    parent = element.getparent()
    if parent is None:
        return
    tail, before = element.tail, element.getprevious()
    if tail and before is not None:
        before.tail = (before.tail or "") + tail
    elif tail:
        parent.text = (parent.text or "") + tail
    parent.remove(element)


def dissolve(element: Element) -> None:
    """Take *element* out of the tree, and leave only the text in it and behind it."""
    element.tail = "".join(map(str, element.itertext())) + (element.tail or "")
    drop(element)


def add_style(element: Element, style: str) -> None:
    """Put *style* before what the element's own style says, which wins."""
    if style:
        element.set("style", styled({"style": element.get("style", "")}, style)["style"])


def styled(said: dict[str, str], style: str) -> dict[str, str]:
    """Return the attributes *said* with *style* before what their own style says, which wins."""
    own = said.get("style")
    return said | {"style": f"{style};{own}" if own else style} if style else said


def as_div(element: Element, *, inline: bool = False) -> None:
    """Make *element* a div that looks as it did."""
    add_style(element, known("block_style").get(element.tag, ""))
    if inline:
        add_style(element, "display:inline")
    strip(element)
    element.tag = "div"


def wrap_strays(parent: Element, allowed: frozenset[str], wrapper: str) -> None:
    """Put every run of text and elements of *parent* that is not *allowed* into a *wrapper* of its own."""
    children = list(parent)
    run: Element | None = None
    if not blank(parent.text):
        run = _wrapper(wrapper, parent.text)
        parent.text = None
        parent.insert(0, run)
    for child in children:
        if child.tag not in allowed:
            if run is None:
                run = _wrapper(wrapper, None)
                child.addprevious(run)
            run.append(child)
        elif blank(child.tail):
            run = None
        else:
            run = _wrapper(wrapper, child.tail)
            child.tail = None
            child.addnext(run)


def _wrapper(tag: str, text: str | None) -> Element:
    element = etree.Element(tag)
    element.text = text
    return element
