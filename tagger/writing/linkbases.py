"""Linkbases: presentation, calculation, definition and label links over concepts of any schema."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from html import escape
from typing import TypeAlias

from msgspec import Struct

from tagger.writing.labels import Labels
from tagger.writing.names import FIXED, XBRLDT_SCHEMA, schema_id, unique
from tagger.writing.networks import LABEL, LINE_ITEMS, NEGATED, NEGATED_TOTAL, TABLE, Network

Addresses: TypeAlias = Mapping[str, str]
"""Where the schema of each prefix lies."""

_PARENT_CHILD = "http://www.xbrl.org/2003/arcrole/parent-child"
_SUMMATION = "http://www.xbrl.org/2003/arcrole/summation-item"
_CONCEPT_LABEL = "http://www.xbrl.org/2003/arcrole/concept-label"
_DIMENSIONS = "http://xbrl.org/int/dim/arcrole/"
_NEGATED_SCHEMA = "http://www.xbrl.org/lrr/role/negated-2009-12-16.xsd"


class Arc(Struct, frozen=True):
    """An arc between two concepts; *more* holds its further attributes, written out."""

    arcrole: str
    start: str
    end: str
    more: str = ""


def presentations(trees: Sequence[Network], addresses: Addresses) -> str:
    links, roles = [], set()
    for tree in trees:
        roles |= {branch.preferred for branch in tree.branches}
        links.append(_link("presentation", tree.role, _presentation_arcs(tree), addresses))
    return _linkbase(_role_references(trees, addresses) + _negated_references(roles), links)


def calculations(trees: Sequence[Network], addresses: Addresses) -> str:
    """Write the calculation linkbase; nothing if no sum is to be written."""
    summing = [tree for tree in trees if tree.sums]
    links = []
    for tree in summing:
        arcs = [
            Arc(_SUMMATION, total, part, f' weight="{weight}"') for total, parts in tree.sums for part, weight in parts
        ]
        links.append(_link("calculation", tree.role, arcs, addresses))
    return _linkbase(_role_references(summing, addresses), links) if summing else ""


def definitions(trees: Sequence[Network], addresses: Addresses) -> str:
    """Write the definition linkbase, which makes members valid; nothing if there are none."""
    dimensional = [tree for tree in trees if tree.axes]
    links = [_link("definition", tree.role, _dimension_arcs(tree), addresses) for tree in dimensional]
    names = ("all", "dimension-default", "dimension-domain", "domain-member", "hypercube-dimension")
    references = "".join(
        f'<link:arcroleRef arcroleURI="{_DIMENSIONS}{name}" xlink:type="simple" xlink:href="{XBRLDT_SCHEMA}#{name}"/>\n'
        for name in names
    )
    return _linkbase(_role_references(dimensional, addresses) + references, links) if dimensional else ""


def label_linkbase(labels: Labels, addresses: Addresses) -> str:
    roles = {role for found in labels.values() for role in found}
    lines = []
    for name, found in labels.items():
        id_ = schema_id(name)
        lines.append(_locator(name, addresses))
        for role, text in found.items():
            resource = f"lab_{id_}_{role.rpartition('/')[2]}"
            lines.append(
                f'<link:label xlink:type="resource" xlink:label="{resource}" xlink:role="{role}" '
                f'xml:lang="en-US">{escape(text, quote=False)}</link:label>\n'
                f'<link:labelArc xlink:type="arc" xlink:arcrole="{_CONCEPT_LABEL}" '
                f'xlink:from="{id_}" xlink:to="{resource}"/>\n'
            )
    link = f'<link:labelLink xlink:type="extended" xlink:role="http://www.xbrl.org/2003/role/link">\n{"".join(lines)}</link:labelLink>\n'
    return _linkbase(_negated_references(roles), [link])


def _presentation_arcs(tree: Network) -> Iterable[Arc]:
    pairs: list[tuple[str, str, str]] = []
    if tree.axes:
        pairs.append((tree.root, TABLE, LABEL))
        for axis in tree.axes:
            pairs += [(TABLE, axis.name, LABEL), (axis.name, axis.domain, LABEL)]
            pairs += [(axis.domain, member, LABEL) for member in axis.members if member != axis.domain]
        pairs.append((TABLE, LINE_ITEMS, LABEL))
    pairs += [(branch.parent, branch.concept, branch.preferred) for branch in tree.branches]
    for order, (parent, child, role) in enumerate(pairs, 1):
        preferred = f' preferredLabel="{role}"' if role != LABEL else ""
        yield Arc(_PARENT_CHILD, parent, child, f' order="{order}"{preferred}')


def _dimension_arcs(tree: Network) -> Iterable[Arc]:
    """Let every item of *tree* be reported with each axis' members, or with none."""
    yield Arc(f"{_DIMENSIONS}all", LINE_ITEMS, TABLE, ' xbrldt:contextElement="segment" xbrldt:closed="true"')
    for axis in tree.axes:
        yield Arc(f"{_DIMENSIONS}hypercube-dimension", TABLE, axis.name)
        yield Arc(f"{_DIMENSIONS}dimension-domain", axis.name, axis.domain)
        yield Arc(f"{_DIMENSIONS}dimension-default", axis.name, axis.domain)
        for member in axis.members:
            if member != axis.domain:
                yield Arc(f"{_DIMENSIONS}domain-member", axis.domain, member)
    for item in tree.items:
        yield Arc(f"{_DIMENSIONS}domain-member", LINE_ITEMS, item)


