"""What stands around a row: headings that stay open, titles of small tables, labels as long as a paragraph."""

from __future__ import annotations

import tagger
from statement_cases import BALANCE_SHEET, OPERATIONS, RELEASE, table
from tagger.facts import Fact

CASH_FLOWS = """CONSOLIDATED STATEMENTS OF CASH FLOWS
(In thousands)

                                           Six Months Ended
                                                June 30,
                                           2007          2006
"""


def _concepts(report: tagger.Report) -> dict[str, str]:
    return {fact.label: _called(fact) for fact in report.facts}


def _called(fact: Fact) -> str:
    members = "".join(f"/{member.member.partition(':')[2]}" for member in fact.members)
    return fact.concept.partition(":")[2] + members


def test_a_total_of_a_part_leaves_its_heading_open_for_the_rest() -> None:
    rows = (
        ("Revenues:",),
        ("Boat sales", "60", "50"),
        ("Boat leasing", "40", "30"),
        ("Total boat revenues", "100", "80"),
        ("Harbour repairs", "20", "10"),
        ("Total revenues", "120", "90"),
        ("Operating expenses", "20", "10"),
        ("Net income", "100", "80"),
    )
    found = _concepts(tagger.tag(table(OPERATIONS, *rows)))
    assert found["Harbour repairs"].endswith("/HarbourRepairsMember")
    assert found["Total boat revenues"].endswith("/BoatRevenuesMember")
    assert "/" not in found["Total revenues"]


def test_property_less_what_is_written_off_is_property_net() -> None:
    rows = (
        ("Cash", "100", "90"),
        ("Property and equipment", "800", "700"),
        ("Less accumulated depreciation", "(300)", "(200)"),
        ("", "500", "500"),
        ("Total assets", "600", "590"),
    )
    report = tagger.tag(table(BALANCE_SHEET, *rows))
    net = [fact.value for fact in report.facts if fact.concept == "us-gaap:PropertyPlantAndEquipmentNet"]
    assert net == [500000, 500000]


def test_shares_repurchased_in_cash_flows_are_what_was_paid_for_them() -> None:
    rows = (
        ("Net income", "900", "800"),
        ("Net cash provided by operating activities", "900", "800"),
        ("Cash flows from financing activities:",),
        ("Common shares repurchased", "(300)", "(200)"),
        ("Net cash used in financing activities", "(300)", "(200)"),
    )
    report = tagger.tag(table(CASH_FLOWS, *rows))
    paid = [f for f in report.facts if f.label == "Common shares repurchased"]
    assert {(f.concept, str(f.unit)) for f in paid} == {("us-gaap:PaymentsForRepurchaseOfCommonStock", "iso4217:USD")}


def test_the_title_of_a_small_table_says_what_its_rows_are() -> None:
    title = "The following table presents our other income (expense), net (in thousands):"
    head = (
        "<tr><td></td><td colspan='2'>Three Months Ended June 30,</td></tr><tr><td></td><td>2007</td><td>2006</td></tr>"
    )
    labels = ("Interest income", "Gain (loss) on equity securities, net", "Foreign currency exchange loss, net")
    rows = "".join(
        f"<tr><td>{label}</td><td>{place}4</td><td>{place}3</td></tr>" for place, label in enumerate(labels, 1)
    )
    page = f"<p>{RELEASE}</p><p>{title}</p><table>{head}{rows}</table>"
    found = _concepts(tagger.tag(f"<html><body>{page}</body></html>"))
    assert found["Gain (loss) on equity securities, net"] == "EquitySecuritiesFvNiGainLoss"


def test_a_label_as_long_as_a_paragraph_stays_with_its_figures() -> None:
    classes = "; ".join(f"Class {name}: 9,000,000 shares authorized, 5,000,100 shares issued" for name in "ABCDEF")
    label = f"Capital stock, $.01 par value per share, divided into the following classes: {classes}"
    assert len(label) > 300
    rows = f"<tr><td>Cash</td><td>900</td><td>800</td></tr><tr><td>{label}</td><td>70</td><td>60</td></tr><tr><td>Total assets</td><td>900</td><td>800</td></tr>"  # fmt: skip
    page = f"<p>{RELEASE}</p><p>CONSOLIDATED BALANCE SHEETS (In thousands)</p><table><tr><td></td><td>June 30, 2007</td><td>December 31, 2006</td></tr>{rows}</table>"  # fmt: skip
    report = tagger.tag(f"<html><body>{page}</body></html>")
    lines = [line.label for statement in report.layout.statements for line in statement.lines]
    assert label in lines
