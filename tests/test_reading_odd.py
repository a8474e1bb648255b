"""HTML as it came over twenty-five years: tag soup, Word, odd encodings, whole submissions, Inline XBRL itself."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from steps import steps
from tagger.characters import _UNMEANT, clean_references
from tagger.document import Document, Table
from tagger.reading import ReadError, read
from tagger.reading.html.text import parse_html

SOUP = """<HTML><HEAD><TITLE>x</TITLE></HEAD><BODY>
<P ALIGN=CENTER><B>LARKSPUR FITTINGS, INC.<BR>STATEMENTS OF OPERATIONS<BR>(in thousands, except per share data)</B>
<TABLE BORDER=0 WIDTH=100%>
<TR><TD><TD COLSPAN=4 ALIGN=CENTER><FONT SIZE=1><B>Three Months Ended<BR>June 30,</B>
<TR><TD>&nbsp;<TD COLSPAN=2 ALIGN=CENTER><U>2001</U><TD COLSPAN=2><U>2000</U>
<TR BGCOLOR=#CCEEFF><TD>Net “sales”<TD>$<TD ALIGN=RIGHT>12,345<TD>$<TD ALIGN=RIGHT>11,004
<TR><TD>Cost of sales<TD><TD ALIGN=RIGHT>(8,001)<TD><TD ALIGN=RIGHT>(7,554)
<TR><TD><TD><TD><HR SIZE=1><TD><TD><HR SIZE=1>
<TR><TD>&nbsp;&nbsp;Gross profit<TD><TD ALIGN=RIGHT>4,344<TD><TD ALIGN=RIGHT>3,450
<TR><TD><TD>------<TD>------<TD>------<TD>------
<TR><TD>Net income per share<TD>$<TD>.12<TD>$<TD>(.04)
</TABLE>
<P>See notes.<P>More."""

WORD = """<html xmlns:o="urn:schemas-microsoft-com:office:office"><head>
<meta http-equiv=Content-Type content="text/html; charset=windows-1252">
<!--[if gte mso 9]><xml><w:WordDocument><w:View>Print</w:View></w:WordDocument></xml><![endif]--></head>
<body lang=EN-US style='tab-interval:.5in'><div class=Section1>
<p class=MsoListParagraph style='text-indent:-.25in;mso-list:l0 level1 lfo1'><![if !supportLists]><span
style='font-family:Symbol'><span style='mso-list:Ignore'>·<span style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp;
</span></span></span><![endif]>Diluted EPS of $1.10<o:p></o:p></p>
<table class=MsoNormalTable style='border-collapse:collapse;mso-yfti-tbllook:1184'>
<tr style='mso-yfti-irow:0'><td width=300 valign=top style='width:225.0pt'><p class=MsoNormal><o:p>&nbsp;</o:p></p></td>
<td width=80><p class=MsoNormal align=right>2005<o:p></o:p></p></td><td width=80><p>2004</p></td></tr>
<tr><td><p class=MsoNormal>Net sales<o:p></o:p></p></td><td><p class=MsoNormal align=right>$<span
style='mso-tab-count:1'>&nbsp;&nbsp;&nbsp;&nbsp;</span>12,345</p></td><td><p align=right>$ 11,004</p></td></tr>
<tr><td><p class=MsoNormal style='margin-left:.2in'>Cost of sales</p></td>
<td style='border-bottom:solid windowtext 1.0pt'><p>8,001</p></td><td><p>7,554</p></td></tr></table></div></body></html>"""

BALANCES = """<table><tr><td></td><td>June 30, 2005</td><td>June 30, 2004</td></tr>
<tr><td>{}</td><td>$1,234</td><td>$1,100</td></tr><tr><td>Total assets</td><td>5,234</td><td>5,100</td></tr>"""


def rows(table: Table) -> list[tuple[str, ...]]:
    return [tuple(cell.text.string for cell in row.cells) for row in table.rows]


def only(document: Document) -> Table:
    (table,) = document.tables
    return table


def places_hold(document: Document) -> bool:
    """Whether every cell's words stand in the text where the cell says they do."""
    return all(
        document.text[cell.text.at(index)] == character
        for table in document.tables
        for row in table.rows
        for cell in row.cells
        for index, character in enumerate(cell.text.string)
        if character != " "
    )