def _link(kind: str, role: str, arcs: Iterable[Arc], addresses: Addresses) -> str:
    """Write one extended link; an arc that gives no order gets its place."""
    written: list[str] = []
    locators: dict[str, str] = {}
    ends: dict[str, dict[str, int]] = {}
    for order, arc in enumerate(arcs, 1):
        # XLink allows one arc between two labels: a second one needs a locator with a label of its own.
        end = unique(schema_id(arc.end), ends.setdefault(arc.start, {}))
        locators.setdefault(schema_id(arc.start), arc.start)
        locators.setdefault(end, arc.end)
        place = "" if ' order="' in arc.more else f' order="{order}"'
        written.append(
            f'<link:{kind}Arc xlink:type="arc" xlink:arcrole="{arc.arcrole}" xlink:from="{schema_id(arc.start)}" '
            f'xlink:to="{end}"{place}{arc.more}/>\n'
        )
    located = "".join(_locator(name, addresses, label) for label, name in locators.items())
    return f'<link:{kind}Link xlink:type="extended" xlink:role="{escape(role)}">\n{located}{"".join(written)}</link:{kind}Link>\n'


def _locator(name: str, addresses: Addresses, label: str = "") -> str:
    address = escape(addresses[name.partition(":")[0]])
    id_ = schema_id(name)
    return f'<link:loc xlink:type="locator" xlink:href="{address}#{id_}" xlink:label="{label or id_}"/>\n'


def _role_references(trees: Iterable[Network], addresses: Addresses) -> str:
    schema = next(address for address in addresses.values() if "://" not in address)
    return "".join(
        f'<link:roleRef roleURI="{escape(tree.role)}" xlink:type="simple" xlink:href="{escape(schema)}#{tree.id}"/>\n'
        for tree in trees
    )


def _negated_references(roles: Iterable[str]) -> str:
    return "".join(
        f'<link:roleRef roleURI="{role}" xlink:type="simple" xlink:href="{_NEGATED_SCHEMA}#{role.rpartition("/")[2]}"/>\n'
        for role in (NEGATED, NEGATED_TOTAL)
        if role in roles
    )


def _linkbase(references: str, links: Iterable[str]) -> str:
    spaces = "".join(f' xmlns:{prefix}="{FIXED[prefix]}"' for prefix in ("link", "xbrldt", "xlink"))
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<link:linkbase{spaces}>\n{references}{"".join(links)}</link:linkbase>\n'
