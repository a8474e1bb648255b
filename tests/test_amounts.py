"""Numbers as printed: what stands there is read, and nothing else is."""

from __future__ import annotations

import unicodedata
from decimal import Decimal
from html import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

import tagger
from tagger.lexicon import Numeral, Scales, find_numerals, numerals, parse_cell, parse_scales, repairs_of
from tagger.lexicon.numerals import marks, minus_marks, scale_words
from tagger.lexicon.pieces import is_unread
from tagger.lexicon.shapes import listed, opens_figure


def _signed(numeral: Numeral | None) -> str | None:
    """Return the number with its sign, as a plain string."""
    return None if numeral is None else f"{-numeral.number if numeral.negative else numeral.number:f}"


@pytest.mark.parametrize(
    ("string", "value", "digits"),
    [
        ("1,234", "1234", "1,234"),
        ("1234", "1234", "1234"),
        ("$ 48,310", "48310", "48,310"),
        ("$ (1,234.5)", "-1234.5", "1,234.5"),
        ("$(0.09)", "-0.09", "0.09"),
        ("($0.09)", "-0.09", "0.09"),
        ("( 77 )", "-77", "77"),
        ("(1,234", "-1234", "1,234"),
        ("1,234)", "-1234", "1,234"),
        (".14", "0.14", ".14"),
        ("$.001", "0.001", ".001"),
        ("-12", "-12", "12"),
        ("−3.5", "-3.5", "3.5"),
        ("$-5", "-5", "5"),
        ("US$ 12.3", "12.3", "12.3"),
        ("€1.234,5", "1234.5", "1.234,5"),
        ("1,234(1)", "1234", "1,234"),
        ("1,234 (a)", "1234", "1,234"),
        ("(1,234)(2)", "-1234", "1,234"),
        ("1,234*", "1234", "1,234"),
        ("1,234,567 shares", "1234567", "1,234,567"),
        ("0", "0", "0"),
    ],
)
def test_a_cell_reads_as_printed(string: str, value: str, digits: str) -> None:
    numeral = parse_cell(string)
    assert numeral is not None
    assert (_signed(numeral), numeral.text) == (value, digits)


@pytest.mark.parametrize(
    "string",
    ["NM", "n/a", "1,23", "12,34,567", "1234,567", "1.2.3", "1-2", "20x", "3M", "Q2", "1Q24", "2nd", "$", "(", ")", "",
     "Total", "12 months", "June 30, 2006", "9/30/2006", "555-0142", "1,234 5,678", "1,2", "Up 10%", "(a)"],
)  # fmt: skip
def test_a_cell_that_is_not_one_number_is_none(string: str) -> None:
    assert parse_cell(string) is None


@pytest.mark.parametrize(
    "string", ["—", "–", "-", "--", "- -", "$ —", "$—", "(—)", "— %", "none", "Nil", "-0-", "— (1)"]
)
def test_a_dash_is_a_printed_zero(string: str) -> None:
    numeral = parse_cell(string)
    assert numeral is not None
    assert numeral.dash
    assert numeral.number == 0
    assert not numeral.negative


@pytest.mark.parametrize(
    ("string", "value"),
    [
        ("(20 %)", "-20"),
        ("(20.5)%", "-20.5"),
        ("-1.2%", "-1.2"),
        ("5.0 %", "5.0"),
        ("+5.2%", "5.2"),
        ("25 bps", "25"),
        ("7 percent", "7"),
    ],
)
def test_a_percentage_is_known_as_one(string: str, value: str) -> None:
    numeral = parse_cell(string)
    assert numeral is not None
    assert numeral.percent
    assert _signed(numeral) == value