def test_tag_soup_of_2001_is_a_table_with_its_caption() -> None:
    document = read(SOUP)
    table = only(document)
    assert table.caption[0].string == "LARKSPUR FITTINGS, INC."
    assert table.caption[-1].string.endswith("(in thousands, except per share data)")
    assert rows(table) == [
        ("Three Months Ended June 30,",),
        ("2001", "2000"),
        ("Net “sales”", "$ 12,345", "$ 11,004"),
        ("Cost of sales", "(8,001)", "(7,554)"),
        ("Gross profit", "4,344", "3,450"),
        ("Net income per share", "$ .12", "$ (.04)"),
    ]
    assert [row.ruled for row in table.rows] == [False, False, False, True, True, False]
    assert places_hold(document)


def test_a_word_export_reads_as_any_page() -> None:
    document = read(WORD)
    assert [(p.text.string, p.bullet) for p in document.paragraphs] == [("Diluted EPS of $1.10", True)]
    assert rows(only(document))[1:] == [("Net sales", "$ 12,345", "$ 11,004"), ("Cost of sales", "8,001", "7,554")]
    assert places_hold(document)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
def test_any_encoding_reads_the_same(encoding: str) -> None:
    assert read(SOUP.encode(encoding)).text == read(SOUP).text


@pytest.mark.parametrize(
    ("head", "encoding", "text"),
    [
        ('<meta http-equiv="Content-Type" content="text/html; charset=iso-8859-1">', "cp1252", "Sales – €5 million’s"),
        ("<meta charset=us-ascii>", "cp1252", "Sales – €5 million’s"),
        ('<meta charset="shift_jis">', "shift_jis", "売上高 1,234"),
        ("<meta charset=gb2312>", "gb2312", "营业收入 1,234"),
        ("<meta charset='windows-1251'>", "cp1251", "Выручка 1,234"),
        ("<meta charset='iso-8859-2'>", "iso-8859-2", "Przychód łącznie 1,234"),
        ("<meta charset=no-such-code>", "cp1252", "Société 1,234"),
    ],
)
def test_a_declared_encoding_is_believed_unless_it_is_western(head: str, encoding: str, text: str) -> None:
    data = f"<html><head>{head}</head><body><p>{text}</p></body></html>".encode(encoding)
    assert read(data).text == text


def test_a_damaged_byte_does_not_turn_unicode_into_gibberish() -> None:
    data = "<html><body><p>“Net sales” – “up” – “again”</p></body></html>".encode().replace(b"again", b"ag\xe9n")
    assert read(data).text == "“Net sales” – “up” – “ag\ufffdn”"


def test_tables_that_lay_out_the_page_are_unwrapped_at_any_depth() -> None:
    document = read(
        "<table width=700><tr><td><table><tr><td>Logo</td><td>News release</td></tr></table></td></tr><tr><td>"
        "<p>Sales were $12.3 million.</p><table><tr><td><b>Balance sheets</b><br>(in thousands)</td></tr><tr><td>"
        f"{BALANCES.format('Cash')}</table></td></tr></table></td><td width=1>&nbsp;</td></tr></table>"
    )
    assert [paragraph.text.string for paragraph in document.paragraphs] == [
        "Logo",
        "News release",
        "Sales were $12.3 million.",
    ]
    assert [line.string for line in only(document).caption] == ["Balance sheets (in thousands)"]
    assert rows(only(document))[1] == ("Cash", "$1,234", "$1,100")


def test_a_table_goes_on_behind_a_page_number_and_a_running_head() -> None:
    document = read(
        f"{BALANCES.format('Cash')}</table><p align=center>5</p><hr style='page-break-after:always'>"
        "<p><a href=#toc>Table of Contents</a></p>"
        "<table><tr><td>Debt</td><td>234</td><td>100</td></tr><tr><td>Equity</td><td>5,000</td><td>5,000</td></tr></table>"
    )
    assert [(table.continued, table.caption) for table in document.tables] == [(False, ()), (True, ())]


def test_a_page_break_inside_a_table_leaves_no_rows_of_its_own() -> None:
    again = "<td></td><td>June 30, 2005</td><td>June 30, 2004</td>"
    document = read(
        f"{BALANCES.format('Cash')}<tr><td colspan=3 align=center>- 5 -<hr style='page-break-after:always'></td></tr>"
        f"<tr style='page-break-before:always'>{again}</tr><tr><td>Debt</td><td>234</td><td>100</td></tr></table>"
    )
    assert rows(only(document)) == [
        ("June 30, 2005", "June 30, 2004"),
        ("Cash", "$1,234", "$1,100"),
        ("Total assets", "5,234", "5,100"),
        ("Debt", "234", "100"),
    ]


