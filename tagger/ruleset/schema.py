"""A JSON Schema of rule files, for editors: ``python -m tagger.ruleset.schema > rules/schema.json``.

The loader does not use it: its own messages know the place and what was meant.
"""

from __future__ import annotations

import json
import sys
from typing import Annotated, Any, Literal, TypeAlias

import msgspec
from msgspec import UNSET, Meta, UnsetType

Texts: TypeAlias = str | list[str]
StatementName: TypeAlias = Literal[
    "balance-sheet", "operations", "comprehensive-income", "cash-flow", "equity", "highlights", "segment", "other"
]
UnitName: TypeAlias = Literal["money", "per-share", "shares", "percent", "pure"]


class RuleKeys(msgspec.Struct, rename="kebab", forbid_unknown_fields=True, kw_only=True):
    """One rule: which words mean one concept. rules/README.md is the manual."""

    id: Annotated[str, Meta(pattern="^[a-z0-9]+(-[a-z0-9]+)+$", description="Unique name: topic-what.")]
    concept: Annotated[str, Meta(description="The concept with its prefix, such as us-gaap:Assets.")] | UnsetType = (
        UNSET
    )
    statement: (
        Annotated[StatementName | list[StatementName], Meta(description="Statements the rows stand in; left out: any.")]
        | UnsetType
    ) = UNSET
    rows: Annotated[Texts, Meta(description="Row labels. [x] or not, (a | b) either, * any words.")] | UnsetType = UNSET
    section: Annotated[Texts, Meta(description="Words some open heading above the row must contain.")] | UnsetType = (
        UNSET
    )
    unless_section: Annotated[Texts, Meta(description="Words no open heading may contain.")] | UnsetType = UNSET
    above: Annotated[Texts, Meta(description="A row with such a label stands above.")] | UnsetType = UNSET
    below: Annotated[Texts, Meta(description="A row with such a label stands below.")] | UnsetType = UNSET
    unless_above: Annotated[Texts, Meta(description="No row with such a label stands above.")] | UnsetType = UNSET
    unless_below: Annotated[Texts, Meta(description="No row with such a label stands below.")] | UnsetType = UNSET
    needs: Annotated[Texts, Meta(description="Words of which the label must contain one.")] | UnsetType = UNSET
    unless: Annotated[Texts, Meta(description="Words the label must not contain.")] | UnsetType = UNSET
    unit: Annotated[UnitName, Meta(description="Seldom needed: the concept says it.")] | UnsetType = UNSET
    total: (
        Annotated[bool, Meta(description="Only rows that are a sum (true), or that are none (false).")] | UnsetType
    ) = UNSET
    sign: (
        Annotated[
            Literal["as-printed", "turned"], Meta(description="Seldom needed: how values stand to what is printed.")
        ]
        | UnsetType
    ) = UNSET
    members: Annotated[dict[str, str], Meta(description="Dimensions of the fact, axis: member.")] | UnsetType = UNSET
    phrases: Annotated[Texts, Meta(description="Subjects of sentences.")] | UnsetType = UNSET
    notes: Annotated[Texts, Meta(description="Words beside a figure inside a row's label.")] | UnsetType = UNSET
    regex: (
        Annotated[Texts, Meta(description="Regular expressions for row labels that words cannot say.")] | UnsetType
    ) = UNSET
    phrase_regex: Annotated[Texts, Meta(description="Regular expressions for subjects of sentences.")] | UnsetType = (
        UNSET
    )
    over: Annotated[Texts, Meta(description="Ids of rules this one wins against.")] | UnsetType = UNSET
    also: Annotated[Texts, Meta(description="Concepts that the same figures are too.")] | UnsetType = UNSET
    extends: Annotated[str, Meta(description="Id of a rule this one adds to.")] | UnsetType = UNSET
    source: (
        Annotated[Texts, Meta(description="Where the rule was learned from; says nothing to the program.")] | UnsetType
    ) = UNSET
    matches: Annotated[Texts, Meta(description="Rows and sentences that are this concept.")] | UnsetType = UNSET
    skips: (
        Annotated[
            Texts | dict[str, Texts],
            Meta(description="Rows and sentences that look like it and are not; or, by condition, what is otherwise."),
        ]
        | UnsetType
    ) = UNSET


class ConceptKeys(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """A concept of the filer's own."""

    type: UnitName
    period: Literal["instant", "duration"]
    balance: Literal["debit", "credit"] | UnsetType = UNSET
    label: Annotated[str, Meta(description="As the filing shows it.")] | UnsetType = UNSET


class ForKeys(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """Whom a pack is for."""

    ciks: (
        Annotated[Texts, Meta(description="CIKs, in quotes: a release of these companies finds the pack.")] | UnsetType
    ) = UNSET
    industries: Texts | UnsetType = UNSET
    names: Annotated[Texts, Meta(description="Names of companies, for releases that say no CIK.")] | UnsetType = UNSET


class PackKeys(msgspec.Struct, rename={"for_": "for"}, forbid_unknown_fields=True, kw_only=True):
    """The manifest of a pack, pack.yaml. rules/README.md is the manual."""

    name: Annotated[str, Meta(description="Small letters, digits, hyphens.")] | UnsetType = UNSET
    version: str | float | UnsetType = UNSET
    licence: str | UnsetType = UNSET
    source: Annotated[Texts, Meta(description="The filings it was learned from.")] | UnsetType = UNSET
    layer: Literal["industry", "filer", "user"] | UnsetType = UNSET
    for_: ForKeys | UnsetType = UNSET
    extends: (
        Annotated[Texts, Meta(description="Packs beneath this one, by name or as folders inside it.")] | UnsetType
    ) = UNSET
    disable: Annotated[Texts, Meta(description="Ids of rules below that shall not be used.")] | UnsetType = UNSET
    dashes: (
        Annotated[Literal["zero", "untagged"], Meta(description="Whether a dash is a fact of this filer.")] | UnsetType
    ) = UNSET
    prefix: Annotated[str, Meta(description="Of the filer's own concepts.")] | UnsetType = UNSET
    concepts: dict[str, ConceptKeys] | UnsetType = UNSET
    members: Annotated[dict[str, str], Meta(description="Own members and axes, each with its label.")] | UnsetType = (
        UNSET
    )
    parts: (
        Annotated[
            dict[str, dict[str, str]],
            Meta(description="Headings of tables, columns and rows that name a part of the company: axis: member."),
        ]
        | UnsetType
    ) = UNSET
    lists: Annotated[dict[str, Texts], Meta(description="Words for regular expressions.")] | UnsetType = UNSET


def manifest_schema() -> dict[str, Any]:
    """Return the schema of a manifest.

    >>> "disable" in manifest_schema()["$defs"]["PackKeys"]["properties"]
    True
    """
    return msgspec.json.schema(PackKeys)


def rule_schema() -> dict[str, Any]:
    """Return the schema of a rule file, a list of rules.

    >>> sorted(rule_schema()["$defs"]["RuleKeys"]["required"])
    ['id']
    """
    return msgspec.json.schema(list[RuleKeys])


if __name__ == "__main__":
    print(json.dumps(manifest_schema() if sys.argv[1:] == ["--pack"] else rule_schema(), indent=1))
