"""What a user relies on when plain text, OCR text, newswire text and submissions are read."""

from __future__ import annotations

import contextlib
import datetime as dt
import textwrap
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conftest import CORPUS
from tagger.document import Document, Row, Table
from tagger.reading import ReadError, read
from tagger.reading.decoding import mend_controls
from tagger.reading.mending import mend_times


def _read(text: str) -> Document:
    return read(textwrap.dedent(text))


def _table(text: str) -> Table:
    tables = _read(text).tables
    assert len(tables) == 1, [[_cells(row) for row in table.rows] for table in tables]
    return tables[0]


def _cells(row: Row) -> dict[int, str]:
    return {cell.column: cell.text.string for cell in row.cells}


def _rows(table: Table) -> dict[str, dict[int, str]]:
    """Return the figures of every row by its label."""
    rows: dict[str, dict[int, str]] = {}
    for row in table.rows:
        cells = _cells(row)
        rows[cells.pop(0, "")] = cells
    return rows


STATEMENT = """
    <PAGE>
                        NORTHERN PUMP COMPANY AND SUBSIDIARIES
                         CONSOLIDATED STATEMENTS OF OPERATIONS
                       (In thousands, except per share amounts)

    <TABLE>
    <CAPTION>
                                   Three Months Ended      Nine Months Ended
                                      September 30,           September 30,
                                   ------------------     -------------------
                                     2004       2003         2004      2003
                                     ----       ----         ----      ----
    <S>                            <C>        <C>         <C>        <C>
    Net sales ..................   $ 12,345   $ 11,222    $ 36,700   $ 33,100
    Cost of sales                     7,100      6,900      21,000     20,500
    Third-party freight                            120         300        410
                                   --------   --------    --------   --------
                                      7,100      7,020      21,300     20,910
    Net gain/(loss) on sales of
     plants - leased back               (45)        --          12        (3)
                                   ========   ========    ========   ========
    </TABLE>
"""


def test_headings_span_the_columns_they_stand_over() -> None:
    head = _table(STATEMENT).rows[:3]
    assert [[(cell.text.string, cell.column, cell.colspan) for cell in row.cells] for row in head] == [
        [("Three Months Ended", 1, 2), ("Nine Months Ended", 3, 2)],
        [("September 30,", 1, 2), ("September 30,", 3, 2)],
        [("2004", 1, 1), ("2003", 2, 1), ("2004", 3, 1), ("2003", 4, 1)],
    ]


def test_an_empty_cell_is_no_cell_and_shifts_nothing() -> None:
    assert _rows(_table(STATEMENT))["Third-party freight"] == {2: "120", 3: "300", 4: "410"}


def test_dot_leaders_are_no_part_of_a_label_and_signs_belong_to_their_number() -> None:
    assert _rows(_table(STATEMENT))["Net sales"] == {1: "$ 12,345", 2: "$ 11,222", 3: "$ 36,700", 4: "$ 33,100"}


def test_a_sub_total_without_label_has_no_cell_in_the_label_column() -> None:
    assert _rows(_table(STATEMENT))[""] == {1: "7,100", 2: "7,020", 3: "21,300", 4: "20,910"}


def test_a_label_over_two_lines_is_one_row() -> None:
    assert _rows(_table(STATEMENT))["Net gain/(loss) on sales of plants - leased back"] == {
        1: "(45)",
        2: "--",
        3: "12",
        4: "(3)",
    }


def test_a_rule_marks_the_row_above_it() -> None:
    ruled = [_cells(row).get(0, "") for row in _table(STATEMENT).rows if row.ruled]
    assert ruled == ["Third-party freight", "Net gain/(loss) on sales of plants - leased back"]


def test_the_lines_above_a_table_are_its_caption() -> None:
    assert [caption.string for caption in _table(STATEMENT).caption] == [
        "NORTHERN PUMP COMPANY AND SUBSIDIARIES",
        "CONSOLIDATED STATEMENTS OF OPERATIONS",
        "(In thousands, except per share amounts)",
    ]


def test_percent_columns_between_figures_are_columns() -> None:
    table = _table(
        """
        INCOME                      Quarter Ended    Three Month    Quarter Ended
        (unaudited)                 June 30, 2005      Change      March 31, 2005
        -------------------------------------------------------------------------
        Interest on loans           $     1,200          9%        $     1,100
        Interest on deposits                300        -25%                400
        """
    )
    assert _rows(table)["Interest on deposits"] == {1: "300", 2: "-25%", 3: "400"}
    assert _cells(table.rows[0]) == {0: "INCOME", 1: "Quarter Ended", 2: "Three Month", 3: "Quarter Ended"}
    assert "(unaudited)" in [caption.string for caption in table.caption]


def test_text_spaced_double_reads_like_text_spaced_single() -> None:
    body = textwrap.dedent(STATEMENT).strip("\n")
    double = read("\n\n".join(body.split("\n")))
    single = read(body)
    assert [[_cells(row) for row in table.rows] for table in double.tables] == [
        [_cells(row) for row in table.rows] for table in single.tables
    ]


def test_paragraphs_of_one_line_each_are_no_text_spaced_double() -> None:
    items = [f"Sales of ladders of kind {number} grew by {number} percent;" for number in range(9)]
    assert len(read("\n\n".join(["For the year ended June 30, 2024:", *items])).paragraphs) == 10
    torn = [item.replace("grew", "\n\ngrew by far and in all stores, as we said it would,") for item in items]
    assert len(read("\n\n".join(torn)).paragraphs) == 1


def test_a_label_may_end_below_its_figures() -> None:
    rows = _rows(
        _table(
            """
                                                               Three Months Ended June 30,
                                                                  2023             2022
            Earnings before income tax and equity in income   $    530        $    745
            (loss) of affiliates
            Income tax expense                                     106             149
            Equity in income (loss) of affiliates                    2              (2)
            """
        )
    )
    assert rows["Earnings before income tax and equity in income (loss) of affiliates"] == {1: "$ 530", 2: "$ 745"}
    assert rows["Equity in income (loss) of affiliates"] == {1: "2", 2: "(2)"}


