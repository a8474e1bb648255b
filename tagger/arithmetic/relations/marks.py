"""Units and scales borne out by what is printed: marks of currency, words of shares, cents; and shared by a table."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from tagger.arithmetic.relation import SCALE, UNIT
from tagger.arithmetic.search.vectors import sort_of
from tagger.facts import Aspect, Fact, Proof, ProofKind
from tagger.lexicon import parse_scales
from tagger.statement import Statement
from tagger.values import PURE, SHARES, money

_CENTS = 2
_TOP = 8  # rows of a table that may hold its headings


def marks(facts: Sequence[Fact], statements: Sequence[Statement]) -> Iterator[tuple[str, Proof]]:
    """Yield proofs of units and scales that are printed beside the figures."""
    tables = {statement.number: _mark(statement) for statement in statements}
    wanted = {(f.table, f.row) for f in facts if f.unit.denominator is not None or f.unit == SHARES}
    sorts = {
        (s.number, line.index): sort_of(line, s.kind)
        for s in statements
        for line in s.lines
        if line.figures and (s.number, line.index) in wanted
    }
    shared: dict[tuple[object, ...], Proof] = {}
    for fact in facts:
        aspects, text = _read(fact, tables, sorts)
        if aspects:
            key = (aspects, text)
            if key not in shared:
                shared[key] = Proof(kind=ProofKind.MARK, equation=text, aspects=aspects)
            yield fact.id, shared[key]


def _read(
    fact: Fact, tables: Mapping[int, str], sorts: Mapping[tuple[int, int], str]
) -> tuple[tuple[Aspect, ...], str]:
    """Return what is printed for *fact* and in which words."""
    if fact.table is None:
        return tuple(a for a in fact.said if a in (SCALE, UNIT)), "said in the sentence"
    sort = sorts.get((fact.table, fact.row if fact.row is not None else -1), "")
    if fact.unit == SHARES:
        return ((UNIT,), "the row says shares") if sort == "shares" else ((), "")
    if fact.unit == PURE:
        return (UNIT, SCALE), "printed with %"
    marked = tables.get(fact.table, "") == str(fact.unit).partition("/")[0] or UNIT in fact.said
    if fact.unit.denominator is None:
        return ((UNIT,), "the mark of the currency in its table") if marked else ((), "")
    cents = (fact.decimals or 0) >= _CENTS
    if sort != "per-share":
        return ((SCALE,), "an amount with cents") if cents else ((), "")
    aspects = (*((SCALE,) if cents else ()), *((UNIT,) if marked else ()))
    return aspects, "an amount per share, with cents" if cents else "an amount per share"


def _mark(statement: Statement) -> str:
    """Return the unit that the marks among the figures of *statement*, or its caption, name; "" if none or several."""
    named = {f.numeral.currency for line in statement.lines for f in line.figures if f.numeral.currency}
    if not named:
        scales = parse_scales(statement.scale_said) if statement.scale_said else None
        named = {scales.currency} if scales is not None and scales.currency else set()
    return str(money(named.pop())) if len(named) == 1 else ""


def own_scale(statement: Statement) -> str:
    """Return the words that give *statement* its scale if they stand at its own table; "" if it has them from elsewhere."""
    words = statement.scale_said
    if not words:
        return ""
    beside = any(line.string == words for line in statement.table.caption)
    cells = (cell.text.string for row in statement.table.rows[:_TOP] for cell in row.cells)
    return words if beside or statement.title == words or any(words == text for text in cells) else ""


def spread_scales(facts: Sequence[Fact], known: Mapping[str, Mapping[str, Proof]]) -> Iterator[tuple[str, Proof]]:
    """Yield for the facts of a table the proof of its scale that one of them has: they share the words that give it."""
    witnesses: dict[tuple[object, ...], tuple[str, str]] = {}
    for fact in facts:
        if fact.table is not None and fact.id in known:
            proof = next((p for p in known[fact.id].values() if SCALE in p.aspects), None)
            if proof is not None and proof.kind is not ProofKind.MARK:
                witnesses.setdefault(_group(fact), (fact.id, proof.equation))
    shared: dict[tuple[object, ...], Proof] = {}
    for fact in facts:
        key = _group(fact)
        if fact.table is not None and key in witnesses and fact.id != witnesses[key][0]:
            if key not in shared:
                name, text = witnesses[key]
                shared[key] = Proof(
                    kind=ProofKind.MARK, equation=f"the scale of {name}: {text}", facts=(name,), aspects=(SCALE,)
                )
            yield fact.id, shared[key]


def _group(fact: Fact) -> tuple[object, ...]:
    return fact.table, fact.unit, fact.printed.scale
