"""One arithmetic: what a release's figures say of one another.

- `relation`, `judge`  a relation as a value, and the one judge that says whether it holds and what it bears out
- `relations/`         the generators: sums, calculations, flows, ratios, ties, par values, percentages, headings, marks
- `orientation`        which way each row of a statement counts, from its sums and its concepts' balances
- `search/`            the search for sums among the rows of a table
- `closing`            headings that sums say are over
- `scales`             powers of ten that no words give, by the `magnitudes` that a release can have
- `mend/`              figures, rows and headings put right where arithmetic leaves one way
- `contradictions`     facts that are not tagged, because something speaks against them
- `misread`            facts of recognised text that nothing bears out, where figures are misread
- `checks`             what is doubtful

`understand` reads the tables with their sums and scales, `mend.figures` mends them before they are tagged, and
`settle` judges the facts that came of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from msgspec.structs import replace

from tagger.arithmetic.checks import checks
from tagger.arithmetic.closing import with_closed_headings
from tagger.arithmetic.contradictions import uncontradicted
from tagger.arithmetic.judge import Verdicts, holds
from tagger.arithmetic.mend.ratios import mend_ratios
from tagger.arithmetic.misread import without_misread
from tagger.arithmetic.relation import VALUE, Relation
from tagger.arithmetic.relations.calculations import broken_balances, broken_identities, calculations
from tagger.arithmetic.relations.flows import LENGTHS, flows
from tagger.arithmetic.relations.headings import headings, spread_periods
from tagger.arithmetic.relations.marks import marks, own_scale, spread_scales
from tagger.arithmetic.relations.percentages import percentages
from tagger.arithmetic.relations.ratios import ratios
from tagger.arithmetic.relations.shares import share_rows, stock
from tagger.arithmetic.relations.sums import Odd, sums
from tagger.arithmetic.relations.ties import ties
from tagger.arithmetic.scales import solve_scales
from tagger.arithmetic.search.sums import statement_sums
from tagger.catalog import Catalog
from tagger.document import Document
from tagger.facts import Fact, Proof
from tagger.findings import Finding
from tagger.fiscal import Calendar
from tagger.statement import Statement
from tagger.statements import Layout, read_statements
from tagger.statements.lengths import ALIKE

__all__ = ["Layout", "proven_share", "settle", "understand"]

_NO_CALENDAR = Calendar()


def understand(document: Document, *, scale: int | None = None) -> Layout:
    """Read every table of *document* as a statement, with its sums.

    *scale* is the power of ten of tables for which neither words nor arithmetic give one.
    """
    layout = read_statements(document)
    summed = tuple(replace(s, sums=statement_sums(s)) for s in layout.statements)
    statements = solve_scales(tuple(map(with_closed_headings, summed)), document)
    if scale is not None:
        told = "as the caller said"
        statements = tuple(s if s.scale is not None else replace(s, scale=scale, scale_said=told) for s in statements)
    return replace(layout, statements=statements)


def settle(
    facts: Sequence[Fact],
    statements: Sequence[Statement],
    catalog: Catalog | None = None,
    *,
    calendar: Calendar = _NO_CALENDAR,
    balances: Mapping[str, str | None] | None = None,
    typed: bool = True,
    recognised_badly: bool | None = None,
) -> tuple[tuple[Fact, ...], tuple[Finding, ...]]:
    """Return *facts* with what bears out each aspect of them, without those that arithmetic contradicts, and why.

    *typed* says that the figures were typed or recognised, and may be misread; what a filer's own HTML prints is
    doubted, but not mended, because of a ratio alone. *recognised_badly* is None where nothing was recognised. *balances*
    are those of the filer's own concepts.
    """
    summed, odd = _summed(facts, statements, _balances(facts, catalog, balances or {}))
    sure = {fact.id for one in summed for fact in one.facts}
    facts, repairs = mend_ratios(facts, ratios(facts), sure) if typed else (facts, ())
    divided, flowing = ratios(facts), tuple(flows(facts))
    doubted = [fact for one in flowing if one.topic == LENGTHS for fact in one.facts]
    facts, refused = uncontradicted(facts, statements, divided, odd, flowing, summed)
    if refused:
        summed = _without(summed, {fact.id for fact in facts})
        divided, flowing = ratios(facts), tuple(flows(facts))
    printed = tuple(percentages(facts, statements))
    verdicts = _heard(facts, statements, catalog, (summed, divided, flowing, printed))
    _note(verdicts, facts, statements, headings(facts, statements, calendar, doubted))
    proven = _with_proofs(facts, verdicts)
    broken = (*broken_identities(proven, _totals(summed)), *broken_balances(proven))
    misread: tuple[Finding, ...] = ()
    if recognised_badly is not None:
        proven, misread = without_misread(proven, broken, verdicts.having(VALUE), badly=recognised_badly)
        broken = _of(broken, {fact.id for fact in proven})
    return proven, (*repairs, *refused, *misread, *checks(proven, divided, flowing, printed, broken))


def _of(relations: Iterable[Relation], kept: set[str]) -> tuple[Relation, ...]:
    """Return those of *relations* whose facts are all *kept*."""
    return tuple(one for one in relations if all(fact.id in kept for fact in one.facts))


def _summed(
    facts: Sequence[Fact], statements: Sequence[Statement], balances: Mapping[str, str | None]
) -> tuple[list[Relation], list[Odd]]:
    """Return the relations of the sums that are printed, and the facts that count the wrong way in one."""
    found = list(sums(facts, statements, balances))
    return [one for one in found if isinstance(one, Relation)], [one for one in found if isinstance(one, Odd)]


def _with_proofs(facts: Sequence[Fact], verdicts: Verdicts) -> tuple[Fact, ...]:
    return tuple(
        replace(fact, proof=tuple(proofs.values())) if (proofs := verdicts.proofs.get(fact.id)) else fact
        for fact in facts
    )


def _heard(
    facts: Sequence[Fact],
    statements: Sequence[Statement],
    catalog: Catalog | None,
    told: tuple[Iterable[Relation], ...],
) -> Verdicts:
    """Return what every generator's relations bear out; *told* are sums, ratios, flows and percentages.

    The calculations are asked of facts that no sum bears out.
    """
    summed, divided, flowing, printed = told
    verdicts = Verdicts()
    verdicts.hear(summed)
    borrowed = {(s.number, column.index) for s in statements for column in s.columns if ALIKE in column.why}
    verdicts.hear(ties(facts, {s.number: own_scale(s) for s in statements}, borrowed))
    verdicts.hear(divided)
    verdicts.hear(flowing)
    verdicts.hear(stock(facts))
    verdicts.hear(share_rows(facts, statements, verdicts.having(VALUE)))
    if catalog is not None:
        verdicts.hear(calculations(facts, catalog, verdicts.having(VALUE)))
    verdicts.hear(printed)
    return verdicts


def _note(
    verdicts: Verdicts, facts: Sequence[Fact], statements: Sequence[Statement], periods: Iterable[tuple[str, Proof]]
) -> None:
    """Add to *verdicts* what is read and not computed: *periods* of headings, marks of currency, scales."""
    verdicts.note(periods)
    verdicts.note(spread_periods(facts, verdicts.proofs))
    verdicts.note(marks(facts, statements))
    verdicts.note(spread_scales(facts, verdicts.proofs))


def _balances(facts: Sequence[Fact], catalog: Catalog | None, own: Mapping[str, str | None]) -> dict[str, str | None]:
    """Return the balance of every concept of *facts*."""
    known = dict(own)
    for name in {fact.concept for fact in facts} - known.keys():
        concept = catalog.find(name) if catalog is not None else None
        known[name] = concept.balance if concept is not None else None
    return known


def _without(relations: Sequence[Relation], kept: set[str]) -> list[Relation]:
    """Return *relations* with the facts that were refused as mere figures."""
    terms = [
        [one if one.fact is None or one.fact.id in kept else replace(one, fact=None) for one in relation.terms]
        for relation in relations
    ]
    return [
        replace(relation, whole=whole, parts=tuple(parts))
        for relation, (whole, *parts) in zip(relations, terms, strict=True)
    ]


def _totals(summed: Iterable[Relation]) -> set[str]:
    """Return the ids of the facts that a sum gives."""
    return {one.whole.fact.id for one in summed if one.whole.fact is not None and holds(one)}


def proven_share(facts: Iterable[Fact]) -> tuple[int, int]:
    """Return how many facts on statement rows are proven in all their aspects, and how many there are."""
    rows = [fact for fact in facts if fact.table is not None]
    return sum(fact.proven for fact in rows), len(rows)