OCR = """
    BLUE RIVER PUMP CORPORATION
    CONDENSED CONSOLIDATED STATEMENTS OF OPERATIONS
    (In thousands, except per share data)
    (Unaudited)
    Three Months Ended Six Months Ended
    June 30, June 30,
    2008 2007 2008 2007
    Revenue $2,318 $3, 904 $5,127 $8,226
    Cost of goods sold (includes
    stock-based compensation of
    $17, $0, $38 and $0, in the
    periods shown,
    respectively) 4,150 5,212 7,938 10,014
    Gross loss (1,832) (1,308) (2,811) (1,788)
    Interest expense (3) (14) (5) (18)



    Other income

    Loss before income taxes
    Provision for income taxes

    Net loss per share of common
    stock -- Basic and Diluted

    - 31 4 37

    (1,835) (1,291) (2,812) (1,769)
    - - 6 6

    $(0.04) $(0.03) $(0.06) $(0.04)

    CONTACT: Blue River Pump Corporation
"""


def test_collapsed_headings_span_by_their_number() -> None:
    head = _table(OCR).rows[:3]
    assert [[(cell.column, cell.colspan) for cell in row.cells] for row in head] == [
        [(1, 2), (3, 2)],
        [(1, 2), (3, 2)],
        [(1, 1), (2, 1), (3, 1), (4, 1)],
    ]


def test_a_blank_inside_a_number_does_not_make_two() -> None:
    assert _rows(_table(OCR))["Revenue"] == {1: "$2,318", 2: "$3, 904", 3: "$5,127", 4: "$8,226"}


def test_figures_in_a_note_stay_in_the_label() -> None:
    label = (
        "Cost of goods sold (includes stock-based compensation of $17, $0, $38 and $0, in the periods shown, "
        "respectively)"
    )
    assert _rows(_table(OCR))[label] == {1: "4,150", 2: "5,212", 3: "7,938", 4: "10,014"}


def test_a_torn_table_is_paired_in_order_and_marked_doubtful() -> None:
    table = _table(OCR)
    rows = _rows(table)
    assert table.doubtful
    assert rows["Other income"] == {1: "-", 2: "31", 3: "4", 4: "37"}
    assert rows["Provision for income taxes"] == {1: "-", 2: "-", 3: "6", 4: "6"}
    assert rows["Net loss per share of common stock -- Basic and Diluted"][1] == "$(0.04)"


def test_dates_and_share_counts_in_a_label_are_no_figures() -> None:
    rows = _rows(
        _table(
            """
            BLUE RIVER PUMP CORPORATION
            CONDENSED CONSOLIDATED BALANCE SHEETS
            (In thousands)

            June 30, December 31,
            2008 2007

            Current Assets:
            Cash and cash equivalents $21,480 $33, 062
            Accounts receivable, net of allowance for
            doubtful accounts of
            $614 at June 30, 2008 and $587 at

            December 31, 2007 3,745 4,918
            Common stock, $.01 par value; 80,000,000
            shares authorized; 31,206,418 shares
            issued and 30,877,205 shares outstanding
            at June 30, 2008; 30,914,550 shares
            issued and 30,602, 114 shares outstanding
            at December 31, 2007 312 309
            Accumulated deficit (88,140) (79,655)
            """
        )
    )
    assert rows["Cash and cash equivalents"] == {1: "$21,480", 2: "$33, 062"}
    receivable = "doubtful accounts of $614 at June 30, 2008 and $587 at December 31, 2007"
    assert rows[f"Accounts receivable, net of allowance for {receivable}"] == {1: "3,745", 2: "4,918"}
    stock = next(label for label in rows if label.startswith("Common stock"))
    assert stock.endswith("shares outstanding at December 31, 2007")
    assert rows[stock] == {1: "312", 2: "309"}


def test_an_injured_text_is_known_as_ocr_and_a_sound_one_is_not() -> None:
    assert _read(OCR).ocr
    assert not _read(STATEMENT).ocr


_FIRST_PAGE = """
                                                   Year Ended June 30,
                                                     2023       2022
        Operating activities:
        Net income                                  $ 214      $  37
        Depreciation and amortization               1,140        873
"""
_SECOND_PAGE = """
        Purchases of investments                     (126)      (241)
        Sales of investments                           11         52
"""


@pytest.mark.parametrize("between", ["4\n\n\n5\n", "<PAGE>\n", "Investing activities:\n\n4\n<PAGE>\n"])
def test_a_table_that_goes_on_behind_the_end_of_a_page_is_one(between: str) -> None:
    (table,) = _read(f"{_FIRST_PAGE}\n{between}{_SECOND_PAGE}").tables
    rows = _rows(table)
    assert rows["Sales of investments"] == {1: "11", 2: "52"}
    assert ("Investing activities:" in rows) == between.startswith("Investing")


def test_headings_that_a_new_page_says_again_part_no_table() -> None:
    heading = _FIRST_PAGE.split("        Operating")[0]
    (table,) = _read(f"{_FIRST_PAGE}\n<PAGE>\n{heading}{_SECOND_PAGE}").tables
    assert list(_rows(table))[-1] == "Sales of investments"


@pytest.mark.parametrize(
    ("between", "second"),
    [
        ("See the notes to these consolidated statements, which are a part of them and of this report.\n<PAGE>\n", _SECOND_PAGE),
        ("<PAGE>\n", _SECOND_PAGE.replace("(126)      (241)", "(126)      (241)       (85)")),
        ("<PAGE>\nYear Ended June 30,\n     2021       2020\n", _SECOND_PAGE),
    ],
)  # fmt: skip
def test_prose_other_columns_or_other_headings_part_tables(between: str, second: str) -> None:
    assert len(_read(f"{_FIRST_PAGE}\n{between}{second}").tables) == 2


PROSE = """
    Net income for the fourth quarter rose 47% to a record $5,217,000 or $0.39 per
    diluted share, against $3,548,000 or $0.27 per diluted share, in that quarter of
    2003. Revenues were $12,940,000, compared to $10,365,000 for the quarter ended
    September 30, 2003 2,002 units were sold.

        o    Record sales of $5.2 million
        o    Net income up 23%

    CONTACT:                              Mary Smith
    John Doe, CFO                         Andria Roe (Media)
    (503) 555-0148                        (503) 555-0100; (503) 555-0105 (Fax)

    2210 Orchard Avenue, Lakeview, Oregon                            97630
     (Address of principal executive offices)                     (Zip Code)

    [ ]  Written communications pursuant to Rule 425 under the Securities Act (17
         CFR 230.425)
"""