@pytest.mark.parametrize(
    ("string", "scale", "currency"),
    [
        ("$2.9 million", 6, "USD"),
        ("$1.5M", 6, "USD"),
        ("$10MM", 6, "USD"),
        ("$1.3bn", 9, "USD"),
        ("$4 billion", 9, "USD"),
        ("3 cents", -2, "USD"),
        ("3-cent", -2, "USD"),
        ("12¢", -2, "USD"),
        ("C$ 5", None, "CAD"),
        ("£3", None, "GBP"),
        ("¥300", None, "JPY"),
        ("RMB 12.5", None, "CNY"),
        ("5.5 million euros", 6, "EUR"),
        ("7", None, None),
    ],
)
def test_money_words_and_currencies_are_read(string: str, scale: int | None, currency: str | None) -> None:
    numeral = parse_cell(string)
    assert numeral is not None
    assert (numeral.scale, numeral.currency) == (scale, currency)


@pytest.mark.parametrize(
    ("string", "value", "repairs"),
    [
        ("57, 140", "57140", ("blank-in-number",)),
        ("10,000, 000", "10000000", ("blank-in-number",)),
        ("(10, 989)", "-10989", ("blank-in-number",)),
        ("l,234", "1234", ("letter-for-digit",)),
        ("1O5", "105", ("letter-for-digit",)),
        ("S9,583", "9583", ("dollar-read-as-letter",)),
        ("1.234.567", "1234567", ("comma-for-point",)),
        ("608)", "-608", ("missing-parenthesis",)),
        ("(608", "-608", ("missing-parenthesis",)),
        ("{608)", "-608", ()),
        ("§ 12", "12", ()),
        ("§$2,946", "2946", ()),
        ("'1,234", "1234", ()),
        ("9.583", "9.583", ()),
        ("418,650", "418650", ()),
    ],
)
def test_character_recognition_is_undone_and_named(string: str, value: str, repairs: tuple[str, ...]) -> None:
    numeral = parse_cell(string, ocr=True)
    assert numeral is not None
    assert (_signed(numeral), numeral.repairs) == (value, repairs)


NEGATIVE = [
    "<342>", "[342]", "{342}", "＜342＞", "（342）", "(342", "342)", "( 342)", "$(342)", "($342)", "$ (342)", "-$342", "$-342", "$ - 342",
    "CR 342", "Cr. 342", "342-", "342 -", "$342-", "342CR", "342 CR", "$ 342 Cr.", "342 (CR)", "△342", "▲342", "▵ 342", "$△342", "△$342", "$<342>", "[$342]",
    "–342", "—342", "―342", "−342", "‐342", "‑342", "‒342", "－342", "﹣342", "⁻342", "─342", "$—342", "—$342", "- 342", "(-342)",
]  # fmt: skip


@pytest.mark.parametrize("string", NEGATIVE)
def test_every_way_to_print_a_negative_is_read(string: str) -> None:
    assert _signed(parse_cell(string)) == "-342"


@pytest.mark.parametrize("string", NEGATIVE)
def test_a_negative_in_a_row_of_text_or_html_is_one_figure(string: str) -> None:
    text = tagger.tag(
        f"ACME CORP.\nStatements of Income (in thousands)\n{'Year ended December 31,':>60}\n{'2005':>46}{'2004':>16}\n"
        f"{'Net sales':<30}{'$ 2,110':>16}{'$ 2,904':>16}\n{'Cost of sales':<30}{'2,452':>16}{'2,562':>16}\n"
        f"{'Gross profit':<30}{string:>16}{'342':>16}\n",
    )
    html = tagger.tag(
        "<p>ACME CORP.</p><p>Statements of Income (in thousands)</p><table><tr><td></td><td colspan=2>Year ended December 31,</td>"
        "</tr><tr><td></td><td>2005</td><td>2004</td></tr><tr><td>Net sales</td><td>2,110</td><td>2,904</td></tr><tr><td>Cost of sales"
        f"</td><td>2,452</td><td>2,562</td></tr><tr><td>Gross profit</td><td>{escape(string)}</td><td>342</td></tr></table>"
    )
    for report in (text, html):
        assert [str(f.value) for f in report.facts if f.concept == "us-gaap:GrossProfit"] == ["-342000", "342000"]


