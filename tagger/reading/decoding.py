"""Decoding: bytes become text, or an error that says what to do instead."""

from __future__ import annotations

import codecs
import re

from tagger.characters import unusual
from tagger.patterns import pattern


class ReadError(ValueError):
    """A source that cannot be read as a release; the message names it and says what to do."""


_KINDS = (
    (b"PK\x03\x04", "a zip archive; unpack it and give the release inside"),
    (b"\x1f\x8b", "gzip data; unpack it first"),
    (b"\xd0\xcf\x11\xe0", "an old Office document; save it as HTML or text first"),
    (b"\x89PNG", "an image; run OCR on it and give the text"),
    (b"\xff\xd8\xff", "an image; run OCR on it and give the text"),
    (b"GIF8", "an image; run OCR on it and give the text"),
    (b"PAR1", "a Parquet file: a table, not a release; tagger read, or tagger.read, reads it"),
    (b"ARROW1", "an Arrow file: a table, not a release; tagger read, or tagger.read, reads it"),
)
_REPORT = pattern(
    r"""\ufeff?\s*(?: (?P<json>\{\s*"documentInfo") | (?:<\?xml[^>]*>\s*)?(?:<!--[^-]*(?:-(?!->)[^-]*)*-->\s*)*<(?P<instance>(?:\w+:)?xbrl)\b )""",
    re.X,
)
_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
# What a page says of its own encoding, as far as it is neither Unicode nor Western.
_DECLARED = pattern(
    rb"""<(?:\?xml\b[^>]{0,80}encoding|meta\b[^>]{0,200}charset)\s*=\s*["']?((?:shift|x-sjis|euc|gb|big5|ks_c|koi8|iso-8859|windows|cp)[\w-]{0,20})""",
    re.IGNORECASE,
)
_WESTERN = frozenset({"iso8859-1", "cp1252"})
_BEYOND_ASCII = pattern("[^\x00-\x7f\ufffd]")
_TAGS = pattern(r"<(?:!doctype\s+html|html|head|body|table|div|p|pre|span|font|tr|td|h[1-6]|br)\b[^<>]*>", re.I)
_HTML = pattern(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--[^-]*(?:-(?!->)[^-]*)*-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.I
)
_CELL = pattern(r"<tr\b[^<>]*>\s*<t[dh]\b", re.I)
_SGML = pattern(r"<TABLE>|<PAGE>", re.I)
_C1 = pattern(b"\xc2[\x80-\x9f]")  # in UTF-8
_SIGNS = {code: sign for code in range(0x80, 0xA0) if (sign := bytes([code]).decode("cp1252", "ignore"))}
_CONTROL = pattern(r"[\x00-\x08\x0e-\x1b]")


def mend_controls(text: str) -> str:
    """Give C1 controls, which no release means, the signs that Windows-1252 has at their places.

    >>> mend_controls("Special charges \x97 8"), mend_controls("Net sales")
    ('Special charges — 8', 'Net sales')
    """
    return text.translate(_SIGNS) if not text.isascii() and _C1.search(unusual(text)) else text


def is_pdf(data: bytes) -> bool:
    """Say whether *data* is a PDF; its mark may stand behind a few blanks.

    >>> is_pdf(b"%PDF-1.7 ..."), is_pdf(b"Net sales rose.")
    (True, False)
    """
    return data[:1024].lstrip().startswith(b"%PDF")


def decode(data: bytes, name: str = "") -> str:
    """Decode *data* as UTF-8 (with or without a mark), UTF-16 or Windows-1252.

    >>> decode("\\ufeffTotal – 5".encode("utf-8")), decode("Total – 5".encode("cp1252"))
    ('Total – 5', 'Total – 5')
    """
    called = name or "the data"
    for start, what in _KINDS:
        if data.startswith(start):
            raise ReadError(f"{called}: this is {what}")
    text = _decoded(data)
    if len(_CONTROL.findall(text[:4000])) > max(4, len(text[:4000]) // 50):
        raise ReadError(f"{called}: this is binary data, not text; give a release as HTML or text")
    if found := _REPORT.match(text[:4000]):
        what = "xBRL-JSON" if found["json"] else "an XBRL instance"
        raise ReadError(
            f"{called}: this is {what}, a report that is tagged already; tagger read, or tagger.read, reads it"
        )
    return text


def _decoded(data: bytes) -> str:
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return data.decode(encoding, "replace")
    start = data[:200]
    if len(data) > 3 and start.count(0) * 3 > len(start):
        return data.decode("utf-16-le" if start[1:2] == b"\0" else "utf-16-be", "replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        declared = _DECLARED.search(data[:4096])
        if declared and (codec := _codec(declared[1].decode("ascii"))):
            return data.decode(codec, "replace")
        text = data.decode("utf-8", "replace")
        if text.count("\ufffd") * 4 < len(_BEYOND_ASCII.findall(text)):
            return text  # a few bytes of UTF-8 are damaged
        # the five bytes that cp1252 leaves open are control characters in HTML's reading of it
        return data.decode("cp1252", "replace")


def _codec(name: str) -> str | None:
    """Return the codec of a declared encoding; `None` if it is unknown, or Western."""
    try:
        codec = codecs.lookup(name).name
    except LookupError:
        return None
    return None if codec in _WESTERN else codec


def is_html(text: str) -> bool:
    """Say whether *text* is markup; the SGML marks of EDGAR text (<TABLE>, <PAGE>) do not make it so.

    >>> is_html("<html><body>Sales</body></html>"), is_html("<PAGE>\\n<TABLE>\\n<S> <C>\\nSales  1\\n</TABLE>")
    (True, False)
    """
    if _HTML.match(text) or _CELL.search(text):
        return True
    if "<" not in text:
        return False
    tags = [tag for tag in _TAGS.findall(text) if not _SGML.fullmatch(tag)]
    closed = len(re.findall(r"</(?:p|div|td|tr|font|span|body|html)>", text, re.I))
    return closed >= 2 and len(tags) >= 2