def test_sentences_bullets_contacts_and_addresses_are_no_tables() -> None:
    document = _read(PROSE)
    assert document.tables == ()
    assert sum(paragraph.bullet for paragraph in document.paragraphs) == 2
    assert document.paragraphs[0].text.string.startswith("Net income for the fourth quarter rose 47% to a record")
    assert document.paragraphs[0].text.string.endswith("units were sold.")


def test_prose_right_above_a_table_is_no_caption() -> None:
    document = _read(
        """
        Adjusted operating profit is shown so that readers can follow how the core business of
        the Company developed. It is reconciled to operating profit in the table that follows:
        Three months ended       Three months ended
        June 30, 2011            June 30, 2010
        Operating profit                          $ 2,918         2,204
        Gain on sale                               (1,065)           -
        """
    )
    assert [caption.string for caption in document.tables[0].caption] == []
    assert len(document.paragraphs) == 1


STACKED = """
 RIVERBANK CORPORATION

 STATEMENTS OF INCOME (Dollars in thousands)

Three Months EndedJune 30,2025

Three Months EndedJune 30,2024

 Interest income

$

88.60

$

64.15

 Other income

27.92

(26.47

)

 Total income

$

125.18

$

38.59

 Fees

2.05

1.05

 Dues

2.00

-

 Rent

2.15

1.15

 Taxes

3.25

1.25

 Power

3.35

1.35

 Costs

4.00

2.00

 Profit

$

1.00

$

1.50
"""


def test_one_cell_a_line_becomes_rows_and_columns() -> None:
    table = read(STACKED).tables[0]
    rows = _rows(table)
    assert _cells(table.rows[0]) == {1: "Three Months Ended June 30, 2025", 2: "Three Months Ended June 30, 2024"}
    assert rows["Interest income"] == {1: "$ 88.60", 2: "$ 64.15"}
    assert rows["Other income"] == {1: "27.92", 2: "(26.47 )"}
    assert rows["Dues"] == {1: "2.00", 2: "-"}
    assert [caption.string for caption in table.caption] == [
        "RIVERBANK CORPORATION",
        "STATEMENTS OF INCOME (Dollars in thousands)",
    ]


def test_two_dashes_on_a_line_of_their_own_are_a_cell_and_three_are_a_rule() -> None:
    body = "Cash\n\n1,227\n\n1,268\n\n---\n\nDue to brokers\n\n25,125\n\n--\n\nBorrowings\n\n--\n\n--\n\nTotal\n\n26,352\n\n1,268\n"
    rows = _rows(read(f"BALANCE SHEETS\n\nJune 30, 2025\n\nJune 30, 2024\n\n{body}").tables[0])
    assert rows["Due to brokers"] == {1: "25,125", 2: "--"}
    assert rows["Borrowings"] == {1: "--", 2: "--"}
    assert rows["Total"] == {1: "26,352", 2: "1,268"}


GLUED = (
    "\n RIVERBANK INC. STATEMENTS OF OPERATIONS (UNAUDITED)\n\n"
    "For the Three Months Ended June 30,For the Six Months Ended June 30, 2025202420252024 "
    "Revenue   $ 6,318,205$ 5,140,772$ 12,406,118$ 9,918,340 Costs and expenses: Cost of revenue2,914,3071,955,620 "
    "5,702,466 3,804,119Sales and marketing1,260,884 1,104,390 2,531,075 2,149,608Gain on sale of investment--- (51,204)"
    "Change in fair value of warrant liability - (380)- (617)Research295212600555Net income (loss)   $ 318,240"
    "$ (1,907,315)$ (744,128)$ (2,980,506)\n"
)


def test_a_table_on_one_line_is_cut_into_rows_and_marked_doubtful() -> None:
    table = read(GLUED).tables[0]
    rows = _rows(table)
    assert table.doubtful
    assert [[(cell.text.string, cell.column, cell.colspan) for cell in row.cells] for row in table.rows[:2]] == [
        [("For the Three Months Ended June 30,", 1, 2), ("For the Six Months Ended June 30,", 3, 2)],
        [("2025", 1, 1), ("2024", 2, 1), ("2025", 3, 1), ("2024", 4, 1)],
    ]
    assert rows["Costs and expenses:"] == {}
    assert rows["Cost of revenue"] == {1: "2,914,307", 2: "1,955,620", 3: "5,702,466", 4: "3,804,119"}
    assert rows["Gain on sale of investment"] == {1: "-", 2: "-", 3: "-", 4: "(51,204)"}
    assert rows["Change in fair value of warrant liability"] == {1: "-", 2: "(380)", 3: "-", 4: "(617)"}
    assert rows["Research"] == {1: "295", 2: "212", 3: "600", 4: "555"}


SUBMISSION = """<SEC-DOCUMENT>0000000001-08-000001.txt : 20080521
<SEC-HEADER>0000000001-08-000001.hdr.sgml : 20080521
CONFORMED SUBMISSION TYPE:\t8-K
CONFORMED PERIOD OF REPORT:\t20080520
FILED AS OF DATE:\t\t20080521

\tCOMPANY DATA:
\t\tCOMPANY CONFORMED NAME:\t\t\tRIVERBANK CORP
\t\tCENTRAL INDEX KEY:\t\t\t0000999999
\t\tFISCAL YEAR END:\t\t\t0331
</SEC-HEADER>
<DOCUMENT>
<TYPE>8-K
<SEQUENCE>1
<TEXT>
FORM 8-K. On May 21, 2008 the company reported 1,234 and 5,678.
</TEXT>
</DOCUMENT>
<DOCUMENT>
<TYPE>EX-99.1
<SEQUENCE>2
<TEXT>
Net sales were $1,234 and $1,111; costs $999 and 1,000; profit $235.
Net income was $5.5 million.
</TEXT>
</DOCUMENT>
<DOCUMENT>
<TYPE>EX-99.2
<SEQUENCE>3
<TEXT>
Slides without numbers.
</TEXT>
</DOCUMENT>
<DOCUMENT>
<TYPE>EX-99.3
<SEQUENCE>4
<TEXT>
                       2006     2005
Deposits             $ 1,234  $ 1,100
Loans                  2,345    2,100
Securities               456      500
</TEXT>
</DOCUMENT>
</SEC-DOCUMENT>
"""


