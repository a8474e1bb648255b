"""PDF with a text layer: what is printed on its pages, as the fixed-width text it would be on a terminal."""

from __future__ import annotations

import math
from collections.abc import Iterator
from ctypes import byref, c_double
from typing import Any

from tagger.reading.decoding import ReadError
from tagger.reading.pdf.lines import Glyph, page_text

_UNPRINTED = frozenset({0xA0, 0xAD, 0x200B, 0xFEFF, 0xFFFE, 0xFFFF})
_HYPHEN = 0x02  # what pdfium says for a hyphen that ends a line
_GENERATED = 1


def pdf_text(data: bytes, name: str = "", *, pages: int) -> str:
    """Return the text layer of *data*, laid out as printed, with a form feed between *pages* at most."""
    called = name or "the data"
    try:
        import pypdfium2
    except ImportError:
        raise ReadError(
            f"{called}: this is a PDF, and what reads PDF is not installed; pip install 'gaap-tagger[pdf]', "
            "or take its text out (pdftotext -layout) and give that"
        ) from None
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise ReadError(f"{called}: {_reason(str(error))}") from None
    try:
        if len(document) > pages:
            raise ReadError(f"{called}: {len(document):,} pages, {pages:,} at most (Limits.pages); give a part of it")
        texts = [page_text(_glyphs(document[number])) for number in range(len(document))]
    except pypdfium2.PdfiumError as error:
        raise ReadError(f"{called}: {_reason(str(error))}") from None
    finally:
        document.close()
    if not any(texts):
        raise ReadError(
            f"{called}: this is a PDF without a text layer, of pictures; run OCR on it (ocrmypdf) and give the result"
        )
    return "\f".join(texts)


def _reason(error: str) -> str:
    if "password" in error.lower() or "security" in error.lower():
        return "this is a PDF that is encrypted; take its password away (qpdf --decrypt) and give the result"
    return "this is a PDF that is broken; repair it (qpdf, mutool clean) or give the release as text"


def _glyphs(page: Any) -> list[Glyph]:
    """Return the characters printed on *page*, blanks apart, of the direction in which most of them run."""
    text = page.get_textpage()
    found = list(_turned(text))
    text.close()
    page.close()
    quarters = [quarter for quarter, _ in found]
    usual = max(sorted(set(quarters)), key=quarters.count, default=0)
    return [glyph for quarter, glyph in found if quarter == usual]


def _turned(text: Any) -> Iterator[tuple[int, Glyph]]:
    """Yield the characters, each with the quarter turns it is printed at, in coordinates that undo them."""
    from pypdfium2 import raw

    x, y, box = c_double(), c_double(), raw.FS_RECTF()
    for index in range(text.count_chars()):
        code = raw.FPDFText_GetUnicode(text, index)
        if code in _UNPRINTED or (code <= ord(" ") and code != _HYPHEN):
            continue
        if raw.FPDFText_IsGenerated(text, index) == _GENERATED:
            continue
        raw.FPDFText_GetCharOrigin(text, index, byref(x), byref(y))
        raw.FPDFText_GetLooseCharBox(text, index, byref(box))
        quarter = -round(raw.FPDFText_GetCharAngle(text, index) / (math.pi / 2)) % 4  # pdfium counts clockwise
        ends = sorted(_upright(quarter, *corner)[0] for corner in ((box.left, box.bottom), (box.right, box.top)))
        if ends[1] > ends[0]:
            base = _upright(quarter, x.value, y.value)[1]
            yield quarter, Glyph("-" if code == _HYPHEN else chr(code), ends[0], ends[1], base)


def _upright(quarter: int, x: float, y: float) -> tuple[float, float]:
    """Turn a point back by *quarter* quarters."""
    return ((x, y), (y, -x), (-x, -y), (-y, x))[quarter]
