"""One arithmetic: what a release's figures say of one another.

- `relation`, `judge`  a relation as a value, and the one judge that says whether it holds and what it bears out
- `relations/`         the generators: sums, calculations, flows, ratios, ties, par values, percentages, headings, marks
- `orientation`        which way each row of a statement counts, from its sums and its concepts' balances
- `search/`            the search for sums among the rows of a table
- `scales/`            powers of ten that no words give
- `mend/`              figures, rows and headings put right where arithmetic leaves one way
- `checks`             what cannot be, or contradicts itself
- `partial_costs`      costs of which a statement prints a part only

`understand` reads the tables with their sums and scales, `mend.figures` mends them before they are tagged, and
`settle` judges the facts that came of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from msgspec.structs import replace

from tagger.arithmetic.checks import checks, contradicted, of_other_kinds
from tagger.arithmetic.judge import Verdicts, holds
from tagger.arithmetic.mend.ratios import mend_ratios
from tagger.arithmetic.partial_costs import partial
from tagger.arithmetic.relation import VALUE, Relation
from tagger.arithmetic.relations.calculations import broken_identities, calculations
from tagger.arithmetic.relations.flows import flows
from tagger.arithmetic.relations.headings import headings, spread_periods
from tagger.arithmetic.relations.marks import marks, own_scale, spread_scales
from tagger.arithmetic.relations.percentages import percentages
from tagger.arithmetic.relations.ratios import ratios
from tagger.arithmetic.relations.shares import share_rows, stock
from tagger.arithmetic.relations.sums import Odd, sums
from tagger.arithmetic.relations.ties import ties
from tagger.arithmetic.scales.solving import solve_scales
from tagger.arithmetic.search.sums import statement_sums
from tagger.catalog import Catalog
from tagger.document import Document
from tagger.facts import Fact
from tagger.findings import Finding
from tagger.fiscal import Calendar
from tagger.statement import Statement
from tagger.statements import Layout, read_statements
from tagger.statements.lengths import ALIKE

__all__ = ["Layout", "prove", "proven_share", "settle", "understand"]

_NO_CALENDAR = Calendar()


def understand(document: Document, *, scale: int | None = None) -> Layout:
    """Read every table of *document* as a statement, with its sums.

    *scale* is the power of ten of tables for which neither words nor arithmetic give one.
    """
    layout = read_statements(document)
    summed = tuple(replace(s, sums=statement_sums(s)) for s in layout.statements)
    statements = solve_scales(summed, document)
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
) -> tuple[tuple[Fact, ...], tuple[Finding, ...]]:
    """Return *facts* with what bears out each aspect of them, without those that arithmetic contradicts, and why.

    *typed* says that the figures were typed or recognised, and may be misread; what a filer's own HTML prints is
    doubted, but not mended, because of a ratio alone. *balances* are those of the filer's own concepts.
    """
    known = _balances(facts, catalog, balances or {})
    summed, odd = _summed(facts, statements, known)
    sure = {fact.id for one in summed for fact in one.facts}
    facts, repairs = mend_ratios(facts, ratios(facts), sure) if typed else (facts, ())
    divided = ratios(facts)
    flowing = tuple(flows(facts))
    left, refused = _uncontradicted(facts, statements, divided, odd, flowing, summed)
    if refused:
        facts = left
        kept = {fact.id for fact in facts}
        summed = [_without(one, kept) for one in summed]
        divided, flowing = ratios(facts), tuple(flows(facts))
    printed = tuple(percentages(facts, statements))
    verdicts = _heard(facts, statements, catalog, summed, divided, flowing, printed, calendar)
    proven = _with_proofs(facts, verdicts)
    totals = {one.whole.fact.id for one in summed if one.whole.fact is not None and holds(one)}
    broken = broken_identities(proven, totals)
    return proven, (*repairs, *refused, *checks(proven, divided, flowing, printed, broken))


def _summed(
    facts: Sequence[Fact], statements: Sequence[Statement], balances: Mapping[str, str | None]
) -> tuple[list[Relation], list[Odd]]:
    """Return the relations of the sums that are printed, and the facts that count the wrong way in one."""
    found = list(sums(facts, statements, balances))
    return [one for one in found if isinstance(one, Relation)], [one for one in found if isinstance(one, Odd)]


def _uncontradicted(
    facts: Sequence[Fact],
    statements: Sequence[Statement],
    divided: Sequence[Relation],
    odd: Sequence[Odd],
    flowing: Sequence[Relation],
    summed: Sequence[Relation],
) -> tuple[tuple[Fact, ...], tuple[Finding, ...]]:
    """Return *facts* without those that relations, a whole of which they are a part, or their own print contradict, and why."""
    left, refused = contradicted(facts, divided, odd, flowing, summed)
    out = {fact.id: finding for fact, finding in (*partial(left, statements), *of_other_kinds(left, divided))}
    return tuple(fact for fact in left if fact.id not in out), tuple(dict.fromkeys((*refused, *out.values())))


def _with_proofs(facts: Sequence[Fact], verdicts: Verdicts) -> tuple[Fact, ...]:
    return tuple(
        replace(fact, proof=tuple(proofs.values())) if (proofs := verdicts.proofs.get(fact.id)) else fact
        for fact in facts
    )


def prove(facts: Sequence[Fact], statements: Sequence[Statement], catalog: Catalog | None = None) -> tuple[Fact, ...]:
    """Return *facts* with what bears them out."""
    return settle(facts, statements, catalog)[0]


def _heard(
    facts: Sequence[Fact],
    statements: Sequence[Statement],
    catalog: Catalog | None,
    summed: Iterable[Relation],
    divided: Sequence[Relation],
    flowing: Sequence[Relation],
    printed: Sequence[Relation],
    calendar: Calendar,
) -> Verdicts:
    """Return what every generator's relations bear out; the calculations are asked of facts that no sum bears out."""
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
    verdicts.note(headings(facts, statements, calendar))
    verdicts.note(spread_periods(facts, verdicts.proofs))
    verdicts.note(marks(facts, statements))
    verdicts.note(spread_scales(facts, verdicts.proofs))
    return verdicts


def _balances(facts: Sequence[Fact], catalog: Catalog | None, own: Mapping[str, str | None]) -> dict[str, str | None]:
    """Return the balance of every concept of *facts*."""
    known = dict(own)
    for name in {fact.concept for fact in facts} - known.keys():
        concept = catalog.find(name) if catalog is not None else None
        known[name] = concept.balance if concept is not None else None
    return known


def _without(relation: Relation, kept: set[str]) -> Relation:
    """Return *relation* with the facts that were refused as mere figures."""
    terms = [one if one.fact is None or one.fact.id in kept else one._replace(fact=None) for one in relation.terms]
    return relation._replace(whole=terms[0], parts=tuple(terms[1:]))


def proven_share(facts: Iterable[Fact]) -> tuple[int, int]:
    """Return how many facts on statement rows are proven in all their aspects, and how many there are."""
    rows = [fact for fact in facts if fact.table is not None]
    return sum(fact.proven for fact in rows), len(rows)
