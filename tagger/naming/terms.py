"""Terms: which balances are current, as the place of a row tells: of nearly all filers those above the total of current assets are.

On a balance sheet that parts nothing so, no balance is called current or noncurrent.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

from msgspec.structs import replace

from tagger.catalog import Catalog
from tagger.data import word_set
from tagger.matching.rows import Candidate
from tagger.naming.candidates import Wanted
from tagger.patterns import pattern
from tagger.statement import Kind, Statement

_CURRENT, _NONCURRENT, _ANY = "Current", "Noncurrent", "CurrentAndNoncurrent"
_SAID = "current"
_TERM = pattern(rf"(?:{_ANY}|{_NONCURRENT}|{_CURRENT})$")
_ENDS = {"us-gaap:AssetsCurrent": _CURRENT, "us-gaap:Assets": _NONCURRENT,
         "us-gaap:LiabilitiesCurrent": _CURRENT, "us-gaap:Liabilities": _NONCURRENT}  # fmt: skip
"""Totals in their order, with the term of what stands above each, up to the one before."""


def by_term(wanted: Sequence[Wanted], statement: Statement, catalog: Catalog) -> tuple[Wanted, ...]:
    """Return *wanted* with concepts of the term that their places on a balance sheet have; rules of a user's pack stay."""
    wanted = tuple(wanted)
    terms = _terms(wanted, statement) if statement.kind is Kind.BALANCE_SHEET else ()
    return tuple(_of_term(want, term, catalog) for want, term in zip(wanted, terms, strict=True)) if terms else wanted


def _terms(wanted: Sequence[Wanted], statement: Statement) -> Sequence[str]:
    """Return the term of each row, "" where none is told; nothing where totals leave it open."""
    first = [want.candidates[0].concept if want.candidates else "" for want in wanted]
    totals = [name for name in first if name in _ENDS]
    if totals == list(_ENDS):
        return list(_up_to_totals(first))
    said = (text.lower() for line in statement.lines for text in (line.label, *line.headings))
    unparted = "us-gaap:Assets" in totals and not any(_SAID in text for text in said)
    return [_ANY] * len(wanted) if unparted else ()


def _up_to_totals(concepts: Sequence[str]) -> Iterator[str]:
    ahead = [_ENDS[name] for name in concepts if name in _ENDS]
    for name in concepts:
        if name in _ENDS:
            ahead.pop(0)
        yield ahead[0] if ahead and name not in _ENDS else ""


def _of_term(want: Wanted, term: str, catalog: Catalog) -> Wanted:
    if not term or want.query.total or want.query.label.lower().startswith("total"):
        return want
    return replace(want, candidates=tuple(one for had in want.candidates for one in _renamed(had, term, catalog)))


def _renamed(candidate: Candidate, term: str, catalog: Catalog) -> Iterator[Candidate]:
    """Yield *candidate* by the name that has *term*, and behind it by its own name if that has none."""
    name = candidate.concept if candidate.rule.layer else _named(candidate.concept, term, catalog)
    if name == candidate.concept:
        yield candidate
        return
    why = f"{candidate.why}; by its place on the balance sheet {candidate.concept} is {name}"
    yield replace(candidate, concept=name, why=why)
    if _TERM.search(candidate.concept) is None:
        yield replace(candidate, rank=(candidate.rank[0] - 1, *candidate.rank[1:]))


@lru_cache(maxsize=2048)
def _named(concept: str, term: str, catalog: Catalog) -> str:
    """Return what the balances of *concept* are called that have *term*, if there is a name for them.

    >>> from tagger.catalog import load_catalog
    >>> [_named(f"us-gaap:{name}", "CurrentAndNoncurrent", load_catalog(2024)) for name in ("OtherAssetsNoncurrent", "DebtCurrent")]
    ['us-gaap:OtherAssets', 'us-gaap:DebtCurrent']
    >>> [_named(f"us-gaap:{name}", "Current", load_catalog(2024)) for name in ("RestrictedCash", "InventoryNet")]
    ['us-gaap:RestrictedCashCurrent', 'us-gaap:InventoryNet']
    """
    stem = _TERM.sub("", concept)
    if stem.partition(":")[2] in word_set("tagging", "anchors") or (term == _ANY and stem == concept):
        return concept
    there = (f"{stem}{term}", stem) if term == _ANY else (f"{stem}{term}",)
    return next((name for name in there if catalog.get(name) is not None), concept)