def test_a_submission_gives_its_exhibits_with_figures_and_its_header() -> None:
    document = read(SUBMISSION)
    assert document.text.startswith("Net sales were")
    assert "FORM 8-K" not in document.text
    assert "Slides" not in document.text
    assert _rows(document.tables[0])["Loans"] == {1: "2,345", 2: "2,100"}
    assert SUBMISSION[document.origin :].startswith("Net sales were")
    submission = document.submission
    assert submission is not None
    assert (submission.company, submission.cik, submission.form) == ("RIVERBANK CORP", "0000999999", "8-K")
    assert (submission.period, submission.filed) == (dt.date(2008, 5, 20), dt.date(2008, 5, 21))
    assert submission.fiscal_year_end == "0331"
    assert submission.exhibits == ("EX-99.1", "EX-99.3")


DISSEMINATED = """<SUBMISSION>
<ACCESSION-NUMBER>0000000001-08-000001
<TYPE>8-K
<PUBLIC-DOCUMENT-COUNT>2
<PERIOD>20080520
<ITEMS>2.02
<FILING-DATE>20080521
<FILER>
<COMPANY-DATA>
<CONFORMED-NAME>RIVERBANK CORP
<CIK>0000999999
<ASSIGNED-SIC>6022
<FISCAL-YEAR-END>0331
</COMPANY-DATA>
<BUSINESS-ADDRESS>
<CITY>ALBANY
</BUSINESS-ADDRESS>
<MAIL-ADDRESS>
<CITY>TROY
</MAIL-ADDRESS>
</FILER>
"""


def test_a_submission_as_disseminated_has_the_same_header() -> None:
    start, end = SUBMISSION.index("<DOCUMENT>"), SUBMISSION.index("</SEC-DOCUMENT>")
    document = read(DISSEMINATED + SUBMISSION[start:end] + "</SUBMISSION>\n")
    submission = document.submission
    assert document.text.startswith("Net sales were")
    assert submission is not None
    assert (submission.company, submission.cik, submission.form) == ("RIVERBANK CORP", "0000999999", "8-K")
    assert (submission.period, submission.filed) == (dt.date(2008, 5, 20), dt.date(2008, 5, 21))
    assert submission.fiscal_year_end == "0331"
    told = dict(submission.fields)
    assert (told["ACCESSION NUMBER"], told["CITY"]) == ("0000000001-08-000001", "ALBANY")


def test_without_an_exhibit_the_form_itself_is_read() -> None:
    start = SUBMISSION.index("<DOCUMENT>\n<TYPE>EX-99.1")
    assert read(SUBMISSION[:start]).text.startswith("FORM 8-K.")


def _submitted(*parts: tuple[str, str]) -> str:
    return "".join(f"<DOCUMENT>\n<TYPE>{kind}\n<TEXT>\n{text}\n</TEXT>\n</DOCUMENT>\n" for kind, text in parts)


STATED = "Net sales  1,234  1,100\nCost of sales  1,000  900\nNet income  134  120"


@pytest.mark.parametrize(
    ("parts", "read_parts", "said"),
    [
        (["10-Q", "EX-99.1"], ("10-Q",), ["of the submission 10-Q is read; not read: EX-99.1"]),
        (["10-K", "EX-10.1", "EX-13"], ("10-K", "EX-13"), ["of the submission 10-K, EX-13 is read; not read: EX-10.1"]),
        (["8-K", "EX-99.1", "GRAPHIC"], ("EX-99.1",), []),
    ],
)
def test_a_submission_is_read_where_its_statements_stand(
    parts: list[str], read_parts: tuple[str, ...], said: list[str]
) -> None:
    document = read(_submitted(*((kind, STATED) for kind in parts)))
    assert document.submission is not None
    assert document.submission.exhibits == read_parts
    assert [finding.message for finding in document.findings] == said


def test_a_certificate_as_exhibit_99_does_not_displace_the_form() -> None:
    document = read(_submitted(("10-Q", STATED), ("EX-99", "I certify under section 13(a) that the report complies.")))
    assert document.text.startswith("Net sales")


def test_inline_xbrl_says_how_to_load_its_own_facts() -> None:
    page = "<html><body><p>Sales of <ix:nonFraction>5</ix:nonFraction></p></body></html>"
    assert ["tagger.read" in finding.message for finding in read(page).findings] == [True]


def test_the_cover_of_a_form_stays_in_the_text_but_is_not_read() -> None:
    document = _read(
        """
                                    FORM 8-K
                                 CURRENT REPORT
         Date of Report (Date of earliest event reported): May 21, 2008

                             RIVERBANK CORP.
          (Exact name of registrant as specified in its charter)

        Item 2.02  Results of Operations and Financial Condition
        Revenue of $9 million was reported.

                             Exhibit 99.1

        RIVERBANK EARNS $4.0 MILLION
        """
    )
    assert "Revenue of $9 million" in document.text
    assert [paragraph.text.string for paragraph in document.paragraphs] == [
        "Exhibit 99.1",
        "RIVERBANK EARNS $4.0 MILLION",
    ]
    assert document.submission is not None
    assert document.submission.company == "RIVERBANK CORP."
    assert document.submission.period == dt.date(2008, 5, 21)


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"%PDF-1.7 ...", "PDF"),
        (b"PK\x03\x04....", "zip"),
        (b"", "nothing in it"),
        (b"  \n ", "nothing in it"),
        (bytes(range(32)) * 40, "binary"),
        (b"\x89PNG\r\n", "image"),
    ],
)
def test_what_cannot_be_read_is_refused_by_name_with_advice(data: bytes, told: str) -> None:
    with pytest.raises(ReadError, match=rf"q3\.bin.*{told}"):
        read(data, name="q3.bin")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_every_usual_encoding_is_read(encoding: str) -> None:
    assert read("Company’s results – 5".encode(encoding)).text == "Company’s results – 5"


def test_a_path_is_read_and_names_the_document(tmp_path: Path) -> None:
    path = tmp_path / "release.txt"
    path.write_bytes(b"Sales rose.\r\nCosts fell.\r\n")
    for source in (path, str(path)):
        document = read(source)
        assert document.name == "release.txt"
        assert document.text == "Sales rose.\nCosts fell.\n"


