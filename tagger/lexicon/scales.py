"""Scales: what the caption of a table says of powers of ten and currency."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from tagger.lexicon.numerals import alternatives, currencies, marks


@dataclass(frozen=True, slots=True, kw_only=True)
class Scales:
    """What a caption says: powers of ten of money and of share counts, and the currency.

    *shares_as_money* says that the caption counts shares in with the money ("$ and shares in
    millions"). Nothing said is `None`; a plain dollar sign says nothing of the currency.
    """

    money: int | None = None
    shares: int | None = None
    shares_as_money: bool = False
    currency: str | None = None


_PLURAL = {"thousand": 3, "million": 6, "billion": 9, "000": 3, "mm": 6, "m": 6, "bn": 9, "b": 9, "k": 3}
_SCALE = re.compile(
    r"""
      (?: \b in | \b of ) \s+ (?: [$€£¥§]+ | u\.?s\.?\s?\$? | us\$ )? \s* (?P<in> thousand | million | billion ) s? \b
    | (?: ^ | (?<= [({\[$€£¥;,:] ) | (?<= [({\[$€£¥;,:] \s ) | \b(?:dollars|euros|yen|rmb|usd|eur|cad|shares) \s ) (?P<bare> thousand | million | billion ) s \b
    | (?<! [\d,.] ) ['’‘`]? (?P<zeros> 000 ) (?: ['’‘`]? s \b | (?= \s* omitted ) | (?<= ['’‘`$€£¥(] 000 ) (?! [\d,.] \d ) )
    | [$€£¥] \s? (?P<letters> mm | m | bn | b | k ) \b
    """,
    re.VERBOSE,
)
_PER_SHARE = re.compile(
    r"per[-\s]*(?:(?:common|ordinary|diluted|basic|limited|partner\w*)[-\s]+)*(?:shares?|ads|adss|unit)\b|par value"
)
_SHARES = re.compile(r"\bshares\b|\bshare\s?(?:counts?|amounts?|data|information|numbers)\b")
_ANY_SHARE = re.compile(r"\bshares?\b")
_MONEY = re.compile(r"[$€£¥§]|\bdollars?\b|\bamounts?\b|\bmoney\b|\beuros?\b|\byen\b|\brmb\b|\brenminbi\b")
_EXCEPT = re.compile(r"\b(?:except|expect|other than|excluding|but not)\b")
_OF = re.compile(r"\s*of\s+((?:[a-z.$€£¥]+\s*){1,3})")
_WHOLE = re.compile(r"\b(?:in|actual|whole|full)\s+(?:whole|actual|full)?\s*dollars\b(?!\s+in)")


def parse_scales(string: str) -> Scales | None:
    """Read what a caption, heading or label says of scale and currency; `None` if nothing.

    >>> parse_scales("(In thousands, except share and per share data)")
    Scales(money=3, shares=0, shares_as_money=False, currency=None)
    >>> parse_scales("$ and shares in millions, except per share amounts")
    Scales(money=6, shares=6, shares_as_money=True, currency=None)
    >>> parse_scales("Three Months Ended September 30, 2006") is None
    True
    """
    low = " ".join(string.lower().split())
    money: int | None = None
    shares: int | None = None
    together = False
    begin = 0
    for found in _SCALE.finditer(low):
        power = next(_PLURAL[text] for text in found.groups() if text)
        what = _PER_SHARE.sub(" ", low[begin : found.start()])
        of_what = _counted(low, found.end())
        begin = found.end()
        if of_what is None:
            continue
        says_shares = bool(_SHARES.search(what)) or of_what == "shares"
        says_money = of_what == "money" or bool(_MONEY.search(_EXCEPT.split(what)[-1])) or not says_shares
        if says_shares:
            shares = power
            together = together or (says_money and not _EXCEPT.search(what))
        if says_money and money is None:
            money = power
    money, shares, together = _exceptions(low, begin, money, shares, together)
    if money is None and shares is None and _WHOLE.search(low):
        money = 0
    currency = _currency(low)
    if money is None and shares is None and currency is None:
        return None
    return Scales(money=money, shares=shares, shares_as_money=together, currency=currency)


def _counted(low: str, end: int) -> str | None:
    """Return what the words after a scale count: "money", "shares", "" if they do not say, `None` for anything else."""
    found = _OF.match(low, end)
    if found is None:
        return ""
    if _SHARES.search(found[1]):
        return "shares"
    return "money" if _MONEY.search(found[1]) or _name().search(found[1]) else None


def _exceptions(
    low: str, begin: int, money: int | None, shares: int | None, together: bool
) -> tuple[int | None, int | None, bool]:
    """Apply what stands after the last scale: "except share data" counts shares one by one."""
    if not begin or money is None:
        return money, shares, together
    rest = _PER_SHARE.sub(" ", low[begin:])
    cut = _EXCEPT.search(rest)
    if cut is None:
        if re.search(r"\bincluding\b[^)]*\bshares?\b", rest):
            return money, money, True
        return money, shares, together
    if shares is None and _ANY_SHARE.search(rest, cut.end()):
        return money, 0, together
    return money, shares, together


@cache
def _name() -> re.Pattern[str]:
    names = [name for name in marks()["names"] if name not in ("dollars", "dollar", "pounds", "rand")]
    signs = [sign.lower() for sign in marks()["signs"] if sign not in ("$", "R$", "A$", "S$", "NIS", "Rs.", "Ps.")]
    codes = [code.lower() for code in marks()["codes"] if code not in ("TRY", "COP", "PEN", "ARS")]
    return re.compile(rf"(?<!\w)(?:(?:{alternatives([*names, *codes, 'pounds', 'nis'])})\b|{alternatives(signs)})")


def _currency(low: str) -> str | None:
    """Return the currency that is named; a plain "$" or "dollars" names none."""
    found = _name().search(low)
    return currencies()[found[0]] if found else None