@pytest.mark.parametrize(
    "string", ["<342", "342>", "[342", "(342]", "<342]", "-342-", "(342)-", "(342) CR", "▲5%", "Rs. 342 Cr", "₹342 CR", "<1%", "[3]"]
)  # fmt: skip
def test_marks_that_go_together_in_no_known_way_are_not_read(string: str) -> None:
    assert parse_cell(string) is None


@pytest.mark.parametrize("string", ["342 DR", "342Dr.", "$342 DR", "+342", "342 [1]", "342 (a)"])
def test_a_debit_or_a_note_is_no_minus(string: str) -> None:
    assert _signed(parse_cell(string)) == "342"


ROWS = [
    ("Net sales", "8,110", "7,904"), ("Cost of sales", "5,452", "5,380"), ("Gross profit", "2,658", "2,524"),
    ("Operating expenses", "1,204", "1,133"), ("Operating income", "1,454", "1,391"), ("Interest expense", "118", "120"),
    ("Income before income taxes", "1,336", "1,271"), ("Income taxes", "470", "440"), ("Net income", "866", "831"),
]  # fmt: skip


def _document(rows: list[tuple[str, str, str]], *, html: bool) -> str:
    if html:
        body = "".join(f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in row)}</tr>" for row in rows)
        return (
            "<p>ACME CORP.</p><p>Statements of Income (in thousands)</p><table><tr><td></td><td colspan=2>Year ended December 31,"
            f"</td></tr><tr><td></td><td>2005</td><td>2004</td></tr>{body}</table>"
        )
    lines = [f"{label:<30}{one:>16}{other:>16}" for label, one, other in rows]
    head = [
        "ACME CORP.",
        "Statements of Income (in thousands)",
        f"{'Year ended December 31,':>60}",
        f"{'2005':>46}{'2004':>16}",
    ]
    return "\n".join([*head, *lines]) + "\n"


@pytest.mark.parametrize("html", [True, False])
@pytest.mark.parametrize(
    "cell", ["118/4", "12?0", "TAll", "#REF!", "##,###", "3l,OOq", "1,18", "S,OOO", "118..4", "1O/8x"]
)
@pytest.mark.parametrize("place", [(5, 1), (1, 2), (0, 1), (8, 2)])
def test_a_cell_that_cannot_be_read_is_told_and_costs_no_other(place: tuple[int, int], cell: str, html: bool) -> None:
    row, column = place
    rows = [list(line) for line in ROWS]
    rows[row][column] = cell
    report = tagger.tag(_document([(line[0], line[1], line[2]) for line in rows], html=html))
    told = [
        f for f in report.findings if f.code.value == "not-a-number" and cell in f.message and ROWS[row][0] in f.message
    ]
    assert len(told) == 1
    whole = tagger.tag(_document(ROWS, html=html))
    assert len(report.facts) == len(whole.facts) - 1


@pytest.mark.parametrize("html", [True, False])
def test_a_row_of_unreadable_figures_is_no_heading(html: bool) -> None:
    rows = [*ROWS[:5], ("Interest expense", "118/4", "12?0"), *ROWS[6:]]
    report = tagger.tag(_document(rows, html=html))
    assert [f.code.value for f in report.findings].count("not-a-number") == 2
    assert len(report.facts) == len(tagger.tag(_document(ROWS, html=html)).facts) - 2


def test_digits_left_at_the_end_of_a_label_are_told_and_their_row_is_not_tagged() -> None:
    rows = [*ROWS[:5], ("Interest expense", "11 8", "12 0"), *ROWS[6:]]
    report = tagger.tag(_document(rows, html=False))
    assert [f.code.value for f in report.findings].count("unread-figure") == 1
    assert not [fact for fact in report.facts if fact.concept == "us-gaap:InterestExpense"]


def test_every_dash_of_unicode_is_a_minus_before_digits_and_a_nil_alone() -> None:
    for mark in {chr(code) for code in range(0x10000) if unicodedata.category(chr(code)) == "Pd"} - set(
        "־᐀⸗⸚⸺⸻⹀⹝゠︱︲"
    ):
        assert _signed(parse_cell(f"{mark}342")) == "-342", f"U+{ord(mark):04X}"
        nil = parse_cell(mark)
        assert nil is not None
        assert nil.dash, f"U+{ord(mark):04X}"