def _check(document: Document, text: str) -> None:
    """Check that spans point at their text and that nothing but rules and marks stands outside the blocks."""
    assert document.text == mend_controls(text.replace("\r\n", "\n").replace("\r", "\n"))
    texts = []
    for block in document.blocks:
        if isinstance(block, Table):
            texts += block.caption
            for row in block.rows:
                columns = [cell.column for cell in row.cells]
                assert columns == sorted(set(columns))
                assert all(cell.column + cell.colspan <= block.columns for cell in row.cells)
                texts += [cell.text for cell in row.cells]
        else:
            texts.append(block.text)
    printed = mend_times(document.text) if document.ocr else document.text
    for part in texts:
        assert all(
            printed[part.at(index)] == part.string[index]
            for index in range(len(part.string))
            if part.string[index] != " "
        )
        place = part.place
        drawn = printed[place.start : place.end].replace("|", " ")  # bars between cells are no words
        assert drawn.split() == part.string.split() or len(part.starts) > 1


PIECES = (
    "Net sales Revenue of loss (loss) 1,234 $ $(5) 12% - -- — 2006 2005 June 30, Three Months Ended (In thousands) , : ; "
    "<TABLE> <S> <C> </TABLE> <PAGE> ---- ==== 57, 140 4 o * (1) Exhibit 99.1 Form 8-K Page § 8 million par value shares"
)
WORDS = st.sampled_from(sorted(set(PIECES.split())))
LINES = st.lists(st.tuples(WORDS, st.sampled_from([" ", "  ", "       ", "", "\xa0", "\t"])), max_size=9).map(
    lambda parts: "".join(word + gap for word, gap in parts)
)
PAGES = st.lists(LINES, max_size=30).map("\n".join)


@settings(max_examples=150, deadline=None)
@given(PAGES)
def test_any_page_is_read_with_every_span_pointing_at_its_text(text: str) -> None:
    try:
        document = read(text + "\n")
    except ReadError:
        assert not text.strip()
        return
    if document.kind == "text" and len(document.text) == len(text) + 1:
        _check(document, text + "\n")


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet=st.characters(exclude_characters="<", exclude_categories=["Cs"]), max_size=400))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        document = read(text + "\n")
    except ReadError:
        assert not text.strip() or text.startswith("%PDF-")
        return
    _check(document, text + "\n")


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    with contextlib.suppress(ReadError):
        read(data)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(st.integers(-99999, 999999), min_size=3, max_size=3), min_size=3, max_size=8))
def test_a_printed_grid_comes_back_as_it_was(figures: list[list[int]]) -> None:
    names = [f"Item {chr(65 + index)}" for index in range(len(figures))]
    printed = [[f"({-number:,})" if number < 0 else f"{number:,} " for number in row] for row in figures]
    lines = [f"{'':24}{'2006':>14} {'2005':>14} {'2004':>14} "]
    lines += [f"{name:24}" + "".join(f"{cell:>15}" for cell in row) for name, row in zip(names, printed, strict=True)]
    table = read("\n".join(lines) + "\n").tables[0]
    rows = _rows(table)
    for name, row in zip(names, printed, strict=True):
        assert rows[name] == {column: cell.strip() for column, cell in enumerate(row, start=1)}


@pytest.mark.skipif(not CORPUS.exists(), reason="the corpus is not here")
def test_every_document_of_the_corpus_is_read_whole() -> None:
    paths = [
        path
        for folder in ("text", "ocr")
        for path in sorted((CORPUS / folder).iterdir())
        if path.suffix in (".txt", ".md")
    ]
    for path in paths:
        document = read(path)
        assert document.ocr == (path.parent.name == "ocr"), path.name
        _check(document, document.text)
        if "x9901" not in path.name and "gold" not in path.name:
            assert document.tables, path.name


def _stacked(*heads: str) -> list[tuple[int, str]]:
    """Return the headings of a table that came as one cell a line, with three figures a row."""
    body = ["Interest income", "71,318", "68,904", "66,127", "Interest expense", "30,455", "29,870", "29,112"]
    cells = ["HARBOR BANCORP SELECTED CONSOLIDATED DATA (In thousands) (Unaudited)", *heads, "Income:", *body * 4]
    table = next(block for block in read("\n\n".join(cells) + "\n").blocks if isinstance(block, Table))
    return [(cell.column, cell.text.string) for row in table.rows[:2] for cell in row.cells if cell.column]


def test_a_day_glued_to_its_year_is_a_heading_like_the_others() -> None:
    heads = _stacked("For the Three Months Ended", "Sept 30,2025", "June 302025", "March 31,2025")
    assert heads == [
        (1, "For the Three Months Ended"),
        (1, "Sept 30, 2025"),
        (2, "June 30 2025"),
        (3, "March 31, 2025"),
    ]


def test_dates_that_are_too_few_for_the_columns_are_given_to_none() -> None:
    heads = _stacked("For the Three Months Ended", "Sept 30,2025", "March 31,2025")
    assert not any("Ended" in string or "2025" in string for _, string in heads)


def test_figures_alone_on_their_line_fill_the_columns_in_order() -> None:
    text = """
        CONSOLIDATED STATEMENTS OF INCOME

        (In millions, except for share counts, which stand in thousands, and per-share amounts)

                                                    Quarter Ended June 30,
                                                    2023              2024
        Revenues                                    $ 51,390          $ 58,215
        Cost of revenues                            22,704            25,318
        Net income                                  $ 12,046          $ 14,927
        Basic earnings per share
        $ 1.12                                                        $ 1.37
        Diluted earnings per share
        $ 1.10                                                        $ 1.35
    """
    rows = _rows(_table(text))
    assert rows["Basic earnings per share"] == {1: "$ 1.12", 2: "$ 1.37"}
    assert rows["Diluted earnings per share"] == {1: "$ 1.10", 2: "$ 1.35"}


