"""A printed percentage proves the two figures it is the quotient of, where it says more than chance would."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

import tagger
from statement_cases import OPERATIONS, RELEASE, row
from tagger.facts import ProofKind

CHANGES = """CONSOLIDATED STATEMENTS OF OPERATIONS
(In thousands)

                                           Three Months Ended June 30,
                                           2007          2006     % Change
"""
SHARES = """CONSOLIDATED STATEMENTS OF OPERATIONS
(In thousands)

                                           Three Months Ended June 30,
                                           2007   % of sales      2006   % of sales
"""
COMPARED = (
    ("Net sales", "$ 41,020", "$ 35,400", "15.9 %"),
    ("Cost of sales", "24,180", "20,270", "19.3 %"),
    ("Research and development", "3,317", "3,519", "(5.7)%"),
    ("Interest expense", "2,911", "2,603", "11.8 %"),
)
SHARED = (
    ("Net sales", "$ 41,020", "100.0 %", "$ 35,400", "100.0 %"),
    ("Cost of sales", "24,180", "58.9 %", "20,270", "57.3 %"),
    ("Research and development", "3,317", "8.1 %", "3,519", "9.9 %"),
    ("Interest expense", "2,911", "7.1 %", "2,603", "7.4 %"),
)
MARGINS = (
    ("Net sales", "$ 41,020", "$ 35,400"),
    ("Gross profit", "16,941", "15,130"),
    ("Income before income taxes", "6,250", "5,480"),
    ("Provision for income taxes", "2,011", "1,790"),
)


def _equations(head: str, rows: Sequence[Sequence[str]]) -> dict[tuple[str, int | None], list[str]]:
    """Return the equations of percentages for each fact, by label and column."""
    report = tagger.tag(RELEASE + head + "".join(row(*cells) for cells in rows))
    return {
        (fact.label, fact.column): found
        for fact in report.facts
        if (found := [proof.equation for proof in fact.proof if proof.kind is ProofKind.PERCENTAGE])
    }


def _edited(rows: Sequence[Sequence[str]], place: int, column: int, text: str) -> list[list[str]]:
    copied = [list(cells) for cells in rows]
    copied[place][column] = text
    return copied


def test_a_column_of_changes_proves_both_figures_of_each_row() -> None:
    found = _equations(CHANGES, COMPARED)
    assert {label for label, _ in found} == {cells[0] for cells in COMPARED}
    assert found["Net sales", 1] == found["Net sales", 2] == ["41,020 / 35,400 - 1 = +15.88%, printed 15.9%"]
    assert found["Research and development", 2] == ["3,317 / 3,519 - 1 = -5.74%, printed -5.7%"]


def test_a_row_without_a_percentage_takes_no_part() -> None:
    others = _equations(CHANGES, [*COMPARED, ("Other income", "150", "140", "")])
    assert others == _equations(CHANGES, COMPARED)


def test_the_proof_names_the_other_fact() -> None:
    report = tagger.tag(RELEASE + CHANGES + "".join(row(*cells) for cells in COMPARED))
    facts = {fact.id: fact for fact in report.facts}
    for fact in report.facts:
        (proof,) = (proof for proof in fact.proof if proof.kind is ProofKind.PERCENTAGE)
        (other,) = (facts[name] for name in proof.facts)
        assert (other.label, other.column) == (fact.label, 3 - (fact.column or 0))


def test_one_row_that_disagrees_is_left_alone_and_nothing_is_reported() -> None:
    rows = _edited(COMPARED, 1, 3, "29.3 %")
    assert {label for label, _ in _equations(CHANGES, rows)} == {
        "Net sales",
        "Research and development",
        "Interest expense",
    }
    plain, edited = (tagger.tag(RELEASE + CHANGES + "".join(row(*c) for c in cells)) for cells in (COMPARED, rows))
    assert [finding.code for finding in edited.findings] == [finding.code for finding in plain.findings]


@pytest.mark.parametrize(
    ("head", "rows"),
    [
        pytest.param(CHANGES, COMPARED[:2], id="two rows may be chance"),
        pytest.param(
            CHANGES, _edited(_edited(COMPARED, 1, 3, "29.3 %"), 2, 3, "5.7 %"), id="half of the rows disagree"
        ),
        pytest.param(
            CHANGES,
            [(label, f"$ {i + 4}", f"$ {i + 3}", change) for i, (label, _, _, change) in enumerate(COMPARED)],
            id="small figures agree with anything",
        ),
        pytest.param(SHARES, [(label, *cells[:1], "58.9 %", *cells[2:3], "58.9 %") for label, *cells in SHARED], id="no row is the whole"),
        pytest.param(
            SHARES,
            [SHARED[0], *([label, new, "0.4 %", old, "0.4 %"] for label, new, _, old, _ in (("Interest expense", "164", "", "142", ""), ("Other income", "163", "", "141", ""), ("Amortization", "165", "", "140", "")))],
            id="too small a percentage tells nothing",
        ),
    ],
)  # fmt: skip
def test_what_chance_explains_proves_nothing(head: str, rows: Sequence[Sequence[str]]) -> None:
    assert _equations(head, rows) == {}


def test_shares_of_the_row_that_is_the_whole_prove_it_and_the_others() -> None:
    found = _equations(SHARES, SHARED)
    assert found["Cost of sales", 1] == ["24,180 / 41,020 = 58.95%, printed 58.9%"]
    assert found["Cost of sales", 3] == ["20,270 / 35,400 = 57.26%, printed 57.3%"]
    assert found["Net sales", 3] == [
        f"{cells[3]} / 35,400 = {share}%, printed {cells[4].removesuffix(' %')}%"
        for cells, share in zip(SHARED[1:], ("57.26", "9.94", "7.35"), strict=True)
    ]


@pytest.mark.parametrize(
    ("label", "new", "old", "proven"),
    [
        ("Gross margin", "41.3 %", "42.7 %", "Gross profit"),
        ("Gross profit as a percentage of net sales", "41.3 %", "42.7 %", "Gross profit"),
        ("Gross profit (as a % of sales)", "41 %", "43 %", "Gross profit"),
        ("Effective tax rate", "32.2 %", "32.7 %", "Provision for income taxes"),
        ("Gross margin", "41.3 %", "43.7 %", None),  # one period disagrees
        ("Gross margin", "41 %", "", None),  # one whole percent may be chance
        ("Gross margin", "41.3 %", "", "Gross profit"),
        ("Customer retention", "41.3 %", "42.7 %", None),
        ("Effective tax rate", "41.3 %", "42.7 %", None),
        ("Adjusted gross margin", "41.3 %", "42.7 %", None),
    ],
)
def test_a_row_that_is_labelled_as_a_margin_proves_its_two_figures(
    label: str, new: str, old: str, proven: str | None
) -> None:
    found = {name for name, _ in _equations(OPERATIONS, [*MARGINS, (label, new, old)])}
    whole = "Income before income taxes" if proven and "taxes" in proven else "Net sales"
    assert found == ({proven, whole} if proven else set())


def test_the_words_percent_of_sales_speak_of_the_row_above() -> None:
    found = _equations(OPERATIONS, [*MARGINS[:2], ("% of sales", "41.3 %", "42.7 %")])
    assert found["Gross profit", 1] == ["16,941 / 41,020 = 41.299%, printed 41.3%"]


def test_a_loss_is_compared_by_its_amount() -> None:
    rows = [*COMPARED, ("Net loss", "$ (6,250)", "$ (5,480)", "14.1 %")]
    assert _equations(CHANGES, rows)["Net loss", 1] == ["(-6,250 - -5,480) / 5,480 = -14.05%, printed 14.1%"]
