"""Amounts in running text: levels bound to subject and period, and everything that is none."""

from __future__ import annotations

import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import tagger
from tagger.data import load_json
from tagger.document import Document, Paragraph, fold
from tagger.findings import Code
from tagger.lexicon.shapes import listed as shape_words
from tagger.matching.phrases import SubjectHit
from tagger.prose import Mention, Refusal, Role, names_of, read_document, roles, statements
from tagger.prose import reading as prose_reading
from tagger.prose.roles import _joins
from tagger.prose.sentence import find_sentences
from tagger.prose.words import _filled, words
from tagger.ruleset.rule import Location, Rule
from tagger.ruleset.signs import fold_signs
from tagger.ruleset.words import scan
from tagger.values import Span

_PHRASES = {
    "Revenues": "revenue|revenues|net revenues|total revenues",
    "ToolingCosts": "tooling costs",
    "SellingExpense": "selling costs",
    "ResearchAndDevelopmentExpense": "research and development expenses",
    "GrossProfit": "gross loss|gross profit",
    "OperatingIncomeLoss": "operating profit|operating loss",
    "OperatingExpenses": "operating expenses",
    "NetIncomeLoss": "net income|net loss",
    "IncomeLossFromContinuingOperations": "net loss from continuing operations",
    "EarningsPerShareDiluted": "diluted eps|per diluted share|diluted common share",
    "EarningsPerShareBasic": "basic eps",
    "EarningsPerShareBasicAndDiluted": "eps",
    "CashPeriodIncreaseDecrease": "cash balances decreased|cash balances increased",
    "Cash": "cash and cash equivalents",
    "InterestIncomeExpenseNet": "net interest income",
    "InterestIncome": "interest income",
    "InterestExpense": "interest expense",
    "NoninterestIncome": "other income",
    "Provision": "provision for loan losses",
    "Deposits": "total deposits",
    "Assets": "total assets",
    "CommonStockSharesOutstanding": "common shares outstanding",
    "CommonStockDividendsPerShareDeclared": "quarterly cash dividend",
}
_RULES = {
    phrase: Rule(
        id=concept.lower(),
        concept=f"us-gaap:{concept}",
        location=Location("test.yaml", 1, 1),
        own_unit="per-share" if "PerShare" in concept else "shares" if "Shares" in concept else "money",
    )
    for concept, phrases in _PHRASES.items()
    for phrase in phrases.split("|")
}
_PATTERN = re.compile(rf"\b(?:{'|'.join(sorted(_RULES, key=len, reverse=True))})\b", re.IGNORECASE)


def _hits(string: str) -> tuple[SubjectHit, ...]:
    """Return the subjects of the few rules above, as the rules' own automaton would."""
    return tuple(
        SubjectHit(
            rule=_RULES[found[0].lower()],
            start=found.start(),
            end=found.end(),
            phrase=found[0].lower(),
            signs=fold_signs(scan(found[0])),
        )
        for found in _PATTERN.finditer(string)
    )


def _written(string: str, found: Mention) -> str:
    """Return a mention in one line: "-$0.5 million NetIncomeLoss in prior quarter, compared"."""
    place = found.anchor
    if found.period is not None and found.anchor == "sentence":
        place = string[found.period.start : found.period.end]
    sign = "-" if found.negative else ""
    sort = f" ({found.per_share})" if found.per_share else ""
    compared = ", compared" if found.comparison else ""
    return f"{sign}{string[found.numeral.start : found.numeral.end]} {found.concept[8:]} in {place}{sort}{compared}"


def _said(string: str, **options: object) -> list[str]:
    found = statements(string, _hits(string), **options)  # type: ignore[arg-type]
    return [_written(string, one) for one in found if isinstance(one, Mention)]


def _document(*texts: str, headings: tuple[str, ...] = ()) -> Document:
    """Return a document of one paragraph a text; those among *headings* are titles."""
    whole = "\n\n".join(texts)
    paragraphs = []
    for text in texts:
        start = whole.index(text)
        span = Span(start, start + len(text))
        paragraphs.append(Paragraph(text=fold(whole, [span]), span=span, heading=text in headings))
    return Document(kind="text", text=whole, blocks=tuple(paragraphs))


