"""Inline styles, as far as they say how a document is laid out."""

from __future__ import annotations

import re
from functools import lru_cache

from msgspec import Struct

from tagger.patterns import pattern

# One em, and a width for lengths in percent, in points: only their order matters.
_POINTS = {"pt": 1.0, "px": 0.75, "in": 72.0, "em": 10.0, "rem": 10.0, "ex": 5.0, "cm": 28.35, "mm": 2.835, "pc": 12.0}
_LENGTH = pattern(r"([-+]?\d*\.?\d+)\s*([a-z%]*)")
_WEIGHTS = {"bold": True, "bolder": True, "normal": False, "lighter": False}
_TABLE_LIKE = frozenset({"table", "inline-table", "table-row", "table-cell", "inline", "block"})
_COMMENT = pattern(r"/\*.*?(?:\*/|$)", re.S)
_SHOWN = pattern(r"[a-z-]+(?:\s+[a-z-]+)*(?:\s*!\s*important)?")
_UNSEEN = pattern(r"\b(?:none|hidden|transparent|white)\b|#fff(?:fff)?\b|^0(?![.]?[1-9])")


class Style(Struct, frozen=True, kw_only=True, gc=False):
    """What one style attribute says; lengths in points.

    *indent* sums padding, margin and text indent on the left. *rule_above* and
    *rule_below* are visible borders. *place* is (left, top) of an absolutely
    positioned element; *paged* marks what such places are counted from.
    """

    hidden: bool = False
    bold: bool | None = None
    centered: bool | None = None
    indent: float = 0
    rule_above: bool = False
    rule_below: bool = False
    raised: bool = False
    display: str = ""
    place: tuple[float, float] | None = None
    width: float | None = None
    paged: bool = False
    page_break: bool = False


def parse_length(value: str) -> float | None:
    """Read the first length of *value*, in points; ``None`` if it has none or is a percentage.

    >>> parse_length("0.5in"), parse_length("12px"), parse_length("10%"), parse_length("auto")
    (36.0, 9.0, None, None)
    """
    found = _LENGTH.match(value)
    if found is None or found[2] == "%":
        return None
    return float(found[1]) * _POINTS.get(found[2], 0.75)


@lru_cache(maxsize=2048)
def parse_style(style: str) -> Style:
    """Read a style attribute.

    >>> parse_style("padding:2px 1pt 2px 19pt;text-indent:-9pt").indent
    10.0
    >>> parse_style("DISPLAY:/* a draft; */none").hidden
    True
    """
    said = _declarations(style)
    display = said.get("display", "")
    position = said.get("position", "")
    return Style(
        hidden=display.startswith("none"),
        bold=_bold(said),
        centered=_centered(said),
        indent=_left(said, "padding") + _left(said, "margin") + (parse_length(said.get("text-indent", "")) or 0),
        rule_above=_ruled(said, "top"),
        rule_below=_ruled(said, "bottom"),
        raised=_raised(said, position),
        display=display if display in _TABLE_LIKE else "",
        place=_place(said) if position == "absolute" else None,
        width=parse_length(said.get("width", "")),
        paged=position == "relative" and "height" in said,
        page_break=any(
            said.get(name) in {"always", "page"} for name in ("page-break-before", "page-break-after", "break-after")
        ),
    )


def _declarations(style: str) -> dict[str, str]:
    """Return what a style attribute says, by property."""
    if "/*" in style:
        style = _COMMENT.sub(" ", style)
    said: dict[str, str] = {}
    for declaration in style.lower().split(";"):
        name, colon, value = declaration.partition(":")
        name, value = name.strip(), value.strip()
        if not colon or (name == "display" and not _SHOWN.fullmatch(value)):  # what is no way to be shown says nothing
            continue
        if "!" in value or "!" not in said.get(name, ""):  # what is important stands against what is said later
            said[name] = value
    return said


def _bold(said: dict[str, str]) -> bool | None:
    weight = said.get("font-weight")
    if weight is None:
        return True if "bold" in said.get("font", "") else None
    if weight[:3].isdigit():
        return int(weight[:3]) >= 600
    return _WEIGHTS.get(weight.split()[0] if weight else "")


def _centered(said: dict[str, str]) -> bool | None:
    align = said.get("text-align")
    return None if align is None else align == "center"


def _left(said: dict[str, str], name: str) -> float:
    own = said.get(f"{name}-left")
    if own is None:
        sides = said.get(name, "").split()
        own = sides[3] if len(sides) == 4 else sides[1] if len(sides) in {2, 3} else sides[0] if sides else ""
    return parse_length(own) or 0


def _ruled(said: dict[str, str], side: str) -> bool:
    """Whether a border shows on *side*; what is said of the one side wins over what is said of all."""
    value = said.get(f"border-{side}", said.get("border", ""))
    width, kind = said.get(f"border-{side}-width", ""), said.get(f"border-{side}-style", "")
    value = f"{width} {kind}".strip() if width or kind else value
    return bool(value) and not _UNSEEN.search(value)


def _raised(said: dict[str, str], position: str) -> bool:
    align = said.get("vertical-align", "")
    if align == "super":
        return True
    shift = parse_length(said.get("top", "")) if position == "relative" else None
    return (shift is not None and shift < 0) or (align[:1].isdigit() and (parse_length(align) or 0) > 1)


def _place(said: dict[str, str]) -> tuple[float, float] | None:
    left, top = parse_length(said.get("left", "")), parse_length(said.get("top", ""))
    return None if left is None or top is None else (left, top)
