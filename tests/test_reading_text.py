"""What a user relies on when plain text, OCR text, newswire text and submissions are read."""

from __future__ import annotations

import contextlib
import datetime as dt
import textwrap
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tagger.document import Document, Row, Table
from tagger.reading import ReadError, read

CORPUS = Path("/work/shared/corpus")


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


def test_a_label_may_end_below_its_figures() -> None:
    rows = _rows(
        _table(
            """
                                                               Three Months Ended June 30,
                                                                  2023             2022
            Earnings before income tax and equity in income   $    611        $    800
            (loss) of affiliates
            Income tax expense                                     118             172
            Equity in income (loss) of affiliates                    2              (2)
            """
        )
    )
    assert rows["Earnings before income tax and equity in income (loss) of affiliates"] == {1: "$ 611", 2: "$ 800"}
    assert rows["Equity in income (loss) of affiliates"] == {1: "2", 2: "(2)"}


OCR = """
    BLUE RIVER TURBINE CORPORATION
    CONDENSED CONSOLIDATED STATEMENTS OF OPERATIONS
    (In thousands, except per share data)
    (Unaudited)
    Three Months Ended Six Months Ended
    September 30, September 30,
    2006 2005 2006 2005
    Revenue $1,946 $4, 705 $6,512 $7,512
    Cost of goods sold (includes
    stock-based compensation of
    $23, $0, $51 and $0, for the
    periods presented,
    respectively) 4,282 5,768 9,084 9,992
    Gross loss (2,336) (1,063) (2,572) (2,480)
    Interest expense (1) (19) (2) (21)



    Other income

    Loss before income taxes
    Provision for income taxes

    Net loss per share of common
    stock -- Basic and Diluted

    - 22 1 24

    (2,337) (1,060) (2,573) (2,477)
    - - 2 2

    $(0.02) $(0.01) $(0.03) $(0.03)

    CONTACT: Blue River Turbine Corporation
"""


def test_collapsed_headings_span_by_their_number() -> None:
    head = _table(OCR).rows[:3]
    assert [[(cell.column, cell.colspan) for cell in row.cells] for row in head] == [
        [(1, 2), (3, 2)],
        [(1, 2), (3, 2)],
        [(1, 1), (2, 1), (3, 1), (4, 1)],
    ]


def test_a_blank_inside_a_number_does_not_make_two() -> None:
    assert _rows(_table(OCR))["Revenue"] == {1: "$1,946", 2: "$4, 705", 3: "$6,512", 4: "$7,512"}


def test_figures_in_a_note_stay_in_the_label() -> None:
    label = (
        "Cost of goods sold (includes stock-based compensation of $23, $0, $51 and $0, for the periods presented, "
        "respectively)"
    )
    assert _rows(_table(OCR))[label] == {1: "4,282", 2: "5,768", 3: "9,084", 4: "9,992"}


def test_a_torn_table_is_paired_in_order_and_marked_doubtful() -> None:
    table = _table(OCR)
    rows = _rows(table)
    assert table.doubtful
    assert rows["Other income"] == {1: "-", 2: "22", 3: "1", 4: "24"}
    assert rows["Provision for income taxes"] == {1: "-", 2: "-", 3: "2", 4: "2"}
    assert rows["Net loss per share of common stock -- Basic and Diluted"][1] == "$(0.02)"


def test_dates_and_share_counts_in_a_label_are_no_figures() -> None:
    rows = _rows(
        _table(
            """
            BLUE RIVER TURBINE CORPORATION
            CONDENSED CONSOLIDATED BALANCE SHEETS
            (In thousands)

            September 30, March 31,
            2006 2006

            Current Assets:
            Cash and cash equivalents $39,329 $58, 051
            Accounts receivable, net of allowance for
            doubtful accounts of
            $805 at September 30, 2006 and $858 at

            March 31, 2006 2,532 5,869
            Common stock, $.001 par value; 415,000,000
            shares authorized; 104,765,257 shares
            issued and 104,214,049 shares outstanding
            at September 30, 2006; 103,521,829 shares
            issued and 102,970, 621 shares outstanding
            at March 31, 2006 104 104
            Accumulated deficit (520,293) (500,542)
            """
        )
    )
    assert rows["Cash and cash equivalents"] == {1: "$39,329", 2: "$58, 051"}
    receivable = "doubtful accounts of $805 at September 30, 2006 and $858 at March 31, 2006"
    assert rows[f"Accounts receivable, net of allowance for {receivable}"] == {1: "2,532", 2: "5,869"}
    stock = next(label for label in rows if label.startswith("Common stock"))
    assert stock.endswith("shares outstanding at March 31, 2006")
    assert rows[stock] == {1: "104", 2: "104"}


