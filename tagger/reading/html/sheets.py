"""Style sheets: what ``<style>`` says of elements, by tag, class and id."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, NamedTuple

from tagger.patterns import pattern
from tagger.reading.decoding import ReadError

_COMPOUND = pattern(r"([A-Za-z][A-Za-z0-9]*|\*|)((?:[.#][\w-]+)*)")
_PART = pattern(r"[.#][\w-]+")
_BRACKET = pattern(r"[(){}\[\]]")
_DEEPEST = 20
_LONGEST = 1_000_000  # characters: a hundred times what a page has


class Rule(NamedTuple):
    """What an element has to be, and how it then looks. *weight* is the specificity of the selector, then its place."""

    tag: str
    classes: frozenset[str]
    identity: str
    weight: tuple[int, int, int, int]
    style: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """The rules of all style sheets of a page that ask for nothing but a tag, classes and an id.

    *rules* are found by the last thing they ask for: "#id", ".class", "tag" or "".
    """

    rules: Mapping[str, Sequence[Rule]]
    _known: dict[tuple[str, str, str], str] = field(default_factory=dict, compare=False)

    def said(self, tag: str, classes: str, identity: str) -> str:
        """Return what the sheet says of an element as a style attribute would; what weighs more comes later."""
        key = tag, classes, identity
        style = self._known.get(key)
        if style is None:
            style = self._known[key] = self._said(tag, frozenset(classes.split()), identity)
        return style

    def _said(self, tag: str, classes: frozenset[str], identity: str) -> str:
        asked = ("", tag, f"#{identity}", *(f".{name}" for name in classes))
        found = [
            rule
            for key in asked
            for rule in self.rules.get(key, ())
            if rule.tag in ("", tag) and rule.classes <= classes and rule.identity in ("", identity)
        ]
        return ";".join(rule.style for rule in sorted(found, key=lambda rule: rule.weight))


def styled(sheet: Sheet, tag: str, attributes: Mapping[str, str]) -> str:
    """Return how an element looks: what *sheet* says of it, and then what its own style attribute says."""
    said = sheet.said(tag, attributes.get("class", ""), attributes.get("id", ""))
    return f"{said};{attributes.get('style', '')}"


def read_sheet(css: Iterable[str]) -> Sheet | None:
    """Read style sheets; `None` where there are none. What asks for what stands around an element is left out.

    Too long ones are a `ReadError`: what they hide would be read.

    >>> read_sheet(["td.x, #y { display: none } p td { color: red } .x { font-weight: bold }"]).said("td", "x z", "")
    'font-weight: bold;display: none'
    """
    text = "\n".join(css)
    if len(text) > _LONGEST:
        raise ReadError(f"style sheets of {len(text):,} characters, {_LONGEST:,} at most; give the page without them")
    return _parsed(text) if text.strip() and not _is_deep(text) else None


def _is_deep(css: str) -> bool:
    """Say whether brackets nest deeper than any style sheet's do."""
    depth = 0
    for bracket in _BRACKET.findall(css):
        depth += 1 if bracket in "({[" else -1
        if depth > _DEEPEST:
            return True
    return False


@lru_cache(maxsize=16)
def _parsed(css: str) -> Sheet:
    rules: dict[str, list[Rule]] = {}
    for number, (selectors, style) in enumerate(_blocks(css)):
        for selector in map(str.strip, selectors.split(",")):
            found = _COMPOUND.fullmatch(selector)
            if found is not None and selector:
                parts = _PART.findall(found[2])
                rule = _rule(found[1].lower().strip("*"), parts, style, number)
                rules.setdefault(max(parts, default=rule.tag, key=lambda part: part[0] == "#"), []).append(rule)
    return Sheet(rules)


def _rule(tag: str, parts: Sequence[str], style: str, number: int) -> Rule:
    classes = frozenset(part[1:] for part in parts if part[0] == ".")
    ids = [part[1:] for part in parts if part[0] == "#"]
    return Rule(tag, classes, ids[0] if ids else "", (len(ids), len(classes), int(bool(tag)), number), style)


def _blocks(css: str) -> Iterator[tuple[str, str]]:
    """Yield the selectors and the declarations of every rule, those for the screen included."""
    import tinycss2  # few pages have style sheets

    for node in tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True):
        if node.type == "qualified-rule":
            yield tinycss2.serialize(node.prelude), " ".join(tinycss2.serialize(node.content).split()).rstrip(";")
        elif _is_shown(node):
            yield from _blocks(tinycss2.serialize(node.content))


def _is_shown(node: Any) -> bool:
    """Say whether *node* of a style sheet holds rules for the screen."""
    if node.type != "at-rule" or node.lower_at_keyword != "media" or not node.content:
        return False
    return any(token.type == "ident" and token.lower_value in ("all", "screen") for token in node.prelude)