def test_a_long_dash_parts_words_of_running_text_and_is_no_minus_there() -> None:
    assert [_signed(n) for n in find_numerals("was −5, –6 and ‑7 —8 others")] == ["-5", "-6", "-7", "8"]


@pytest.mark.parametrize("string", ["57, 140", "l,234", "1O5", "§ 12"])
def test_nothing_is_repaired_unless_the_text_is_ocr(string: str) -> None:
    assert parse_cell(string) is None


@pytest.mark.parametrize("string", ["—_—", "_", "=", "—~—", "- —"])
def test_what_recognition_makes_of_dashes_is_zero(string: str) -> None:
    numeral = parse_cell(string, ocr=True)
    assert numeral is not None
    assert numeral.dash


@pytest.mark.parametrize("string", ["(—", "—)", "(-", "- )", "$ -"])
def test_a_nil_has_no_other_reading(string: str) -> None:
    assert repairs_of(string) == ()


@pytest.mark.parametrize("string", ["Is", "lO", "SO", "Total", "B", "IS", "Oil", "So 1"])
def test_words_never_become_numbers(string: str) -> None:
    assert parse_cell(string, ocr=True) is None


@pytest.mark.parametrize(
    ("string", "value", "repair"),
    [
        ("861,340", "61340", "dollar-read-as-digit"),
        ("8(10,426)", "-10426", "dollar-read-as-digit"),
        ("S9,583", "9583", "dollar-read-as-digit"),
        ("S9,583", "59583", "letter-for-digit"),
        ("9.583", "9583", "comma-for-point"),
        ("608)", "-608", "missing-parenthesis"),
        ("608)", "608", "stray-parenthesis"),
        ("608", "-608", "missing-parentheses"),
        ("12 345", "12345", "blank-for-comma"),
        ("$010", "0.10", "missing-point"),
        ("lO", "10", "letter-for-digit"),
    ],
)
def test_other_readings_name_the_one_error_they_undo(string: str, value: str, repair: str) -> None:
    assert (value, repair) in [(_signed(numeral), numeral.repairs[-1]) for numeral in repairs_of(string)]


def test_a_point_that_was_lost_stands_before_two_decimals() -> None:
    assert [numeral.places for numeral in repairs_of("$010") if numeral.repairs[-1] == "missing-point"] == [2]


@pytest.mark.parametrize(
    ("character", "opens"),
    [
        ("(", True),
        ("-", True),
        ("\u2212", True),
        ("$", True),
        ("\u20ac", True),
        ("x", False),
        (" ", False),
        (")", False),
        ("5", False),
    ],
)
def test_a_figure_begins_with_a_mark(character: str, opens: bool) -> None:
    assert opens_figure(character) is opens


@pytest.mark.parametrize(
    ("name", "words", "others"),
    [
        ("scales", ("thousands", "millions", "billions"), ("thousand", "million", "hundred", "dozen")),
        ("scale", ("thousand", "million"), ("thousands", "millions")),
        ("signs", ("$", "\u20ac", "\u00a3"), ("US$", "USD", "dollars")),
        ("nil", ("none", "nil"), ("-", "0")),
        ("month", ("january", "sept"), ("0ctober", "ju1y")),
    ],
)
def test_shapes_name_words_of_one_kind(name: str, words: tuple[str, ...], others: tuple[str, ...]) -> None:
    assert listed(name).issuperset(words)
    assert listed(name).isdisjoint(others)


@pytest.mark.parametrize(
    ("caption", "money"),
    [("Thousands", 3), ("(Millions)", 6), ("Thousand", None), ("(Million)", None)],
)
def test_a_word_alone_says_a_scale_in_the_plural(caption: str, money: int | None) -> None:
    said = parse_scales(caption)
    assert (said.money if said else None) == money


