"""Attributes of old HTML, turned into the few that XHTML knows, and CSS for the rest."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from tagger.characters import NCNAME
from tagger.patterns import pattern
from tagger.writing.css import asks, clean_css
from tagger.writing.tree import ANYWHERE, Element, known

_NMTOKENS = pattern(r"[\w.:-]+(?:[ \t\n]+[\w.:-]+)*", re.ASCII)
_DIGITS = pattern(r"[0-9]{1,6}")
_LENGTH = pattern(r"([0-9]+(?:\.[0-9]+)?)\s*(%|px)?")
_COLOR = pattern(r"#?(?:[0-9a-fA-F]{3}|[0-9a-fA-F]{6})|[A-Za-z]{3,25}")
_HEX = pattern(r"(?:[0-9a-fA-F]{3}|[0-9a-fA-F]{6})")
_ADDRESS = pattern(
    r"(?P<elsewhere>https?://[A-Za-z0-9.-]+(?::[0-9]+)?(?=[/?\#]|$)|mailto:(?=[^/]))?(?(elsewhere)|(?![^/?\#]*:)(?!//))"
    r"(?:[A-Za-z0-9._~:/?@!$&'()*+,;=-]|%[0-9A-Fa-f]{2})*(?:\#(?:[A-Za-z0-9._~:/?@!$&'()*+,;=-]|%[0-9A-Fa-f]{2})*)?"
)
_IMAGE = pattern(r"data:image/(?:gif|jpeg|jpg|png|webp);base64,[A-Za-z0-9+/=]+")
_WORDS = {
    "align": frozenset({"left", "center", "right", "justify"}),
    "valign": frozenset({"top", "middle", "bottom", "baseline"}),
    "frame": frozenset({"void", "above", "below", "hsides", "lhs", "rhs", "vsides", "box", "border"}),
    "rules": frozenset({"none", "groups", "rows", "cols", "all"}),
}
_FLOATS = frozenset({"img", "table"})


def clean_attributes(body: Element, reserved: frozenset[str]) -> None:
    """Leave every element with valid attributes only; an id that is doubled, or *reserved*, goes."""
    ids = set(reserved)
    for element in body.iter():
        tag = element.tag
        before = tuple([(str(name), str(value)) for name, value in element.items()])
        if before or tag in {"img", "font"}:
            name, kept = _valid(tag, before)
            if name != tag:
                element.tag = name
            if not is_new(dict(kept).get("id", ""), ids):
                kept = tuple([said for said in kept if said[0] != "id"])
            if before != kept:
                element.attrib.clear()
                element.attrib.update(kept)


@lru_cache(maxsize=512)
def _valid(tag: str, said: tuple[tuple[str, str], ...]) -> tuple[str, tuple[tuple[str, str], ...]]:
    """Return what `valid_attributes` does; elements that are written alike share the answer."""
    name, kept = valid_attributes(tag, dict(said))
    return name, tuple(kept.items())


def is_new(identity: str, ids: set[str]) -> bool:
    """Whether an id, if there is one, is the first of its kind; *ids* are those before, to which it is added."""
    if identity in ids:
        return False
    if identity:
        ids.add(identity)
    return True


def valid_attributes(tag: str, said: dict[str, str]) -> tuple[str, dict[str, str]]:
    """Return the valid name and attributes of an element named *tag* with the attributes *said*, in their order."""
    if asks(said.get("style", "")):
        said = {**said, "style": clean_css(said["style"])}
    if not ANYWHERE.issuperset(said):
        dropped, changed = _conversion(tag, said)
        said = {name: value for name, value in said.items() if name not in dropped}
        said.update(changed)
        if (name := said.pop("name", None)) is not None and tag == "a":
            said.setdefault("id", name)
    if "class" in said and not _NMTOKENS.fullmatch(said["class"]):
        said["class"] = " ".join(filter(_NMTOKENS.fullmatch, said["class"].split()))
    said = {name: value for name, value in said.items() if _holds(name, value)}
    if tag == "img":
        return _image(said)
    return "span" if tag == "font" else tag, {} if tag == "br" else said


def _holds(name: str, value: str) -> bool:
    """Whether an attribute of any element says something that XML lets it say."""
    return bool(NCNAME.fullmatch(value)) if name == "id" else bool(value) or name != "class"


def _image(said: dict[str, str]) -> tuple[str, dict[str, str]]:
    if "src" not in said:
        return "span", {name: value for name, value in said.items() if name in ANYWHERE}
    said.setdefault("alt", "")
    return "img", said


def _conversion(tag: str, said: Mapping[str, str]) -> tuple[list[str], list[tuple[str, str]]]:
    """Return which attributes go and which get another value."""
    dropped: list[str] = []
    changed: list[tuple[str, str]] = []
    styles: list[str] = []
    for name, value in said.items():
        if name in ANYWHERE or name == "name":
            continue
        kept, style = _turned(tag, name, value)
        if kept is None:
            dropped.append(name)
            if style:
                styles.append(style)
        elif kept != value:
            changed.append((name, kept))
    if styles:
        own = said.get("style")
        changed.append(("style", ";".join([*styles, own] if own else styles)))
    return dropped, changed


def _turned(tag: str, name: str, value: str) -> tuple[str | None, str]:
    """Return the attribute's valid value, or `None` and the CSS that says the same."""
    value = value.strip()
    kept = _kept(name, value) if name in known("keep").get(tag, ()) else None
    if kept is not None:
        return kept, ""
    return None, _font_style(name, value) if tag == "font" else _style(tag, name, value)


