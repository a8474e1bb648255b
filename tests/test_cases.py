"""Small documents, each with what must and what must never be found in it: `cases/NAME.key.json` beside the document."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

import tagger
from tagger.facts import Fact

CASES = Path(__file__).with_name("cases")
OPEN = frozenset((CASES / "open.txt").read_text().split())
"""Cases that do not hold yet; each leaves this list with the change that mends it."""

AS_GOOD = (
    frozenset({"Revenues", "RevenueFromContractWithCustomerExcludingAssessedTax", "SalesRevenueNet"}),
    frozenset({"CostOfRevenue", "CostOfGoodsAndServicesSold"}),
    frozenset({"TreasuryStockShares", "TreasuryStockCommonShares"}),
    frozenset({"CostOfRevenue", "CostOfGoodsAndServicesSold", "CostOfGoodsSold"}),
    frozenset({"CashAndCashEquivalentsAtCarryingValue", "Cash", "CashCashEquivalentsRestrictedCashAndRestrictedCashEquivalents"}),
)  # fmt: skip
"""Concepts among which the words of a row do not decide."""


def _documents() -> list[Any]:
    return [
        pytest.param(path, id=path.stem, marks=[pytest.mark.xfail(strict=False)] if path.stem in OPEN else [])
        for path in sorted(CASES.iterdir())
        if path.suffix in {".htm", ".txt", ".md"} and path.name != "open.txt"
    ]


@pytest.mark.parametrize("path", _documents())
def test_what_must_be_found_is_and_what_must_never_be_is_not(path: Path) -> None:
    key = json.loads((CASES / f"{path.stem}.key.json").read_text())
    report = tagger.tag(path, scale=key.get("scale"))
    missing = [
        wanted for wanted in key.get("must", []) if not any(_is(fact, wanted, whole=True) for fact in report.facts)
    ]
    false = [
        (banned, fact) for banned in key.get("never", []) for fact in report.facts if _is(fact, banned, whole=False)
    ]
    assert (missing, false) == ([], [])
    codes = {finding.code.value for finding in report.findings}
    assert not key.get("findings") or codes & set(key["findings"])


def _is(fact: Fact, key: dict[str, Any], *, whole: bool) -> bool:
    """Whether *fact* has all that *key* names; a *whole* fact has no members but those of *key*."""
    members = {(axis.partition(":")[2], member.partition(":")[2]) for axis, member in key.get("members", {}).items()}
    found = {(member.axis.partition(":")[2], member.member.partition(":")[2]) for member in fact.members}
    return (
        ("value" not in key or fact.value == Decimal(key["value"]))
        and ("unit" not in key or str(fact.unit) == key["unit"])
        and ("period" not in key or str(fact.period) == key["period"])
        and ("concept" not in key or _names(fact.concept, [key["concept"], *key.get("also", [])], loosely=whole))
        and (found == members if whole or "members" in key else True)
    )


def _names(concept: str, wanted: list[str], *, loosely: bool) -> bool:
    if concept in wanted or not loosely:
        return concept in wanted
    local = concept.removeprefix("us-gaap:")
    return any(local in group and name.removeprefix("us-gaap:") in group for group in AS_GOOD for name in wanted)