@pytest.mark.parametrize(
    ("string", "expected"),
    [
        ("revenue was $2.9 million, a decrease of 48%", [("$2.9 million", "2.9", 6, "USD"), ("48%", "48", None, None)]),
        ("loss of ($0.10) or $(1.5) per share", [("($0.10)", "-0.10", None, "USD"), ("$(1.5)", "-1.5", None, "USD")]),
        ("up ($1.2 million) in all", [("$1.2 million", "1.2", 6, "USD")]),
        ("$1.50-$1.60, 10-15%", [("$1.50", "1.50", None, "USD"), ("$1.60", "1.60", None, "USD"), ("10", "10", None, None), ("15%", "15", None, None)]),
        ("a 3-cent dividend, or 12 cents", [("3-cent", "3", -2, "USD"), ("12 cents", "12", -2, "USD")]),
        ("C$5 million and 7 million euros", [("C$5 million", "5", 6, "CAD"), ("7 million euros", "7", 6, "EUR")]),
        ("Form 10-K of 3M for Q2 and FY24, the 2nd", [("10", "10", None, None)]),
        ("$1.5M, $4bn", [("$1.5M", "1.5", 6, "USD"), ("$4bn", "4", 9, "USD")]),
        ("v1.2.3 and 1,23 and 12,34,567", []),
        ("(818) 555-0142", [("(818)", "-818", None, None), ("555", "555", None, None), ("0142", "142", None, None)]),
        ("10,000,000 shares authorized; none issued", [("10,000,000", "10000000", None, None), ("none", "0", None, None)]),
        ("par value $.001; 6.5 percentage points", [("$.001", "0.001", None, "USD"), ("6.5 percentage points", "6.5", None, None)]),
    ],
)  # fmt: skip
def test_running_text_gives_every_number(string: str, expected: list[tuple[str, str, int | None, str | None]]) -> None:
    found = [(string[n.start : n.end], _signed(n), n.scale, n.currency) for n in find_numerals(string)]
    assert found == expected


def test_a_number_torn_by_character_recognition_is_one_number_where_that_is_sure() -> None:
    text = "10,000, 000 shares of $57, 140 on June 30, 2006, of 14, 120 and 90"
    assert [str(n.number) for n in find_numerals(text, ocr=True)] == [
        "10000000",
        "57140",
        "30",
        "2006",
        "14",
        "120",
        "90",
    ]
    assert [n.repairs for n in find_numerals(text, ocr=True)[:2]] == [("blank-in-number",)] * 2


