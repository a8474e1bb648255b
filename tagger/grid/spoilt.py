"""Spoilt figures: words that recognition spoilt or broke, standing in the place of a figure."""

from __future__ import annotations

from tagger.lexicon.shapes import is_year, shape
from tagger.patterns import pattern

WIDE = 3  # blanks that part columns; two may be a justified line or follow a full stop
_SLIP = pattern(r"[$§S]?[(]?[\dOolISQZBGgsqit,.]{1,12}[)]?[%]?[$§S]?")
_MONTH_LAST = shape(r"\L<month>\.?$")
_FRONT = shape(r"[$§S]?\(?[$§]?(?:\d{1,3}(?:\L<group>)*|[\dTIilOGSBZ]{0,2}\d[\dTIilOGSBZ]{0,2})[,.]", case=True)
_GROUP = pattern(r"\d{3}(?:\D|$)")
_LOST = shape(r"\d{1,3} \d{3}\L<group>")
_DAY = pattern(r"\d{1,2},")


def ends_date(string: str, words: list[tuple[int, int]], index: int) -> bool:
    """Say whether the word is the year of a date written out, and so a word of the label."""
    if index < 2 or not is_year(string[slice(*words[index])]):
        return False
    return _DAY.fullmatch(string, *words[index - 1]) is not None and (
        _MONTH_LAST.search(string[slice(*words[index - 2])]) is not None
    )


def is_slip(string: str, words: list[tuple[int, int]], index: int, more: bool) -> bool:
    """Say whether a word that recognition has spoilt stands in the place of a figure."""
    start, end = words[index]
    if end - start > 12 or index == 0:
        return False
    before = start - words[index - 1][1]
    if _spoilt(string[start:end], more):
        return True
    if before < WIDE + 1 and not more:
        return False
    word = string[start:end]
    if any(character.isdigit() for character in word):
        if word[-1] in ",;:" and before <= WIDE + 1:
            return False
        return _SLIP.fullmatch(word) is not None or before > WIDE + 1
    if before <= WIDE + 1 or end - start > 7:
        return False
    return more or word.endswith(")") or _SLIP.fullmatch(word) is not None or end - start < 3


def _spoilt(word: str, more: bool) -> bool:
    """Say whether *word* is a number with strange characters in it: "7/633,900", "$__5a70.411", "—~C«18.7%"."""
    digits = sum(character.isdigit() for character in word)
    if digits < 2 or word[-1] in ",;:.":
        return False
    if word[-1] == "%":
        return True
    return more and len(word) > 4 and digits * 2 >= len(word) and any(mark in word for mark in ",.")


def continues(string: str, words: list[tuple[int, int]], index: int, piece: list[int]) -> bool:
    """Say whether the word is the front of a number that a blank broke after its comma: ``46, 180``."""
    start, end = words[index]
    if piece[2] - end != 1:
        return False
    if string[end - 1] not in ",.":
        # "1 579,406" behind wide blanks: the comma itself was lost
        behind = start - words[index - 1][1] if index else 0
        return behind >= WIDE and _LOST.match(string, start) is not None
    if not _GROUP.match(string, piece[2]):
        return False
    return _FRONT.fullmatch(string, start, end) is not None and not (
        index and _MONTH_LAST.search(string[slice(*words[index - 1])])
    )