def _kept(name: str, value: str) -> str | None:
    """Return *value* as XHTML writes it, or `None` where it is not one."""
    match name:
        case "colspan" | "rowspan" | "span":
            return value if _DIGITS.fullmatch(value) else None
        case "border":
            found = _DIGITS.match(value)
            return found[0] if found else "1"
        case "cellpadding" | "cellspacing":
            found = _LENGTH.match(value)
            return f"{int(float(found[1]))}{'%' if found[2] == '%' else ''}" if found else None
        case "href":
            return value if _ADDRESS.fullmatch(value) else None
        case "src":
            # A picture from elsewhere tells its owner who opens the page.
            beside = (found := _ADDRESS.fullmatch(value)) is not None and not found["elsewhere"]
            return value if beside or _IMAGE.fullmatch(value) else None
        case "alt" | "summary":
            return value
    return value.lower() if value.lower() in _WORDS[name] else None


def _style(tag: str, name: str, value: str) -> str:
    """Return the CSS for an attribute of presentation; nothing where it says nothing, or nothing that is known."""
    match name:
        case "width" | "height":
            return f"{name}:{length}" if (length := _length(value)) else ""
        case "bgcolor":
            return f"background-color:{color}" if (color := _color(value)) else ""
        case "nowrap":
            return "white-space:nowrap"
        case "align":
            return _alignment(tag, value.lower())
        case "valign":
            return f"vertical-align:{value.lower()}" if value.lower() in _WORDS["valign"] else ""
        case "dir":
            return "direction:rtl" if value.lower() == "rtl" else ""
        case "hidden":
            return "position:absolute;visibility:hidden"
        case "border" if tag == "img":
            return f"border:{length} solid" if (length := _length(value)) else ""
        case "hspace" | "vspace":
            sides = ("left", "right") if name == "hspace" else ("top", "bottom")
            return ";".join(f"margin-{side}:{length}" for side in sides) if (length := _length(value)) else ""
        case "size" | "noshade" | "color" if tag == "hr":
            return _rule_style(name, value)
        case "text" if tag == "body":
            return f"color:{color}" if (color := _color(value)) else ""
        case "type" if value in known("list_type"):
            return f"list-style-type:{known('list_type')[value]}"
        case "start" | "value" if _DIGITS.fullmatch(value):
            return f"counter-reset:list-item {int(value) - 1}" if name == "start" else f"counter-set:list-item {value}"
    return ""


def _alignment(tag: str, value: str) -> str:
    if tag in _FLOATS and value in {"left", "right"}:
        return f"float:{value}"
    if tag == "img":
        return f"vertical-align:{value}" if value in {"top", "middle", "bottom"} else ""
    if tag == "hr" and value in {"left", "right"}:
        return f"margin-{value}:0"  # the other side's margin is auto already
    if tag in {"table", "hr"}:
        sides = {"center": ("left", "right"), "left": ("right",), "right": ("left",)}.get(value, ())
        return ";".join(f"margin-{side}:auto" for side in sides)
    if tag == "caption" and value in {"top", "bottom"}:
        return f"caption-side:{value}"
    if tag == "div" and value in {"center", "left", "right"}:  # a div's align moves blocks too, as <center> does
        return f"text-align:{value};text-align:-webkit-{value};text-align:-moz-{value}"
    return f"text-align:{value}" if value in _WORDS["align"] else ""


def _rule_style(name: str, value: str) -> str:
    """Return the CSS for what an <hr> says: browsers count its two borders in its size."""
    if name == "size":
        found = _DIGITS.match(value)
        return (
            "" if found is None else f"height:{int(found[0]) - 2}px" if int(found[0]) > 1 else "border-bottom-width:0"
        )
    color = "gray" if name == "noshade" else _color(value)
    return f"background-color:{color};border-color:{color};border-style:solid" if color else ""


def _font_style(name: str, value: str) -> str:
    match name:
        case "color":
            return f"color:{color}" if (color := _color(value)) else ""
        case "face":
            family = re.sub(r"[^\w ,'\"-]", "", value)
            return f"font-family:{family}" if family else ""
        case "size":
            return f"font-size:{size}" if (size := _font_size(value)) else ""
    return ""


def _font_size(value: str) -> str:
    """Return the CSS size for one from 1 to 7, or for a difference from 3.

    >>> _font_size("2"), _font_size("+1"), _font_size("-2")
    ('small', 'large', 'x-small')
    """
    found = re.match(r"([+-]?)([0-9]{1,2})", value)
    if found is None:
        return ""
    size = int(found[2]) if not found[1] else 3 + int(found[1] + found[2])
    return str(known("font_size")[min(max(size, 1), 7)])


def _length(value: str) -> str:
    found = _LENGTH.match(value)
    return f"{found[1]}{found[2] or 'px'}" if found else ""


def _color(value: str) -> str:
    if not _COLOR.fullmatch(value):
        return ""
    return f"#{value}" if _HEX.fullmatch(value) else value
