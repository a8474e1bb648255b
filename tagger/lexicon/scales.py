"""Scales: what the caption of a table says of powers of ten and currency."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import TYPE_CHECKING

import regex
from msgspec import Struct

from tagger.characters import lowered
from tagger.lexicon.numerals import alternatives, currencies, marks, scale_words
from tagger.patterns import compiled, pattern, regex_pattern

if TYPE_CHECKING:
    from ahocorasick_rs import AhoCorasick


class Scales(Struct, frozen=True, kw_only=True, gc=False):
    """What a caption says: powers of ten of money and of share counts, and the currency.

    *unread* quotes words that speak of a scale and were not understood: then nothing is said of it.
    *shares_as_money* says that the caption counts shares in with the money ("$ and shares in
    millions"). Nothing said is `None`; a plain dollar sign says nothing of the currency.
    """

    money: int | None = None
    shares: int | None = None
    shares_as_money: bool = False
    currency: str | None = None
    unread: str = ""


@cache
def _scale() -> regex.Pattern[str]:
    """Return the pattern of words that give a power of ten, in lower case, as captions write them."""
    words = marks()["captions"]
    money = r"""(?: (?<!\w)(?: \L<names> (?!\w) | u\.?\s?s\.?(?:\s?\$)? ) | \L<signs> | § )"""
    return compiled(
        rf"""
          (?P<times> (?<!\w) (?:in\s+)? (?: \L<times> | (?! (?:19|20)\d\d \s+ {money} ) \d[\d,.]* ) \s+ (?: of\s+ )? (?: {money} \s* )? \L<words> (?!\w) )
        | (?: (?<!\w)(?: in | of ) \s+ (?: {money} \s* )*+ | (?<!\w)(?: \L<names> | \L<codes> ) \s+ ) (?P<in> \L<words> ) (?!\w)
        | (?: ^ | (?<= [({{\[;,:] | \p{{Sc}} ) | (?<= [({{\[;,:]\s | \p{{Sc}}\s ) | (?<!\w)(?: dollars | shares | and | or ) \s ) (?P<bare> \L<plurals> (?!\w) | \L<words> (?= \s+ (?:of\s+)? (?: \L<names> | \L<codes> ) (?!\w) ) )
        | (?: \p{{Sc}} \s? (?P<bare> \L<words> ) | (?<!\w)\L<codes> \s? ['’‘`]? (?P<zeros> 000 (?:,000)? ) ) (?! \w | [,.]\d )
        | (?: (?<!\w)in \s+ (?: \L<codes> | {money} ) \s? (?P<round> 1,000 (?:,000)? ) | \p{{Sc}} \s? (?P<round> 1,000 (?:,000)? ) (?= ['’‘`]? s (?!\w) ) ) (?![\w,.]\d)
        | (?<! [\d,.] ) ['’‘`]? (?P<zeros> 000 (?:,000)? ) (?: ['’‘`]? s (?!\w) | (?= \s* omitted ) | (?<= ['’‘`(]\s?+000 | (?<!\w)in\s000 | \p{{Sc}}\s?+000 | ,000 ) (?! [\d,.] \d ) )
        | (?P<round> (?<= (?<!\w)in\s | (?<!\w)in\s\p{{Sc}} ) 1,000 (?:,000)? ) (?: ['’‘`]? s )? (?![\w,.]\d)
        | (?: \p{{Sc}} \s? | (?<!\w)(?: \L<codes> ) \s? ) (?P<letters> \L<short> ) (?!\w)
        | (?<!\w) (?P<joined> \L<joined> ) (?!\w)
        """,
        regex.VERBOSE,
        words=_words(),
        plurals=_alone(),
        times=words["times"],
        short=words["short"],
        joined=words["joined"],
        names=marks()["names"],
        codes=[code.lower() for code in marks()["codes"]],
        signs=[sign.lower() for sign in marks()["signs"]],
    )


def _power(found: regex.Match[str]) -> int | None:
    """Return the power of ten that a scale found says; `None` for a multiple of one ("hundreds of thousands")."""
    if found["times"]:
        return None
    if found["zeros"] or found["round"]:
        return (found["zeros"] or found["round"]).count("0")
    said = found["in"] or found["bare"] or found["letters"] or found["joined"]
    power: int = (_words() | marks()["captions"]["short"] | marks()["captions"]["joined"])[said]
    return power


@cache
def _words() -> dict[str, int]:
    """Return the power of ten of every word that captions write after "in" or before "of dollars"."""
    shortened: dict[str, int] = marks()["captions"]["words"]
    return scale_words() | shortened | _alone()


@cache
def _alone() -> dict[str, int]:
    """Return the power of ten of every word that says a scale with nothing beside it: "Thousands"."""
    many = {word: power for word, power in scale_words().items() if word not in marks()["scales"]}
    short: dict[str, int] = marks()["captions"]["alone"]
    return many | short


_PER_SHARE = regex_pattern(
    r"per[-\s]*(?:(?:common|ordinary|diluted|basic|limited|partner\w*)[-\s]+)*(?:shares?|ads|adss|unit)\b|par value"
)
_SHARES = regex_pattern(r"\bshares\b|\bshare\s?(?:counts?|amounts?|data|information|numbers)\b")
_ANY_SHARE = regex_pattern(r"\bshares?\b")
_MONEY = regex_pattern(r"[$€£¥§]|\bdollars?\b|\bamounts?\b|\bmoney\b|\beuros?\b|\byen\b|\brmb\b|\brenminbi\b")
_NAMED_MONEY = regex_pattern(r"[$€£¥§]|\bdollars?\b|\beuros?\b|\byen\b|\brmb\b|\brenminbi\b|\b(?:usd|eur|gbp)\b")
_EXCEPT = regex_pattern(r"\b(?:except|expect|other than|excluding|but not)\b")
_OF = regex_pattern(r"\s*of\s+((?:[a-z.$€£¥&]+\s*){1,5})")
_OF_THAT = regex_pattern(r"^\s*of\s+(?:u\.?s\.?\s+)?[a-z]+")  # what the scale before counts
_LISTED = regex_pattern(r"\s{0,9}(?:\b(?:and|or)\b|&)\s*")
_WHOLE = regex_pattern(r"\b(?:in|actual|whole|full)\s+(?:whole|actual|full)?\s*dollars\b(?!\s+in)")


@lru_cache(maxsize=1024)
def parse_scales(string: str) -> Scales | None:
    """Read what a caption, heading or label says of scale and currency; `None` if nothing.

    >>> parse_scales("(In thousands, except share and per share data)")
    Scales(money=3, shares=0, shares_as_money=False, currency=None, unread='')
    >>> parse_scales("$ and shares in millions, except per share amounts")
    Scales(money=6, shares=6, shares_as_money=True, currency=None, unread='')
    >>> parse_scales("Three Months Ended September 30, 2006") is None
    True
    """
    low = " ".join(lowered(string).split())
    said = tuple(_scale().finditer(low)) if _may_say(low) else ()
    currency = _currency(low, said)
    heard = _hear(low, said)
    if heard is None:
        return Scales(currency=currency, unread=string)
    money, shares, together = _exceptions(low, heard)
    if money is None and shares is None and _WHOLE.search(low):
        money = 0
    if money is None and shares is None and currency is None:
        return None
    return Scales(money=money, shares=shares, shares_as_money=together, currency=currency)


def names_money(string: str) -> bool:
    """Whether a caption says of money alone in what it is counted, and leaves open in what shares are.

    >>> [names_money(text) for text in ("(dollars in thousands, except per share)", "(in thousands)", "Shares and $ in thousands")]
    [True, False, False]
    """
    low = _EXCEPT.split(lowered(string))[0]
    return _NAMED_MONEY.search(low) is not None and _SHARES.search(low) is None


class _Heard(Struct):
    """What scales have said so far, left to right; *end* is where the last one ends."""

    money: int | None = None
    shares: int | None = None
    together: bool = False
    end: int = 0


def _hear(low: str, said: Sequence[regex.Match[str]]) -> _Heard | None:
    """Return what the scales *said* say together; `None` where one says no power, or another one than the one before."""
    heard = _Heard()
    for found in said:
        of_what = _counted(low, found.end())
        before = _PER_SHARE.sub(" ", _OF_THAT.sub("", low[heard.end : found.start()]))
        heard.end = found.end()
        if of_what is None or _is_amount(found):
            continue
        power = _power(found)
        if power is None or not _add(heard, power, before, of_what):
            return None
    return heard


def _add(heard: _Heard, power: int, before: str, of_what: str) -> bool:
    """Add a scale of what the words *before* it and after it name; whether it agrees with the money's scale so far."""
    excepted = _EXCEPT.search(before) is not None
    says_shares = of_what in ("shares", "both") or bool(_SHARES.search(before))
    says_money = of_what in ("money", "both") or bool(_MONEY.search(_EXCEPT.split(before)[-1])) or not says_shares
    if says_shares:
        heard.shares = power
        heard.together = heard.together or (says_money and not excepted)
    if says_money and heard.money is None:
        heard.money = power
    return not says_money or heard.money == power or excepted or of_what == "money"


def scale_places(string: str) -> list[tuple[int, int]]:
    """Return where *string* says a power of ten or a currency: "US$m" in "Year ended June 30, 2016 US$m", "RMB" in "2011 RMB"."""
    low = lowered(string)
    named = [found.span() for found in _name().finditer(low)]
    if not _may_say(low):
        return named
    done = 0
    for found in _scale().finditer(low):
        if not _is_amount(found):
            begin = _begin(low, found.start(), done)
            done = _OMITTED.match(low, found.end()).end()  # type: ignore[union-attr]
            named.append((begin, done))
    return named


def _begin(low: str, start: int, least: int) -> int:
    """Return where the word begins, at *least*, that a scale found at *start* stands in: at the letters of "C$000"."""
    while start > least and not low[start - 1].isspace() and low[start - 1] != "(":
        start -= 1
    return start


_BETWEEN = " ,:;–—-"  # signs between words and the scale behind them


@lru_cache(maxsize=1024)
def scale_behind(label: str) -> int:
    """Return where the scale begins that *label* ends in, outside of parentheses; its length where it ends in none.

    >>> [s[: scale_behind(s)] for s in ("Revenue, £m", "Turnover - GBP millions", "Sales US$ 000", "Cost of sales", "Loans (in millions)")]
    ['Revenue', 'Turnover', 'Sales', 'Cost of sales', 'Loans (in millions)']
    """
    begin = len(label)
    for start, end in sorted(scale_places(label), reverse=True) if _may_say(lowered(label)) else ():
        if label[end:begin].strip(_BETWEEN):
            break
        begin = start
    scales = parse_scales(label[begin:]) if 0 < begin < len(label) else None
    if scales is None or scales.money is None or label[begin - 1] not in _BETWEEN:
        return len(label)
    return len(label[:begin].rstrip(_BETWEEN))


def says_scale(string: str) -> bool:
    """Whether *string* says a scale, or that its figures are audited or not, somewhere: so captions do.

    >>> [says_scale(s) for s in ("($000, except per share data)", "Balance Sheets (€ thousand)", "Total assets", "(unaudited)")]
    [True, True, False, True]
    """
    return _first(string) is not None


def is_scale_line(string: str) -> bool:
    """Whether *string* is about scale, currency or audit from its first word on, as a line of its own under a title is.

    >>> [is_scale_line(s) for s in ("(Dollars in thousands, except ratios)", "($M)", "In EUR 000", "Total assets (in billions)", "$000")]
    [True, True, True, False, True]
    """
    first = _first(string)
    return first is not None and all(word in _beside() for word in _WORDS.findall(lowered(string[:first])))


@lru_cache(maxsize=4096)
def _first(string: str) -> int | None:
    """Return where the first word of scale or audit begins."""
    if len(string) > _LONGEST:
        return None
    low = lowered(string)
    audited = _AUDITED.search(low) if "audited" in low else None
    scale = next((found for found in _scale().finditer(low) if not _is_amount(found)), None) if _may_say(low) else None
    places = [found.start() for found in (audited, scale) if found]
    return min(places, default=None)


def _is_amount(found: regex.Match[str]) -> bool:
    """Whether a number stands before the word: "$12 million"."""
    return bool(found["times"]) and found["times"].removeprefix("in ")[0].isdigit()


_OMITTED = regex_pattern(r"(?:\s*omitted)?")
_LONGEST = 400
_ZEROS = pattern(r"(?<![\d,])(?:1,)?000")  # else part of a number
_AUDITED = regex_pattern(r"\b(?:un)?audited\b")
_WORDS = regex_pattern(r"[\p{L}\d]+")


@cache
def _beside() -> frozenset[str]:
    """Return the words that stand before a scale on its line."""
    named = (*marks()["names"], *marks()["codes"], *marks()["signs"])
    return frozenset(
        (*marks()["captions"]["before"], *(word for name in named for word in _WORDS.findall(name.lower())))
    )


def _may_say(low: str) -> bool:
    """Whether *low*, in lower case, holds what every line that says a scale does; most strings of a release do not.

    >>> [_may_say(low) for low in ("in thousands", "$m", "'000s", "a common place", "25,000", "in 1,000")]
    [True, True, True, False, False, True]
    """
    if "000" in low and _ZEROS.search(low):
        return True
    return any(_ends_word(low, end) for _, _, end in _hints().find_matches_as_indexes(low, overlapping=True))


def _ends_word(low: str, end: int) -> bool:
    """Whether no letter and no digit follows at *end*."""
    after = low[end : end + 1]
    return not (after.isalpha() or after.isdecimal() or after == "_")


@cache
def _hints() -> AhoCorasick:
    from ahocorasick_rs import AhoCorasick

    signs = [sign.lower() for sign in (*marks()["signs"], *marks()["codes"])]
    short = marks()["captions"]["short"]
    lettered = (f"{sign}{blank}{letter}" for sign in signs for blank in ("", " ") for letter in short)
    return AhoCorasick([*_words(), *marks()["captions"]["joined"], *lettered])


def _counted(low: str, end: int) -> str | None:
    """Return what the words after a scale count: "money", "shares", "both", "" if they do not say, `None` for anything else."""
    found = _OF.match(low, end)
    if found is None:
        return ""
    listed = _LISTED.split(_EXCEPT.split(found[1])[0])
    shares, money = _SHARES.search(listed[0]) is not None, _names_money(listed[0])
    if shares or money:
        others = itertools.takewhile(lambda words: _words().keys().isdisjoint(words.split()), listed[1:])
        also = any(map(_names_money if shares else _SHARES.search, others))
        return "both" if also else "shares" if shares else "money"
    return None


def _names_money(words: str) -> bool:
    return _MONEY.search(words) is not None or _name().search(words) is not None


def _exceptions(low: str, heard: _Heard) -> tuple[int | None, int | None, bool]:
    """Apply what stands after the last scale: "except share data" counts shares one by one."""
    money, shares, together = heard.money, heard.shares, heard.together
    if not heard.end or money is None:
        return money, shares, together
    rest = _PER_SHARE.sub(" ", low[heard.end :])
    cut = _EXCEPT.search(rest)
    if cut is None:
        if regex.search(r"\bincluding\b[^)]*\bshares?\b", rest):
            return money, money, True
        return money, shares, together
    if shares is None and _ANY_SHARE.search(rest, cut.end()):
        return money, 0, together
    return money, shares, together


@cache
def _named() -> AhoCorasick:
    """Return what finds the names, signs and codes of currencies inside of words too: most texts hold none."""
    from ahocorasick_rs import AhoCorasick  # it is as large as all of `regex`

    return AhoCorasick(sorted(currencies().keys() - {"$"}))


@cache
def _name() -> regex.Pattern[str]:
    names = [name for name in marks()["names"] if name not in ("dollars", "dollar", "pounds", "rand")]
    signs = [sign.lower() for sign in marks()["signs"] if sign not in ("$", "NIS", "Ps.")]
    codes = [code.lower() for code in marks()["codes"] if code not in ("TRY", "COP", "PEN", "ARS")]
    short = alternatives(marks()["captions"]["short"])
    words = alternatives([*names, *codes, "pounds", "nis"])
    return compiled(rf"(?<!\w)(?:(?:{words})(?=(?:{short})?\b)|{alternatives(signs)})")


def _currency(low: str, said: Sequence[regex.Match[str]]) -> str | None:
    """Return the currency that is named, by itself or in a scale *said*; a plain "$" or "dollars" names none."""
    found = _name().search(low) if _named().find_matches_as_indexes(low) else None
    if found is None:
        joined = next((scale["joined"] for scale in said if scale["joined"]), "")
        if not joined:
            return None
        return next(
            (code for code in marks()["codes"] if joined.endswith(code.lower())), "EUR" if "€" in joined else None
        )
    return currencies()[found[0]]
