"""How the concepts of a release hang together: a tree for each statement, with its headings, dimensions and sums."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec import Struct
from msgspec.structs import replace

from tagger.characters import clean_characters
from tagger.tagged import OutlineLine, OwnConcept, StatementOutline, Summation, Tagged
from tagger.taxonomies import load_catalog
from tagger.writing.calculations import Foots, footing_sums, foots
from tagger.writing.gathered import Gathered, gather
from tagger.writing.names import camel, unique

LABEL = "http://www.xbrl.org/2003/role/label"
TERSE = "http://www.xbrl.org/2003/role/terseLabel"
TOTAL = "http://www.xbrl.org/2003/role/totalLabel"
PERIOD_START = "http://www.xbrl.org/2003/role/periodStartLabel"
PERIOD_END = "http://www.xbrl.org/2003/role/periodEndLabel"
NEGATED = "http://www.xbrl.org/2009/role/negatedLabel"
NEGATED_TOTAL = "http://www.xbrl.org/2009/role/negatedTotalLabel"

TABLE = "us-gaap:StatementTable"
LINE_ITEMS = "us-gaap:StatementLineItems"

_PRIMARY = {
    "balance-sheet": ("us-gaap:StatementOfFinancialPositionAbstract", 2009),
    "operations": ("us-gaap:IncomeStatementAbstract", 2009),
    "comprehensive-income": ("us-gaap:StatementOfIncomeAndComprehensiveIncomeAbstract", 2009),
    "cash-flow": ("us-gaap:StatementOfCashFlowsAbstract", 2009),
    "equity": ("us-gaap:StatementOfStockholdersEquityAbstract", 2009),
}
_COVER = "Cover"
_TEXT = "Figures in the Text of the Release"


class Branch(Struct, frozen=True):
    """A concept in the tree under *parent*, to be shown with its label of the role *preferred*."""

    parent: str
    concept: str
    preferred: str = LABEL
    label: str = ""


class Axis(Struct, frozen=True):
    """A dimension of a statement: *members* lie below *domain*, which is what a fact without a member belongs to."""

    name: str
    domain: str
    members: tuple[str, ...]


class Network(Struct, frozen=True, kw_only=True):
    """One statement: role, tree in the order of the release, dimensions, and the sums that foot."""

    role: str
    id: str
    definition: str
    root: str
    branches: tuple[Branch, ...]
    axes: tuple[Axis, ...] = ()
    sums: tuple[Summation, ...] = ()
    headings: tuple[OwnConcept, ...] = ()

    @property
    def items(self) -> tuple[str, ...]:
        """The concepts that facts report, each once, in order."""
        headings = {heading.name for heading in self.headings}
        return tuple(dict.fromkeys(branch.concept for branch in self.branches if branch.concept not in headings))


def networks(tagged: Tagged) -> tuple[Network, ...]:
    """Return a network for each statement, and one for facts that stand in none."""
    concepts = frozenset(fact.concept for fact in tagged.facts)
    printed = dict.fromkeys(tagged.statements)  # the same statement twice is one
    outlines = [outline for outline in (_reported(concepts, outline) for outline in printed) if outline.lines]
    shown = {line.concept for outline in outlines for line in outline.lines}
    rest = dict.fromkeys(fact.concept for fact in tagged.facts if fact.concept not in shown)
    if rest:
        labels = {fact.concept: fact.label for fact in reversed(tagged.facts)}
        lines = tuple(OutlineLine(concept=concept, label=labels[concept]) for concept in rest)
        outlines.append(StatementOutline(kind="text", title=_TEXT, lines=lines))
    gathered = gather(tagged, concepts)
    holds = foots(gathered)
    taken = dict.fromkeys((concept.name for concept in tagged.own), 1)
    ids = {_COVER: 1}
    cover = (_cover_network(tagged),) if tagged.cover else ()
    numbered = enumerate(outlines, 2)
    return (*cover, *(_network(tagged, outline, number, gathered, holds, taken, ids) for number, outline in numbered))


def _cover_network(tagged: Tagged) -> Network:
    """Return the network of the facts about the report itself."""
    return Network(
        role=_role(tagged, _COVER),
        id=_COVER,
        definition="0000001 - Document - Cover",
        root="dei:CoverAbstract",
        branches=tuple(Branch("dei:CoverAbstract", fact.concept, label=fact.label) for fact in tagged.cover),
    )


def _role(tagged: Tagged, name: str) -> str:
    return f"{tagged.namespace.rpartition('/')[0] or tagged.namespace}/role/{name}"


def _reported(concepts: frozenset[str], outline: StatementOutline) -> StatementOutline:
    """Leave out the lines of *outline* that no fact of *concepts* stands on; of headings alone nothing is left."""
    lines = tuple(line for line in outline.lines if line.concept is None or line.concept in concepts)
    return replace(outline, lines=lines if any(line.concept for line in lines) else ())


def _network(
    tagged: Tagged,
    outline: StatementOutline,
    number: int,
    gathered: Gathered,
    holds: Foots,
    taken: dict[str, int],
    ids: dict[str, int],
) -> Network:
    title = " ".join(clean_characters(outline.title).split()) or outline.kind
    name = unique(camel(title), ids)
    root, first = _PRIMARY.get(outline.kind, ("", 9999))
    headings: list[OwnConcept] = []
    if tagged.catalog_year < first:
        headings.append(_heading(tagged, title, taken))
        root = headings[0].name
    axes = _axes(tagged, gathered, {line.concept for line in outline.lines if line.concept})
    branches = tuple(_branches(tagged, outline, LINE_ITEMS if axes else root, headings, gathered, taken))
    kind = "Statement" if outline.kind in _PRIMARY else "Disclosure"
    return Network(
        role=_role(tagged, name),
        id=name,
        definition=f"{number:07d} - {kind} - {title}",
        root=root,
        branches=branches,
        axes=axes,
        sums=tuple(footing_sums(outline, gathered.declared, holds)),
        headings=tuple(headings),
    )


def _heading(tagged: Tagged, label: str, taken: dict[str, int]) -> OwnConcept:
    # No official name ends so: a heading of our own can never be taken for one of them.
    name = unique(f"{tagged.prefix}:{camel(label, longest=150)}HeadingAbstract", taken)
    return OwnConcept(name=name, type="string", period_type="duration", label=label, abstract=True)


def _branches(
    tagged: Tagged,
    outline: StatementOutline,
    root: str,
    headings: list[OwnConcept],
    gathered: Gathered,
    taken: dict[str, int],
) -> Iterable[Branch]:
    """Hang every line under the last heading that is less deep; the same line is not shown twice in one place."""
    ends = _balances_at_both_ends(gathered.instants, outline)
    open_headings: list[tuple[int, str]] = []
    seen: set[tuple[str, str, str]] = set()
    for position, line in enumerate(outline.lines):
        while open_headings and open_headings[-1][0] >= line.depth:
            open_headings.pop()
        parent = open_headings[-1][1] if open_headings else root
        if line.concept is None:
            if any(later.concept for later in _under(outline.lines, position)):
                headings.append(_heading(tagged, line.label, taken))
                open_headings.append((line.depth, headings[-1].name))
                yield Branch(parent, headings[-1].name, label=line.label)
            continue
        preferred = ends.get(position) or _preferred(line)
        if (parent, line.concept, preferred) not in seen:
            seen.add((parent, line.concept, preferred))
            yield Branch(parent, line.concept, preferred, line.label)


def _under(lines: Sequence[OutlineLine], position: int) -> Iterable[OutlineLine]:
    """Yield the lines that stand under the heading at *position*."""
    for line in lines[position + 1 :]:
        if line.depth <= lines[position].depth:
            return
        yield line


def _preferred(line: OutlineLine) -> str:
    if line.negated:
        return NEGATED_TOTAL if line.total else NEGATED
    return TOTAL if line.total else LABEL


def _balances_at_both_ends(instants: frozenset[str], outline: StatementOutline) -> dict[int, str]:
    """Find the balances that a statement of flows begins and ends with."""
    if outline.kind not in {"cash-flow", "equity"}:
        return {}
    places: dict[str, list[int]] = {}
    for position, line in enumerate(outline.lines):
        if line.concept in instants:
            places.setdefault(line.concept or "", []).append(position)
    twice = [found for found in places.values() if len(found) > 1]
    return {found[0]: PERIOD_START for found in twice} | {found[-1]: PERIOD_END for found in twice}


def _axes(tagged: Tagged, gathered: Gathered, concepts: set[str]) -> tuple[Axis, ...]:
    """Gather the dimensions of all facts of *concepts*."""
    members = gathered.members(concepts)
    return tuple(Axis(axis, _domain(tagged, axis), tuple(found)) for axis, found in sorted(members.items()))


def _domain(tagged: Tagged, axis: str) -> str:
    """Return the domain that the official taxonomy gives *axis*, or one of the filer's own."""
    catalog = load_catalog(tagged.catalog_year)
    known = catalog.axis(axis)
    if known is not None and catalog.get(known.domain) is not None:
        return known.domain
    return f"{tagged.prefix}:{axis.rpartition(':')[2].removesuffix('Axis')}Domain"