@pytest.mark.parametrize(
    ("string", "expected"),
    [
        ("(In thousands, except per share amounts)", Scales(money=3)),
        ("(In thousands, except share and per share data)", Scales(money=3, shares=0)),
        ("($ and shares in millions, except per share amounts)", Scales(money=6, shares=6, shares_as_money=True)),
        (
            "(in millions, except for share counts, which are reflected in thousands, and per-share amounts)",
            Scales(money=6, shares=3),
        ),
        ("(in millions, expect for share and per share data)", Scales(money=6, shares=0)),
        ("(in thousands, including share amounts)", Scales(money=3, shares=3, shares_as_money=True)),
        ("(Dollars in millions except per share data; shares in thousands)", Scales(money=6, shares=3)),
        ("Amounts in thousands", Scales(money=3)),
        ("(000's omitted)", Scales(money=3)),
        ("(unaudited) (in 000s, except share data)", Scales(money=3, shares=0)),
        ("($000s) March 31, 2006", Scales(money=3)),
        ("($s in millions)", Scales(money=6)),
        ("$ millions", Scales(money=6)),
        ("(Millions)", Scales(money=6)),
        ("Millions of yen", Scales(money=6, currency="JPY")),
        ("In millions of euros", Scales(money=6, currency="EUR")),
        ("(Expressed in thousands of U.S. dollars)", Scales(money=3, currency="USD")),
        ("(expressed in U.S. dollars)", Scales(currency="USD")),
        ("C$ thousands", Scales(money=3, currency="CAD")),
        ("(in whole dollars)", Scales(money=0)),
        ("(unaudited; in thousands)", Scales(money=3)),
        ("Number of shares (in thousands) used in computing", Scales(shares=3)),
        ("Weighted average diluted shares (in millions)", Scales(shares=6)),
        ("Net share repurchases (in millions)", Scales(money=6)),
        ("Dollars in millions (unless otherwise noted)", Scales(money=6)),
        ("(in millions, except par value per share amounts)", Scales(money=6)),
        ("EUR million", Scales(money=6, currency="EUR")),
        ("(in GBP millions)", Scales(money=6, currency="GBP")),
        ("in Euro thousands", Scales(money=3, currency="EUR")),
        ("(million euros)", Scales(money=6, currency="EUR")),
        ("CHF in millions", Scales(money=6, currency="CHF")),
        ("in C$ millions", Scales(money=6, currency="CAD")),
        ("Canadian dollars in thousands", Scales(money=3, currency="CAD")),
        ("(US$ thousands)", Scales(money=3, currency="USD")),
        ("EUR m", Scales(money=6, currency="EUR")),
        ("USDm", Scales(money=6, currency="USD")),
        ("TEUR", Scales(money=3, currency="EUR")),
        ("M€", Scales(money=6, currency="EUR")),
        ("HK$'000", Scales(money=3, currency="HKD")),
        ("£000", Scales(money=3, currency="GBP")),
        ("($000's)", Scales(money=3)),
        ("($ 000)", Scales(money=3)),
        ("$ in 000s", Scales(money=3)),
        ("$000,000", Scales(money=6)),
        ("(in 000,000s)", Scales(money=6)),
        ("(in $1,000)", Scales(money=3)),
        ("(in 1,000s)", Scales(money=3)),
        ("(Mils.)", Scales(money=6)),
        ("($ in Mil.)", Scales(money=6)),
        ("(in thou.)", Scales(money=3)),
        ("(in mm)", Scales(money=6)),
        ("Rs. in lakhs", Scales(money=5, currency="INR")),
        ("(₹ in crores)", Scales(money=7, currency="INR")),
        ("(in hundreds)", Scales(money=2)),
        ("(in hundreds of thousands)", Scales(unread="(in hundreds of thousands)")),
        ("in ten millions", Scales(unread="in ten millions")),
        ("In thousands; in millions", Scales(unread="In thousands; in millions")),
        ("(in thousands and millions)", Scales(unread="(in thousands and millions)")),
        ("(in thousands or millions)", Scales(unread="(in thousands or millions)")),
        ("(in millions of dollars and thousands of shares)", Scales(money=6, shares=3)),
        ("(in thousands of shares and millions of dollars)", Scales(money=6, shares=3)),
        ("(in millions of dollars, thousands of shares)", Scales(money=6, shares=3)),
        ("(in millions of dollars and shares)", Scales(money=6, shares=6, shares_as_money=True)),
        ("(in thousands of dollars except shares)", Scales(money=3, shares=0)),
        (
            "(in thousands of U.S. dollars and shares, except per share data)",
            Scales(money=3, shares=3, shares_as_money=True, currency="USD"),
        ),
        ("(millions of dollars and thousands of barrels per day)", Scales(money=6)),
    ],
)
def test_a_caption_says_its_scales(string: str, expected: Scales) -> None:
    assert parse_scales(string) == expected


@pytest.mark.parametrize(
    "string",
    ["(Unaudited)", "Three Months Ended June 30, 2006", "serves millions of customers", "In millions of KWHs",
     "300,000 shares authorized", "net income of $2.9 million", "par value $.001; 1,000,000 shares"],
)  # fmt: skip
def test_a_line_without_a_scale_says_none(string: str) -> None:
    assert parse_scales(string) is None


_NUMBERS = st.decimals(min_value=0, max_value=10**12, places=2, allow_nan=False, allow_infinity=False)


