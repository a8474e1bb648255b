"""Changes of documents: of bytes, digits, tags, cells and rows, of one document spliced into another."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence

_TAG = re.compile(rb"<[^<>]{0,400}>")
_CELL = re.compile(rb"<t[dh]\b[^<>]*>.*?(?=<t[dhr]\b|</t(?:r|able)\b)", re.S | re.I)
_LINE = re.compile(rb"[^\n]*\n?")
_NUMBER = re.compile(rb"\d[\d,.]*")
_LONGEST = 500_000  # bytes, of what is there many times
TOKENS = (
    b"\0", b"\x01", b"\x0c", b"\x1b[31m", b"\xff\xfe", b"\xef\xbf\xbe", b"\xef\xb7\x90", b"\xee\x83\xb0", b"\xe2\x80\xae",
    b"&#1;", b"&#x1F;", b"&#xFDD0;0b&#xFDD1;", b"&#65534;", b"&#", b"&", b"&amp;amp;", b"&nbsp;", b"]]>", b"<![CDATA[", b"-->", b"<!--", b"<?x", b"?>",
    b"<", b">", b"</", b"/>", b"\"", b"'", b"<script>", b"<style>", b"</style>", b"<svg>", b"<math>", b"<template>", b"<plaintext>", b"<select>",
    b"<table>", b"</table>", b"<tr>", b"<td>", b"</td>", b"<td rowspan=99999>", b"<td colspan=1000>", b"<td colspan=-1>", b"<caption>", b"<pre>", b"<br>",
    b"<b><p>", b"<form>", b"<frameset>", b"<head>", b"<body onload=x>", b"</body>", b"</html>", b"<a name=f1 id=f1>", b"<p id='f1' style='-sec-ix-hidden:f1'>",
    b"<img src=http://a.example/b.gif>", b"<p style='background:url(http://a.example)'>", b"<bgsound>", b"<wbr>", b"<ix:nonFraction name='a:b'>", b"<ix:header>",
    b"<p a\"b='c'>", b"<x:y z:w='1'>", b"<DOCUMENT>\n<TYPE>EX-99.1\n<TEXT>\n", b"</TEXT></DOCUMENT>", b"<PAGE>", b"<S> <C> <C>", b"<CAPTION>",
    b"1e999999999", b"9" * 60, b"1" + b",111" * 40, b"-0", b"(((", b")))", b"()", b"$", b"%", b"(1)", b"--", b"\xe2\x80\x94", b"0.00", b"N/A", b"1/0", b"\xc2\xb2", b"\xd9\xa3", b"\xef\xbc\x91",
    b"(in thousands)", b"In millions, except per share", b"(in hundreds of thousands)", b"Three months ended", b"June 31, 2024", b"February 29, 2023", b"December 31, 0001", b"December 31, 9999",
    b"0000", b"first quarter of fiscal 2008", b"52 weeks", b"Total", b"Net income", b"Revenue was $5 million", b"respectively", b"compared to", b"\xe2\x82\xac",
)  # fmt: skip


def mutated(source: bytes, other: bytes, chance: random.Random) -> bytes:
    """Return *source* with a few changes by *chance*; *other* is a document to take parts from."""
    for _ in range(chance.choice((1, 1, 2, 3, 5, 9))):
        source = chance.choice(_CHANGES)(source, other, chance)
    return source


def _bytes(source: bytes, other: bytes, chance: random.Random) -> bytes:
    first, length = chance.randrange(len(source) + 1), chance.choice((1, 1, 2, 4, 30, 300))
    instead = (b"", bytes(chance.randrange(256) for _ in range(min(length, 4))), source[first : first + length] * 2)
    return source[:first] + chance.choice(instead) + source[first + length :]


def _token(source: bytes, other: bytes, chance: random.Random) -> bytes:
    first = chance.randrange(len(source) + 1)
    return source[:first] + chance.choice(TOKENS) + source[first:]


def _tags(source: bytes, other: bytes, chance: random.Random) -> bytes:
    return _moved(source, _spans(_TAG, source), chance)


def _cells(source: bytes, other: bytes, chance: random.Random) -> bytes:
    return _moved(source, _spans(_CELL, source), chance)


def _lines(source: bytes, other: bytes, chance: random.Random) -> bytes:
    return _moved(source, _spans(_LINE, source), chance)


def _digits(source: bytes, other: bytes, chance: random.Random) -> bytes:
    spans = _spans(_NUMBER, source)
    if not spans:
        return source
    first, last = chance.choice(spans)
    number = source[first:last]
    digit = str(chance.randrange(10)).encode()
    place = chance.randrange(len(number))
    instead = chance.choice((
        b"", b"(%s)" % number, b"-" + number, number * 2, number[:place] + digit + number[place + 1 :], b"$" + number + b"%",
        number.replace(b",", b"."), number.replace(b",", b" "), number + b" " + number, b"0" * 30 + number, number + b"," + number, b"1e" + number,
    ))  # fmt: skip
    return source[:first] + instead + source[last:]


def _splice(source: bytes, other: bytes, chance: random.Random) -> bytes:
    return source[: chance.randrange(len(source) + 1)] + other[chance.randrange(len(other) + 1) :]


def _insert(source: bytes, other: bytes, chance: random.Random) -> bytes:
    first, begin = chance.randrange(len(source) + 1), chance.randrange(len(other) + 1)
    return source[:first] + other[begin : begin + chance.choice((20, 200, 2000))] + source[first:]


def _many(source: bytes, other: bytes, chance: random.Random) -> bytes:
    spans = _spans(chance.choice((_TAG, _LINE, _CELL)), source)
    if not spans:
        return source
    first, last = chance.choice(spans)
    times = min(chance.choice((10, 50, 200)), max(_LONGEST // (last - first), 2))
    return source[:first] + source[first:last] * times + source[last:]


def _spans(pattern: re.Pattern[bytes], source: bytes) -> list[tuple[int, int]]:
    return [found.span() for found in pattern.finditer(source) if found.end() > found.start()]


def _moved(source: bytes, spans: Sequence[tuple[int, int]], chance: random.Random) -> bytes:
    """Drop, double or move one of *spans*, or let two of them change places."""
    if not spans:
        return source
    (first, last), (begin, end) = sorted((chance.choice(spans), chance.choice(spans)))
    match chance.randrange(4):
        case 0:
            return source[:first] + source[last:]
        case 1:
            return source[:last] + source[first:last] + source[last:]
        case 2 if last <= begin:
            return source[:first] + source[begin:end] + source[last:begin] + source[first:last] + source[end:]
        case _ if last <= begin:
            return source[:first] + source[last:end] + source[first:last] + source[end:]
    return source


_Change = Callable[[bytes, bytes, random.Random], bytes]
_CHANGES: tuple[_Change, ...] = (
    _bytes, _bytes, _token, _token, _tags, _tags, _cells, _cells, _lines, _digits, _digits, _digits, _splice, _insert, _many
)  # fmt: skip
