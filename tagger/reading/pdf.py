"""PDF with a text layer: what is printed on its pages, as the fixed-width text it would be on a terminal."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tagger.reading.decoding import ReadError
from tagger.reading.pdf_lines import Glyph, page_text

_MARK = b"%PDF-"
_SEARCHED = 1024  # the mark may stand behind a few stray bytes
_PRIVATE = 0xE000
_WITHOUT_TEXT = "has no text layer, it is a picture of pages; run OCR on it (ocrmypdf, tesseract) and give what that makes"


def is_pdf(data: bytes) -> bool:
    """Say whether *data* is a PDF.

    >>> is_pdf(b"%PDF-1.7 ..."), is_pdf(b"Net sales rose.")
    (True, False)
    """
    return data[:_SEARCHED].lstrip().startswith(_MARK)


def pdf_text(data: bytes, name: str = "") -> str:
    """Return the text layer of *data*, laid out as printed, with a form feed between pages."""
    called = name or "the data"
    try:
        import pypdfium2
    except ImportError:
        raise ReadError(
            f"{called}: this is a PDF, and nothing that reads PDF is installed; pip install 'tagger[pdf]', "
            "or take its text out (pdftotext -layout) and give that"
        ) from None
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise ReadError(f"{called}: {_reason(str(error))}") from None
    try:
        pages = [page_text(_glyphs(document, number)) for number in range(len(document))]
    except pypdfium2.PdfiumError as error:
        raise ReadError(f"{called}: {_reason(str(error))}") from None
    finally:
        document.close()
    if not any(page.strip() for page in pages):
        raise ReadError(f"{called}: this PDF {_WITHOUT_TEXT}")
    return "\f".join(pages)


def _reason(error: str) -> str:
    if "password" in error.lower() or "security" in error.lower():
        return "this PDF is encrypted; take its password away first (qpdf --decrypt) and give the result"
    return "this PDF is broken, its pages cannot be read; repair it (qpdf, mutool clean) or give the release as text"


def _glyphs(document: Any, number: int) -> list[Glyph]:
    """Return the characters printed on a page, blanks apart, in the direction most of them are printed in."""
    page = document[number]
    try:
        text = page.get_textpage()
        try:
            turned = list(_turned(text))
        finally:
            text.close()
    finally:
        page.close()
    quarters = [quarter for quarter, _ in turned]
    usual = max(sorted(set(quarters)), key=quarters.count, default=0)
    return [glyph for quarter, glyph in turned if quarter == usual]


def _turned(text: Any) -> Iterator[tuple[int, Glyph]]:
    """Yield every character with the quarter turns it is printed at, in coordinates that undo them."""
    from ctypes import byref, c_double, c_float

    from pypdfium2 import raw

    x, y = c_double(), c_double()
    box = raw.FS_RECTF()
    float_ = c_float()
    del float_
    for index in range(text.count_chars()):
        code = raw.FPDFText_GetUnicode(text, index)
        if code <= 0x20 or code == 0xA0 or code == 0xFFFE or raw.FPDFText_IsGenerated(text, index) == 1:
            continue
        raw.FPDFText_GetCharOrigin(text, index, byref(x), byref(y))
        raw.FPDFText_GetLooseCharBox(text, index, byref(box))
        quarter = round(raw.FPDFText_GetCharAngle(text, index) * 2 / 3.141592653589793) % 4
        left, right, base = _upright(quarter, box, x.value, y.value)
        if right > left:
            yield quarter, Glyph(chr(code), left, right, base)