def test_a_year_said_again_under_another_heading_stays() -> None:
    document = read(
        "<table><tr><td></td><td colspan=2>Three months ended June 30,</td></tr><tr><td></td><td>2005</td><td>2004</td></tr>"
        "<tr><td>Sales</td><td>1,234</td><td>1,100</td></tr>"
        "<tr><td></td><td colspan=2>Six months ended June 30,</td></tr><tr><td></td><td>2005</td><td>2004</td></tr>"
        "<tr><td>Sales</td><td>2,234</td><td>2,100</td></tr></table>"
    )
    assert [cell for table in document.tables for row in rows(table) for cell in row].count("2005") == 2


@pytest.mark.parametrize(
    ("markup", "holder"),
    [
        ("<center><b><p>Larkspur</p></b></center>", "strong"),
        ("<b>a<p>Larkspur</b>c", "strong"),
        ("<b><i><p>Larkspur</i></b>", "em"),
        ("<small><p>Larkspur</p></small>", "span"),
        ("<font size=2><center>Larkspur</center></font>", "font"),
    ],
)
def test_markup_around_whole_paragraphs_goes_on_as_in_a_browser(markup: str, holder: str) -> None:
    root = parse_html(f"<body>{markup}<p>d</p></body>")
    found = next(element for element in root.iter() if element.text == "Larkspur")
    assert holder in [element.tag for element in found.iterancestors()]
    assert "".join(root.itertext()).endswith("d")


def test_bold_left_open_in_a_cell_does_not_swallow_the_next() -> None:
    table = only(read("<b><p>Title</p></b><table><tr><td><b>Sales<td>1,234<td>1,100<tr><td>Cost<td>900<td>800</table>"))
    assert rows(table) == [("Sales", "1,234", "1,100"), ("Cost", "900", "800")]


@pytest.mark.parametrize("soup", ["<td align=right <b", "<td'<='1'", "<a<b c", "<td =<b"])
def test_a_tag_that_is_not_closed_before_the_next_costs_no_text(soup: str) -> None:
    document = read(f"<p>Larkspur Fittings</p><table><tr><td>Net sales</td>{soup}>1,234</td></tr></table><p>After</p>")
    assert "".join(document.text.split()) == "LarkspurFittingsNetsales1,234After"


# Whole submissions.
HEADER = """<SEC-DOCUMENT>x.txt : 20050801
<SEC-HEADER>
CONFORMED SUBMISSION TYPE:	8-K
FILED AS OF DATE:		20050728
		COMPANY CONFORMED NAME:			LARKSPUR FITTINGS INC
</SEC-HEADER>
"""


def document(kind: str, content: str) -> str:
    return f"<DOCUMENT>\n<TYPE>{kind}\n<SEQUENCE>1\n<FILENAME>x.htm\n<TEXT>\n{content}\n</TEXT>\n</DOCUMENT>\n"


def exhibit(body: str) -> str:
    return f"<HTML><HEAD><TITLE>Ex</TITLE><STYLE>p{{color:red}}</STYLE></HEAD><BODY>{body}</BODY></HTML>"


PLAIN = """
                  LARKSPUR FITTINGS, INC.
                      (In thousands)
                        2005        2004
Net sales & other     $ 1,234     $ 1,100
Costs                   1,100       1,000
"""
SUBMISSION = HEADER + "".join(
    [
        document("8-K", exhibit("<p>Item 2.02 Results 1,234 5,678 9,012</p>")),
        document("EX-99.2", exhibit(f"<P>Supplement</P>{BALANCES.format('Loans')}")),  # its table is left open
        document("EX-99.1", exhibit(f"<p>Sales rose.</p>{BALANCES.format('Cash')}</table>")),
        document("EX-99.10", exhibit(f"<p>Last.</p>{BALANCES.format('Deposits')}</table>")),
        document("EX-99.3", PLAIN),
        document("EX-99.4", "<PDF>\nbegin 644 x.pdf\nM1,234 5,678 9,012\n</PDF>"),
        document("EX-99.5", exhibit("<p style='margin:1.5pt 2.5pt 3.5pt'>Slides</p>")),
        document("GRAPHIC", "begin 644 logo.jpg\nM_]C_X\nend"),
    ]
)


def test_exhibits_of_a_submission_stand_in_the_order_of_their_numbers() -> None:
    found = read(SUBMISSION)
    assert found.submission is not None
    assert found.submission.exhibits == ("EX-99.1", "EX-99.2", "EX-99.3", "EX-99.10")
    assert [rows(table)[1][0] for table in found.tables] == ["Cash", "Loans", "Net sales & other", "Deposits"]
    assert [table.continued for table in found.tables] == [False] * 4
    assert "Item 2.02" not in found.text
    assert "begin 644" not in found.text
    assert places_hold(found)