@pytest.fixture
def few_rules(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the document reader find the subjects of the few rules above."""
    monkeypatch.setattr(prose_reading, "find_subjects", lambda rules, string: _hits(string))


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "Tooling costs were $3.4 million for the fiscal 2011 third quarter, an improvement of $0.2 million, or 6%, from the prior year comparable quarter and $0.4 million, or 11% from the prior quarter.",
            ["$3.4 million ToolingCosts in fiscal 2011 third quarter"],
        ),
        (
            "The reported gross loss for the third quarter was $1.8 million, or 41% of revenue compared to $0.9 million, or 22% of revenue from the prior year comparable quarter and $1.3 million, or 30% of revenue from the prior quarter.",
            [
                "-$1.8 million GrossProfit in third quarter",
                "-$0.9 million GrossProfit in prior year comparable quarter, compared",
                "-$1.3 million GrossProfit in prior quarter, compared",
            ],
        ),
        (
            "Selling costs were $7.2 million for the fiscal 2011 third quarter, an improvement of $0.5 million, or 6%, from the prior year comparable quarter, of $7.7 million.",
            [
                "$7.2 million SellingExpense in fiscal 2011 third quarter",
                "$7.7 million SellingExpense in prior year comparable quarter, compared",
            ],
        ),
        (
            "Harbor's net loss was $8.1 million for the fiscal 2011 third quarter, or $0.21 per diluted common share, an increase of $0.6 million from the $7.5 million loss, or $0.19 per diluted common share, reported for the second quarter of fiscal 2011.",
            [
                "-$8.1 million NetIncomeLoss in fiscal 2011 third quarter",
                "-$0.21 EarningsPerShareDiluted in fiscal 2011 third quarter (diluted)",
                "-$7.5 million NetIncomeLoss in second quarter of fiscal 2011, compared",
                "-$0.19 EarningsPerShareDiluted in second quarter of fiscal 2011 (diluted), compared",
            ],
        ),
        (
            "Cash balances decreased by $5.2 million during the third quarter of fiscal 2011.",
            ["-$5.2 million CashPeriodIncreaseDecrease in third quarter of fiscal 2011"],
        ),
        (
            "As of June 30, 2011, cash and cash equivalents were $21.7 million.",
            ["$21.7 million Cash in June 30, 2011"],
        ),
        (
            "Harbor's revenue for the fiscal 2011 third quarter was $4.4 million, representing a decrease of approximately 12% from the prior year comparable quarter and a decrease of 20% from the prior quarter.",
            ["$4.4 million Revenues in fiscal 2011 third quarter"],
        ),
        (
            "In the quarter ended March 31, 2012, net income grew 18% to $5.1 million, or $0.33 per diluted share compared to $4.3 million, or $0.28 per diluted share in the same quarter a year ago.",
            [
                "$5.1 million NetIncomeLoss in quarter ended March 31, 2012",
                "$0.33 EarningsPerShareDiluted in quarter ended March 31, 2012 (diluted)",
                "$4.3 million NetIncomeLoss in same quarter a year ago, compared",
                "$0.28 EarningsPerShareDiluted in same quarter a year ago (diluted), compared",
            ],
        ),
        (
            "For the nine-month period, net income grew 9% to $14.2 million, or $0.92 per diluted share, compared to $13.0 million, or $0.85 per diluted share in the first three quarters of fiscal 2011.",
            [
                "$14.2 million NetIncomeLoss in nine-month",
                "$0.92 EarningsPerShareDiluted in nine-month (diluted)",
                "$13.0 million NetIncomeLoss in first three quarters of fiscal 2011, compared",
                "$0.85 EarningsPerShareDiluted in first three quarters of fiscal 2011 (diluted), compared",
            ],
        ),
        (
            "Net interest income was up 14% to $12.9 million in the quarter, compared to $11.3 million in the third quarter of fiscal 2011.",
            [
                "$12.9 million InterestIncomeExpenseNet in quarter",
                "$11.3 million InterestIncomeExpenseNet in third quarter of fiscal 2011, compared",
            ],
        ),
        (
            "Other income increased 7% in the third quarter to $2.1 million, from $2.0 million last year.",
            [
                "$2.1 million NoninterestIncome in third quarter",
                "$2.0 million NoninterestIncome in last year, compared",
            ],
        ),
        (
            "Net income for the fourth quarter ended September 30, 2009, rose 41% to a record $4,120,000 or $0.37 per diluted share, from $2,922,000 or $0.26 per diluted share, in the same quarter last year.",
            [
                "$4,120,000 NetIncomeLoss in fourth quarter ended September 30, 2009",
                "$0.37 EarningsPerShareDiluted in fourth quarter ended September 30, 2009 (diluted)",
                "$2,922,000 NetIncomeLoss in same quarter last year, compared",
                "$0.26 EarningsPerShareDiluted in same quarter last year (diluted), compared",
            ],
        ),
        (
            "Revenues for the year ended September 30, 2009, were $61,300,000, an increase of 12% compared to revenues of $54,732,000 for the year ended September 30, 2008.",
            [
                "$61,300,000 Revenues in year ended September 30, 2009",
                "$54,732,000 Revenues in year ended September 30, 2008, compared",
            ],
        ),
        (
            "Net revenues for the first quarter were $14,210,000, down 2.1% from $14,515,000 in the previous quarter and up 3.0% from $13,796,000 in the comparable period last year.",
            [
                "$14,210,000 Revenues in first quarter",
                "$14,515,000 Revenues in previous quarter, compared",
                "$13,796,000 Revenues in comparable period last year, compared",
            ],
        ),
        (
            "Net loss for the quarter was $410,000, or ($0.02) per share, compared to a net loss of $250,000, or ($0.01) per share, in the previous quarter and versus a net loss of $733,000, or ($0.03) per share, in the comparable period a year ago.",
            [
                "-$410,000 NetIncomeLoss in quarter",
                "-($0.02) EarningsPerShareBasicAndDiluted in quarter (any)",
                "-$250,000 NetIncomeLoss in previous quarter, compared",
                "-($0.01) EarningsPerShareBasicAndDiluted in previous quarter (any), compared",
                "-$733,000 NetIncomeLoss in comparable period a year ago, compared",
                "-($0.03) EarningsPerShareBasicAndDiluted in comparable period a year ago (any), compared",
            ],
        ),
        (
            "The Company reported net income of $512,000, or $.16 per share (inclusive of $120,000, or $.04 per share, due to a reduced tax expense), compared to net income of $1,204,000, or $.37 per share, in the same quarter last year.",
            [
                "$512,000 NetIncomeLoss in document",
                "$.16 EarningsPerShareBasicAndDiluted in document (any)",
                "$1,204,000 NetIncomeLoss in same quarter last year, compared",
                "$.37 EarningsPerShareBasicAndDiluted in same quarter last year (any), compared",
            ],
        ),
        (
            "Total revenues for the quarter were $31,202,000, down $1,118,000 from the same quarter last year.",
            ["$31,202,000 Revenues in quarter"],
        ),
        (
            "As a result, operating profit this quarter was down $902,000 to $611,000 (negatively impacted by a one-time $75,000 accrual) compared to $1,513,000 in the same quarter last year.",
            [
                "$611,000 OperatingIncomeLoss in this quarter",
                "$1,513,000 OperatingIncomeLoss in same quarter last year, compared",
            ],
        ),
        (
            "Harbor Tool recorded net income of $6.3 million and diluted EPS of $0.41 for the quarter ended June 30, 2021 compared to net income of $5.8 million and diluted EPS of $0.38 for the quarter ended March 31, 2021.",
            [
                "$6.3 million NetIncomeLoss in quarter ended June 30, 2021",
                "$0.41 EarningsPerShareDiluted in quarter ended June 30, 2021",
                "$5.8 million NetIncomeLoss in quarter ended March 31, 2021, compared",
                "$0.38 EarningsPerShareDiluted in quarter ended March 31, 2021, compared",
            ],
        ),
        (
            "Revenue of $41.0 billion, up 10 percent; diluted EPS of $1.21.",
            ["$41.0 billion Revenues in document", "$1.21 EarningsPerShareDiluted in document"],
        ),
        (
            "Total assets grew 8% to $1.3 billion, from $1.2 billion at the end of the third quarter of 2011.",
            ["$1.3 billion Assets in document", "$1.2 billion Assets in third quarter of 2011, compared"],
        ),
        (
            "Total deposits increased $212 million to $5.1 billion at June 30, 2021 from $4.9 billion at December 31, 2020.",
            ["$5.1 billion Deposits in June 30, 2021", "$4.9 billion Deposits in December 31, 2020, compared"],
        ),
        (
            "Net interest income increased $1.7 million, or 4%, on a linked quarter basis to $44.1 million for the second quarter of 2021 compared to $42.4 million for the first quarter of 2021.",
            [
                "$44.1 million InterestIncomeExpenseNet in second quarter of 2021",
                "$42.4 million InterestIncomeExpenseNet in first quarter of 2021, compared",
            ],
        ),
        (
            "Fourth Quarter Revenue Up 31% to $52 Million and Full-Year Revenue Up 23% to $171 Million",
            ["$52 Million Revenues in Fourth Quarter", "$171 Million Revenues in Full-Year"],
        ),
        (
            "The provision for loan losses was $700,000 in the third quarter of fiscal 2012, $640,000 in the immediate prior quarter, and $310,000 in the third quarter of fiscal 2011.",
            [
                "$700,000 Provision in third quarter of fiscal 2012",
                "$640,000 Provision in immediate prior quarter",
                "$310,000 Provision in third quarter of fiscal 2011",
            ],
        ),
        (
            "Revenue and net income were $8.0 million and $1.1 million, respectively, for the first quarter of 2014.",
            ["$8.0 million Revenues in first quarter of 2014", "$1.1 million NetIncomeLoss in first quarter of 2014"],
        ),
        (
            "Revenue was $8.0 million and $6.5 million for 2014 and 2013, respectively.",
            ["$8.0 million Revenues in 2014", "$6.5 million Revenues in 2013"],
        ),
        (
            "Basic EPS and diluted EPS were $0.12 and $0.11, respectively, for the first quarter of 2014.",
            [
                "$0.12 EarningsPerShareBasic in first quarter of 2014",
                "$0.11 EarningsPerShareDiluted in first quarter of 2014",
            ],
        ),
        (
            "Revenue for the three months ended March 31, 2015 and 2014 was $4.9 million and $3.5 million, respectively.",
            ["$4.9 million Revenues in three months ended March 31, 2015", "$3.5 million Revenues in 2014"],
        ),
        (
            "The Company ended the quarter with $9.8 million in cash and cash equivalents.",
            ["$9.8 million Cash in quarter"],
        ),
        (
            "The company had a $3.0 million net loss in the first quarter.",
            ["-$3.0 million NetIncomeLoss in first quarter"],
        ),
        (
            "Net income was $1.0 million in the third quarter, compared to a loss of $0.5 million in the prior year quarter.",
            [
                "$1.0 million NetIncomeLoss in third quarter",
                "-$0.5 million NetIncomeLoss in prior year quarter, compared",
            ],
        ),
        (
            "Net income for the first quarter of 2015 was $0.7 million, against a net loss of ($0.3 million) during the same period in 2014.",
            [
                "$0.7 million NetIncomeLoss in first quarter of 2015",
                "-$0.3 million NetIncomeLoss in same period in 2014, compared",
            ],
        ),
        (
            "On a GAAP basis the Company reported operating expenses of $1,204,300, a net loss of $388,100 and a loss of $0.02 per share.",
            [
                "$1,204,300 OperatingExpenses in document",
                "-$388,100 NetIncomeLoss in document",
                "-$0.02 EarningsPerShareBasicAndDiluted in document (any)",
            ],
        ),
        (
            "Net income in the fourth quarter of 2012 was $91.2 million, or 31 cents a share, compared with $88.0 million, or 30 cents a share, in the fourth quarter of 2011.",
            [
                "$91.2 million NetIncomeLoss in fourth quarter of 2012",
                "31 cents EarningsPerShareBasicAndDiluted in fourth quarter of 2012 (any)",
                "$88.0 million NetIncomeLoss in fourth quarter of 2011, compared",
                "30 cents EarningsPerShareBasicAndDiluted in fourth quarter of 2011 (any), compared",
            ],
        ),
        (
            "Net revenues (other income plus interest) were $12.2 million for the three months ended June 30, 2012.",
            ["$12.2 million Revenues in three months ended June 30, 2012"],
        ),
        (
            "GAAP net income for the quarter was $141,000, or $0.01 per share (diluted), compared to a GAAP net loss of $280,000, or ($0.01) per share, in the preceding quarter.",
            [
                "$141,000 NetIncomeLoss in quarter",
                "$0.01 EarningsPerShareDiluted in quarter (diluted)",
                "-$280,000 NetIncomeLoss in preceding quarter, compared",
                "-($0.01) EarningsPerShareDiluted in preceding quarter (any), compared",
            ],
        ),
        (
            "First quarter GAAP diluted EPS was $0.22, and non-GAAP diluted EPS was $1.31.",
            ["$0.22 EarningsPerShareDiluted in First quarter"],
        ),
        (
            "In the quarter ended March 31, 2012, net income was $6.7 million, compared to $5.9 million in the same quarter a year ago, with diluted EPS growing to $0.53 from $0.47 in the fourth quarter of fiscal 2011.",
            [
                "$6.7 million NetIncomeLoss in quarter ended March 31, 2012",
                "$5.9 million NetIncomeLoss in same quarter a year ago, compared",
                "$0.53 EarningsPerShareDiluted in quarter ended March 31, 2012",
                "$0.47 EarningsPerShareDiluted in fourth quarter of fiscal 2011, compared",
            ],
        ),
        (
            "Net revenues in the second quarter were $20.8 million, flat from the $20.8 million reported in the first quarter and up 7 percent from the $19.4 million reported in the comparable period last year.",
            [
                "$20.8 million Revenues in second quarter",
                "$20.8 million Revenues in first quarter, compared",
                "$19.4 million Revenues in comparable period last year, compared",
            ],
        ),
        (
            "Other income was unchanged from a year ago at $1.4 million in the quarter.",
            ["$1.4 million NoninterestIncome in quarter"],
        ),
        (
            "Research and development expenses for each of the quarters ended June 30, 2012, and June 30, 2011, were $0.2 million.",
            ["$0.2 million ResearchAndDevelopmentExpense in quarters ended June 30, 2012"],
        ),
        (
            "Net income was $4.0 million in the quarter, compared to $3.2 million.",
            ["$4.0 million NetIncomeLoss in quarter"],
        ),
        (
            "Corporate expense was $82,000 lower than last year, and net income was $1.2 million in the quarter.",
            ["$1.2 million NetIncomeLoss in quarter"],
        ),
        (
            "Net loss from continuing operations in the quarter was $1.6 million, or $0.08 per share, compared to net income of $2.5 million, or $0.12 per share, in the prior year.",
            [
                "-$1.6 million IncomeLossFromContinuingOperations in quarter",
                "-$0.08 IncomeLossFromContinuingOperationsPerBasicAndDilutedShare in quarter (any)",
                "$2.5 million NetIncomeLoss in prior year, compared",
                "$0.12 EarningsPerShareBasicAndDiluted in prior year (any), compared",
            ],
        ),
        (
            "In both the third quarter and nine-month periods, the provision for loan losses rose sharply from a year ago, to $730,000 and $1.9 million, respectively, as lending grew.",
            ["$730,000 Provision in third quarter", "$1.9 million Provision in nine-month"],
        ),
        (
            "EPS was $0.45 per diluted share for the quarter, compared to $0.41 per diluted share a year ago.",
            ["$0.45 EarningsPerShareDiluted in quarter", "$0.41 EarningsPerShareDiluted in a year ago, compared"],
        ),
        (
            "Third quarter EPS was $0.45.",
            ["$0.45 EarningsPerShareBasicAndDiluted in Third quarter (any)"],
        ),
        (
            "Core net revenues were $5.0 million, while net income was $1.0 million in the quarter.",
            ["$1.0 million NetIncomeLoss in quarter"],
        ),
        (
            "The company generated $7.0 million of operating profit in the quarter.",
            ["$7.0 million OperatingIncomeLoss in quarter"],
        ),
        (
            "Posts record $47.3 million Q3 revenue.",
            ["$47.3 million Revenues in Q3"],
        ),
        (
            "First Six Months Results for Fiscal Year 2012 The Company reported net income of $594,000, compared to $262,000 in the same period last year.",
            [
                "$594,000 NetIncomeLoss in First Six Months Results for Fiscal Year 2012",
                "$262,000 NetIncomeLoss in same period last year, compared",
            ],
        ),
        (
            "Common shares outstanding were 52.1 million at June 30, 2012.",
            ["52.1 million CommonStockSharesOutstanding in June 30, 2012"],
        ),
        (
            "The board declared a quarterly cash dividend of $0.11 per share.",
            ["$0.11 CommonStockDividendsPerShareDeclared in document"],
        ),
    ],
)
def test_a_sentence_states_its_levels_and_no_more(sentence: str, expected: list[str]) -> None:
    assert _said(sentence) == expected


@pytest.mark.parametrize(
    "sentence",
    [
        "The new schedule had a favorable effect on operating expenses of $31 million in the third quarter.",
        "Longer useful lives made for a favorable impact to operating expenses of $31 million and to cost of revenue of $12 million in the third quarter.",
        "Interest income rose by $2.4 million over the third quarter a year ago, and interest expense grew by $1.1 million.",
        "Net income included a charge of $1.4 million, or $0.05 per share.",
        "Adjusted net income was $5.0 million.",
        "Non-GAAP diluted EPS of $1.31.",
        "On a pro forma basis, net revenues in the fourth quarter were $8,214,000, up from $8,107,000 in the previous quarter.",
        "Excluding the impact of these items, fourth quarter net income was $180.4 million, or 24 cents a share.",
        "Revenue, excluding acquisitions, was $5.0 million in the quarter.",
        "Revenues (excluding fuel surcharges) reached $14,480,000, down $1,205,000.",
        "Revenue in constant currency was $5.0 million in the quarter.",
        "Revenue was $5.0 million excluding the effect of the divestiture.",
        "Data Center revenue was $5.0 billion in the quarter.",
        "Revenue from cloud services was $5.0 million in the second quarter.",
        "International operating profit was $14 million, or 3.1% of revenue, compared to $22 million, or 4.6% of revenue, a year ago.",
        "Revenue sold to European customers reached $5.0 million in the quarter.",
        "Revenue growth of $5.0 million was driven by new stores.",
        "Higher revenue of $5.0 million in our Asian division offset the decline.",
        "The increase was due to interest expense of $1.5 million and higher payroll.",
        "The decline came from an increase in amortization of $2.2 million, interest expense of $1.3 million, and payroll of $0.8 million.",
        "For the next quarter we expect revenue between $5.0 million and $6.0 million.",
        "Revenue of $43.8 billion to $44.5 billion.",
        "Revenue is expected to be $5.0 million in the third quarter.",
        "Net revenues should lie in the range of $7.5 million to $8.0 million.",
        "Revenue exceeded $5.0 million in the quarter.",
        "Revenue of more than $5.0 million was recorded in the quarter.",
        "Revenue was $30, up from $28 a year ago.",
        "The ratio was 1.56% of revenue in the quarter.",
        "Total deposits grew by $14.1 million in the latest quarter, $13.6 million in the September quarter and $19.2 million in the June quarter.",
        "We shipped 3,500 units, including 29 models, at revenue of 12 parts.",
        "Net income of $1.4 million from the sale of a building lifted the quarter.",
        "Airplanes third quarter revenue was $5.0 million.",
        "Basic and diluted EPS were $0.10 for the quarter.",
        "Marketing and operating expenses were $5.0 million in the quarter.",
        "Revenue was $0.1 million (2%) above our forecast.",
        "The purchase price was $5.0 million in cash and cash equivalents.",
        "Net income included integration costs of $1.0 million and interest expense of $2.0 million.",
        "Total deposits increased $7.8 million compared with March 31, 2012 and $9.9 million compared with June 30, 2011.",
        "The adjustment was an increase in the provision for loan losses of $1.7 million for that quarter.",
        "The effect of the restatement on net income was $1.7 million in the second quarter.",
        "We acquired Elm Hill, a bank holding company with total assets of $264.0 million.",
        "In January we purchased Elm Hill Bank, which had total assets of $264.0 million.",
        "Net gains on total deposits were $3.2 million in the quarter.",
        "Costs rose due to a change from net income of $26 million in 2019 to a net loss of $5 million in 2020.",
        "Net income was lower, primarily due to losses abroad and a swing from operating profit of $26 million in 2019.",
        "Loans of $9.0 million consisted of loans secured by trucks ($6.0 million) and cash and cash equivalents ($3.0 million).",
    ],
)
def test_what_is_no_level_of_the_subject_is_left_alone(sentence: str) -> None:
    assert _said(sentence) == []


@pytest.mark.parametrize(
    ("sentence", "reason"),
    [
        ("Segment revenue was $5.0 million.", "segment"),
        ("Adjusted net income was $5.0 million.", "adjusted"),
        ("Revenue from licences was $5.0 million.", "licences"),
        ("Net income was $4.0 million, compared to $3.2 million.", "names no period"),
        ("Revenue was $5.0 million related to the merger.", "related to"),
        ("Revenue of $5.0 million in our northern stores held up.", "northern"),
        ("Net income was $4.0 million, up 5 percent (excluding charges in 2023).", "leaves out"),
        ("Net income was $4.0 million compared with ($3.2 million net) in 2024.", "an amount or a loss"),
        ("Revenue of $5.0 million was driven by mills bought in the first half.", "stands behind its verb"),
    ],
)
def test_a_refusal_names_its_reason(sentence: str, reason: str) -> None:
    refused = [one for one in statements(sentence, _hits(sentence)) if isinstance(one, Refusal)]
    assert any(reason in one.why for one in refused)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Call 555-0142 or (555) 555-0199 at 1:45 p.m.", [Role.NOT_MONEY] * 7),
        ("SFAS 123 (R) and ISO 9001:2000 for 90 days", [Role.NOT_MONEY] * 3),
        ("up 5% to $2.0 million", [Role.PERCENTAGE, Role.LEVEL]),
        ("costs fell $0.3 million to $2.0 million from $2.3 million", [Role.CHANGE, Role.LEVEL, Role.COMPARISON]),
        ("costs of more than $2.0 million", [Role.BOUND]),
        ("we expect costs of $2.0 million", [Role.GUIDANCE]),
        ("costs rose ($0.3 million of it for fuel)", [Role.ASIDE]),
        ("including a gain of $1.0 million", [Role.PART]),
        ("costs fell to $2.0 million from ($2.3 million with the fire)", [Role.LEVEL, Role.COMPARISON]),
        ("costs were $2.0 million from ($2.3 million with the fire)", [Role.LEVEL, Role.ASIDE]),
        ("costs fell to $2.0 million from wood (about $2.3 million)", [Role.LEVEL, Role.ASIDE]),
    ],
)
def test_every_number_has_a_role(text: str, expected: list[Role]) -> None:
    assert [found.role for found in roles(text)] == expected


@pytest.mark.parametrize(
    ("sentence", "months"),
    [
        ("Revenue of $5.0 million was generated in the first half.", 6),
        ("Revenue of $5.0 million was recognized through the first nine months.", 9),
        ("On a six-month basis, revenue was $5.0 million.", 6),
        ("Revenue on a six-month basis was $5.0 million.", 6),
        ("Revenue of $5.0 million was higher than in the prior-year quarter.", None),
        ("Revenue of $5.0 million was up 5% from the first half.", None),
    ],
)
def test_a_time_behind_the_verb_of_an_amount_is_its_own_or_what_it_is_measured_against(
    sentence: str, months: int | None
) -> None:
    (said,) = [one for one in statements(sentence, _hits(sentence)) if isinstance(one, Mention)]
    assert (said.period and (said.period.months or 6)) == months


def test_a_figure_without_a_period_takes_that_of_the_sentence_before() -> None:
    text = "In the quarter ended June 30, 2012, revenue was $8.0 million. Net income was $1.2 million."
    assert _said(text)[1] == "$1.2 million NetIncomeLoss in paragraph"


@pytest.mark.parametrize(
    "before",
    [
        "Management anticipates third quarter sales of approximately $902.3 million.",
        "For the third quarter, the company expects revenue of between $90 million and $95 million.",
        "The purchase of Tarn Ltd., which had orders of $12 million in 2010, closed in the quarter.",
    ],
)
def test_a_figure_takes_no_period_that_is_expected_or_another_amounts(before: str) -> None:
    text = f"{before} Revenue increased to $86.7 million."
    (found,) = [one for one in statements(text, _hits(text)) if isinstance(one, Mention)]
    assert found.period is None
    assert found.anchor == "document"


def test_a_comparison_with_nine_months_is_made_by_nine_months() -> None:
    text = "Revenue rose to $25.8 million, from $22.4 million in the first nine months of last year."
    mention = next(one for one in statements(text, _hits(text)) if isinstance(one, Mention))
    assert mention.period is not None
    assert (mention.anchor, mention.period.months, mention.period.relation) == ("paragraph", 9, "current")


def test_a_name_before_a_subject_makes_it_a_part_unless_it_is_the_company() -> None:
    assert _said("Harbor Tool revenue was $5.0 million.", names=frozenset({"harbor", "harbor tool"}))
    assert not _said("Northgate revenue was $5.0 million.", names=frozenset({"harbor", "harbor tool"}))
    assert not _said("Northgate delivered revenue of $5.0 million.", names=frozenset({"harbor", "harbor tool"}))
    assert not _said("Power Tools generated record revenue of $5.0 million.", names=frozenset({"harbor"}))


_HARBOR = frozenset({"harbor", "harbor tool", "company"})


@pytest.mark.parametrize("name", ["Allied Gauge Corp.", "Allied Gauge Oil & Gas", "Boeing"])
def test_a_name_is_no_participle_and_may_be_long(name: str) -> None:
    said = name.lower().rstrip(".").split()
    names = frozenset(" ".join(said[:count]) for count in range(1, len(said) + 1))
    for sentence in (
        f"TOLEDO, May 3, 2011--{name} reported net income of $5.0 million.",
        f"Toledo, May 3, 2011 - {name} reported net income of $5.0 million.",
    ):
        assert _said(sentence, names=names) == ["$5.0 million NetIncomeLoss in document"]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("As of January 7, 2021, Elm Hill had total assets of $264.0 million.", []),
        ("As of January 7, 2021, Harbor had total assets of $264.0 million.", ["$264.0 million Assets"]),
        ("Its Arizona branches, sold as of June 30, 2003, held $0.7 billion in total deposits.", []),
        ("The Company, a holding of many banks, had total assets of $2.6 billion.", ["$2.6 billion Assets"]),
        ("For the quarter, we had net interest income of $50 million.", ["$50 million InterestIncomeExpenseNet"]),
        ("We bought Elm Hill and ended the year with total assets of $2.6 billion.", ["$2.6 billion Assets"]),
        ("We acquired Elm Hill, and the Company had total assets of $2.6 billion.", ["$2.6 billion Assets"]),
        ("We agreed to acquire Elm Hill, which has total assets of $310 million and net income of $3.1 million.", []),
        ("Elm Hill, the company's joint venture, reported net income of $3.1 million.", []),
        (
            "We acquired Elm Hill, which has 12 branches, and net income was $3.1 million.",
            ["$3.1 million NetIncomeLoss"],
        ),
        ("Harbor Tool, a maker of tools, today reported net income of $3.1 million.", ["$3.1 million NetIncomeLoss"]),
        # the figure stands before what it is of
        ("We acquired Elm Hill, a bank in Nevada, with about $3.1 million in total assets.", []),
        ("We acquired Elm Hill, with $3.1 million of total assets and $2.6 million in total deposits.", []),
        ("We agreed to buy Elm Hill, which had $3.1 million in total assets.", []),
        ("We bought Elm Hill and ended the year with $3.1 million in total assets.", ["$3.1 million Assets"]),
        ("The bank serves cities with $3.1 million in total assets.", []),
        ("Harbor, a bank in Nevada, with $3.1 million in total assets, grew.", ["$3.1 million Assets"]),
        # of the parent alone
        ("The holding company alone had total assets of $3.1 million.", []),
        ("The parent company had total assets of $3.1 million.", []),
        ("The Company (parent only) had total assets of $3.1 million.", []),
        ("On a parent-only basis, total assets were $3.1 million.", []),
        ("Harbor, the parent company of Harbor Bank, had total assets of $3.1 million.", ["$3.1 million Assets"]),
        ("Harbor is a bank holding company with total assets of $3.1 million.", ["$3.1 million Assets"]),
        ("We learn that our customer Elm Hill Inc. reported net income of $8.1 million.", []),
        ("Elm Hill Stores, Inc., which we supply, posted net income of $8.1 million.", []),
        ("Harbor, Inc. today reported net income of $8.1 million.", ["$8.1 million NetIncomeLoss"]),
        ("We are glad that Harbor reported net income of $8.1 million.", ["$8.1 million NetIncomeLoss"]),
        ("Over the last five years, net income was $32 million.", []),
        ("Our zeal has resulted in total deposits of $2.6 billion.", ["$2.6 billion Deposits"]),
        ("Elm Hill continued its rise with operating profit of $3.1 million.", []),
        ("Harbor continued its rise with operating profit of $3.1 million.", ["$3.1 million OperatingIncomeLoss"]),
        ("The company continued its rise with operating profit of $3.1 million.", ["$3.1 million OperatingIncomeLoss"]),
        ("Before she joined us, she ran a company with revenue of $3.1 million.", []),
        ("The company with revenue of $3.1 million grew.", ["$3.1 million Revenues"]),
        ("Harbor also increased revenue 8% to $3.1 million.", ["$3.1 million Revenues"]),
        ("The company's reported net income was $3.1 million.", ["$3.1 million NetIncomeLoss"]),
        ("Elm Hill's reported net income was $3.1 million.", []),
        ("We grew our revenue to $3.1 million.", ["$3.1 million Revenues"]),
        ("Elm Hill increased revenue to $3.1 million.", []),
        ("We increased revenue of $3.1 million.", []),
        ("We increased revenue goals to $3.1 million.", []),
        ("Harbor Credit had total assets of $3.1 million.", []),
        ("Harbor Credit's net income was $3.1 million.", []),
        ("Harbor Credit reported net income of $3.1 million.", []),
        ("Harbor Tool, Inc. had total assets of $3.1 million.", ["$3.1 million Assets"]),
        ("Harbor recently posted net income of $3.1 million.", ["$3.1 million NetIncomeLoss"]),
        ("Our rental sector's net income was $3.1 million.", []),
        ("Net income was $3.1 million on sales of $9.3 million.", ["$3.1 million NetIncomeLoss"]),
        ("A net loss of $3.1 million on sales of $9.3 million of bonds was booked.", []),
    ],
)
def test_what_another_company_has_is_not_the_companys(sentence: str, expected: list[str]) -> None:
    assert [said.partition(" in ")[0] for said in _said(sentence, names=_HARBOR)] == expected


@pytest.mark.parametrize(
    ("sentence", "doubted"),
    [
        ("Rental losses were $5.8 million in 2024, compared with net income of $5.6 million in 2023.", ["5.6"]),
        ("Sales rose, compared with net income of $5.6 million in 2023.", []),
        ("Net loss was $5.8 million in 2024, compared with net income of $5.6 million in 2023.", []),
        ("Rental losses were $0.58 per share in 2024, compared with net income of $5.6 million in 2023.", []),
        ("Costs rose by $5.8 million in 2024, compared with net income of $5.6 million in 2023.", []),
        ("Rental net income was $4.8 million in 2024 on total revenue of $9.9 million.", ["9.9"]),
        ("Rental net income was $4.8 million in 2024, with total revenue of $9.9 million.", []),
        ("Net income was $4.8 million in 2024 on total revenue of $9.9 million.", []),
        ("In 2024, we recorded a net loss of $2.4 million as a result of a tender by a partner.", ["2.4"]),
        ("In 2024, we recorded a net loss of $2.4 million.", []),
        ("In 2024, we reported a net loss of $2.4 million as a result of a tender by a partner.", []),
        ("In 2024, we recorded a gross profit of $2.4 million as a result of a tender by a partner.", []),
    ],
)
def test_what_goes_with_a_figure_of_something_else_is_doubted(sentence: str, doubted: list[str]) -> None:
    found = [one for one in statements(sentence, _hits(sentence)) if isinstance(one, Mention)]
    assert [one.numeral.text for one in found if one.doubt] == doubted


@pytest.mark.parametrize(
    ("sentence", "than"),
    [
        (
            "Harbor reported 2003 second quarter sales of $4.1 million, compared to net income of $2.5 million for the same period last year.",
            "2003 second quarter",
        ),
        (
            "First quarter net income was $4.1 million, compared to $2.5 million in the same period last year.",
            "First quarter",
        ),
        (
            "Net income was $4.1 million (after the flood of August 2010) for the third quarter, compared to $2.5 million in the same quarter last year.",
            "third quarter",
        ),
        ("Net income was $4.1 million, compared to $2.5 million in the same quarter last year.", None),
    ],
)
def test_a_comparison_is_measured_from_the_period_of_its_level(sentence: str, than: str | None) -> None:
    (one,) = [m for m in statements(sentence, _hits(sentence)) if isinstance(m, Mention) and m.comparison]
    assert (sentence[one.than.start : one.than.end] if one.than else None) == than


@pytest.mark.parametrize(
    ("sentence", "periods"),
    [
        ("Revenue was $4.1 million in the second quarter of 2007, compared with $3.6 million in 2006.", ["2007-04-01/2007-06-30"]),
        ("Revenue for the second quarter was $4.1 million, compared with $3.6 million in fiscal 2006.", ["2007-04-01/2007-06-30"]),
        ("Revenue for the year 2006 was $4.1 million, compared with $3.6 million in 2005.", ["2005-01-01/2005-12-31", "2006-01-01/2006-12-31"]),
        ("Revenue was $3.6 million in 2006.", ["2006-01-01/2006-12-31"]),
    ],
)  # fmt: skip
def test_a_bare_year_compared_with_a_quarter_may_be_either(sentence: str, periods: list[str]) -> None:
    about = "HARBOR & PINE CORP. reported results for the quarter ended June 30, 2007."
    report = tagger.tag(f"HARBOR & PINE CORP. (Nasdaq: HPNE)\n\n{about}\n\n{sentence}\n")
    assert sorted(str(fact.period) for fact in report.facts) == periods


def test_what_is_compared_with_a_year_that_is_not_known_is_of_no_period() -> None:
    about = "LARKSPUR STORES, INC. reported results for the quarter ended February 2, 2003."
    sentence = "Net income was $3.7 million for fiscal 2002, compared with $3.0 million the year before."
    told = "Its fiscal year ends on the Sunday nearest January 31."
    report = tagger.tag(f"LARKSPUR STORES, INC. (Nasdaq: LKSP)\n\nFeb. 25, 2003 -- {about} {told}\n\n{sentence}\n")
    assert not report.facts
    assert [finding.code for finding in report.findings].count("no-period") == 2


@pytest.mark.parametrize(
    "year", ["fiscal year 2006 revenue was", "revenue for the year 2006 was", "fiscal 2006 revenue was"]
)
def test_a_year_called_one_is_no_quarter_of_it(year: str) -> None:
    about = "HARBOR & PINE CORP. reported results for the quarter and year ended December 31, 2006."
    sentence = f"Fourth quarter revenue was $4.1 million; {year} $15.6 million."
    report = tagger.tag(f"HARBOR & PINE CORP. (Nasdaq: HPNE)\n\n{about}\n\n{sentence}\n")
    assert sorted(f"{fact.period} {fact.value}" for fact in report.facts) == [
        "2006-01-01/2006-12-31 15600000",
        "2006-10-01/2006-12-31 4100000",
    ]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Third quarter net sales were $5.0 million in 2011 compared with $4.0 million in 2010.", ["2010-Q 4000000", "2011-Q 5000000"]),
        ("For the third quarter, net sales were $5.0 million in 2011 and $4.0 million in 2010.", ["2010-Q 4000000", "2011-Q 5000000"]),
        ("Net sales for the nine months were $5.0 million in 2011, up from $4.0 million in 2010.", ["2010-N 4000000", "2011-N 5000000"]),
        ("Year-to-date net income rose to $5.0 million in 2011 from $4.0 million in 2010.", ["2010-N 4000000", "2011-N 5000000"]),
        ("Year-to-date diluted earnings per share were $1.69 in 2011 compared to $1.16 in 2010.", ["2010-N 1.16", "2011-N 1.69"]),
        ("Net sales were $5.0 million in 2011 compared with $4.0 million in 2010.", []),
        ("In 2010, we reported third quarter net sales of $4.0 million.", ["2010-Q 4000000"]),
        ("Unlike in 2010, third quarter net sales were $5.0 million.", []),
        ("Total assets were $120.0 million in 2011.", []),
        ("Annual net sales are $80.0 million.", []),
        ("Since the beginning of the year, net sales were $5.0 million.", []),
        ("Net sales for the second and third quarters of 2011 were $5.0 million.", []),
        ("Net sales for the first three quarters of 2011 were $5.0 million.", ["2011-N 5000000"]),
        ("Net sales for the most recent quarter were $5.0 million, and for the preceding quarter $4.0 million.", ["2011-Q 5000000"]),
        ("Diluted earnings per share were 52 cents compared to 51 cents in 2010.", []),
        ("Net sales for the third quarter were $4.0 million; net sales in 2010 were $12.0 million.", ["2011-Q 4000000"]),
        ("Third quarter 2010 net sales were $4.0 million; net sales in 2009 were $12.0 million.", ["2010-Q 4000000"]),
        ("Net sales were $5.0 million, compared to $4.0 million for the same time period last year.", ["2010-Q 4000000", "2011-Q 5000000"]),
        ("Third quarter net sales were $5.0 million, and nine-month sales $12.0 million.", ["2011-N 12000000", "2011-Q 5000000"]),
        ("Net sales were $5.0 million in the quarter, with nine-month net sales of $12.0 million, up from $11.0 million in 2010.", ["2011-N 12000000", "2011-Q 5000000"]),
        ("In the third quarter, of all times, with net sales of $5.0 million and nine-month net sales of $12.0 million, it rained.", ["2011-N 12000000", "2011-Q 5000000"]),
        ("Third quarter net income totaled $5.0 million / $12.0 million YTD.", ["2011-Q 5000000"]),
        ("Third quarter net sales were $5.0 million, of which $2.0 million was in the second quarter of 2010.", ["2011-Q 5000000"]),
        ("This was an increase compared to net income for the third quarter of 2010, which totaled $4.0 million.", ["2010-Q 4000000"]),
        ("Net sales for the first two months of the third quarter were $4.0 million.", []),
        ("Net sales for the first two months of the quarter were $4.0 million.", []),
        ("Third quarter net sales rose to $5.0 million from $4.0 million in the third quarter of 2010, and the Company had net income of $1.0 million.", ["2010-Q 4000000", "2011-Q 1000000", "2011-Q 5000000"]),
        ("Net sales were $4.0 million the year before.", ["2010-Q 4000000"]),
        ("Net income was $4.0 million, or $.40 per share, a year ago.", ["2010-Q 0.40", "2010-Q 4000000"]),
        ("Net sales were $5.0 million, last year $4.0 million.", ["2011-Q 5000000"]),
        ("Nine-month bond sales were $12.0 million.", []),
        ("9-month net sales were $12.0 million.", ["2011-N 12000000"]),
        ("39-week net sales were $12.0 million.", ["2011-N 12000000"]),
        ("Half-year net sales were $8.0 million.", []),
        ("Net sales for half a year were $8.0 million.", []),
        ("Net sales for the month were $2.0 million.", []),
        ("For the week, net sales were $2.0 million.", []),
        ("Net sales to date were $2.0 million.", []),
        ("Net sales for the three-month period fell to $5.0 million, and for the nine-month period, they fell by $1.0 million.", ["2011-Q 5000000"]),
        ("Net income for the three- and nine-month periods ended September 30, 2011 was $5.0 million and $12.0 million, respectively.", ["2011-N 12000000", "2011-Q 5000000"]),
        ("Net sales came in at $5.0 million, 10 percent up on the first nine months of 2010.", ["2011-Q 5000000"]),
        ("Net sales for the quarter and nine months were $5.0 million and $12.0 million.", ["2011-N 12000000", "2011-Q 5000000"]),
        ("Net sales for the three and nine months ended September 30, 2011 were $5.0 million and $12.0 million.", ["2011-N 12000000", "2011-Q 5000000"]),
        ("Of the third quarter 2010 and nine months 2011 net sales of $12.0 million, $5.0 million was lost.", []),
        ("Net income for the quarter and nine months was $5.0 million and $12.0 million, or $.50 and $1.20 per diluted share.", ["2011-N 1.20", "2011-N 12000000", "2011-Q 0.50", "2011-Q 5000000"]),
        ("Net sales were $5.0 million for the quarter and $12.0 million for the nine months, compared to $4.0 million and $11.0 million for the same periods in 2010.", ["2010-N 11000000", "2010-Q 4000000", "2011-N 12000000", "2011-Q 5000000"]),
        ("Net sales were $5.0 million for the quarter, compared to $4.0 million and $11.0 million for the same periods in 2010.", ["2011-Q 5000000"]),
        ("Net sales were $5.0 million, compared to $4.0 million for the same period in 2010.", ["2010-Q 4000000", "2011-Q 5000000"]),
        ("Net sales for the year were $5.0 million, up from $4.0 million during the previous year.", []),
    ],
)  # fmt: skip
def test_years_alone_are_those_of_the_part_said_before(sentence: str, expected: list[str]) -> None:
    about = "HARBOR CORP. reported results for the quarter and nine months ended September 30, 2011."
    report = tagger.tag(f"HARBOR CORP. (Nasdaq: HPNE)\n\nOct. 31, 2011 -- {about}\n\n{sentence}\n")
    parts = {"07-01": "Q", "01-01": "N"}
    assert all(str(fact.period).endswith("-09-30") for fact in report.facts)
    assert sorted(f"{str(f.period)[:4]}-{parts[str(f.period)[5:10]]} {f.value}" for f in report.facts) == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("$206.2 million revenue, a 14% increase.", ["$206.2 million Revenues"]),
        ("$25.8 million net loss, or $0.04 per basic and diluted share.", ["-$25.8 million NetIncomeLoss", "-$0.04 EarningsPerShareBasicAndDiluted"]),
        ("$512.0 million of total assets at quarter-end.", ["$512.0 million Assets"]),
        ("$5.1 million revenue growth was seen.", []),
        ("We saw $5.1 million revenue.", []),
        (
            "Harbor had net income of $2.1 million ($.21 per share) for the quarter ended June 30, 2011 as compared to"
            " $1.8 million ($.18 per share) for the quarter ended June 30, 2010.",
            ["$2.1 million NetIncomeLoss", "$.21 EarningsPerShareBasicAndDiluted", "$1.8 million NetIncomeLoss", "$.18 EarningsPerShareBasicAndDiluted"],
        ),
        ("Net income was $2,801,000, a $978,000, or 53.6% increase from the $1,823,000 earned in the same period of 2010.", ["$2,801,000 NetIncomeLoss", "$1,823,000 NetIncomeLoss"]),
        ("Net income was $2,801,000, down 3% from $2,880,000 earned in the corresponding quarter a year ago.", ["$2,801,000 NetIncomeLoss", "$2,880,000 NetIncomeLoss"]),
        ("Net loss was $(5.5) million, compared to $1.8 million for the same period last year.", ["-$(5.5) million NetIncomeLoss"]),
        ("Net loss was $(5.5) million, compared to $(1.8) million for the same period last year.", ["-$(5.5) million NetIncomeLoss", "-$(1.8) million NetIncomeLoss"]),
        ("Net loss was $5.5 million, compared to $1.8 million for the same period last year.", ["-$5.5 million NetIncomeLoss", "-$1.8 million NetIncomeLoss"]),
        ("Harbor reported a net loss of $5.5 million, compared to reported net income of $1.8 million for the same period last year.", ["-$5.5 million NetIncomeLoss", "$1.8 million NetIncomeLoss"]),
        ("Net income attributable to Harbor Tool was $2.1 million.", ["$2.1 million NetIncomeLoss"]),
        ("Net income attributable to Elm Hill was $2.1 million.", []),
        ("Revenue in the company's third quarter was $2.1 million.", ["$2.1 million Revenues"]),
    ],
)  # fmt: skip
def test_ways_to_state_an_amount(sentence: str, expected: list[str]) -> None:
    assert [said.partition(" in ")[0] for said in _said(sentence, names=_HARBOR)] == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Net income was $2.1 million, or $0.10 per basic share and $0.09 per diluted share.", ["$2.1 million NetIncomeLoss", "$0.10 EarningsPerShareBasic", "$0.09 EarningsPerShareDiluted"]),
        ("Net income was $2.1 million, or $0.10 per basic and $0.09 per diluted share.", ["$2.1 million NetIncomeLoss", "$0.10 EarningsPerShareBasic", "$0.09 EarningsPerShareDiluted"]),
        ("EPS was $0.10 basic and $0.09 diluted.", ["$0.10 EarningsPerShareBasic", "$0.09 EarningsPerShareDiluted"]),
        ("EPS was $0.10, basic $0.11.", ["$0.10 EarningsPerShareBasicAndDiluted"]),
        ("Net income was $0.09 per share on a diluted basis.", ["$0.09 EarningsPerShareDiluted"]),
        ("Net income was $9 million, or $0.89 per share ($0.88 diluted), compared with $0.80 per share in 2010.", ["$9 million NetIncomeLoss", "$0.89 EarningsPerShareBasic", "$0.88 EarningsPerShareDiluted", "$0.80 EarningsPerShareBasicAndDiluted"]),
        ("EPS was $0.89 ($0.88 diluted) compared with $0.80 ($0.79 diluted) in 2010.", ["$0.89 EarningsPerShareBasic", "$0.88 EarningsPerShareDiluted", "$0.80 EarningsPerShareBasic", "$0.79 EarningsPerShareDiluted"]),
        ("EPS was $0.89 ($0.07 from land).", ["$0.89 EarningsPerShareBasicAndDiluted"]),
        ("EPS was $0.40 on a basic basis, $0.39 diluted.", ["$0.40 EarningsPerShareBasic"]),
        ("EPS available to common stockholders was $0.40.", ["$0.40 EarningsPerShareBasicAndDiluted"]),
        ("EPS of the Gauge unit was $0.40.", []),
        ("Net income was $9 million, or $0.89 per share, or $0.88 per share on a diluted basis.", ["$9 million NetIncomeLoss", "$0.89 EarningsPerShareBasic", "$0.88 EarningsPerShareDiluted"]),
        ("Net income was $0.89 per share, or $0.89 per basic and diluted share.", ["$0.89 EarningsPerShareBasicAndDiluted", "$0.89 EarningsPerShareBasicAndDiluted"]),
        ("Net income was $0.09 per share, assuming dilution, up from $0.08 per share, assuming dilution, a year ago.", ["$0.09 EarningsPerShareDiluted", "$0.08 EarningsPerShareDiluted"]),
        ("Net income was $0.10 per share, diluted EPS $0.09.", ["$0.10 EarningsPerShareBasicAndDiluted", "$0.09 EarningsPerShareDiluted"]),
        ("Basic and diluted net income per share, or EPS, were $0.10 and $0.09, respectively.", ["$0.10 EarningsPerShareBasic", "$0.09 EarningsPerShareDiluted"]),
        ("EPS (basic & diluted): $0.10 and $0.09, respectively, compared with $0.08 and $0.07 in 2010.", ["$0.10 EarningsPerShareBasic", "$0.09 EarningsPerShareDiluted", "$0.08 EarningsPerShareBasic", "$0.07 EarningsPerShareDiluted"]),
        ("EPS (basic & diluted) was $0.10 and $0.09.", []),
        ("Net income was $2.1 million, or 21 cents per share, up from $1.8 million, or 18 cents, in 2010.", ["$2.1 million NetIncomeLoss", "21 cents EarningsPerShareBasicAndDiluted", "$1.8 million NetIncomeLoss", "18 cents EarningsPerShareBasicAndDiluted"]),
        ("EPS was $0.10 and $0.09 per diluted share.", []),
        ("Net income was $2.1 million ($0.10 per basic share and $0.09 per diluted share).", ["$2.1 million NetIncomeLoss", "$0.10 EarningsPerShareBasic", "$0.09 EarningsPerShareDiluted"]),
        ("Net income was $2.1 million ($0.10 per basic share excluding charges and $0.09 per diluted share).", []),
        ("Net income was $2.1 million, or $.21.", ["$2.1 million NetIncomeLoss", "$.21 EarningsPerShareBasicAndDiluted"]),
        ("Net income was $2.1 million, or $21 per ton.", ["$2.1 million NetIncomeLoss"]),
        ("Revenue was $2.1 million, or $.21.", ["$2.1 million Revenues"]),
    ],
)  # fmt: skip
def test_an_amount_per_share_is_of_the_shares_named_beside_it(sentence: str, expected: list[str]) -> None:
    assert [said.partition(" in ")[0] for said in _said(sentence)] == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Net income was $0.21 per share, excluding special items.", []),
        ("Net income was $2.1 million, or $0.21 per share before special items.", []),
        ("Net income was $2.1 million ($0.21 per share) excluding special items.", []),
        ("Net income was $2.1 million (excluding special items) in the quarter.", []),
        ("Net income was $2.1 million, or $0.21 per share (non-GAAP), in the quarter.", []),
        ("Net income was $2.1 million for the quarter ended June 30, 2011, excluding special items.", []),
        ("Net income was $2.1 million for the quarter (before special items).", []),
        ("Net income was $2.1 million (a record) for the quarter.", ["$2.1 million NetIncomeLoss"]),
        ("Net income, including gains, was $2.1 million.", ["$2.1 million NetIncomeLoss"]),
        ("Net income, including noncontrolling interests, was $2.1 million.", []),
        ("Net income, including that of minority holders, was $2.1 million.", []),
        # for one share a profit and for another a loss
        ("Net income was $2.1 million, or $0.07 net income per basic and $0.12 net loss per diluted share.", ["$2.1 million NetIncomeLoss", "$0.07 EarningsPerShareBasic", "-$0.12 EarningsPerShareDiluted"]),
        ("Revenue according to generally accepted accounting principles was $2.1 million.", ["$2.1 million Revenues"]),
        # a sentence that only compares goes with the one before
        ("We posted net income of $2.1 million for 2010. That compared with net income of $1.3 million for 2009.", ["$2.1 million NetIncomeLoss", "$1.3 million NetIncomeLoss"]),
        ("Net income of gauges was $2.1 million for 2010. That compared with net income of $1.3 million for 2009.", []),
        ("Net income of $2.1 million excludes a charge.", []),
        ("Net income was $2.1 million, which does not include a charge.", []),
        # the article is glued to its word by recognition
        ("Net income on anon-GAAP basis was $2.1 million.", []),
        ("Net income (anon-GAAP measure) was $2.1 million.", []),
        # as many weeks as in the other year
        ("On a comparable 13-week basis, revenue was $5.0 million.", []),
        ("Revenue was $5.0 million on a like 13-week basis.", []),
        ("Revenue was $5.0 million, and net income was $2.1 million on a comparable 13-week basis.", ["$5.0 million Revenues"]),
        ("On a 13-week basis, revenue was $5.0 million.", ["$5.0 million Revenues"]),
        # what is said to be in it is no other subject, and leaves the whole what it is
        ("Total revenue, comprised primarily of interest income, was $5.0 million.", ["$5.0 million Revenues"]),
        ("Revenue, which consists of net income of others, was $5.0 million.", ["$5.0 million Revenues"]),
        ("Revenue was $5.0 million, of which old plants made $2.0 million.", ["$5.0 million Revenues"]),
        ("Net income was $5.0 million for the quarter, and $6.0 million, or $0.60 per share, without charges.", ["$5.0 million NetIncomeLoss"]),
        ("The decrease in revenue in the quarter was $5.0 million.", []),
        ("The decrease in revenue to $5.0 million came late.", ["$5.0 million Revenues"]),
        ("A decrease in revenue from $5.0 million a year ago was seen.", ["$5.0 million Revenues"]),
        ("Under the retail method, net income was $5.0 million.", []),
        ("Before a charge of $1.1 million, net income was $5.0 million.", []),
        ("Before a charge of $1.1 million, or $.05 per share, net income was $5.0 million.", []),
        ("After a charge of $1.1 million, net income was $5.0 million.", ["$5.0 million NetIncomeLoss"]),
        ("Net income was $5.0 million, pro forma for the merger.", []),
        ("On a statutory basis, net income was $5.0 million.", []),
        ("On a stand-alone basis, revenue was $5.0 million.", []),
        ("Net income was $5.0 million on a managed basis.", []),
        ("Net income (on a cash basis) was $5.0 million.", []),
        ("On an annual basis, revenue was $5.0 million.", []),
        ("On a GAAP basis, net income was $5.0 million.", ["$5.0 million NetIncomeLoss"]),
        ("On a U.S. GAAP basis, net income was $5.0 million.", ["$5.0 million NetIncomeLoss"]),
        ("On an as-reported basis, revenue was $5.0 million.", ["$5.0 million Revenues"]),
        ("On a consolidated basis, revenue was $5.0 million.", ["$5.0 million Revenues"]),
        ("On a year-over-year basis, revenue increased 8% to $5.0 million.", ["$5.0 million Revenues"]),
        ("Revenue was $5.0 million on a reported basis.", ["$5.0 million Revenues"]),
        ("Earnings before interest, taxes and revenue were $5.0 million.", []),
        ("Profit before tax and operating profit was $5.0 million.", []),
        ("Before the holidays, we hired, and revenue was $5.0 million.", ["$5.0 million Revenues"]),
        ("The Company sold its plant and recognized a net loss of $5.0 million.", []),
        ("It closed a plant, for which it recorded a net loss of $5.0 million.", []),
        ("The Company reported a net loss of $5.0 million after it sold its plant.", ["-$5.0 million NetIncomeLoss"]),
        ("The Company sold more gauges and recognized net income of $5.0 million.", ["$5.0 million NetIncomeLoss"]),
        ("The Company recorded a net loss of $5.0 million on the sale of its plant.", []),
        ("The Company recorded a net loss of $5.0 million upon early extinguishment.", []),
        ("Operating profit was $5.0 million and $4.0 million, respectively, related to the plant.", []),
        ("Operating profit was $5.0 million, $4.0 million and $3.0 million, respectively, on the sale of plants.", []),
        ("Operating profit was $6.3 million ($0.49 per share).", []),
        ("Net income (in thousands) was $5,312.", []),
        ("Net income was $5,312 (in thousands).", []),
        ("Net income (in thousands) was $5.0 million.", ["$5.0 million NetIncomeLoss"]),
        ("Net income (unaudited) was $5.0 million.", ["$5.0 million NetIncomeLoss"]),
        ("Revenue of $5.0 million was contributed by Elm Gauge.", []),
        ("Revenue of $5.0 million came from Elm Gauge.", []),
        ("Revenue of $5.0 million was contributed.", ["$5.0 million Revenues"]),
        ("Net income was $5.0 million on sales of $9.0 million.", ["$5.0 million NetIncomeLoss"]),
        ("Net income was $5.0 million on sales of plants.", []),
        ("Net income was $5.0 million on sales of 3 plants.", []),
        ("Operating profit was $6.3 million, or 12% of revenue.", ["$6.3 million OperatingIncomeLoss"]),
        ("Gross profit revenue was $5.0 million.", []),
        ("Cash balances decreased to $5.0 million.", []),
        ("Cash balances decreased by $5.0 million.", ["-$5.0 million CashPeriodIncreaseDecrease"]),
        ("Net income and interest expense were $5.0 million in the quarter.", []),
        ("Net income on a revenue basis was $5.0 million.", []),
        ("Net income on a comparable basis was $5.0 million.", []),
        ("Net interest income (FTE) was $5.0 million.", []),
        ("Revenue for the quarter was $5.0 million, up from $4.0 million a year ago, while for six months revenue was $9.0 million, up from $8.0 million.", ["$5.0 million Revenues", "$4.0 million Revenues", "$9.0 million Revenues"]),
        ("Revenue was $5.0 million, up from $4.0 million a year ago, while revenue was $9.0 million, up from $8.0 million a year ago.", []),
        (
            "Net income for 2011 was $5.0 million, or $.50 per share, on revenue of $50.0 million, against $4.0 million, or $.40 per"
            " share, on revenue of $40.0 million in 2010.",
            ["$5.0 million NetIncomeLoss", "$.50 EarningsPerShareBasicAndDiluted", "$50.0 million Revenues", "$4.0 million NetIncomeLoss", "$.40 EarningsPerShareBasicAndDiluted", "$40.0 million Revenues"],
        ),
    ],
)  # fmt: skip
def test_what_is_said_behind_an_amount_or_before_it_makes_it_another(sentence: str, expected: list[str]) -> None:
    assert [said.partition(" in ")[0] for said in _said(sentence)] == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        # the words of a comparison: a percentage ahead of another amount, the subject said again in part
        ("Revenue of $24.9 million for 2010 remains 5.6% ahead of the $23.6 million reported for 2009.", ["$24.9 million Revenues in 2010", "$23.6 million Revenues in 2009, compared"]),
        ("Revenue of $24.9 million for 2010 was 5% above the $23.6 million recorded in 2009.", ["$24.9 million Revenues in 2010", "$23.6 million Revenues in 2009, compared"]),
        ("Revenue for 2010 was above the $23.6 million hoped for.", []),
        ("The provision for loan losses was $5.8 million for 2009, compared to the provision of $8.1 million for 2008.", ["$5.8 million Provision in 2009", "$8.1 million Provision in 2008, compared"]),
        ("The provision for loan losses was $1.5 million for 2009, compared with provisions of $0.9 million in 2008 and $0.5 million in 2007.", ["$1.5 million Provision in 2009", "$0.9 million Provision in 2008, compared", "$0.5 million Provision in 2007, compared"]),
        ("The provision for loan losses was $5.8 million for 2009, compared to the budget of $8.1 million for 2008.", ["$5.8 million Provision in 2009"]),
        ("Revenue fell to $5.4 million from $5.6 million in the company's corresponding period last year.", ["$5.4 million Revenues in document", "$5.6 million Revenues in corresponding period last year, compared"]),
        ("Net income plummeted to $2.1 million in 2009 from $3.5 million in 2008.", ["$2.1 million NetIncomeLoss in 2009", "$3.5 million NetIncomeLoss in 2008, compared"]),
        ("Harbor swung to a net loss of $1.2 million in 2009 from net income of $0.8 million in 2008.", ["-$1.2 million NetIncomeLoss in 2009", "$0.8 million NetIncomeLoss in 2008, compared"]),
        # a small amount is compared with the one for one share
        ("Net income was $30.2 million, or $0.54 per diluted share, compared to $0.17 in the prior quarter.", ["$30.2 million NetIncomeLoss in document", "$0.54 EarningsPerShareDiluted in document (diluted)", "$0.17 EarningsPerShareDiluted in prior quarter (any), compared"]),
        ("Net income was $30.2 million, or $0.54 per diluted share, compared to $17.1 million in the prior quarter.", ["$30.2 million NetIncomeLoss in document", "$0.54 EarningsPerShareDiluted in document (diluted)", "$17.1 million NetIncomeLoss in prior quarter, compared"]),
        # the shares that an amount is for, and a rate in commas, stand between it and its period
        ("Net income was $5.2 million, or $0.45 per diluted share on 11.4 million shares outstanding, compared with $4.1 million, or $0.36 per diluted share on an average of 11.3 million shares, in 2008.", ["$5.2 million NetIncomeLoss in paragraph", "$0.45 EarningsPerShareDiluted in paragraph (diluted)", "$4.1 million NetIncomeLoss in 2008, compared", "$0.36 EarningsPerShareDiluted in 2008 (diluted), compared"]),
        ("Other income was $1.1 million, a rate of 35%, compared with $0.9 million, a rate of 33%, in 2008.", ["$1.1 million NoninterestIncome in paragraph", "$0.9 million NoninterestIncome in 2008, compared"]),
        ("Other income was $1.1 million, compared with $0.9 million, after a charge, in 2008.", ["$1.1 million NoninterestIncome in document"]),
        # what a result includes changes nothing; what an allowance includes does
        ("Net income, including gains and losses, totaled $7.5 million in 2010.", ["$7.5 million NetIncomeLoss in 2010"]),
        ("Net income for 2010, which includes the costs of a merger, was $7.5 million.", ["$7.5 million NetIncomeLoss in 2010"]),
        ("Total deposits, including those of Elm Bank, were $75 million at June 30, 2010.", []),
        # results that are announced with their period
        ("Harbor today announced its 2009 financial results including net income of $148.3 million, or $1.43 per share.", ["$148.3 million NetIncomeLoss in 2009", "$1.43 EarningsPerShareBasicAndDiluted in 2009 (any)"]),
        ("Results for 2009 including net income of $148.3 million were poor.", []),
        # reasons that the opening of the sentence gives end with its comma
        ("After the cost resulting from the flood, net income for 2009 was $2.1 million.", ["$2.1 million NetIncomeLoss in 2009"]),
        ("The cost resulting from the flood, net income for 2009 was $2.1 million.", []),
        # periods: one over which an amount came about, one of the amount's own subject, one of the level alone
        ("Basic EPS of $1.83 over the trailing twelve months beat all records.", ["$1.83 EarningsPerShareBasic in trailing twelve months"]),
        ("Basic EPS of $1.83 over the prior year beat all records.", ["$1.83 EarningsPerShareBasic in document"]),
        ("Over the last four quarters, revenue was $48.0 million.", ["$48.0 million Revenues in last four quarters"]),
        ("Net loss for the quarter of $1.5 million and net income year-to-date of $24.9 million.", ["-$1.5 million NetIncomeLoss in quarter", "$24.9 million NetIncomeLoss in year-to-date"]),
        ("EPS fell to $0.04 from $0.26 for the quarter.", ["$0.04 EarningsPerShareBasicAndDiluted in quarter (any)"]),
        ("Net income fell to $4 million, or $0.04 per share, from $6 million, or $0.06 per share, for the six months.", ["$4 million NetIncomeLoss in six months", "$0.04 EarningsPerShareBasicAndDiluted in six months (any)"]),
        ("From $11.0 million in the third quarter of 2008, revenue rose to $12.0 million.", []),
        ("Net sales were $3.5 million in 2008 and revenue was $11.0 million.", []),
        ("During August and September, revenue was $8.0 million.", []),
        ("During the quarter, revenue was $8.0 million.", ["$8.0 million Revenues in quarter"]),
        ("Basic EPS of $.14 was 40% higher than the $.10 earned in the same quarter last year, and full-year basic EPS of $.76 was 24% higher than the $.61 earned in the prior year.", ["$.14 EarningsPerShareBasic in document", "$.10 EarningsPerShareBasic in same quarter last year, compared", "$.76 EarningsPerShareBasic in full-year", "$.61 EarningsPerShareBasic in prior year, compared"]),
        ("Revenue for 2010 was $12.0 million, down 21 percent from full-year revenue in 2009.", ["$12.0 million Revenues in 2010"]),
        ("Revenue was $12.0 million, up 8 percent on the third quarter of 2009.", ["$12.0 million Revenues in document"]),
        ("Revenue rose 3.6% sequentially and 7.9% year over year to $12.0 million.", ["$12.0 million Revenues in document"]),
        ("Revenue, with control over quarter ends lost, was $12.0 million.", []),
        # amounts that leave something out, said before the subject
        ("Before restructuring charges, net income was $3.0 million in 2009.", []),
        ("Revenue rose, and before charges, net income was $3.0 million in 2009.", []),
        ("Net income, before the holidays a guess, was $3.0 million in 2009.", []),
        ("Adding back these items, net income was $3.0 million in 2009.", []),
        ("Had it not been for the flood, net income was $3.0 million in 2009.", []),
        # amounts for each of something
        ("Revenue was $1.2 million a month in 2009.", []),
        ("Revenue was $1.2 million per day in 2009.", []),
        ("Revenue was $1.2 million a year ago.", ["$1.2 million Revenues in a year ago"]),
        ("Net income was $0.21 per common share in 2009.", ["$0.21 EarningsPerShareBasicAndDiluted in 2009 (any)"]),
        ("Revenue was essentially flat at $12.0 million.", ["$12.0 million Revenues in document"]),
        ("After a tax cut, net of a charge, net income was $6.5 million in 2009.", ["$6.5 million NetIncomeLoss in 2009"]),
        # the period of a subject, and of another amount beside it
        ("Revenue for the quarter was $1.1 million and $3.4 million for the nine months.", ["$1.1 million Revenues in quarter", "$3.4 million Revenues in nine months"]),
        # amounts of one size are compared, and small ones are for one share where that is how they are said to be put
        ("Basic EPS was $0.18 on net income of $12.5 million versus $0.14 on net income of $10.0 million in 2008.", ["$0.18 EarningsPerShareBasic in paragraph", "$12.5 million NetIncomeLoss in paragraph", "$0.14 EarningsPerShareBasic in 2008, compared", "$10.0 million NetIncomeLoss in 2008, compared"]),
        ("On a per share basis, net income was $0.54 in 2009 and $0.64 in 2008.", ["$0.54 EarningsPerShareBasicAndDiluted in 2009 (any)", "$0.64 EarningsPerShareBasicAndDiluted in 2008 (any)"]),
        # of continuing operations: all that operating profit and revenue ever are
        ("Operating profit from continuing operations was $3.6 million in 2009.", ["$3.6 million OperatingIncomeLoss in 2009"]),
        ("Interest income from continuing operations was $3.6 million in 2009.", []),
        # a sentence that only compares goes on from the one before it
        ("Net income for 2009 was $2.0 million. This compares with $1.5 million in 2008.", ["$2.0 million NetIncomeLoss in 2009", "$1.5 million NetIncomeLoss in 2008, compared"]),
        ("Backlog for 2009 was $2.0 million. This compares with $1.5 million in 2008.", []),
        # growth is no level, and what is still expected no fact
        ("Revenue growth was $2.0 million in 2009.", []),
        ("Revenue growth in 2009 was $2.0 million.", []),
        ("Revenue growth led to $2.0 million in 2009.", []),
        ("Fourth quarter revenue of $13.0 million is now anticipated.", []),
        ("Net income was $2.0 million in the quarter (2008: $1.5 million).", ["$2.0 million NetIncomeLoss in quarter", "$1.5 million NetIncomeLoss in 2008, compared"]),
        ("Revenue of $13.0 million was seen where less was expected.", ["$13.0 million Revenues in document"]),
    ],
)  # fmt: skip
def test_what_is_plain_is_read_in_every_form(sentence: str, expected: list[str]) -> None:
    assert _said(sentence, names=_HARBOR) == expected


@pytest.mark.parametrize(
    ("paragraph", "kept"),
    [
        ("Elm Gauge, Inc. operates three plants. Revenue was $5.0 million in 2010.", False),
        ("Elm Gauge Works makes gauges. Its revenue was $5.0 million in 2010. EPS was $0.10.", False),
        ("Elm Gauge, which Harbor acquired in May, makes gauges. Revenue was $5.0 million in 2010.", False),
        ("In May Harbor acquired Elm Gauge, a maker of gauges. Revenue was $5.0 million in 2010.", False),
        ("In May Harbor acquired Elm Gauge, a maker of gauges. Revenue was $5.0 million in the third quarter.", True),
        ("In May Harbor acquired Elm Gauge. Revenue was $5.0 million in 2010.", True),
        ("In May Elm Gauge acquired Harbor Tool, a maker of gauges. Revenue was $5.0 million in 2010.", True),
        ("Elm Gauge, Inc. operates three plants. Harbor sells tools. Revenue was $5.0 million in 2010.", True),
        ("Elm Gauge, Inc. operates three plants. Our revenue was $5.0 million in 2010.", True),
        ("Elm Gauge, Inc. operates three plants. The company's revenue was $5.0 million in 2010.", True),
        ("Harbor Tool, Inc. operates three plants. Revenue was $5.0 million in 2010.", True),
        ("Total Company costs fell. Revenue was $5.0 million in 2010.", True),
        ("Net Revenues, which we acquired, were high. Revenue was $5.0 million in 2010.", True),
        ("Elm Bancorp, the parent of Elm Bank, reported revenue of $5.0 million in 2010.", False),
        ("The holding company reported revenue of $5.0 million in 2010.", True),
        ("The parent company of Harbor Tool reported revenue of $5.0 million in 2010.", True),
        ("The plant in Toledo ended the quarter with total assets of $5.0 million.", False),
        ("Harbor ended the quarter with total assets of $5.0 million.", True),
        ("The quarter ended with total assets of $5.0 million.", True),
        ("Elm Federal Savings Bank, a subsidiary of Harbor, had total assets of $5.0 million.", False),
        ("The savings bank had total assets of $5.0 million.", True),
        # parts of the company, of which "we" is said too
        ("The Valve segment had a good quarter. Revenue was $5.0 million in 2010.", False),
        ("Valve segment: prices rose. We sold more. Revenue was $5.0 million in 2010.", False),
        ("The Valve business delivered. Revenue was $5.0 million in 2010.", False),
        ("Our Canadian stores grew. Revenue was $5.0 million in 2010.", False),
        ("At our joint venture in Ohio, prices rose. Revenue was $5.0 million in 2010.", True),
        ("At our Valve joint venture, prices rose. Revenue was $5.0 million in 2010.", False),
        ("Our business delivered. Revenue was $5.0 million in 2010.", True),
        ("All stores were open. Revenue was $5.0 million in 2010.", True),
        ("The Valve business world was grim. Revenue was $5.0 million in 2010.", True),
        ("Harbor stores had a good year. Revenue was $5.0 million in 2010.", True),
        ("Revenue from continuing operations improved to $5.0 million in 2010.", True),
        ("Income tax operations grew. Revenue was $5.0 million in 2010.", True),
        ("In Canada, we opened a plant. Revenue was $5.0 million in 2010.", False),
        ("In March, we opened a plant. Revenue was $5.0 million in 2010.", True),
        ("In Harbor, we see strength. Revenue was $5.0 million in 2010.", True),
        ("Elm Grill had a good year. Revenue was $5.0 million in 2010.", False),
        ("Management had a good year. Revenue was $5.0 million in 2010.", True),
        ("Gauges: Prices rose. Revenue was $5.0 million in 2010.", False),
        ("Highlights: Prices rose. Revenue was $5.0 million in 2010.", True),
        ("Margins: Prices rose. Revenue was $5.0 million in 2010.", True),
        ("Overall: Prices rose. Revenue was $5.0 million in 2010.", True),
        ("The Valve segment grew. Consolidated revenue was $5.0 million in 2010.", True),
        ("The Valve segment grew. Harbor did too. Revenue was $5.0 million in 2010.", True),
        ("Each segment had a good quarter. Revenue was $5.0 million in 2010.", True),
        ("Valve Products: Revenue was $5.0 million in 2010.", False),
        ("Financial Highlights: Revenue was $5.0 million in 2010.", True),
        ("Valve Products revenue rose 5%. Operating profit was $5.0 million in 2010.", False),
        ("Fourth Quarter revenue rose 5%. Operating profit was $5.0 million in 2010.", True),
        ("Adjusted Valve revenue rose 5%. Operating profit was $5.0 million in 2010.", True),
        ("For Valve Products, revenue was $5.0 million in 2010.", False),
        # the part stands behind the first subject, or owns it: what is said with it is the part's too
        ("Revenue of the Valve segment was $5.0 million and operating profit was $1.0 million.", False),
        ("Third quarter 2010 revenue in our Valve and Gauge segments rose. Operating profit was $5.0 million.", False),
        ("Revenue of our two segments was $9.0 million, and operating profit was $5.0 million.", True),
        ("A rise in revenue of the Valve segment helped. Operating profit was $5.0 million.", True),
        ("Revenue at Elm Gauge was $9.0 million and operating profit was $5.0 million.", False),
        ("Revenue at Harbor was $9.0 million.", True),
        ("Revenue in Q4 was $5.0 million.", True),
        ("Revenue for Thanksgiving was high at $9.0 million and operating profit was $5.0 million.", False),
        ("Revenue in North America rose, and operating profit was $5.0 million.", False),
        ("Valves’ revenue was $9.0 million and operating profit was $5.0 million.", False),
        ("Valve Products' third-quarter revenue was high and operating profit was $5.0 million.", False),
        ("Harbor's revenue was $9.0 million and operating profit was $5.0 million.", True),
        ("The revenue of the Valve segment rose. Consolidated operating profit was $5.0 million.", True),
        ("Elm Gauge also reported sales in May. Revenue was $5.0 million in 2010.", False),
        ("Harbor also reported sales in May. Revenue was $5.0 million in 2010.", True),
        ("Both reported gains. Revenue was $5.0 million in 2010.", True),
        # another company of a sheet of news, by its ticker; a form alone is no name
        ("Elm Gauge (NYSE: ELM) said its revenue was $5.0 million in 2010.", False),
        ("Harbor Tool (NYSE: HBR) said its revenue was $5.0 million in 2010.", True),
        ("Inc. (Nasdaq: HBR) said revenue was $5.0 million in 2010.", True),
        # the company and another one together
        ("Harbor Tool and Elm Gauge had revenue of $5.0 million in 2010.", False),
        ("Harbor Tool & Elm Gauge together had revenue of $5.0 million in 2010.", False),
        ("Harbor Tool and its subsidiaries had revenue of $5.0 million in 2010.", True),
        ("Combined revenue was $5.0 million in 2010.", False),
        ("The combined company had revenue of $5.0 million in 2010.", False),
        ("On a combined basis, revenue was $5.0 million in 2010.", False),
        ("The purchase added revenue of $5.0 million and operating profit of $1.0 million.", False),
        ("For Harbor, revenue was $5.0 million in 2010.", True),
        ("For example, revenue was $5.0 million in 2010.", True),
        # a part that is called as the company is
        ("Harbor Bank, a subsidiary, had revenue of $5.0 million in 2010.", False),
        ("Harbor Bank, the Company's principal subsidiary, had revenue of $5.0 million in 2010.", False),
        ("Harbor Tool, a subsidiary of Elm Gauge, had revenue of $5.0 million in 2010.", True),
        ("Harbor Valves, a unit of Harbor Tool, had revenue of $5.0 million in 2010.", False),
        ("Harbor Tool, a maker of valves, had revenue of $5.0 million in 2010.", True),
        ("Harbor Tool Canada Ltd. had revenue of $5.0 million in 2010.", False),
        ("Harbor Tool Corp. had revenue of $5.0 million in 2010.", True),
        ("Foundry: Revenue was $5.0 million in 2010.", False),
        ("Momentum: Revenue was $5.0 million in 2010.", True),
        # who has it: the noun before "with"
        ("Harbor serves hospitals with total assets of $5.0 million.", False),
        ("Harbor had a strong quarter, with revenue of $5.0 million.", True),
        ("Harbor had a strong quarter with revenue of $5.0 million.", True),
        ("Harbor ended with total assets of $5.0 million.", True),
        ("Mr. Smith led Elm Gauge, where revenue was $5.0 million in 2010.", False),
    ],
)
def test_a_paragraph_that_speaks_of_another_company_gives_nothing_of_it(paragraph: str, kept: bool) -> None:
    assert bool(_said(paragraph, names=_HARBOR)) is kept


def test_what_may_be_another_companys_is_anyones_where_the_company_is_not_known_but_a_part_is_one() -> None:
    assert _said("Elm Gauge, Inc. operates three plants. Revenue was $5.0 million in 2010.")
    assert not _said("The Valve segment had a good quarter. Revenue was $5.0 million in 2010.")


@pytest.mark.parametrize(
    ("text", "names", "others"),
    [
        ("Harbor Tool Corp. (“Harbor”) (NASDAQ: HTC) makes gauges.", {"harbor tool", "harbor"}, set()),
        (
            "Harbor Tool Corp. (NYSE: HTC) (“HTC” or the “Company”) makes gauges.",
            {"harbor tool", "htc"},
            {"the company"},
        ),
        ("Harbor(R) Tool™, Inc. (Nasdaq: HTC) makes gauges.", {"harbor", "harbor tool"}, set()),
        (
            "Harbor Tool (the “Company”) bought Elm Gauge (“Elm”) at cost (“FIFO”).",
            {"harbor tool"},
            {"elm", "elm gauge"},
        ),
        ("Harbor Tool (“Harbor”) makes gauges.", {"harbor tool", "harbor"}, set()),
    ],
)
def test_the_company_is_called_what_its_ticker_or_its_own_words_stand_behind(
    text: str, names: set[str], others: set[str]
) -> None:
    found = names_of(_document(text))
    assert names <= found
    assert not others & found


_QUARTER = """
HARBOR TOOL CORPORATION CONSOLIDATED STATEMENTS OF OPERATIONS
(In thousands)

                         Three Months Ended      Nine Months Ended
                           September 30,            September 30,
                           2009      2008         2009      2008
Gauge leasing fees     $ 31,007  $ 30,118     $ 93,077  $ 91,003
"""


def _tagged(*paragraphs: str) -> list[tuple[str, str]]:
    """Return concept and period of what *paragraphs* of a release on the third quarter of 2009 say."""
    head = "Toledo, October 22, 2009 - Harbor Tool Corporation (NYSE: HTC) makes gauges and sells them everywhere."
    report = tagger.tag(
        "\n\n".join([head, *paragraphs, "It makes gauges of every kind, for all that is hot.", _QUARTER])
    )
    return [(fact.concept[8:], str(fact.period)) for fact in report.facts if fact.table is None]


@pytest.mark.parametrize(
    ("paragraphs", "periods"),
    [
        # a paragraph without a period, below one of the year and below one of the quarter that is reported
        (("For 2008, net income was $22.4 million, a record for all of us here.", "Revenue rose 15% to $221 million, which is more than anybody thought."), ["2008-01-01/2008-12-31"]),
        (("Net income for the third quarter of 2009 was $22.4 million, a record.", "Revenue rose 15% to $221 million, which is more than anybody thought."), ["2009-07-01/2009-09-30", "2009-07-01/2009-09-30"]),
        # a comparison is of no period that its level is of
        (("Revenue was $12.0 million, compared with $11.0 million in the third quarter of 2009.",), []),
        (("Revenue for the third quarter of 2009 was $12.0 million, compared with $11.0 million in the third quarter of 2009.",), ["2009-07-01/2009-09-30"]),
        (("Revenue was $12.0 million, compared with $11.0 million in the third quarter of 2008.",), ["2009-07-01/2009-09-30", "2008-07-01/2008-09-30"]),
        # listed comparisons stand against the level of their place
        (("Revenue for the three and nine months ended September 30, 2009 was $5.0 million and $15.2 million, respectively, compared with $4.0 million and $12.0 million in the same periods of 2008.",), ["2009-07-01/2009-09-30", "2009-01-01/2009-09-30", "2008-07-01/2008-09-30", "2008-01-01/2008-09-30"]),
        # two lists, each with its own "respectively", before its periods or behind them
        (("Revenue for the quarter and nine months ended September 30, 2009 was $5.0 million and $15.2 million, respectively, compared to $4.0 million and $12.0 million for the quarter and nine months ended September 30, 2008, respectively.",), ["2009-07-01/2009-09-30", "2009-01-01/2009-09-30", "2008-07-01/2008-09-30", "2008-01-01/2008-09-30"]),
        # levels that each have a period of their own, before comparisons that "respectively" deals out
        (("Revenue was $5.0 million for the third quarter of 2009 and $15.2 million for the first nine months, compared to $4.0 million and $12.0 million, respectively, for the same periods in 2008.",), ["2009-07-01/2009-09-30", "2009-01-01/2009-09-30", "2008-07-01/2008-09-30", "2008-01-01/2008-09-30"]),
        (("Revenue was $5.0 million for the third quarter and $15.2 million for the first nine months of 2009, compared to $4.0 million and $12.0 million, respectively, a year ago.",), ["2009-07-01/2009-09-30", "2009-01-01/2009-09-30", "2008-07-01/2008-09-30", "2008-01-01/2008-09-30"]),
        # what happened in another period says nothing of the figures behind it; a title does, and what is called results
        (("In 2007, the company bought a plant. Revenue was $5.0 million, a record.",), []),
        (("Last year, the company grew. Revenue was $5.0 million, a record.",), []),
        (("The prior year had been good. Revenue was $5.0 million, a record.",), ["2009-07-01/2009-09-30"]),
        (("In the first nine months, the company grew. Revenue was $5.0 million, a record.",), ["2009-01-01/2009-09-30"]),
        (("2007 compared to 2006. Revenue was $5.0 million, a record.",), ["2007-01-01/2007-12-31"]),
        (("In 2007, results were good. Revenue was $5.0 million, a record.",), ["2007-01-01/2007-12-31"]),
        # so many years ago; without a length, it may be the year or the quarter
        (("Revenue was $12.0 million, compared with $11.0 million last year and $9.0 million two years ago.",), ["2009-07-01/2009-09-30", "2008-07-01/2008-09-30", "2007-07-01/2007-09-30"]),
        (("Two years ago, revenue was $12.0 million, a record for all of us.",), []),
        (("Revenue was $12.0 million, up from $11.0 million two quarters ago.",), ["2009-07-01/2009-09-30", "2009-01-01/2009-03-31"]),
        # a sentence that only compares is measured from the one before it
        (("Harbor reported net income of $14.3 million for 2008. This compares to 2007 net income of $21.3 million.",), ["2008-01-01/2008-12-31", "2007-01-01/2007-12-31"]),
        # a month is no quarter
        (("In July 2009, revenue was $4.0 million, the most of any month so far.",), []),
        # cash that is generated is no balance, cash that moved to an amount is that amount
        (("Harbor generated cash of $2.0 million in the third quarter of 2009, more than it needed.",), []),
        (("Harbor generated $2.0 million in cash in the third quarter of 2009, more than it needed.",), []),
        (("Cash and cash equivalents increased 26% to $44.0 million in the third quarter of 2009.",), ["2009-09-30"]),
    ],
)  # fmt: skip
def test_a_release_says_of_which_period_its_sentences_are(paragraphs: tuple[str, ...], periods: list[str]) -> None:
    assert [period for _, period in _tagged(*paragraphs)] == periods


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Revenue was RMB5.3million (US$0.8 million).",
            ["RMB5.3million Revenues in document", "US$0.8 million Revenues in document"],
        ),
        (
            "EPS was RMB0.73 (US$0.11).",
            [
                "RMB0.73 EarningsPerShareBasicAndDiluted in document (any)",
                "US$0.11 EarningsPerShareBasicAndDiluted in document (any)",
            ],
        ),
        (
            "EPS was RMB0.73 in 2010 and (US$0.11) in 2011.",
            [
                "RMB0.73 EarningsPerShareBasicAndDiluted in 2010 (any)",
                "-(US$0.11) EarningsPerShareBasicAndDiluted in 2011 (any)",
            ],
        ),
    ],
)
def test_an_amount_in_parentheses_in_another_currency_is_the_same_and_no_loss(text: str, expected: list[str]) -> None:
    assert _said(text) == expected


@pytest.mark.usefixtures("few_rules")
def test_an_amount_whose_currency_is_glued_to_it_is_one() -> None:
    found = read_document(_document("Revenue was RMB5,300,000."), None)  # type: ignore[arg-type]
    assert len(found) == 1


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Earnings were $0.21 per share.", ["EarningsPerShareBasicAndDiluted 0.21"]),
        ("Harbor reported record quarterly earnings of $2.1 million, or $0.21 per diluted share.", ["EarningsPerShareDiluted 0.21", "NetIncomeLoss 2100000"]),
        ("Diluted earnings were $0.21 per share.", ["EarningsPerShareDiluted 0.21"]),
        ("The Company also earned $2.1 million, or $.21 per share, in the quarter.", ["EarningsPerShareBasicAndDiluted 0.21", "NetIncomeLoss 2100000"]),
        ("Harbor Tool, Inc. lost $2.1 million in the quarter.", ["NetIncomeLoss -2100000"]),
        ("We earned $2.1 million in the quarter, compared with a loss of $1.1 million a year earlier.", ["NetIncomeLoss -1100000", "NetIncomeLoss 2100000"]),
        ("Income was $2.1 million. Profit was $2.2 million. The loss was $2.3 million.", []),
        ("Utility earnings were $2.1 million.", []),
        ("Earnings were $0.21 per share, excluding a charge.", []),
        ("Operating earnings were $2.1 million.", []),
        ("These charges reduced earnings by $2.1 million.", []),
        ("The increase in earnings was $2.1 million.", []),
        ("We are comfortable with earnings of $1.20 per share.", []),
        ("Elm Hill earned $2.1 million in the quarter.", []),
        ("The interest that we earned $2.1 million of was paid.", []),
        ("The Company earned $2.1 million in fees.", []),
        ("The Company earned $2.1 million from land sold.", []),
        ("The Company has not earned $2.1 million.", []),
        ("The Company earned nothing.", []),
        ("Net income applicable to common shares was $2.1 million.", ["NetIncomeLossAvailableToCommonStockholdersBasic 2100000"]),
        ("Net loss before taxes was $2.1 million.", ["IncomeLossFromContinuingOperationsBeforeIncomeTaxesExtraordinaryItemsNoncontrollingInterest -2100000"]),
        ("Total sales and revenues were $2.1 million.", ["Revenues 2100000"]),
        ("Sales and gross profit were $2.1 million.", []),
        ("Income tax benefit was $2.1 million.", ["IncomeTaxExpenseBenefit -2100000"]),
        ("Income tax expense (benefit) was $2.1 million.", ["IncomeTaxExpenseBenefit 2100000"]),
        ("The provision for loan losses was $(2.1) million.", ["ProvisionForLoanAndLeaseLosses -2100000"]),
        ("Interest expense was $(2.1) million.", ["InterestExpense 2100000"]),
        ("Operating income improved to $3.1 million from a loss of $1.2 million a year ago.", ["OperatingIncomeLoss -1200000", "OperatingIncomeLoss 3100000"]),
        ("Net income available to common stockholders was $2.1 million, compared with net income of $1.9 million a year ago.", ["NetIncomeLossAvailableToCommonStockholdersBasic 1900000", "NetIncomeLossAvailableToCommonStockholdersBasic 2100000"]),
        ("Net income was $2.3 million, and net income available to common stockholders $2.1 million, compared with net income of $1.9 million a year ago.", ["NetIncomeLoss 1900000", "NetIncomeLoss 2300000", "NetIncomeLossAvailableToCommonStockholdersBasic 2100000"]),
        ("Basic earnings per share were $0.92, compared with a net loss of $0.42 per share a year ago.", ["EarningsPerShareBasic -0.42", "EarningsPerShareBasic 0.92"]),
        ("Net income for the half was $4.9 million.", ["NetIncomeLoss 4900000"]),
        ("As expected, the Company reported a net loss of $1.9 million.", ["NetIncomeLoss -1900000"]),
        ("This compares to $1.9 million of net income a year ago.", ["NetIncomeLoss 1900000"]),
        ("There was a net loss of $2.1 million.", ["NetIncomeLoss -2100000"]),
        ("Net income was $2.1 million or $0.47 per average fully diluted common share outstanding for the quarter.", ["EarningsPerShareDiluted 0.47", "NetIncomeLoss 2100000"]),
        ("Basic and diluted earnings per share were $0.21, compared to $0.16 a year ago.", ["EarningsPerShareBasic 0.16", "EarningsPerShareBasic 0.21", "EarningsPerShareDiluted 0.16", "EarningsPerShareDiluted 0.21"]),
        ("Basic and diluted earnings per share were $0.21 and $0.20, respectively.", ["EarningsPerShareBasic 0.21", "EarningsPerShareDiluted 0.20"]),
        ("Basic and diluted earnings per share were $0.21 per diluted share.", ["EarningsPerShareDiluted 0.21"]),
        ("Cash and cash equivalents increased by $2.0 million to $12.3 million.", ["CashAndCashEquivalentsAtCarryingValue 12300000"]),
        ("Cash and cash equivalents increased by 5% to $12.3 million.", ["CashAndCashEquivalentsAtCarryingValue 12300000"]),
        ("Net cash used in investing activities was $2.1 million.", ["NetCashProvidedByUsedInInvestingActivities -2100000"]),
        ("Cash used in financing activities was $2.1 million.", ["NetCashProvidedByUsedInFinancingActivities -2100000"]),
        ("Net loss available to common stockholders was $2.1 million.", ["NetIncomeLossAvailableToCommonStockholdersBasic -2100000"]),
    ],
)  # fmt: skip
def test_a_result_is_said_in_few_words_and_of_the_company_alone(sentence: str, expected: list[str]) -> None:
    about = "HARBOR TOOL, INC. reported results for the quarter ended June 30, 2011."
    report = tagger.tag(f"HARBOR TOOL, INC. (Nasdaq: HPNE)\n\nJuly 31, 2011 -- {about}\n\n{sentence}\n")
    assert sorted(f"{fact.concept.removeprefix('us-gaap:')} {fact.value}" for fact in report.facts) == expected


@pytest.mark.parametrize(
    ("sentence", "period"),
    [
        ("Net income last year was $12.1 million.", ""),
        ("In the prior year, net income was $12.1 million.", ""),
        ("Last year’s net income was $12.1 million.", ""),
        ("Last year, revenue was $99.0 million. Net income was $12.1 million.", ""),
        ("Net income a year ago was $12.1 million.", "2003-07-01/2003-09-30"),
        ("Net income for the same period last year was $12.1 million.", "2003-07-01/2003-09-30"),
        ("Net income in last year's third quarter was $12.1 million.", "2003-07-01/2003-09-30"),
        ("Net income last fiscal year was $12.1 million.", "2003-01-01/2003-12-31"),
    ],
)
def test_last_year_beside_a_quarter_is_the_year_or_that_quarter_of_it(sentence: str, period: str) -> None:
    about = "HARBOR TOOL, INC. (Nasdaq: HPNE) reported results for the quarter ended September 30, 2004."
    report = tagger.tag(f"October 21, 2004 -- {about} Its fiscal year ends December 31.\n\n{sentence}\n")
    assert [str(fact.period) for fact in report.facts] == ([period] if period else [])
    assert bool(period) or any("it or that part of it" in one.message for one in report.findings)


@pytest.mark.parametrize(
    "sentence",
    [
        "Revenue of $5.0 million for the third quarter of 2003 was restated.",
        "Third quarter 2003 revenue of $5.0 million has since been restated to $4.0 million.",
        "Revenue of $5.0 million, as previously reported, was for the third quarter of 2003.",
        "Revenue was $5.0 million in 2003 as originally announced.",
    ],
)
def test_what_was_restated_is_no_level(sentence: str) -> None:
    assert not _said(sentence)


def test_of_several_companies_introduced_the_one_known_is_called_by_its_names() -> None:
    sheet = _document("Elm Gauge (NYSE: ELM) rose.", "Harbor Tool (NYSE: HTC) fell.", "HTI (Nasdaq: HTI) stood.")
    assert "elm" not in names_of(sheet, "Harbor Tool Inc.")
    assert {"harbor", "hti"} <= names_of(sheet, "Harbor Tool Inc.")
    assert {"harbor", "elm"} <= names_of(sheet)


def test_a_sentence_that_does_not_say_of_which_period_it_is_is_a_finding() -> None:
    about = "HARBOR CORP. (Nasdaq: HPNE) reported results for its first quarter ended April 21, 2024."
    report = tagger.tag(f"May 28, 2024 -- {about}\n\nRevenue for the first quarter was $4.1 million.\n")
    (finding,) = [one for one in report.findings if one.code == "no-period"]
    assert not report.facts
    assert "$4.1 million for us-gaap:Revenues" in finding.message


def test_an_amount_given_in_two_currencies_is_given_in_both() -> None:
    text = "Revenue was RMB1,400 million (US$193 million) in the quarter ended June 30, 2022."
    found = [one for one in statements(text, _hits(text)) if isinstance(one, Mention)]
    assert [(one.numeral.currency, one.concept) for one in found] == [
        ("CNY", "us-gaap:Revenues"),
        ("USD", "us-gaap:Revenues"),
    ]


def test_the_company_is_known_by_its_ticker_line_else_by_its_name() -> None:
    assert names_of(_document("Nothing is said here."), "Harbor Corp.") >= {"harbor", "harbor corp"}
    assert not names_of(_document("Nothing is said here."))
    document = _document("ERIE, PA - May 2, 2012 - Harbor Tool Corp. (Nasdaq: HRBT) today reported its results.")
    assert {"harbor", "harbor tool", "harbor tool corp"} <= names_of(document)


@pytest.mark.usefixtures("few_rules")
def test_a_heading_gives_its_period_to_the_paragraphs_below() -> None:
    heading = "First Six Months Results for Fiscal Year 2013"
    document = _document(heading, "The Company reported net income of $2,310,000.", headings=(heading,))
    ((_, (mention,)),) = read_document(document, None)  # type: ignore[arg-type]
    assert isinstance(mention, Mention)
    assert mention.period is not None
    assert (mention.anchor, mention.period.months, mention.period.fiscal_year) == ("paragraph", 6, 2013)


@pytest.mark.usefixtures("few_rules")
@pytest.mark.parametrize("link", ["vs.", "Versus", "compared with"])
def test_headings_that_a_comparison_links_give_the_period_of_the_first(link: str) -> None:
    told = "The Company reported net income of $2,310,000."
    document = _document("Fourth quarter 2021", link, "third quarter 2021", told)
    ((_, (mention,)),) = read_document(document, None)  # type: ignore[arg-type]
    assert isinstance(mention, Mention)
    assert mention.period is not None
    assert (mention.period.quarter, mention.period.year) == (4, 2021)


@pytest.mark.usefixtures("few_rules")
@pytest.mark.parametrize("heading", ["Fiscal 2013 Outlook", "Non-GAAP Measures", "Segment Detail"])
def test_nothing_is_taken_below_a_heading_of_guidance_segments_or_adjusted_figures(heading: str) -> None:
    document = _document(heading, "Revenue was $5.0 million in the quarter.", headings=(heading,))
    ((_, (refusal,)),) = read_document(document, None)  # type: ignore[arg-type]
    assert isinstance(refusal, Refusal)
    assert "heading" in refusal.why


@pytest.mark.usefixtures("few_rules")
def test_a_line_with_a_colon_heads_the_bullets_below_it_and_no_more() -> None:
    document = _document(
        "In the first six months of 2012, the Company reported:",
        "• Revenue of $9.1 million",
        "Net income was $2.9 million.",
    )
    (_, (bullet,)), (_, (after,)) = read_document(document, None)  # type: ignore[arg-type]
    assert isinstance(bullet, Mention)
    assert isinstance(after, Mention)
    assert bullet.period is not None
    assert (bullet.period.months, after.anchor) == (6, "document")


@pytest.mark.usefixtures("few_rules")
def test_a_line_with_a_colon_heads_the_items_that_semicolons_part() -> None:
    document = _document(
        "For the six months ended June 30, 2012:",
        "Orders grew by a third;",
        "Revenue increased to $9.1 million; and",
        "Net income increased to $2.9 million.",
        "Net income was $2.9 million.",
    )
    said = [one for _, (one,) in read_document(document, None)]  # type: ignore[arg-type]
    assert [one.period and one.period.months for one in said if isinstance(one, Mention)] == [6, 6, None]


@pytest.mark.usefixtures("few_rules")
@pytest.mark.parametrize(("year", "kept"), [("1999", True), ("1998", True), ("2000", False)])
def test_the_amount_of_a_past_year_speaks_against_none_without_a_year(year: str, kept: bool) -> None:
    document = _document(
        "Revenue for the second quarter was $18.1 million.",
        f"Revenue was $17.0 million in the second quarter of {year}.",
        "Net income was $1.1 million in the second quarter of 2000, compared with $1.0 million in 1999.",
    )
    (_, _), (_, (second,)), _ = read_document(document, None)  # type: ignore[arg-type]
    assert isinstance(second, Mention) is kept


@pytest.mark.usefixtures("few_rules")
def test_what_is_compared_with_a_disputed_amount_goes_with_it() -> None:
    document = _document(
        "Revenue for the third quarter ended June 30, 2012 was $18.1 million, compared with $17.0 million a year ago.",
        "Third quarter revenue was $2.9 million, compared with $2.7 million a year ago. Net income was $1.1 million, up from"
        " $1.0 million a year ago.",
    )
    told = [[isinstance(one, Mention) for one in found] for _, found in read_document(document, None)]  # type: ignore[arg-type]
    assert told == [[True, True], [False, False, True, True]]


@pytest.mark.usefixtures("few_rules")
def test_what_the_release_says_first_of_a_subject_and_period_stands() -> None:
    document = _document(
        "Revenue for the third quarter ended June 30, 2012 was $18.1 million.",
        "Third quarter revenue was $2.9 million, a record for power tools.",
    )
    (_, (first,)), (_, (second,)) = read_document(document, None)  # type: ignore[arg-type]
    assert isinstance(first, Mention)
    assert isinstance(second, Refusal)


def test_a_row_of_a_table_that_lost_its_lines_is_no_sentence() -> None:
    assert _said("Revenue $ 7,476 $ 4,777 Net income $ 224 $ 253") == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Revenue was $9 million in 2011, compared with $8 million in 2010, and net income rose to $2 million from $1 million.", "$1 million NetIncomeLoss in paragraph, compared"),
        ("Revenue for the quarter was $9 million, compared with $8 million a year ago. Net income was $2 million, up from $1 million.", "$1 million NetIncomeLoss in paragraph, compared"),
        ("Revenue was $9 million, up from $8 million in 2010 and $7 million in 2009. Net income was $2 million, up from $1 million.", None),
        ("Revenue for the quarter was $9 million, up from $8 million a year ago. Net income for the nine months was $2 million, up from $1 million.", None),
        ("Revenue for the quarter was $9 million, up from $8 million a year ago. For the nine months, revenue was $20 million. Net income was $2 million, up from $1 million.", None),
        ("Net income was $2 million, up from $1 million.", None),
    ],
)  # fmt: skip
def test_a_comparison_without_a_period_is_with_the_one_compared_with_before(text: str, expected: str | None) -> None:
    said = [one for one in _said(text) if one.startswith("$1 million")]
    assert said == ([expected] if expected else [])


@pytest.mark.parametrize(
    ("heading", "periods"),
    [
        ("Results for the quarter ended June 30, 2012 as compared to the quarter ended June 30, 2011 were:", ["2011-04-01/2011-06-30", "2012-04-01/2012-06-30"]),
        ("Results for the quarter ended June 30, 2012 were:", ["2012-04-01/2012-06-30"]),
        ("Results for the quarters ended June 30, 2012 and 2011 were:", ["2012-04-01/2012-06-30"]),
    ],
)  # fmt: skip
def test_a_line_that_compares_two_periods_gives_both_to_the_bullets_below(heading: str, periods: list[str]) -> None:
    bullets = "* Revenue was $5.0 million, compared with $4.0 million.\n\n* Total assets were $90.0 million, up from $80.0 million.\n"
    report = tagger.tag(f"HARBOR CORP. (Nasdaq: HPNE)\n\nJuly 31, 2012 -- We report.\n\n{heading}\n\n{bullets}")
    assert sorted(str(fact.period) for fact in report.facts if "Revenue" in fact.concept) == periods
    assert not any(fact.value == 80_000_000 for fact in report.facts)


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Net income was $20.2 million. These results exclude a charge of $3 million.", False),
        ("Amounts for 2003 exclude special charges. Net income was $20.2 million.", False),
        ("Net income was $20.2 million. Prior-year results do not include a gain.", False),
        ("Net income was $20.2 million. Results were strong, and we exclude nothing.", True),
        ("Net income was $20.2 million. Orders exclude options.", True),
    ],
)
def test_where_a_sentence_says_that_results_leave_something_out_a_statement_has_to_say_them_too(
    text: str, kept: bool
) -> None:
    report = tagger.tag(
        f"BOSTON, October 28, 2004 -- Allied Gauge Corp. reported for the third quarter of 2004.\n\n{text}\n"
    )
    assert any(fact.value == 20_200_000 for fact in report.facts) is kept
    assert any(finding.code is Code.AMBIGUOUS_SCOPE for finding in report.findings) is not kept


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Long-term debt was $45 million, of which $5 million is current.", False),
        ("Long-term debt was $45 million, including $5 million due within one year.", False),
        ("Long-term debt was $45 million, including $5 million of notes.", True),
    ],
)
def test_debt_of_which_a_part_is_current_is_not_what_is_not(text: str, kept: bool) -> None:
    report = tagger.tag(
        f"BOSTON, October 28, 2004 -- Allied Gauge Corp. reported for the third quarter of 2004.\n\n{text}\n"
    )
    assert any(fact.concept == "us-gaap:LongTermDebtNoncurrent" for fact in report.facts) is kept


def test_a_comparison_whose_sentence_begins_elsewhere_is_left_alone() -> None:
    assert _said("as compared to net income of $1,340,000 in the same period last year.") == []
    assert _said("This compares to net income of $1,340,000 in the same period last year.")


def test_an_abbreviation_does_not_end_a_sentence() -> None:
    text = "Acme Inc. and Mr. Reed agree. The U.S. unit grew."
    assert len(find_sentences(text)) == 2


@given(
    subject=st.sampled_from(["Revenue", "Net income", "Total assets"]),
    thousands=st.integers(1, 10**9),
    change=st.integers(1, 10**6),
)
def test_a_level_and_its_change_are_never_confused(subject: str, thousands: int, change: int) -> None:
    text = f"{subject} was ${thousands:,},000 in the quarter, an increase of ${change:,},000 from the prior quarter."
    (mention,) = [one for one in statements(text, _hits(text)) if isinstance(one, Mention)]
    assert mention.numeral.text == f"{thousands:,},000"


@given(st.lists(st.sampled_from(
    ["revenue", "net income", "$5.0 million", "$(0.10)", "was", "compared to", "from", "and", "or", "(", ")", ",", ";",
     "respectively", "in the quarter", "2012 and 2011", "per diluted share", "an increase of", "12%", "of", "to", ". "]
), max_size=30).map(" ".join))  # fmt: skip
def test_any_heap_of_words_is_read_without_error(text: str) -> None:
    for found in statements(text, _hits(text)):
        start, end = found.numeral.digits
        assert text[start:end] == found.numeral.text


def _fitting(name: str) -> st.SearchStrategy[str]:
    """Return texts that the pattern *name* of prose.json is likely to fit."""
    spelled = re.sub(
        r"\\L<(\w+)>",
        lambda found: f"(?:{'|'.join(map(re.escape, sorted(shape_words(found[1]))))})",
        _filled(load_json("prose")["patterns"][name]),
    )
    return st.from_regex(re.compile(spelled))


@pytest.mark.parametrize("name", load_json("prose")["needed"])
@given(data=st.data())
@settings(max_examples=60, suppress_health_check=list(HealthCheck), deadline=None)
def test_a_pattern_that_needs_words_fits_nowhere_without_them(name: str, data: st.DataObject) -> None:
    text = data.draw(_fitting(name))
    worded = getattr(words(), name)
    for method in ("search", "match", "fullmatch"):
        found, expected = (getattr(one, method)(text, 0, len(text)) for one in (worded, worded._pattern))
        assert (found and found.span()) == (expected and expected.span()), method
    assert [one.span() for one in worded.finditer(text)] == [one.span() for one in worded._pattern.finditer(text)]


@pytest.mark.parametrize(
    ("between", "joins"),
    [
        (" and ", True),
        (", and ", True),
        (" of total revenue, or ", True),
        (" of net sales and ", True),
        (" net loss, and ", True),
        (" & ", True),
        (" of cash or a ", True),
        (" of total operating costs and ", False),
        (" while ", False),
        (f" {'and ' * 30}", False),  # longer than anything that joins
    ],
)
def test_what_joins_figures_is_known_by_its_words(between: str, joins: bool) -> None:
    assert _joins(between) is joins
    assert len(between) > 100 or bool(words().join.fullmatch(between)) is joins


@pytest.mark.parametrize(
    ("sentence", "odd"),
    [
        ("Harbor had $5.0 million in cash at September 30, 2009.", ""),
        ("Harbor had $5.0 million in cash and no debt at September 30, 2009.", ""),
        ("Harbor had $5.0 million in cash and $2.0 million in bonds at September 30, 2009.", ""),
        ("At September 30, 2009, Harbor had $5.0 million in cash and expects to pay its debt.", ""),
        ("At September 30, 2009, Harbor had $5.0 million in cash, up from June, and long-term debt of $4.0 million.", ""),
        ("Harbor had $5.0 million in total debt and a leverage ratio of 3.0 at September 30, 2009.", ""),
        ("Harbor had $5.0 million in cash held abroad at September 30, 2009.", "held"),
        ("Harbor had $5.0 million in accounts receivable over 90 days at September 30, 2009.", "over"),
        ("Harbor has $5.0 million in inventory of gauges at September 30, 2009.", "gauges"),
        ("Harbor recorded $5.0 million in revenue growth in the third quarter of 2009.", "growth"),
        ("Harbor had $5.0 million in cash and undrawn credit lines at September 30, 2009.", "undrawn"),
        ("Harbor had $5.0 million in unrestricted cash and marketable securities at September 30, 2009.", "marketable"),
        ("Harbor had $5.0 million in cash, bonds and notes at September 30, 2009.", "bonds"),
        ("Harbor had $5.0 million of total assets under management at September 30, 2009.", "under"),
        ("At September 30, 2009, Harbor had $5.0 million in deposits and long-term debt.", "long-term"),
    ],
)  # fmt: skip
def test_words_that_may_go_on_with_a_subject_behind_its_figure_make_it_doubtful(sentence: str, odd: str) -> None:
    head = "Toledo, October 22, 2009 - Harbor Tool Corporation (NYSE: HTC) reported its third quarter."
    report = tagger.tag(f"Results\n\n{head}\n\n{sentence}")
    doubts = [one.message for one in report.findings if "behind it may go on with it" in one.message]
    assert [fact.value for fact in report.facts if fact.value == 5_000_000] == ([] if odd else [5_000_000])
    assert [f'"{odd}" behind it' in one for one in doubts] == ([True] if odd else [])
