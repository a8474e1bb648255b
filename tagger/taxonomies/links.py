"""Extended links: arcs between concepts, and labels."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, TypeAlias

from msgspec import Struct

from tagger.taxonomies.documents import LINK, XLINK, XML
from tagger.taxonomies.package import Package

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

PRESENTATION, CALCULATION, DEFINITION, DEPRECATION = "presentation", "calculation", "definition", "deprecation"
_KINDS = {
    f"{LINK}presentationLink": PRESENTATION,
    f"{LINK}calculationLink": CALCULATION,
    f"{LINK}definitionLink": DEFINITION,
}
_SUMMATIONS = frozenset({
    "http://www.xbrl.org/2003/arcrole/summation-item",
    "https://xbrl.org/2023/arcrole/summation-item",
})  # fmt: skip
_ALIAS = "essence-alias"
_TYPE, _LABEL, _HREF = f"{XLINK}type", f"{XLINK}label", f"{XLINK}href"
_FROM, _TO, _ARCROLE, _ROLE = f"{XLINK}from", f"{XLINK}to", f"{XLINK}arcrole", f"{XLINK}role"
_LOCATOR = f"{LINK}loc"

Located: TypeAlias = Callable[[str, str], str]
"""From the name of a file and a locator's address in it to a concept."""


class Link(Struct, frozen=True, kw_only=True):
    """One arc: *source* and *target* are concepts, *role* is that of its extended link, *arcrole* its last word.

    A deprecation runs from what replaces to what is deprecated; a calculation, presentation or definition from
    the concept above to the one below it.
    """

    kind: str
    role: str
    arcrole: str
    source: str
    target: str
    order: float
    weight: int | None = None
    preferred: str = ""


class Label(Struct, frozen=True):
    """The words a taxonomy has for *concept* in a role: "label", "totalLabel", "documentation", …"""

    concept: str
    role: str
    language: str
    text: str


def arcs(package: Package, name: str, linkbase: Element, located: Located) -> Iterator[Link]:
    """Yield the arcs of the presentation, calculation and definition links of *linkbase*."""
    for extended in linkbase:
        kind = _KINDS.get(extended.tag)
        if kind is not None:
            yield from _arcs(package, name, extended, kind, located)


def _arcs(package: Package, name: str, extended: Element, kind: str, located: Located) -> Iterator[Link]:
    role = extended.get(_ROLE, "")
    ends = _locators(name, extended, located)
    found: list[tuple[int, bool, Link]] = []
    for arc in extended.iterchildren(tag="*"):
        if arc.get(_TYPE) != "arc":
            continue
        arcrole = arc.get(_ARCROLE, "")
        if kind == CALCULATION and arcrole not in _SUMMATIONS:
            continue
        short = arcrole.rpartition("/")[2]
        preferred = arc.get("preferredLabel", "").rpartition("/")[2]
        order = _order(package, name, arc)
        weight = _weight(package, name, arc) if kind == CALCULATION else None
        actual = DEPRECATION if short.startswith("dep-") or (short == _ALIAS and "deprecated" in role) else kind
        rank = int(arc.get("priority", "0")) if arc.get("priority", "0").isdecimal() else 0
        for source in _ends(package, name, ends, arc, _FROM):
            for target in _ends(package, name, ends, arc, _TO):
                link = Link(
                    kind=actual,
                    role=role,
                    arcrole=short,
                    source=source,
                    target=target,
                    order=order,
                    weight=weight,
                    preferred=preferred,
                )
                found.append((rank, arc.get("use") == "prohibited", link))
    yield from _in_force(found) if any(prohibited for _, prohibited, _ in found) else (link for _, _, link in found)


def _in_force(found: list[tuple[int, bool, Link]]) -> Iterator[Link]:
    """Leave out the arcs that others of the same link prohibit (XBRL 2.1, 3.5.3.9.7.5)."""
    banned: dict[Link, int] = {}
    for rank, prohibited, link in found:
        if prohibited:
            banned[link] = max(rank, banned.get(link, rank))
    for rank, prohibited, link in found:
        if not prohibited and rank > banned.get(link, -1):
            yield link


def _locators(name: str, extended: Element, located: Located) -> dict[str, list[str]]:
    """Return the concepts of each locator label; labels mean something within their own link only."""
    ends: dict[str, list[str]] = {}
    for locator in extended.iterchildren(_LOCATOR):
        ends.setdefault(locator.get(_LABEL, ""), []).append(located(name, locator.get(_HREF, "")))
    return ends


def _ends(package: Package, name: str, ends: dict[str, list[str]], arc: Element, side: str) -> list[str]:
    label = arc.get(side, "")
    if label not in ends:
        raise package.refuse(name, f"an arc leads to {label!r}, which no locator is called")
    return ends[label]


def _order(package: Package, name: str, arc: Element) -> float:
    try:
        return float(Decimal(arc.get("order", "1")))
    except InvalidOperation as error:
        raise package.refuse(name, f"an arc has the order {arc.get('order')!r}") from error


def _weight(package: Package, name: str, arc: Element) -> int:
    written = arc.get("weight", "")
    try:
        weight = Decimal(written)
    except InvalidOperation:
        weight = Decimal(0)
    if weight not in (1, -1):
        raise package.refuse(name, f"a sum has the weight {written!r}, which is neither 1 nor -1")
    return int(weight)


def labels(package: Package, name: str, linkbase: Element, located: Located) -> Iterator[Label]:
    """Yield the labels of *linkbase*."""
    for extended in linkbase.iterchildren(f"{LINK}labelLink"):
        ends = _locators(name, extended, located)
        texts: dict[str, list[Element]] = {}
        for label in extended.iterchildren(f"{LINK}label"):
            texts.setdefault(label.get(_LABEL, ""), []).append(label)
        for arc in extended.iterchildren(f"{LINK}labelArc"):
            if arc.get("use") == "prohibited":
                continue
            for concept in _ends(package, name, ends, arc, _FROM):
                for label in texts.get(arc.get(_TO, ""), ()):
                    yield Label(
                        concept,
                        label.get(_ROLE, "label").rpartition("/")[2],
                        label.get(f"{XML}lang", ""),
                        " ".join("".join(map(str, label.itertext())).split()),
                    )
