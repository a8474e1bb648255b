"""Reading HTML: the visible text, its paragraphs, and tables as a reader sees them."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conftest import CORPUS
from tagger.document import Document, Paragraph, Table, Text
from tagger.reading.html import read_html
from tagger.reading.html.flow import TableNode
from tagger.reading.html.text import parse_html, text_nodes


def rows_of(table: Table) -> list[dict[int, str]]:
    return [{cell.column: cell.text.string for cell in row.cells} for row in table.rows]


def only_table(markup: str) -> Table:
    (table,) = read_html(markup).tables
    return table


def row(*cells: str) -> str:
    return "<tr>" + "".join(cells) + "</tr>"


def td(text: str = "", span: int = 1, style: str = "") -> str:
    return f'<td colspan="{span}" style="{style}">{text}</td>'


# The shape most filing tools write: three physical columns for one figure, a spacer between.
FIGURES = (
    "<table>"
    + row(*[td(style="width:1%")] * 9)
    + row(td(span=3), td("2024", 2), td(), td(), td("2023", 2))
    + row(td("Net sales", 3), td("$"), td("1,234"), td(), td(), td("$"), td("1,100"))
    + row(td("Cost of sales", 3, "padding-left:12pt"), td("900", 2), td(), td(), td("(800", 2), td(")"))
    + row(td("Income tax", 3), td("(20", 2), td(")"), td(), td("—", 2))
    + row(td("Margin", 3), td("27.1", 2), td("%"), td(), td("(2.5", 2), td(")%"))
    + "</table>"
)


def test_marks_of_a_figure_join_it_whatever_the_cells() -> None:
    assert rows_of(only_table(FIGURES)) == [
        {1: "2024", 2: "2023"},
        {0: "Net sales", 1: "$ 1,234", 2: "$ 1,100"},
        {0: "Cost of sales", 1: "900", 2: "(800 )"},
        {0: "Income tax", 1: "(20 )", 2: "—"},
        {0: "Margin", 1: "27.1 %", 2: "(2.5 )%"},
    ]


def test_a_figure_knows_its_place_in_the_text() -> None:
    document = read_html("<p>Before.</p>" + FIGURES)
    cell = document.tables[0].rows[1].cells[1]
    assert cell.text.string == "$ 1,234"
    place = cell.text.span(2, 7)
    assert document.text[place.start : place.end] == "1,234"


def test_indentation_comes_from_style_and_from_hard_blanks() -> None:
    table = only_table(FIGURES)
    assert table.rows[2].indent > table.rows[1].indent
    soup = "<table><tr><td>&nbsp;&nbsp;&nbsp;Basic<td>1.20<td>1.10<tr><td>Net income<td>20<td>10</table>"
    table = only_table(soup)
    assert table.rows[0].indent > table.rows[1].indent


def test_a_heading_over_several_columns_spans_them() -> None:
    table = only_table(
        "<table>"
        + row(td(), td("Three Months Ended", 5), td(), td("Nine Months Ended", 5))
        + row(td(), *[td(year, 2) + td() for year in ("2006", "2005", "2006", "2005")])
        + row(td("Revenue"), *[td("$") + td(figure) + td() for figure in ("1,001", "1,002", "1,003", "1,004")])
        + row(td("Costs"), *[td(figure, 2) + td() for figure in ("601", "602", "603", "604")])
        + "</table>"
    )
    assert [(cell.column, cell.colspan) for cell in table.rows[0].cells] == [(1, 2), (3, 2)]
    assert rows_of(table)[1] == {1: "2006", 2: "2005", 3: "2006", 4: "2005"}
    assert rows_of(table)[3] == {0: "Costs", 1: "601", 2: "602", 3: "603", 4: "604"}


def test_a_figure_one_physical_column_off_stays_in_its_column() -> None:
    lines = [row(td("Label"), td("$"), td(f"{n},000"), td(), td("$"), td(f"{n},500"), td()) for n in range(1, 8)]
    off = row(td("Off"), td(), td(), td("77"), td(), td(), td("88"))
    table = only_table("<table>" + "".join(lines) + off + "</table>")
    assert table.columns == 3
    assert rows_of(table)[-1] == {0: "Off", 1: "77", 2: "88"}


def test_an_empty_cell_is_no_cell() -> None:
    table = only_table("<table><tr><td>Debt<td>&nbsp;<td>10</tr><tr><td>Notes<td>5<td>6</tr></table>")
    assert rows_of(table)[0] == {0: "Debt", 2: "10"}


def test_rowspan_keeps_later_rows_in_their_columns() -> None:
    table = only_table(
        '<table><tr><td rowspan="2">Sales<td>1,000<td>900</tr><tr><td>2,000<td>1,900</tr>'
        "<tr><td>Costs<td>10<td>20</tr></table>"
    )
    assert rows_of(table) == [
        {0: "Sales", 1: "1,000", 2: "900"},
        {1: "2,000", 2: "1,900"},
        {0: "Costs", 1: "10", 2: "20"},
    ]


def test_footnote_marks_are_known_as_raised() -> None:
    table = only_table(
        "<table><tr><td>Goodwill<sup>(1)</sup><td>10<td>20</tr>"
        '<tr><td>Debt<span style="vertical-align:super">2</span><td>1<td>2</tr></table>'
    )
    marks = [
        [cell.text.string[slice(*mark)] for mark in cell.superscripts] for cell in (r.cells[0] for r in table.rows)
    ]
    assert marks == [["(1)"], ["2"]]


def test_a_column_of_note_numbers_without_heading_joins_the_figures() -> None:
    lines = [("Sales", "5,000", "1"), ("Costs", "4,000", ""), ("Other", "300", "2"), ("Net", "700", "")]
    body = "".join(row(td(a), td(b), td(c), td("9,999")) for a, b, c in lines)
    table = only_table("<table>" + row(td(), td("Total"), td(), td("Parent")) + body + "</table>")
    cell = table.rows[1].cells[1]
    assert (cell.text.string, cell.superscripts) == ("5,000 1", ((6, 7),))
    assert rows_of(table)[2] == {0: "Costs", 1: "4,000", 2: "9,999"}


def test_labels_may_stand_among_the_figures() -> None:
    body = "".join(row(td(f"{n},100"), td(f"{n},200"), td(f"Label {'abc'[n - 1]}"), td(f"{n},300")) for n in (1, 2, 3))
    table = only_table("<table>" + row(td("2Q24"), td("1Q24"), td("In millions"), td("YTD")) + body + "</table>")
    assert rows_of(table)[1] == {0: "Label a", 1: "1,100", 2: "1,200", 3: "1,300"}


def test_two_statements_side_by_side_keep_their_labels_apart() -> None:
    body = row(td("Cash"), td("10"), td("Payables"), td("4")) + row(td("Plant"), td("20"), td("Equity"), td("26"))
    table = only_table("<table>" + body + "</table>")
    assert rows_of(table)[0] == {0: "Cash", 1: "10", 2: "Payables", 3: "4"}


@pytest.mark.parametrize(
    "under",
    [
        '<tr><td></td><td style="border-bottom:1px solid #000">&nbsp;</td><td></td></tr>',
        "<tr><td></td><td>------</td><td>------</td></tr>",
        "<tr><td></td><td><hr></td><td><hr></td></tr>",
    ],
)
def test_a_line_under_figures_rules_their_row(under: str) -> None:
    table = only_table(
        f"<table><tr><td>Cash<td>10<td>20</tr><tr><td>Debt<td>5<td>6</tr>{under}<tr><td>Net<td>5<td>14</tr></table>"
    )
    assert [each.ruled for each in table.rows] == [False, True, False]


def test_a_border_above_the_total_rules_the_row_before() -> None:
    total = row(td("Total"), td("15", style="border-top:1pt solid #000"), td("26", style="border-top:1pt solid #000"))
    table = only_table(
        "<table>" + row(td("A"), td("10"), td("20")) + row(td("B"), td("5"), td("6")) + total + "</table>"
    )
    assert [each.ruled for each in table.rows] == [False, True, False]


def test_titles_above_and_inside_the_table_are_its_caption() -> None:
    document = read_html(
        "<p>Prose about the quarter that ended well for the company.</p>"
        "<p><b>EXAMPLE CORP</b></p><p align=center>Balance Sheets</p><p>(Unaudited)</p><table>"
        + row(td("(In thousands)", 3))
        + row(td("As of June 30,", 3))
        + row(td(), td("2006"), td("2005"))
        + row(td("Cash"), td("1"), td("2"))
        + row(td("Debt"), td("3"), td("4"))
        + "</table>"
    )
    (table,) = document.tables
    assert [line.string for line in table.caption] == [
        "EXAMPLE CORP",
        "Balance Sheets",
        "(Unaudited)",
        "(In thousands)",
    ]
    assert rows_of(table)[0] == {1: "As of June 30,"}
    assert table.rows[0].cells[0].colspan == 2
    assert [paragraph.text.string[:11] for paragraph in document.paragraphs] == ["Prose about"]


@pytest.mark.parametrize(
    ("over", "caption"),
    [
        ("Fiscal years ended June 30,", ["STATEMENTS OF INCOME", "(In thousands)", "Fiscal years ended June 30,"]),
        ("As of December 31,", ["STATEMENTS OF INCOME", "(In thousands)", "As of December 31,"]),
        ("For sales in the years ended June 30,", []),
    ],
)
def test_a_period_that_waits_for_its_years_is_a_line_of_the_caption(over: str, caption: list[str]) -> None:
    above = "".join(f"<p>{line}</p>" for line in ("STATEMENTS OF INCOME", "(In thousands)", over))
    page = f"{above}<table>{row(td(''), td('2017'), td('2016'))}{row(td('Sales'), td('158'), td('140'))}</table>"
    (table,) = read_html(page).tables
    assert [line.string for line in table.caption] == caption


def test_a_headline_with_figures_is_no_caption() -> None:
    document = read_html("<h1>Revenue of $94 million</h1><table><tr><td>A<td>1<td>2<tr><td>B<td>3<td>4</table>")
    assert [paragraph.text.string for paragraph in document.paragraphs] == ["Revenue of $94 million"]


def test_new_headings_in_a_table_begin_a_table_that_keeps_the_scale() -> None:
    def part(heading: tuple[str, str], *lines: tuple[str, str, str]) -> str:
        return row(td(), *map(td, heading)) + "".join(row(*map(td, line)) for line in lines)

    document = read_html(
        "<p>(In millions)</p><table>"
        + part(("Q1 2024", "Q1 2023"), ("Sales", "10", "9"), ("Costs", "8", "7"))
        + row(td("By segment", 3))
        + part(("FY 2023", "FY 2022"), ("Sales", "30", "29"), ("Costs", "18", "17"))
        + "</table>"
    )
    assert [len(table.rows) for table in document.tables] == [3, 3]
    assert [line.string for line in document.tables[1].caption] == ["(In millions)", "By segment"]


def test_a_table_goes_on_after_a_page_break() -> None:
    head = row(td(), td("2024"), td("2023")) + row(td("Cash"), td("1"), td("2")) + row(td("Plant"), td("3"), td("4"))
    rest = row(td("Debt"), td("5"), td("6")) + row(td("Equity"), td("7"), td("8"))
    document = read_html(f"<p>BALANCE SHEETS</p><table>{head}</table><p>7</p><hr><table>{rest}</table>")
    assert [table.continued for table in document.tables] == [False, True]


def test_a_table_that_repeats_the_headings_goes_on() -> None:
    head = row(td(), td("2024"), td("2023"))
    one = head + row(td("Net income"), td("1"), td("2")) + row(td("Depreciation"), td("3"), td("4"))
    two = head + row(td("Dividends"), td("5"), td("6")) + row(td("Net change"), td("7"), td("8"))
    document = read_html(f"<p>CASH FLOWS</p><table>{one}</table><p>&nbsp;</p><table>{two}</table>")
    assert [table.continued for table in document.tables] == [False, True]


def test_layout_tables_become_paragraphs_and_bullets() -> None:
    document = read_html(
        "<table><tr><td>Contact:<td>A. Person<br>(555) 123-4567</tr></table>"
        "<table><tr><td>&#8226;<td>Revenue rose 5% to $10 million.</tr></table>"
        "<table><tr><td>(1)<td>Restated for the stock split.</tr></table><ul><li>Cash rose</ul>"
    )
    assert not document.tables
    assert [(each.text.string, each.bullet) for each in document.paragraphs] == [
        ("Contact:", False),
        ("A. Person (555) 123-4567", False),
        ("Revenue rose 5% to $10 million.", True),
        ("(1) Restated for the stock split.", False),
        ("Cash rose", True),
    ]


def test_a_table_inside_a_layout_table_is_read_and_the_layout_unwrapped() -> None:
    document = read_html(f"<table><tr><td><p>Some words.</p>{FIGURES}<p>More words.</p></td></tr></table>")
    assert [type(block).__name__ for block in document.blocks] == ["Paragraph", "Table", "Paragraph"]


def test_a_cell_that_stacks_rows_by_line_breaks_is_split() -> None:
    table = only_table("<table><tr><td>Cash<br>Debt<br>Net<td>10<br>4<br>6<td>20<br>8<br>12</tr></table>")
    assert rows_of(table) == [
        {0: "Cash", 1: "10", 2: "20"},
        {0: "Debt", 1: "4", 2: "8"},
        {0: "Net", 1: "6", 2: "12"},
    ]


def test_tag_soup_without_closing_tags_is_read() -> None:
    table = only_table(
        "<TABLE><TR><TD><FONT SIZE=2>NET SALES<TD ALIGN=RIGHT><FONT SIZE=2>$1,234<TD><FONT SIZE=2>$1,100"
        "<TR><TD><FONT SIZE=2>&nbsp;&nbsp;Costs<TD>900<TD>(800)</TABLE>after"
    )
    assert rows_of(table) == [{0: "NET SALES", 1: "$1,234", 2: "$1,100"}, {0: "Costs", 1: "900", 2: "(800)"}]


def test_preformatted_text_in_html_is_laid_out_by_its_blanks() -> None:
    document = read_html(
        "<p>Words.</p><pre>\nNET SALES\n\n                 2006     2005\n"
        "Net sales      $1,234   $1,100\nCost of sales     900      800\n</pre>"
    )
    (table,) = document.tables
    assert rows_of(table)[-2:] == [
        {0: "Net sales", 1: "$1,234", 2: "$1,100"},
        {0: "Cost of sales", 1: "900", 2: "800"},
    ]
    place = table.rows[-1].cells[1].text.place
    assert document.text[place.start : place.end] == "900"


def test_absolutely_placed_pieces_become_lines_and_columns() -> None:
    def at(left: int, top: int, text: str) -> str:
        return f'<div style="position:absolute;left:{left}px;top:{top}px">{text}</div>'

    pieces = at(400, 100, "2006") + at(500, 100, "2005")
    for number, (label, one, two) in enumerate([("Net sales", "1,234", "1,100"), ("Costs", "900", "(80)")]):
        top = 130 + 18 * number
        pieces += at(100, top, label) + at(430 - 6 * len(one), top, one) + at(530 - 6 * len(two), top, two)
    pieces += at(100, 300, "A paragraph that goes") + at(100, 314, "on in the next line.")
    document = read_html(f'<div style="position:relative;height:1056px">{pieces}</div>')
    (table,) = document.tables
    assert rows_of(table) == [
        {1: "2006", 2: "2005"},
        {0: "Net sales", 1: "1,234", 2: "1,100"},
        {0: "Costs", 1: "900", 2: "(80)"},
    ]
    assert document.paragraphs[-1].text.string == "A paragraph that goes on in the next line."


def test_words_split_by_inline_tags_stay_one_word() -> None:
    (paragraph,) = read_html("<p>Net <b>inc</b>ome<br>rose</p>").paragraphs
    assert paragraph.text.string == "Net income rose"


def test_two_line_breaks_part_paragraphs() -> None:
    document = read_html("<div>One<br>line<br><br>Two</div>")
    assert [each.text.string for each in document.paragraphs] == ["One line", "Two"]


@pytest.mark.parametrize(
    ("markup", "heading"),
    [
        ("<h2>Outlook</h2>", True),
        ("<p><b>Third Quarter Results</b></p>", True),
        ("<p>Some <b>bold</b> words</p>", False),
        ('<p style="text-align:center">Example Corp</p>', True),
        ("<p>BALANCE SHEETS</p>", True),
        ("<p><b>Net sales rose by five percent.</b></p>", False),
    ],
)
def test_titles_stand_out(markup: str, heading: bool) -> None:
    (paragraph,) = read_html(markup).paragraphs
    assert paragraph.heading is heading


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<head><title>No</title><style>no</style></head><body>Yes<script>no</script></body>", "Yes"),
        ("a<div style='DISPLAY : none'>no<p>no</div>b", "ab"),
        ("a<!-- no -->b<?no?>c", "abc"),
        ("<ix:header><ix:hidden>no</ix:hidden></ix:header><p><ix:nonFraction name='x'>5</ix:nonFraction></p>", "5"),
        ("<p>AT&amp;T&nbsp;&#8212; caf&eacute;", "AT&T\xa0— café"),
        ("one</body></html>two<html><body>three", "onetwothree"),
        ("a\r\nb\rc", "a\nb\nc"),
    ],
)
def test_text_is_what_shows(markup: str, text: str) -> None:
    assert read_html(markup).text.strip("\n") == text


@pytest.mark.parametrize(
    "markup", ["", " ", "<", "<table>", "<!--", "\0", "\ud800", "<tr><td>x", "</html>", "\u200b ", "<td>\u200b&nbsp;"]
)
def test_anything_is_read_without_an_exception(markup: str) -> None:
    assert isinstance(read_html(markup), Document)


@pytest.mark.parametrize("tag", ["div", "font", "table", "table><tr><td", "li", "sup"])
def test_deep_nesting_is_read(tag: str) -> None:
    document = read_html(f"<{tag}>x" * 3000)
    assert document.text.startswith("xxx")


def texts_of(document: Document) -> list[Text]:
    found: list[Text] = []
    for block in document.blocks:
        if isinstance(block, Paragraph):
            found.append(block.text)
        else:
            found += block.caption
            found += [cell.text for each in block.rows for cell in each.cells]
    return found


def assert_sound(document: Document) -> None:
    """What every reader of a document relies on."""
    nodes = "".join(string for _, _, string in text_nodes(parse_html(document.markup)))
    assert nodes == document.text
    for text in texts_of(document):
        assert text.string
        for index, letter in enumerate(text.string):
            assert letter == " " or document.text[text.at(index)] == letter
    for table in document.tables:
        for each in table.rows:
            columns = [cell.column for cell in each.cells]
            assert columns == sorted(set(columns))
            assert all(0 <= cell.column < table.columns and cell.colspan >= 1 for cell in each.cells)
            assert all(cell.text.string[begin:end].strip() for cell in each.cells for begin, end in cell.superscripts)


TAGS = ["p", "div", "b", "table", "tr", "td", "th", "br", "hr", "pre", "li", "sup", "font", "span", "h1", "center"]
ATTRIBUTES = [
    "",
    " colspan=3",
    " rowspan=2",
    " colspan=x",
    " rowspan=999999",
    " align=center",
    " style='display:none'",
    " style='padding-left:2em;font-weight:bold'",
    " style='position:absolute;left:10px;top:20px'",
    " style='border-bottom:1px solid'",
]
WORDS = [
    "Net sales",
    "1,234",
    "$",
    "(5",
    ")",
    "%",
    "—",
    "2024",
    "----",
    "&nbsp;",
    "&nbsp;x",
    "(1)",
    "•",
    "Year ended",
    "\u200b",
    " ",
]
OPENED = st.builds("<{}{}>".format, st.sampled_from(TAGS), st.sampled_from(ATTRIBUTES))
CLOSED = st.builds("</{}>".format, st.sampled_from(TAGS))
MARKUP = st.lists(OPENED | CLOSED | st.sampled_from(WORDS) | st.text(max_size=5), max_size=60).map("".join)


@settings(max_examples=300, deadline=None)
@given(MARKUP)
def test_whatever_the_markup_texts_know_their_places(markup: str) -> None:
    assert_sound(read_html(markup))


CELLS = st.sampled_from([*WORDS, "", "", ""])
GRIDS = st.lists(st.lists(st.tuples(CELLS, st.integers(1, 3)), min_size=1, max_size=8), min_size=1, max_size=8)


@settings(max_examples=200, deadline=None)
@given(GRIDS)
def test_every_word_of_a_table_is_read_once(grid: list[list[tuple[str, int]]]) -> None:
    markup = "<table>" + "".join(row(*[td(text, span) for text, span in cells]) for cells in grid) + "</table>"
    document = read_html(markup)
    assert_sound(document)
    offsets = [
        text.at(index) for text in texts_of(document) for index, letter in enumerate(text.string) if letter != " "
    ]
    assert len(offsets) == len(set(offsets))


RELEASES = sorted((CORPUS / "releases").glob("*.htm*")) if CORPUS.exists() else []


@pytest.mark.skipif(not RELEASES, reason="the corpus is not here")
@pytest.mark.parametrize("path", RELEASES[::7], ids=lambda path: path.name[:30])
def test_real_releases_are_sound(path: Path) -> None:
    document = read_html(path.read_text("utf-8", "replace"))
    assert_sound(document)
    assert document.blocks


@given(st.lists(st.lists(st.tuples(st.integers(1, 5), st.integers(1, 4)), max_size=6), max_size=8))
def test_a_cell_stands_in_the_first_columns_that_none_above_reaches_down_to(rows: list[list[tuple[int, int]]]) -> None:
    table, taken = TableNode(), dict[int, int]()
    for number, cells in enumerate(rows, start=1):
        table.begin_row()
        column = 0
        for colspan, rowspan in cells:
            while taken.get(column, 0) >= number:
                column += 1
            assert table.take(colspan, rowspan) == column
            if rowspan > 1:
                taken.update(dict.fromkeys(range(column, column + colspan), number + rowspan - 1))
            column += colspan


def test_nothing_in_preformatted_text_is_nothing() -> None:
    assert [
        block.text.string for block in read_html("<p>One.</p><pre>\n \n</pre><pre></pre><p>Two.</p>").paragraphs
    ] == [
        "One.",
        "Two.",
    ]