@given(number=_NUMBERS, places=st.integers(0, 4), negative=st.booleans(), sign=st.sampled_from(["", "$", "$ ", "US$"]))
def test_what_is_printed_reads_back(number: Decimal, places: int, negative: bool, sign: str) -> None:
    printed = f"{round(number, places):,.{places}f}"
    numeral = parse_cell(f"{sign}({printed})" if negative else f"{sign}{printed}")
    assert numeral is not None
    assert (numeral.number, numeral.places, numeral.negative) == (Decimal(printed.replace(",", "")), places, negative)


@given(
    before=st.sampled_from(["", "was ", "of approximately "]),
    number=_NUMBERS,
    after=st.sampled_from(["", " million", "%", ", or", "."]),
)
def test_the_digits_of_a_numeral_are_its_place_in_the_text(before: str, number: Decimal, after: str) -> None:
    string = f"{before}${number:,.1f}{after}"
    (numeral,) = find_numerals(string)
    assert string[slice(*numeral.digits)] == numeral.text == f"{number:,.1f}"
    assert numeral.start <= numeral.digits[0] < numeral.digits[1] <= numeral.end <= len(string)


@given(st.text(alphabet="0123456789,.$()- %—lOSB'§", max_size=14))
def test_any_string_is_read_or_refused_without_error(string: str) -> None:
    for numeral in (parse_cell(string), parse_cell(string, ocr=True), *repairs_of(string)):
        if numeral is not None:
            assert string[slice(*numeral.digits)] == numeral.text
            assert numeral.number >= 0
    for numeral in find_numerals(string):
        assert string[slice(*numeral.digits)] == numeral.text


@pytest.mark.parametrize("string", ["1 234", "872,994", "12.648", "3l,500", "(1,234)", "1,234", "0.05", "-", "—"])
def test_another_reading_is_another_number(string: str) -> None:
    literal = parse_cell(string)
    others = [numeral for numeral in repairs_of(string) if not numeral.repairs[-1].endswith("parenthesis")]
    assert not any(numeral.dash for numeral in others)
    if literal is not None:
        assert (literal.number, literal.negative) not in [(numeral.number, numeral.negative) for numeral in others]


@pytest.mark.parametrize(
    ("string", "unread"),
    [
        ("TLL", True),
        ("TLLLLLL", True),
        ("TLLLLLLL", False),  # eight letters are a word, or a rule of letters
        ("XX", False),
        ("12?0", True),
        ("12?45678901234567890123456789", False),
    ],
)
def test_letters_without_a_vowel_in_place_of_a_figure_are_unread(string: str, unread: bool) -> None:
    assert is_unread(string) is unread


_MARKS = (
    *marks()["signs"], *marks()["codes"], *marks()["names"], *marks()["percent_words"], *marks()["scale_letters"],
    *marks()["ocr_dollars"], *scale_words(), *numerals._LETTERS, *minus_marks(), *"()¢$§", "cent", "cents",
)  # fmt: skip


@given(st.lists(st.sampled_from([*_MARKS, " ", "\n", "-", ".", "and"]), max_size=4).map("".join), st.booleans())
def test_that_no_marks_stand_beside_a_number_is_told_as_their_patterns_tell_it(said: str, ocr: bool) -> None:
    left, right = f"{said}5", f"5{said}"
    before = numerals._left(ocr).match(left, max(0, len(said) - numerals._WINDOW), len(said))
    behind = numerals._right().match(right, 1)
    found = numerals._before(left, len(said), ocr=ocr), numerals._behind(right, 1)
    expected = [one and (one.lastindex and one.span()) for one in (before, behind)]
    assert [one and one.span() for one in found] == expected


@pytest.mark.parametrize("mark", _MARKS)
def test_every_mark_may_stand_before_or_behind_a_number(mark: str) -> None:
    left, right = f"{mark}5", f"5 {mark}"
    before = numerals._left(True).match(left, 0, len(mark)), numerals._before(left, len(mark), ocr=True)
    behind = numerals._right().match(right, 1), numerals._behind(right, 1)
    for pattern, found in (before, behind):
        assert pattern is not None
        assert (found is None) == (pattern.lastindex is None)