def test_inline_xbrl_is_read_by_what_it_shows() -> None:
    markup = f"""<?xml version='1.0' encoding='ASCII'?>
<!-- made by a tool -->
<html xmlns="http://www.w3.org/1999/xhtml" xmlns:ix="http://www.xbrl.org/2013/inlineXBRL"><head><title>q</title></head>
<body><div style="display:none"><ix:header><ix:hidden><ix:nonFraction name="a:b">9,999</ix:nonFraction></ix:hidden>
</ix:header></div><div><ix:nonNumeric name="dei:DocumentType">10-Q</ix:nonNumeric> for <ix:continuation id="c"><p>June</p>
</ix:continuation></div>
{BALANCES.format("Cash").replace("1,234", '<ix:nonFraction name="us-gaap:Cash" scale="3">1,234</ix:nonFraction>')}</table>
</body></html>"""
    found = read(markup.encode())
    assert "9,999" not in found.text
    assert rows(only(found))[1] == ("Cash", "$1,234", "$1,100")
    assert found.text.split()[:3] == ["10-Q", "for", "June"]


@settings(max_examples=200, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                "<DOCUMENT>",
                "</DOCUMENT>",
                "<TYPE>EX-99.1\n",
                "<TYPE>8-K\n",
                "<TYPE>",
                "<TEXT>",
                "</TEXT>",
                "<html>",
                "</html><b>",
                "<body>",
                "<pre>",
                "<PDF>",
                "<table><tr><td>",
                "1,234</td><td>5,678",
                "<?xml ?>",
                "<!--",
                "<td <b",
                "<a<b",
                ">",
                "-->",
                "\x00",
                "\ufeff",
                "<S> <C>",
                "\n",
                "Net sales      1,234    5,678\n",
                "<p>é",
            ]
        ),
        max_size=25,
    ),
    st.sampled_from(["utf-8", "utf-16", "cp1252"]),
)
def test_any_mixture_is_read_or_refused_with_a_reason(parts: list[str], encoding: str) -> None:
    with contextlib.suppress(ReadError):
        assert places_hold(read("".join(parts).encode(encoding, "replace")))


@settings(max_examples=200, deadline=None)
@given(
    st.binary(max_size=300), st.sampled_from([b"", b"<html><body>", b"<DOCUMENT><TYPE>EX-99\n<TEXT>", b"%PDF-1.4\n"])
)
def test_any_bytes_are_read_or_refused_with_a_reason(data: bytes, before: bytes) -> None:
    with contextlib.suppress(ReadError):
        assert places_hold(read(before + data))


# ---- cost: what once took time with the square of its length


@pytest.mark.parametrize(
    ("piece", "times"),
    [
        ("Exhibit 99.1\n", 100),
        ("item 5 item 5\nExhibit 99.1\n", 100),
        ("form 8-k date of report ", 200),
        ("<b>a<p>b", 200),
        ("<center><b>x<p>y</b>", 200),
        ("<!---->", 30),
    ],
)
def test_reading_takes_time_in_proportion_to_the_text(piece: str, times: int) -> None:
    def taken(times: int) -> int:
        source = f"{piece * times}<div>a</div><div>b</div>".encode()
        return steps(lambda: read(source))

    assert taken(4 * times) < 5 * taken(times)


def test_dates_glued_into_one_line_are_read_in_proportion_to_their_number() -> None:
    def taken(times: int) -> int:
        return steps(
            lambda: read(b"unJun0, 2Q arch 31, 2024 June 0000000000030,,000000000030, 2023 June 30, 2024 Jun" * times)
        )

    taken(20)  # what is read once for all documents is no part of it
    assert taken(80) < 5 * taken(20)


def test_more_headings_than_any_table_has_are_not_dealt_out() -> None:
    glued = "Jun0, 2024March 31, 2024 June 0000000000030,,0000000000000030, 2023 June 30, 2024 Jun"

    def taken(times: int) -> int:
        return steps(lambda: read(f"{glued * times}\n".encode()))

    assert taken(200) < 5 * taken(50)


def test_every_character_that_no_text_means_is_noticed() -> None:
    unmeant = [chr(code) for code in range(0x110000) if _UNMEANT.match(chr(code))]
    assert len(unmeant) > 2000
    assert {clean_references(f"a{character}b") for character in unmeant} == {"a b"}