def test_an_injured_text_is_known_as_ocr_and_a_sound_one_is_not() -> None:
    assert _read(OCR).ocr
    assert not _read(STATEMENT).ocr


def test_a_table_goes_on_after_a_page_break() -> None:
    document = _read(
        """
                                                   Year Ended June 30,
                                                     2023       2022
        Operating activities:
        Net income                                  $ 199      $  28
        Depreciation and amortization               1,254        906

                                       4

                              5

        Purchases of investments                     (105)      (223)
        Sales of investments                            9         45
        """
    )
    assert [table.continued for table in document.tables] == [False, True]
    assert _rows(document.tables[1])["Sales of investments"] == {1: "9", 2: "45"}


PROSE = """
    Net income for the fourth quarter rose 52% to a record $6,509,000 or $0.46 per
    diluted share, from $4,293,000 or $0.31 per diluted share, in the same period of
    2003. Revenues were $14,806,000, compared to $11,183,000 for the quarter ended
    September 30, 2003 2,002 units were sold.

        o    Record sales of $5.2 million
        o    Net income up 23%

    CONTACT:                              Mary Smith
    John Doe, CFO                         Andria Roe (Media)
    (201) 555-5648                        (212) 555-4500; (212) 555-4505 (Fax)

    1500 Cornwall Avenue, Bellingham, Washington                     98225
     (Address of principal executive offices)                     (Zip Code)

    [ ]  Written communications pursuant to Rule 425 under the Securities Act (17
         CFR 230.425)
"""


def test_sentences_bullets_contacts_and_addresses_are_no_tables() -> None:
    document = _read(PROSE)
    assert document.tables == ()
    assert sum(paragraph.bullet for paragraph in document.paragraphs) == 2
    assert document.paragraphs[0].text.string.startswith("Net income for the fourth quarter rose 52% to a record")
    assert document.paragraphs[0].text.string.endswith("units were sold.")