def test_a_long_line_that_gives_the_scale_is_a_caption_and_no_prose() -> None:
    scale = "(In millions, except for share counts, which stand in thousands, and per-share amounts)"
    text = f"ACME\n\nCONSOLIDATED BALANCE SHEETS\n\n{scale}\n\nJune 30, 2023     June 30, 2022\nCash      1,200     1,100\nDebt     800     700\n"
    table = next(block for block in read(text).blocks if isinstance(block, Table))
    assert [line.string for line in table.caption][-2:] == ["CONSOLIDATED BALANCE SHEETS", scale]


def test_figures_that_fill_their_columns_and_touch_are_apart() -> None:
    rows = _rows(
        _table("""
                                     Year Ended June 30,
                                     2001       2000       1999
        Research                 2,104,331  1,660,120  4,010,230
        Loss from operations    (2,602,035)(2,065,450)(5,000,348)
        Net loss               $(2,397,925)$(1,755,230)$(4,560,018)
        Shares                  11,989,625 11,701,533 12,000,047
        """)
    )
    assert rows["Loss from operations"] == {1: "(2,602,035)", 2: "(2,065,450)", 3: "(5,000,348)"}
    assert rows["Net loss"] == {1: "$(2,397,925)", 2: "$(1,755,230)", 3: "$(4,560,018)"}
    assert rows["Shares"] == {1: "11,989,625", 2: "11,701,533", 3: "12,000,047"}


def _spans(table: Table, line: int) -> dict[str, tuple[int, int]]:
    return {cell.text.string: (cell.column, cell.colspan) for cell in table.rows[line].cells}


def test_a_rule_says_how_far_the_heading_above_it_reaches() -> None:
    table = _table("""
                             Quarter Ended                    Year
                     -----------------------------            Ended
                     June 30,   March 31,   Dec. 31,        Dec. 31,
                       1998       1998        1997            1997
    Net sales          1,204      1,110       1,330           4,990
    Net income           104        110         130             490
    """)
    assert _spans(table, 0) == {"Quarter Ended": (1, 3), "Year": (4, 1)}
    assert _spans(table, 1) == {"Ended": (4, 1)}


def test_headings_set_flush_above_one_another_stand_over_one_column() -> None:
    table = _table("""
                                                   Period from
                         Year ended December 31,   March 3, 1995
                            2001        2000       to date
    Contract revenue       1,204       1,110         3,330
    Net loss                (104)       (110)         (490)
    """)
    assert _spans(table, 0) == {"Period from": (3, 1)}
    assert _spans(table, 1) == {"Year ended December 31,": (1, 2), "March 3, 1995": (3, 1)}


TYPED = """Net sales               1,204      1,110
Cost of sales             804        751
Gross profit              400        359
Administrative            210        198
Operating income          190        161
Interest                   20         22
Income before taxes       170        139
Income taxes               65         55
Net income                105         84
"""


@pytest.mark.parametrize(
    ("text", "recognised"),
    [
        (TYPED, False),
        (TYPED.replace("190        161", "190     161"), False),
        ("\n".join(line + " " * (index % 4) + "7" for index, line in enumerate(TYPED.splitlines())), True),
        (TYPED.replace("1,110", "1, 110"), True),
        ("    " + TYPED.replace("1,110", "1, 110").replace("\n", "\n    "), True),  # a margin is no indent
        (TYPED.replace("1,110", "1, 110").replace("\n", "\n    "), False),  # but one line are indented
    ],
)  # fmt: skip
def test_lines_without_indents_are_recognised_where_figures_do_not_stand_under_one_another(
    text: str, recognised: bool
) -> None:
    assert _read(text).ocr is recognised


def test_bars_between_columns_are_no_figures() -> None:
    table = _table("""
        Year ended June 30   |   2005    |   2004    |
        ---------------------------------------------
        Revenue              |  $ 904.1  |  $ 880.2  |
        Operating costs      |    790.3  |    771.0  |
        Net income           |  $  65.1  |  $  61.6  |
    """)
    assert _rows(table)["Net income"] == {1: "$ 65.1", 2: "$ 61.6"}


def test_a_number_of_a_page_beside_lines_that_are_repeated_is_the_head_of_a_page() -> None:
    text = """
    PELLUCID GLASS                    Form 10-Q
                                  June 30, 1998

    BALANCE SHEETS
                             June 30,     December 31,
                               1998           1997
    Cash                      1,204          1,880
    Receivables               8,330          8,004

    PELLUCID GLASS                    Form 10-Q
                                  June 30, 1998
                       2

    Total current assets      9,534          9,884
    Total assets             40,974         40,754
    """
    assert [_rows(table)["Total assets"] for table in _read(text).tables[-1:]] == [{1: "40,974", 2: "40,754"}]


def test_labels_may_stand_behind_their_figures() -> None:
    table = _table("""
          Quarter ended June 30,
           2002          2001
        --------      --------
        $ 41,204      $ 38,110    Voyage revenues
          12,330             -    Voyage expenses
           (310)           404    Other income (expense)
        --------      --------
        $ 28,564      $ 38,514    Net income
    """)
    assert _rows(table)["Voyage revenues"] == {1: "$ 41,204", 2: "$ 38,110"}
    assert _rows(table)["Voyage expenses"] == {1: "12,330", 2: "-"}
    assert _rows(table)["Other income (expense)"] == {1: "(310)", 2: "404"}


def test_a_dash_behind_the_last_figure_is_one_where_blanks_were_lost() -> None:
    table = _table("""
        November 30, 2021 November 30, 2020
        Long-term debt, net 239,992 364,260
        Convertible senior notes, net 294,535 -
        Long-term operating lease liabilities 23,130 26,966
    """)
    assert _rows(table)["Convertible senior notes, net"] == {1: "294,535", 2: "-"}


def test_a_year_on_the_next_line_belongs_to_the_day_before_it() -> None:
    table = _table("""
        November 30, 2021 November 30, 2020
        Additional paid-in capital 355,767 101,204
        Treasury stock, 333 shares as of November 30,
        2021 (57,486) -
        Retained earnings 392,495 310,120
    """)
    assert _rows(table)["Treasury stock, 333 shares as of November 30, 2021"] == {1: "(57,486)", 2: "-"}


def test_a_label_with_a_figure_of_its_own_is_not_the_beginning_of_the_next() -> None:
    table = _table("""
        Year ended December 31 2023 2022
        Proceeds from disposals of property and equipment 27 35
        Acquisitions, net of cash acquired (70)
        Contributions to investments (16,448) (5,051)
        Proceeds from investments 15,739 10,619
    """)
    assert _rows(table)["Contributions to investments"] == {1: "(16,448)", 2: "(5,051)"}


