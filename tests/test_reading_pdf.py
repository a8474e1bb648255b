"""PDF files with a text layer, and those that cannot be read."""

from __future__ import annotations

import contextlib
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import tagger
from conftest import CORPUS
from pdf_cases import pdf, right, width
from tagger.document import Document
from tagger.reading import ReadError, read

pytest.importorskip("pypdfium2")

TITLE = [
    (220.0, 740.0, "Larkspur Fittings, Inc."),
    (200.0, 726.0, "Condensed Statements of Operations"),
    (225.0, 712.0, "(In thousands)"),
    right(430, 690, "Three months ended"),
    right(425, 678, "June 30,"),
    right(400, 666, "2011"),
    right(470, 666, "2010"),
]
ROWS = [
    ("Net sales", "12,345", "11,004"),
    ("Cost of sales", "(8,001)", "(7,554)"),
    ("Gross profit", "4,344", "3,450"),
    ("Selling, general and administrative expenses", "2,100", "2,050"),
    ("Operating income", "2,244", "1,400"),
]


def _statement(rows: list[tuple[str, str, str]], step: float = 14) -> list[tuple[float, float, str]]:
    placed = list(TITLE)
    for number, (label, *figures) in enumerate(rows):
        y = 646 - step * number
        placed.append((72.0, y, label))
        placed += [right(x, y, figure) for x, figure in zip((400, 470), figures, strict=True)]
    return placed


def _cells(document: Document) -> list[tuple[str, ...]]:
    return [
        tuple(cell.text.string for cell in row.cells)
        for table in document.tables
        for row in table.rows
        if len(row.cells) == 3
    ]


def test_a_table_in_a_pdf_keeps_its_rows_and_columns() -> None:
    document = read(pdf(_statement(ROWS)))
    assert _cells(document) == ROWS
    assert document.kind == "text"
    assert {
        cell.column for row in document.tables[0].rows for cell in row.cells if cell.text.string in {"12,345", "4,344"}
    } == {1}


def test_figures_end_below_each_other() -> None:
    lines = [line for line in read(pdf(_statement(ROWS))).text.splitlines() if any(row[0] in line for row in ROWS)]
    assert (
        len(
            {
                line.rstrip(")").index(row[2].rstrip(")")) + len(row[2].rstrip(")"))
                for line, row in zip(lines, ROWS, strict=True)
            }
        )
        <= 2
    )


def test_facts_come_out_of_a_pdf_with_their_places() -> None:
    report = tagger.tag(pdf(_statement(ROWS)), name="larkspur.pdf")
    values = {fact.label: fact.value for fact in report.facts if fact.period.end.year == 2011}
    assert values["Net sales"] == 12_345_000
    text = report.document.text
    assert all(text[f.printed.span.start : f.printed.span.end] == f.printed.text for f in report.facts)


def test_pages_are_parted() -> None:
    text = read(pdf([(72, 700, "Sales rose.")], [(72, 700, "They fell later.")])).text
    assert text == "Sales rose.\n\fThey fell later.\n"


def test_a_page_printed_sideways_reads_as_any_other() -> None:
    turned = [(792 - y, x, text) for x, y, text in _statement(ROWS)]
    assert _cells(read(pdf(turned, matrix="0 1 -1 0"))) == ROWS


def test_a_stamp_across_the_page_is_left_out() -> None:
    page = pdf(_statement(ROWS)).replace(
        b"BT /F 10 Tf 1 0 0 1 220.00 740.00 Tm (Larkspur Fittings, Inc.)",
        b"BT /F 10 Tf 0 1 -1 0 220.00 740.00 Tm (DRAFT)",
    )
    assert "DRAFT" not in read(page).text


def test_text_printed_twice_to_make_it_bold_stands_once() -> None:
    assert read(pdf([(72, 700, "Total assets"), (72.4, 700, "Total assets")])).text == "Total assets\n"


def test_a_raised_mark_stays_on_its_line() -> None:
    end = 72 + width("100,000")
    assert read(pdf([(72, 700, "100,000"), (end, 703, "a"), (300, 700, "5,120")])).text.split() == ["100,000a", "5,120"]


def test_letters_beyond_ascii_keep_their_meaning() -> None:
    assert read(pdf([(72, 700, "Café – €5 million”")])).text == "Café – €5 million”\n"


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (pdf([]), "without a text layer"),
        (b"%PDF-1.4 nothing else", "broken"),
        (pdf([(72, 700, "Sales rose.")])[:300], "broken"),
        (
            pdf(
                [(72, 700, "Sales rose.")],
                extra=f"/ID [<00> <00>] /Encrypt << /Filter /Standard /V 1 /R 2 /P -44 /O <{'4f' * 32}> /U <{'55' * 32}> >>",
            ),
            "encrypted",
        ),
    ],
    ids=["pictures", "only-a-mark", "cut-off", "encrypted"],
)
def test_what_cannot_be_read_says_why(data: bytes, message: str) -> None:
    with pytest.raises(ReadError, match=rf"x\.pdf: this is a PDF .*{message}"):
        read(data, name="x.pdf")


def test_without_the_extra_the_error_names_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pypdfium2", None)
    with pytest.raises(ReadError, match=r"pip install 'gaap-tagger\[pdf\]'"):
        read(pdf([(72, 700, "Sales rose.")]))


@settings(deadline=None)
@given(st.integers(0, 2000), st.binary(max_size=40))
def test_a_damaged_pdf_is_read_or_refused(place: int, damage: bytes) -> None:
    data = bytearray(pdf(_statement(ROWS)))
    place %= len(data)
    data[place : place + len(damage)] = damage
    with contextlib.suppress(ReadError):
        assert read(bytes(data)).text.strip()


def _facts(path: Path) -> set[tuple[str, ...]]:
    return {(fact.concept, str(fact.period), str(fact.unit), str(fact.value)) for fact in tagger.tag(path).facts}


@pytest.mark.corpus
@pytest.mark.skipif(not CORPUS.exists(), reason="the corpus is not here")
@pytest.mark.parametrize("path", sorted((CORPUS / "pdf").glob("*.pdf")), ids=lambda path: path.stem)
def test_a_pdf_gives_the_facts_of_its_text(path: Path) -> None:
    ours, text = _facts(path), _facts(CORPUS / "text" / f"{path.stem}.txt")
    assert len(ours & text) >= 0.97 * len(ours | text)
