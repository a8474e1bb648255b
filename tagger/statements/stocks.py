"""Kinds of stock: the class or series that a row is of, where a statement has several.

"Class A common stock" beside "Class B common stock" have a member each; one class alone is just the stock. A series of
preferred stock, or one that must be converted, is told apart even alone.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec.structs import replace

from tagger.characters import lowered
from tagger.data import load_json
from tagger.patterns import pattern
from tagger.statement import COMPANY, Kind, Line, Part, Scope

_CLASSED = frozenset({Kind.OPERATIONS, Kind.COMPREHENSIVE_INCOME, Kind.HIGHLIGHTS, Kind.OTHER})
_CLASS = pattern(r"\bclass\s+[a-z]\b", re.IGNORECASE)
_CLASSES = pattern(r"\bclass(?:es)?\s+[a-z]\s*(?:,|and|&|or|/)\s*(?:class\s+)?[a-z]\b", re.IGNORECASE)
_KIND = pattern(r"\b(?:class|series)\s+[a-z]\b", re.IGNORECASE)
_CONVERTED = pattern(r"\bmandator(?:y|ily)\s+(?=convertible\s+prefer)", re.IGNORECASE)
_PREFERRED = pattern(r"\bprefer(?:red|ence)\b", re.IGNORECASE)
_LETTERED = pattern(
    r"(?:(?<=[Oo]rdinary )|(?<=[Cc]ommon ))[A-Z](?=\s+(?:shares?|stock)\b)"
    r"|(?<!(?i:class|eries) )\b[A-Z](?=\s+(?i:ordinary|common|prefer\w+)\s+(?:shares|stock)\b)"
)
_STOCK = pattern(r"\b(?:stock|shares?)\b", re.IGNORECASE)
_COMMON = pattern(r"^(?:common|ordinary)\s+(?:stock|shares)\b", re.IGNORECASE)
_SERIES = pattern(r"\bseries\s+[a-z]\b", re.IGNORECASE)
_UNCLASSED = pattern(r"\b(?:common|ordinary)\b", re.IGNORECASE)
_KINDS_SAID = pattern(r"\b(?:(?:class|series)\s+[a-z]|common|ordinary|stock|shares?)\b|\W+", re.IGNORECASE)
_ONE = "common"


def with_stocks(lines: Sequence[Line], kind: Kind) -> Sequence[Line]:
    """Return *lines* with the kind of stock that each is of, where a statement of *kind* has several."""
    if kind is Kind.BALANCE_SHEET:
        labels = "\n".join(_classed(line.label) for line in lines)
        if not (_KIND.search(labels) or _CONVERTED.search(labels)):
            return lines
        scopes = [_kind_of_stock(line) for line in lines]
    elif kind in _CLASSED:
        scopes = _with_common(lines, [_stock_class(line) if line.figures else COMPANY for line in lines])
    else:
        return lines
    common = {scope.name for scope in scopes if scope.part is Part.STOCK_CLASS and not _PREFERRED.search(scope.name)}
    alone = common if len(common) < 2 else frozenset[str]()
    if kind is Kind.BALANCE_SHEET and any(_LETTERED.search(line.label) for line in lines):
        alone |= {_ONE}  # "Ordinary shares" beside "Ordinary A shares" are those of the company
    return [
        line if scope == COMPANY or scope.name in alone else replace(line, scope=scope)
        for line, scope in zip(lines, scopes, strict=True)
    ]


def _classed(label: str) -> str:
    """Return *label* with a letter before or behind the kind of stock called a class: "Ordinary A shares"."""
    return _LETTERED.sub(r"Class \g<0>", label)


def _stock_class(line: Line) -> Scope:
    """Return the one class of stock, or series of what is not preferred, that the label of *line* or else a heading names."""
    for text in (line.label, *reversed(line.headings)):
        low = lowered(text)
        if "class" not in low and "series" not in low:
            continue
        names = _CLASS.findall(text) or ([] if _PREFERRED.search(text) else _SERIES.findall(text))
        found = {" ".join(name.lower().split()) for name in names}
        if len(found) == 1 and not _CLASSES.search(text):
            return Scope(Part.STOCK_CLASS, found.pop(), f"{text!r} names the class of stock")
        if found:
            return COMPANY
    return COMPANY


def _with_common(lines: Sequence[Line], scopes: Sequence[Scope]) -> list[Scope]:
    """Return *scopes* with that of common stock for rows that say it where a class has a row of the same words."""
    classed = {_besides(line) for line, scope in zip(lines, scopes, strict=True) if scope != COMPANY}
    return [
        Scope(Part.STOCK_CLASS, _ONE, f"{line.label!r} stands beside a class of stock")
        if scope == COMPANY and classed and _UNCLASSED.search(line.label) and line.figures and _besides(line) in classed
        else scope
        for line, scope in zip(lines, scopes, strict=True)
    ]


def _besides(line: Line) -> tuple[str, tuple[str, ...]]:
    """Return what the label of *line* says besides the kind of stock, and the headings over it."""
    return " ".join(_KINDS_SAID.sub(" ", line.label).lower().split()), line.headings


def _kind_of_stock(line: Line) -> Scope:
    """Return the one kind of stock that *line* of a balance sheet states, "common" for stock of no class."""
    label = _classed(line.label)
    if not any(_STOCK.search(text) for text in (label, *line.headings[-1:])) or _is_other(label):
        return COMPANY
    found = {" ".join(name.lower().split()) for name in _KIND.findall(label)}
    classed = bool(found)
    one = found.pop() if len(found) == 1 and not _CLASSES.search(label) else ""
    if _PREFERRED.search(label):
        name = "mandatory convertible preferred" if _CONVERTED.search(label) else f"{one} preferred" if one else ""
    elif classed:
        name = one if _CLASS.match(one) else ""
    else:
        name = _ONE if _COMMON.search(label) else ""
    return Scope(Part.STOCK_CLASS, name, f"{label!r} names the kind of stock") if name else COMPANY


def _is_other(label: str) -> bool:
    """Whether a row about stock states something else: what was paid for more, bought back, or promised."""
    return any(words in label.lower() for words in load_json("scopes")["no_stock"])


def without_stock(label: str, scope: Scope) -> str:
    """Return *label* of a row of a balance sheet without the kind of stock it is *scope* of.

    >>> without_stock("Series B convertible preferred stock, $1 par value", Scope(Part.STOCK_CLASS, "series b preferred"))
    'convertible preferred stock, $1 par value'
    >>> without_stock("Ordinary A shares", Scope(Part.STOCK_CLASS, "class a"))
    'Ordinary shares'
    >>> without_stock("Class B Stock, par value $0.01", Scope(Part.STOCK_CLASS, "class b"))
    'common stock, par value $0.01'
    """
    if scope.part is not Part.STOCK_CLASS:
        return label
    rest = " ".join(_CONVERTED.sub("", _KIND.sub("", _classed(label))).split()).strip(" ,;:–—-")
    if _PREFERRED.search(scope.name) or _COMMON.search(rest):
        return rest
    bare = _STOCK.match(rest)
    return f"common stock {rest}".strip() if bare is None else f"common stock{rest[bare.end() :]}"