def test_prose_right_above_a_table_is_no_caption() -> None:
    document = _read(
        """
        Adjusted operating profit is presented to provide additional perspective on trends in
        the Company's core operating results. A reconciliation of it to operating profit is as follows:
        Three months ended       Three months ended
        June 30, 2016            June 30, 2015
        Operating profit                          $ 3,454         2,633
        Gain on sale                               (1,277)           -
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

93.80

$

69.42

 Other income

31.38

(30.83

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
    assert rows["Interest income"] == {1: "$ 93.80", 2: "$ 69.42"}
    assert rows["Other income"] == {1: "31.38", 2: "(30.83 )"}
    assert rows["Dues"] == {1: "2.00", 2: "-"}
    assert [caption.string for caption in table.caption] == [
        "RIVERBANK CORPORATION",
        "STATEMENTS OF INCOME (Dollars in thousands)",
    ]


GLUED = (
    "\n RIVERBANK INC. STATEMENTS OF OPERATIONS (UNAUDITED)\n\n"
    "For the Three Months Ended June 30,For the Six Months Ended June 30, 2025202420252024 "
    "Revenue   $ 7,476,140$ 4,777,101$ 14,532,256$ 9,654,479 Costs and expenses: Cost of revenue3,228,1691,806,918 "
    "6,359,791 3,510,275Sales and marketing1,495,710 1,017,659 2,878,437 2,072,800Gain on sale of investment--- (48,612)"
    "Change in fair value of warrant liability - (430)- (543)Research295212600555Net income (loss)   $ 224,793"
    "$ (2,553,259)$ (901,069)$ (3,765,874)\n"
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
    assert rows["Cost of revenue"] == {1: "3,228,169", 2: "1,806,918", 3: "6,359,791", 4: "3,510,275"}
    assert rows["Gain on sale of investment"] == {1: "-", 2: "-", 3: "-", 4: "(48,612)"}
    assert rows["Change in fair value of warrant liability"] == {1: "-", 2: "(430)", 3: "-", 4: "(543)"}
    assert rows["Research"] == {1: "295", 2: "212", 3: "600", 4: "555"}


SUBMISSION = """<SEC-DOCUMENT>0000000001-06-000001.txt : 20060119
<SEC-HEADER>0000000001-06-000001.hdr.sgml : 20060119
CONFORMED SUBMISSION TYPE:\t8-K
CONFORMED PERIOD OF REPORT:\t20060118
FILED AS OF DATE:\t\t20060119

\tCOMPANY DATA:
\t\tCOMPANY CONFORMED NAME:\t\t\tRIVERBANK CORP
\t\tCENTRAL INDEX KEY:\t\t\t0000999999
\t\tFISCAL YEAR END:\t\t\t0331
</SEC-HEADER>
<DOCUMENT>
<TYPE>8-K
<SEQUENCE>1
<TEXT>
FORM 8-K. On January 19, 2006 the company reported 1,234 and 5,678.
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
    assert (submission.period, submission.filed) == (dt.date(2006, 1, 18), dt.date(2006, 1, 19))
    assert submission.fiscal_year_end == "0331"
    assert submission.exhibits == ("EX-99.1", "EX-99.3")


def test_without_an_exhibit_the_form_itself_is_read() -> None:
    start = SUBMISSION.index("<DOCUMENT>\n<TYPE>EX-99.1")
    assert read(SUBMISSION[:start]).text.startswith("FORM 8-K.")


def test_the_cover_of_a_form_stays_in_the_text_but_is_not_read() -> None:
    document = _read(
        """
                                    FORM 8-K
                                 CURRENT REPORT
         Date of Report (Date of earliest event reported): January 19, 2006

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
    assert document.submission.period == dt.date(2006, 1, 19)


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
    assert document.text == text.replace("\r\n", "\n").replace("\r", "\n")
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
    for part in texts:
        assert all(
            document.text[part.at(index)] == part.string[index]
            for index in range(len(part.string))
            if part.string[index] != " "
        )
        place = part.place
        assert document.text[place.start : place.end].split() == part.string.split() or len(part.starts) > 1


PIECES = (
    "Net sales Revenue of loss (loss) 1,234 $ $(5) 12% - -- — 2006 2005 June 30, Three Months Ended (In thousands) , : ; "
    "<TABLE> <S> <C> </TABLE> <PAGE> ---- ==== 58, 051 4 o * (1) Exhibit 99.1 Form 8-K Page § 8 million par value shares"
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
    body = ["Interest income", "92,545", "89,651", "86,345", "Interest expense", "41,972", "41,361", "40,840"]
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
    assert _stacked("For the Three Months Ended", "Sept 30,2025", "March 31,2025")[:1] == [
        (1, "For the Three Months Ended")
    ]


def test_figures_alone_on_their_line_fill_the_columns_in_order() -> None:
    text = """
        CONSOLIDATED STATEMENTS OF INCOME

        (In millions, except number of shares, which are reflected in thousands, and per-share amounts)

                                                    Quarter Ended June 30,
                                                    2023              2024
        Revenues                                    $ 74,604          $ 84,742
        Cost of revenues                            31,916            35,507
        Net income                                  $ 18,368          $ 23,619
        Basic earnings per share
        $ 1.45                                                        $ 1.91
        Diluted earnings per share
        $ 1.44                                                        $ 1.89
    """
    rows = _rows(_table(text))
    assert rows["Basic earnings per share"] == {1: "$ 1.45", 2: "$ 1.91"}
    assert rows["Diluted earnings per share"] == {1: "$ 1.44", 2: "$ 1.89"}


def test_a_long_line_that_gives_the_scale_is_a_caption_and_no_prose() -> None:
    scale = "(In millions, except number of shares, which are reflected in thousands, and per-share amounts)"
    text = f"ACME\n\nCONSOLIDATED BALANCE SHEETS\n\n{scale}\n\nJune 30, 2023     June 30, 2022\nCash      1,200     1,100\nDebt     800     700\n"
    table = next(block for block in read(text).blocks if isinstance(block, Table))
    assert [line.string for line in table.caption][-2:] == ["CONSOLIDATED BALANCE SHEETS", scale]
