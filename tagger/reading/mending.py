"""Mending: dates and headings of time that recognition spoilt, ``2OO1``, ``March 3l,``, ``Months Endod``.

Only what can be nothing else is mended, letter for letter: every character keeps its place in the document.
"""

from __future__ import annotations

from functools import lru_cache
from operator import ne

from tagger.grid.headwords import GAP, heading_words
from tagger.lexicon.shapes import Found, holds, shape
from tagger.patterns import pattern

_DIGITS = str.maketrans("lI|!OoQ", "1111000")
_UNSURE = str.maketrans("SsBZ", "5582")  # often these digits: only a year that is printed elsewhere, too
_YEAR = pattern(r"[12lI|](?<![\w.,$].)[09OoQ][\dlI|OoQSsBZ]{2}(?![\w%]|[.,]\d)")
_DAY = shape(r"\b\L<month>\.?\s+(?P<day>[\dlI|!OoQ]{1,2})(?=,\s)")
_SPOILT_DAY = pattern(r"\s(?:[lI|!OoQ]\d?|\d[lI|!OoQ]|[lI|!OoQ]{2}),\s")  # looked for first, which is cheaper
_HEADING = shape(r"\b\L<month>\b|\b\L<units>\b|\b\L<ended>\b")
_SHORTEST = 5
_INTACT = shape(r"\b\L<year>\b")
_LONGEST = 120


def mend_times(text: str) -> str:
    """Return *text*, which recognition made, with its years, days and headings of time as they must have been.

    >>> mend_times("Years ended December 3l,   2OO1   2O00"), mend_times("Six Monlhs Ended")
    ('Years ended December 31,   2001   2000', 'Six Months Ended')
    """
    years = set(_INTACT.findall(text))
    text = _YEAR.sub(lambda match: _year(match.group(), years), text)
    if _SPOILT_DAY.search(text):
        text = _DAY.sub(_day, text)
    return "\n".join([_line(line) if _heads(line[:_LONGEST]) else line for line in text.split("\n")])


def _heads(line: str) -> bool:
    """Whether *line* holds a word or a year of headings."""
    return (holds(line, "month", "units", "ended") and _HEADING.search(line) is not None) or bool(_INTACT.search(line))


def _year(printed: str, years: set[str]) -> str:
    """Return the year that *printed* must be; itself if that is not sure."""
    sure = printed.translate(_DIGITS)
    if not any(map(str.isdigit, printed)) or not sure.startswith(("19", "20")):
        return printed
    if sure.isdecimal():
        return sure
    likely = sure.translate(_UNSURE)
    return likely if likely in years else printed


def _day(match: Found) -> str:
    printed = match["day"]
    day = printed.translate(_DIGITS)
    start = match.start("day") - match.start()
    return match.group()[:start] + day if 0 < int(day) < 32 else match.group()


def _line(line: str) -> str:
    """Mend the headings of *line*: a word that no heading has is a word of time if one letter of it makes it one."""
    for segment in GAP.split(line):
        words = segment.split(" ")
        strange = [word for word in words if not word[:1].isdigit() and _bare(word) not in heading_words()]
        if len(strange) == 1 < len(words) and (likely := _likely(_bare(strange[0]))):
            start = line.index(strange[0], line.index(segment))
            line = line[:start] + _cased(strange[0], likely) + line[start + len(likely) :]
    return line


def _bare(word: str) -> str:
    return word.lower().rstrip(",.")


def _cased(word: str, likely: str) -> str:
    return likely.upper() if word.isupper() else likely.capitalize() if word[0].isupper() else likely


@lru_cache(maxsize=1024)
def _likely(word: str) -> str:
    """Return the one word of headings that differs from *word* in a letter; nothing if there are none or several."""
    if len(word) < _SHORTEST or not word.isalpha():
        return ""
    found = [known for known in heading_words() if len(known) == len(word) and sum(map(ne, known, word)) == 1]
    return found[0] if len(found) == 1 else ""