@pytest.mark.parametrize(
    "text",
    [
        "|Three months ended\n|June 30,\n|2011\n|2010\n|\nNet sales\n|$\n|18,220\n|$\n|17,104\n|\nIncome taxes\n|(690\n|)\n|(440\n|)\n|\n",
        "| Three months ended June 30, |\n| 2011 | 2010 |\nNet sales | $ | 18,220 | $ | 17,104 |\nIncome taxes | (690 | ) | (440 | ) |\n",
        "| | 2011 | 2010 |\n| Net sales | $18,220 | $17,104 |\n| Cost of sales | 12,110 | 11,870 |\n| Income taxes | (690) | (440) |\n",
    ],
)
def test_cells_are_told_by_bars_one_a_line_or_several(text: str) -> None:
    (table,) = _read(text).tables
    rows = _rows(table)
    assert [value.replace(" ", "") for value in rows["Net sales"].values()] == ["$18,220", "$17,104"]
    assert [value.replace(" ", "") for value in rows["Income taxes"].values()] == ["(690)", "(440)"]


def test_titles_with_years_behind_them_head_columns_where_blanks_were_lost() -> None:
    table = _table("""
        LARKSPUR INSTRUMENTS INCORPORATED

        June 30, December 31,
        Consolidated Balance Sheets 2023 2022
        (In millions, except par value)
        Cash and cash equivalents $ 3,439 $ 3,050
        Short-term investments 6,113 6,017
        Total assets 9,552 9,067
    """)
    assert [[cell.text.string for cell in row.cells if cell.column] for row in table.rows if row.cells[0].column] == [
        ["June 30,", "December 31,"],
        ["2023", "2022"],
    ]


def test_dates_written_out_head_columns_however_long_their_line_is() -> None:
    table = _table("""
        Year Ended February 28, 2010 Year Ended February 28, 2009 Year Ended February 29, 2008
        Net sales 40,597 44,564 44,048
        Cost of sales 31,444 34,451 33,943
        Interest income 7 11 18
    """)
    assert [cell.text.string for cell in table.rows[0].cells] == [
        "Year Ended February 28, 2010",
        "Year Ended February 28, 2009",
        "Year Ended February 29, 2008",
    ]


def test_headings_above_a_title_head_columns_one_cell_a_line() -> None:
    text = (
        "LARKSPUR INSTRUMENTS\nJune 30,\nDecember 31,\nConsolidated Balance Sheets\n2023\n2022\n(In millions)\n"
        "Cash\n$ 3,439\n$ 3,050\nInvestments\n6,113\n6,017\nTotal assets\n9,552\n9,067\n"
    )
    (table,) = _read(text).tables
    headings = [[cell.text.string for cell in row.cells] for row in table.rows[:2]]
    assert headings == [["June 30,", "December 31,"], ["2023", "2022"]]


def test_an_open_bracket_goes_on_with_the_label_where_blanks_were_lost() -> None:
    table = _table("""
        June 30, 2010 June 30, 2009
        Cash and cash equivalents 3,439 3,050
        Property, net of depreciation (2010 - $1,576; 2009 -
        $1,570) 1,024 1,025
        Total assets 9,552 9,067
    """)
    assert _rows(table)["Property, net of depreciation (2010 - $1,576; 2009 - $1,570)"] == {1: "1,024", 2: "1,025"}


def test_a_scale_behind_the_date_of_rows_run_together_is_no_label() -> None:
    text = (
        "Balance Sheet Summary\nJune 30, 2021 June 30, 2020 In billions, except as noted Loans $ 234.2 $ 260.5 Securities 108.9 117.6 "
        "Deposits 370.7 382.2 Total assets $ 560.1 $ 570.2\n"
    )
    (table,) = _read(text).tables
    assert "In billions, except as noted" in [line.string for line in table.caption]
    assert _rows(table)["Loans"] == {1: "$ 234.2", 2: "$ 260.5"}


def test_halves_of_a_run_are_two_rows_only_where_they_are_alike() -> None:
    text = (
        "Loans June 30, 2008 March 31, 2008 June 30, 2007 Home equity $ 53,110 $ 47,351 $ 43,144 Other loans 8,804 7,005 6,805 "
        "Total loans 61,914 54,356 49,949 $ 62,100 $ 55,100 $ 50,010 Net residential $ 52,880 12 % $ 45,565 12 % $ 22,950 11 %\n"
    )
    rows = _rows(_read(text).tables[0])
    assert rows["Total loans"] == {1: "61,914", 2: "54,356", 3: "49,949"}
    assert not {1, 2, 3} & set(rows["Net residential"])


@pytest.mark.parametrize(
    ("label", "figures"),
    [
        ("1-4 Family residential", {1: "37,719", 2: "35,303"}),
        ("Costs of 777X and 767 models", {1: "48", 2: "12"}),
        ("Discount on Notes", {1: "8,195", 2: "7,005"}),
    ],
)
def test_numbers_in_labels_of_rows_run_together_are_no_figures(label: str, figures: dict[int, str]) -> None:
    text = f"Loans June 30, 2008 June 30, 2007 Home equity $ 53,110 $ 47,351 Other loans 8,804 7,005 {label} {' '.join(figures.values())} Total 61,914 54,356\n"
    assert _rows(_read(text).tables[0])[label] == figures


def test_a_row_that_lacks_figures_where_blanks_were_lost_stands_in_no_column() -> None:
    table = _table("""
        Year ended December 31 2023 2022
        Proceeds from disposals of property and equipment 27 35
        Acquisitions, net of cash acquired (70)
        Contributions to investments (16,448) (5,051)
        Proceeds from investments 15,739 10,619
    """)
    assert _rows(table)["Acquisitions, net of cash acquired"] == {3: "(70)"}


