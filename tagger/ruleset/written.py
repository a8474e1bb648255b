"""Rules as written: keys and values with their places, before anything is made of them."""

from __future__ import annotations

from msgspec import Struct, field

from tagger.ruleset.rule import AROUND, Location

LISTS = (
    "statement",
    "rows",
    *AROUND,
    "phrases",
    "notes",
    "regex",
    "phrase-regex",
    "over",
    "also",
    "source",
    "matches",
    "skips",
)
"""Keys that hold one value or a list of them."""

SINGLES = ("id", "concept", "unit", "total", "sign", "extends")
"""Keys that hold one value."""

KEYS = (*SINGLES, "members", *LISTS)
STATEMENTS = (
    "balance-sheet",
    "operations",
    "comprehensive-income",
    "cash-flow",
    "equity",
    "highlights",
    "segment",
    "other",
)
UNITS = ("money", "per-share", "shares", "percent", "pure")
STATEMENTS_INSTEAD = {
    "income-statement": "operations",
    "income": "operations",
    "profit-and-loss": "operations",
    "earnings": "operations",
    "balance": "balance-sheet",
    "financial-position": "balance-sheet",
    "cash-flows": "cash-flow",
    "cash-flow-statement": "cash-flow",
    "oci": "comprehensive-income",
    "segments": "segment",
    "stockholders-equity": "equity",
}
"""Names of statements that authors write, with the one they mean."""

LAYERS = ("industry", "filer", "user")
SIGNS = ("as-printed", "turned")

INSTEAD = {
    "heading": "section",
    "headings": "section",
    "sections": "section",
    "under": "section",
    "label": "rows",
    "labels": "rows",
    "row": "rows",
    "phrase": "phrases",
    "note": "notes",
    "tag": "concept",
    "element": "concept",
    "table": "statement",
    "statements": "statement",
    "dimensions": "members",
    "member": "members",
    "name": "id",
    "tests": "matches",
    "examples": "matches",
    "match": "matches",
    "skip": "skips",
    "not": "unless",
    "except": "unless",
    "requires": "needs",
    "need": "needs",
    "pattern": "regex",
    "priority": "over",
    "before": "above",
    "after": "below",
    "units": "unit",
    "inherits": "extends",
}
"""Keys that authors write, with the one they mean, where spelling alone would not tell."""


class Value(Struct, frozen=True):
    """A scalar as written. *inset* is 1 where quotes stand before its first character."""

    text: str
    location: Location
    inset: int = 0

    def at(self, offset: int) -> Location:
        """Return the place of the character at *offset*."""
        file, line, column = self.location
        return Location(file, line, column + self.inset + max(offset, 0))


class WrittenRule(Struct, frozen=True, kw_only=True):
    """One rule as written. *keys* says where each key stands."""

    id: str
    location: Location
    values: dict[str, tuple[Value, ...]] = field(default_factory=dict)
    members: tuple[tuple[Value, Value], ...] = ()
    keys: dict[str, Location] = field(default_factory=dict)

    def first(self, key: str) -> Value | None:
        """Return the value of a key that holds one."""
        found = self.values.get(key, ())
        return found[0] if found else None

    def extended(self, child: WrittenRule) -> WrittenRule:
        """Return *child* as it adds to this rule: lists are joined, single values of the child win."""
        values = dict(self.values)
        for key, own in child.values.items():
            values[key] = values.get(key, ()) + own if key in LISTS else own
        axes = {axis.text for axis, _ in child.members}
        members = tuple(pair for pair in self.members if pair[0].text not in axes) + child.members
        return WrittenRule(
            id=child.id, location=child.location, values=values, members=members, keys=self.keys | child.keys
        )