@pytest.mark.parametrize("frame", ["| ", ""])
def test_rows_that_dashes_say_are_broken_over_lines_are_whole(frame: str) -> None:
    text = (
        "Income statement\n"
        f"{frame}EUR millions | Jan. to June 2009 |\nProportion (%) |\nJan. to June 2008 |\nProportion (%) |\n"
        f"{frame.strip()}---|---|---|---|---|\n"
        f"{frame}Revenues | 177.7 | 100.0 | 222.0 | 100.0 |\n"
        f"{frame}Gross profit |\n43.3 |\n24.4 |\n58.6 | 26.4 |\n"
        f"{frame}Income tax | –1.4 | –0.8 |\n{frame}Result | 1.2 | 0.7 | 13.8 | 6.2 |\n"
    )
    table = _read(text).tables[0]
    assert _rows(table)["EUR millions"] == {
        1: "Jan. to June 2009",
        2: "Proportion (%)",
        3: "Jan. to June 2008",
        4: "Proportion (%)",
    }
    assert _rows(table)["Gross profit"] == {1: "43.3", 2: "24.4", 3: "58.6", 4: "26.4"}
    assert _rows(table)["Result"] == {1: "1.2", 2: "0.7", 3: "13.8", 4: "6.2"}


_QUARTERS = """\
Selected quarterly results for the years ended December 31, 2003 and 2002 (in thousands):
Quarter Ended
December 31
September 30
2003
Net sales
$
187,455
$
181,914
Net income
(49,711
)
40,185
2002
Net sales
$
173,127
$
177,744
Net income
21,568
38,595
"""


@pytest.mark.parametrize("bars", ["", "|", "|after"])
def test_a_year_between_rows_of_one_cell_a_line_begins_a_table_under_the_same_headings_and_title(bars: str) -> None:
    lines = _QUARTERS.splitlines()
    if bars:
        lines = [f"{line} |" if "after" in bars else f"|{line}" for line in lines[1:]]
        lines = [_QUARTERS.splitlines()[0], *(part for line in lines for part in ("|", line))]
    first, second = _read("\n".join(lines) + "\n").tables
    assert _rows(first)["Net income"] == {1: "(49,711 )", 2: "40,185"}
    assert _rows(second)["Net sales"] == {1: "$ 173,127", 2: "$ 177,744"}
    assert [cell.text.string for row in second.rows[:3] for cell in row.cells] == [
        "Quarter Ended",
        "December 31",
        "September 30",
        "2002",
    ]
    assert "in thousands" in second.caption[-1].string


def test_a_title_of_its_own_stands_against_that_of_the_table_above() -> None:
    text = _QUARTERS.replace("2002\nNet sales", "Pro forma results (in millions)\n2002\nNet sales")
    second = _read(text).tables[1]
    assert [line.string for line in second.caption] == ["Pro forma results (in millions)"]


def test_a_label_that_says_its_own_scale_is_a_row_of_a_table_of_one_cell_a_line() -> None:
    text = "Summary\nThree months ended June 30,\n2014\n2013\nRevenue (millions)\n$265.5\n$266.9\nGold sold (thousands)\n190.6\n176.3\nNet profit (millions)\n$\n37.6\n$\n43.3\n"
    (table,) = _read(text).tables
    assert _rows(table)["Gold sold (thousands)"] == {1: "190.6", 2: "176.3"}
    assert _rows(table)["Net profit (millions)"] == {1: "$ 37.6", 2: "$ 43.3"}


def test_a_scale_above_figures_that_says_no_more_is_no_label() -> None:
    text = "Three months ended June 30,\n2014\n2013\nRevenue\n$265.5\n$266.9\nGold sold\n190.6\n176.3\n(in thousands)\n12.5\n13.5\n12.1\n11.2\n"
    assert not any("(in thousands)" in _rows(table) for table in _read(text).tables)


def test_decimals_in_a_cell_of_their_own_go_with_their_whole_number() -> None:
    text = "13 Weeks Ended\nAugust 30, 2005\nPercent\nSales\n$304,343\n98\n.7\nFees\n3,880\n1\n.3\nChange\n1,200\n(24\n.4)\nPer share\n0.75\n.71\n"
    (table,) = _read(text).tables
    assert _rows(table)["Sales"] == {1: "$304,343", 2: "98 .7"}
    assert _rows(table)["Change"] == {1: "1,200", 2: "(24 .4)"}
    assert _rows(table)["Per share"] == {1: "0.75", 2: ".71"}


_STOCK = """
BALANCE SHEETS
June 30, 2024 2023
Cash 1,508 1,504
{label}
October 28, 2023 508 504
Retained earnings 1,000 1,000
"""


@pytest.mark.parametrize(
    ("label", "is_one"),
    [
        (
            "Common stock of $.01 par value, of which the board has let go these\n"
            "50,773,796 shares at November 2, 2024, and 50,445,186 shares at",
            True,
        ),
        (
            "Common stock, of which the board of the company has let go of these\n"
            "many were let go of again at November 2, 2024, and then once more at",
            False,
        ),
        (
            "Common stock of $.01 par value, of which the board has let go these\n"
            "50,773,796 shares at November 2, 2024, and 50,445,186 shares at all.",
            False,
        ),
    ],
)
def test_long_lines_between_rows_that_count_shares_and_go_on_are_a_label(label: str, is_one: bool) -> None:
    rows = [row for table in _read(_STOCK.format(label=label)).tables for row in _rows(table)]
    assert any(row.startswith("Common stock") for row in rows) is is_one


@pytest.mark.parametrize(
    ("above", "below", "label"),
    [
        (
            "PREFERRED STOCK, NO PAR VALUE; 150,000",
            "SHARES AUTHORIZED AND ISSUED",
            "PREFERRED STOCK, NO PAR VALUE; 150,000 SHARES AUTHORIZED AND ISSUED",
        ),
        ("PREFERRED STOCK, NO PAR VALUE, SERIES 1", "SHARES AUTHORIZED AND ISSUED", "SHARES AUTHORIZED AND ISSUED"),
        ("PREFERRED STOCK, NO PAR VALUE; 150,000", "SURPLUS OF SHARES", "SURPLUS OF SHARES"),
    ],
)
def test_a_label_in_capitals_that_ends_with_a_count_goes_on_with_what_it_counts(
    above: str, below: str, label: str
) -> None:
    text = f"""
BALANCE SHEETS
                                                    JUNE 30,
                                                2024        2023

CASH                                           1,508       1,504
{above}
{below:44}     150         151
RETAINED EARNINGS                              1,000       1,000
"""
    assert label in _rows(_table(text))
