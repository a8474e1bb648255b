"""Atoms joined into phrases, as running text writes them."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from itertools import pairwise
from typing import Any

import regex
from msgspec import Struct, field

from tagger.characters import lowered
from tagger.lexicon.atoms import Atom
from tagger.lexicon.numerals import alternatives
from tagger.lexicon.phrase import PeriodPhrase, months_of_weeks, words
from tagger.lexicon.ranges import find_atoms, unbroken
from tagger.patterns import regex_pattern

# What may stand between two atoms of one phrase.
_GAP = regex_pattern(
    r"""[\s,()"“”‘’'*–—-]*(?:(?:of|the|in|for|its|our|their|fiscal|calendar|ended|ending|end|periods?|year|s|to|on
    |transition(?:al)?|short|stub|from|unaudited)\b[\s,()"“”‘’'*–—-]*)*""",
    regex.VERBOSE | regex.IGNORECASE,
)
# Between two phrases that share what only one of them says: "December 31, 2024 and 2023".
_LINK = regex_pattern(
    r"[\s,]*(?:(?:ended|ending)[\s,]*)?(?:(?P<word>and|&|or|/)[\s,]*)?(?:(?:the|for\s+the|its)\s*)?", regex.IGNORECASE
)
_OPENED, _CLOSED = regex_pattern(r"\s{1,3}\(\s?"), regex_pattern(r"\s?\)")
_PERIODS = regex_pattern(r"\s+periods?\b", regex.IGNORECASE)

_ENDED = regex_pattern(r"[\s(\"“”‘’',-]*(?:periods?\s+)?end(?:ed|ing)", regex.IGNORECASE)
_AT = regex_pattern(
    r"(?<!\w)(?:(?P<of>(?:at\s+)?(?:the\s+)?(?:end|close)\s+of)|as\s+of|as\s+at|at)[\s(]+(?:the\s+)?(?:fiscal\s+|month\s+of\s+)?$",
    regex.IGNORECASE,
)
_BASIS = regex_pattern(r"\s+basis(?!\w)", regex.IGNORECASE)
_ON_A = regex_pattern(r"(?<!\w)on\s+an?\s+$", regex.IGNORECASE)
_THE = regex_pattern(r"(?<!\w)(?:the|this|our|its)\s+(?:(?:entire|whole|full|recent|fiscal)\s+)?$", regex.IGNORECASE)
_LED = regex_pattern(r"(?<!\w)(?:the|this|our|its)\s+(?:\p{L}+\s+)?$", regex.IGNORECASE)
_OF_MONTH = regex_pattern(r"(?:end(?:ed|ing)|of|through)\s+$", regex.IGNORECASE)
DATE = ("year", "month", "day", "fiscal_year")
LENGTH = ("months", "weeks", "days", "since", "quarter", "half", "to_date", "trailing", "unsaid")


class Draft(Struct):
    """A phrase while it grows, inside this package only."""

    atoms: list[Atom]
    said: dict[str, Any]
    kinds: set[str] = field(default_factory=set)
    start: int = sys.maxsize
    end: int = 0

    def add(self, atom: Atom) -> None:
        self.atoms.append(atom)
        self.start, self.end = min(self.start, atom.start), max(self.end, atom.end)
        self.kinds.add(atom.kind)
        for name, value in atom.said.items():
            if value and not self.said.get(name):
                self.said[name] = value

    def take(self, other: Draft, names: Sequence[str]) -> None:
        """Say what *other* says and this does not; a range with its own year is of no other year."""
        since = other.said.get("since")
        if since and since[0] is not None and self.said.get("year") not in (None, other.said.get("year")):
            names = [name for name in names if name != "since"]
        for name in names:
            if other.said.get(name) and not self.said.get(name):
                self.said[name] = other.said[name]

    def phrase(self) -> PeriodPhrase:
        return PeriodPhrase(start=self.start, end=self.end, **self.said)


def begun(atom: Atom) -> Draft:
    """Return a draft that holds *atom* alone."""
    draft = Draft([], {})
    draft.add(atom)
    return draft


@lru_cache(maxsize=4096)  # one heading stands over several columns and is asked about from several sides
def find_periods(string: str) -> tuple[PeriodPhrase, ...]:
    """Return every phrase of *string* that names a time, left to right, none overlapping.

    Two that share a date or a length each say it: "three and six months ended March 31, 2004" is two
    phrases with that date. A bare "nine months" or "quarter" counts only where it heads a column,
    stands after "the", or has "ended" behind it.

    >>> [(p.months, p.month, p.day, p.year) for p in find_periods("Three Months Ended September 30, 2006 and 2005")]
    [(3, 9, 30, 2006), (3, 9, 30, 2005)]
    >>> find_periods("the fiscal 2007 second quarter")[0].fiscal_year
    2007
    """
    string = unbroken(string)
    atoms = find_atoms(string)
    return tuple(_finished(string, atoms, drafts(string, atoms))) if atoms else ()


def without_times(string: str) -> str:
    """Return *string* with a blank for each phrase that names a time.

    >>> without_times("Rocket Works Three Months Ended March 31, 2024").strip()
    'Rocket Works'
    """
    for phrase in reversed(find_periods(string)):
        string = f"{string[: phrase.start]} {string[phrase.end :]}"
    return string


def drafts(string: str, atoms: Sequence[Atom]) -> list[Draft]:
    """Return the phrases that *atoms* of *string* make together, not yet weighed."""
    made: list[Draft] = []
    for atom in atoms:
        if atom.kind == "noise":
            continue
        if made and (weeks := _weeks_aside(made[-1], atom, string)):
            made[-1].add(atom)
            made[-1].end = weeks
        elif made and (atom.bound or _joins(made[-1], atom, string)):
            _join(made[-1], atom)
        else:
            made.append(begun(atom))
    for draft in made:
        mark_instant(string, draft)
    _share(string, made)
    return made


def _weeks_aside(draft: Draft, atom: Atom, string: str) -> int:
    """Return where parentheses end in which *atom* says the weeks of the time before: "fourth quarter (13 weeks) of 1999"; else 0."""
    months = draft.said.get("months")
    if "weeks" not in atom.said or "weeks" in draft.said or not months or months != months_of_weeks(atom.said["weeks"]):
        return 0
    opened, closed = _OPENED.fullmatch(string, draft.end, atom.start), _CLOSED.match(string, atom.end)
    return closed.end() if opened and closed else 0


def _join(draft: Draft, atom: Atom) -> None:
    said = draft.said
    if atom.kind == "date" and "year" in said:  # "first quarter 2006 ended March 31, 2006"
        said["fiscal_year"] = said.pop("year")
    if _holds_year(draft) and atom.kind in ("quarter", "half", "length"):  # "this year's second quarter"
        said.pop("months", None)
    if atom.kind == "length" and atom.said.get("months") == 12 and "quarter" in said and "year" in said:
        said["fiscal_year"] = said.pop("year")
    if atom.kind == "to-date" and "quarter" in said:  # "third quarter year-to-date"
        said.pop("months", None)
    if atom.kind == "relation" and "prior-year" in (said.get("relation"), atom.said["relation"]):
        said["relation"] = "prior-year"
    unmeasured = draft.kinds == {"relation"} and "months" not in said
    draft.add(atom)
    if unmeasured and atom.kind == "relation" and atom.said.get("months") == 12:
        said.pop("months")  # "the same period of the prior fiscal year" is no year


def _holds_year(draft: Draft) -> bool:
    return draft.kinds == {"relation"} and draft.said.get("months") == 12


def _joins(draft: Draft, atom: Atom, string: str) -> bool:
    """Return whether *atom* goes on with the phrase that *draft* began."""
    gap = string[draft.end : atom.start]
    if len(gap) > 40 or not _GAP.fullmatch(gap):
        return False
    said, kinds = draft.said, draft.kinds
    match atom.kind:
        case "date" | "month":
            return _date_joins(draft, gap)
        case "year" | "fiscal" if _opens_aside(gap, atom, string):
            return False
        case "year":
            return "year" not in said and ("fiscal_year" not in said or "month" in said)
        case "fiscal":
            return "fiscal_year" not in said and "year" not in said
        case "quarter" | "half":
            return not kinds & {"quarter", "half", "date", "month", "end", "trailing", "to-date"} and (
                not said.get("months") or _holds_year(draft)
            )
        case "length":
            return _length_joins(draft, atom, gap, string)
        case "relation":
            return _relation_joins(draft, atom, gap)
        case "to-date":
            return "to_date" not in said and not {"weeks", "end"} & kinds and not gap.strip(" -,'’s")
        case "unsaid":
            return "date" not in kinds
        case "end":
            return not kinds & {"end", "length", "half", "to-date", "trailing"} and not gap.strip(" ,'’s-")
        case _:
            return False


def _opens_aside(gap: str, atom: Atom, string: str) -> bool:
    """Whether *atom* begins what parentheses say by the way: "in the quarter (2008: $1.5 million)"."""
    return gap.count("(") > gap.count(")") and not _CLOSED.match(string, atom.end)


def _date_joins(draft: Draft, gap: str) -> bool:
    ended = "nded" in lowered(gap) or "nding" in lowered(gap)
    # "First Quarter Fiscal 2023 May 25, 2022": a title and the date of the release.
    titled = bool(draft.kinds & {"quarter", "half", "fiscal"})
    return "month" not in draft.said and (ended or not titled) and ("year" not in draft.said or titled)


def _length_joins(draft: Draft, atom: Atom, gap: str, string: str) -> bool:
    said, kinds = draft.said, draft.kinds
    months = atom.said.get("months") or months_of_weeks(atom.said.get("weeks"))  # "fourth quarter (thirteen weeks)"
    if "end" in kinds or "trailing" in kinds:
        return False
    if _is_years_own(draft, atom, string):
        return True
    if said.get("months") and not (_holds_year(draft) and not _parts(gap)):
        if months == 12 and said["months"] < 12 and regex.search(r"\b(?:of|in|for)\b", gap, regex.IGNORECASE):
            return True  # "third quarter of the fiscal year": the year only holds the quarter
        return bool(months == said["months"] and regex.search(r"[,(]|\bthe\b", gap, regex.IGNORECASE))
    if "weeks" in said:
        return months == months_of_weeks(said["weeks"]) and "nded" not in gap
    if kinds & {"date", "month", "year", "fiscal"}:
        blank = not gap.strip(" '’s-")
        return blank and not _ENDED.match(string, atom.end) and ("date" not in kinds or string[atom.start] == "q")
    return True


def _parts(gap: str) -> bool:
    """Whether a comma or a parenthesis stands in *gap*."""
    return "," in gap or "(" in gap


def _is_years_own(draft: Draft, atom: Atom, string: str) -> bool:
    """Whether *atom* only calls the year right before it fiscal: "second quarter of its 1999 fiscal year, ended ..."."""
    if atom.said.get("months") != 12 or "quarter" not in draft.kinds or draft.atoms[-1].kind != "year":
        return False
    return not string[draft.end : atom.start].strip() and string.startswith("fiscal", atom.start)


def _relation_joins(draft: Draft, atom: Atom, gap: str) -> bool:
    said, months = draft.said, atom.said.get("months")
    if draft.kinds & {"date", "year", "fiscal", "end", "to-date", "trailing"} or _parts(gap):
        return False
    if said.get("relation") and "prior-year" not in (said["relation"], atom.said["relation"]):
        return False
    if said.get("relation") and atom.said["relation"] == "prior":
        return False
    return not (months and said.get("months") and months != said["months"] and months != 12)


def _share(string: str, drafts: Sequence[Draft]) -> None:
    """Give to each of two linked phrases what only the other one says."""
    for before, after in pairwise(drafts):
        link = _link(string, before, after)
        if not link:
            continue
        joined = bool(link["word"]) or "," in link.group()
        if not joined and link.group().strip():  # "for the"
            continue
        if after.kinds <= {"year", "fiscal"}:
            _share_forward(before, after, joined)
        elif joined and after.kinds <= {"date", "year"} and "month" in after.said:
            after.take(before, ("instant",) if "instant" in before.said or not _same_dates(before, after) else LENGTH)
    for before, after in reversed(tuple(pairwise(drafts))):
        link = _link(string, before, after)
        if link and (link["word"] or ("," in link.group() and "month" not in before.said)):
            _share_backward(before, after)


def _link(string: str, before: Draft, after: Draft) -> regex.Match[str] | None:
    # Long runs of blanks would cost the pattern cubic time, and link nothing.
    return _LINK.fullmatch(string, before.end, after.start) if after.start - before.end <= 40 else None


def _same_dates(before: Draft, after: Draft) -> bool:
    """Whether two dates are those of one period in two years."""
    return "month" in before.said and (before.said["month"] - after.said["month"]) % 12 in (0, 1, 11)


def _share_forward(before: Draft, after: Draft, joined: bool) -> None:
    coded = any(atom.bound for atom in before.atoms) or ("quarter" in before.kinds and len(before.atoms) == 1)
    if not joined and (coded or ("month" not in before.said and not before.kinds & {"length", "quarter"})):
        return
    if "fiscal_year" in before.said and "year" in after.said and "month" not in before.said:
        after.said["fiscal_year"] = after.said.pop("year")
    after.take(before, ("month", "day", *LENGTH, "instant"))


def _share_backward(before: Draft, after: Draft) -> None:
    if "year" in before.said or "fiscal_year" in before.said or before.said.get("relation"):
        return
    if "month" in before.said:
        before.take(after, ("year",))
    elif before.kinds & {"length", "quarter", "half", "to-date"}:
        before.take(after, (*DATE, "relation"))


def _finished(string: str, atoms: Sequence[Atom], drafts: Sequence[Draft]) -> Iterator[PeriodPhrase]:
    heading: bool | None = None
    before: Draft | None = None  # the one before, if "the" stands before it
    for draft in drafts:
        led = string[draft.start - 1 : draft.start].isspace()
        the = (led and bool(_THE.search(string, max(0, draft.start - 20), draft.start))) or _is_basis(string, draft)
        if before is not None and draft.kinds == {"length"} and (link := _link(string, before, draft)):
            the = the or link["word"] is not None  # "for the quarter and nine months"
        before = draft if the else None
        if _weak(draft) and not the:
            if heading is None:
                heading = _heading(string, atoms)
            if not heading and not _named(string, draft):
                continue
        bare = draft.kinds == {"length"} and not draft.said.keys() & set(DATE)
        if the and bare and not _ENDED.match(string, draft.end):
            draft.said.setdefault("relation", "current")
        if (
            draft.kinds <= {"year", "fiscal"}
            and _PERIODS.match(string, draft.end)
            and _LED.search(string, max(0, draft.start - 30), draft.start)
        ):
            draft.said.setdefault("relation", "prior-year")  # "the 2010 period": as long as the one spoken about
        if _holds_year(draft) and _PERIODS.match(string, draft.end):  # "the prior fiscal year period"
            draft.said.pop("months")
        settle_relation(draft)
        yield draft.phrase()


def _is_basis(string: str, draft: Draft) -> bool:
    """Whether *draft* is what something is given on: "on a year-to-date basis"."""
    return bool(_BASIS.match(string, draft.end) and _ON_A.search(string, max(0, draft.start - 8), draft.start))


def _weak(draft: Draft) -> bool:
    if not all(atom.weak for atom in draft.atoms) or draft.said.get("instant"):
        return False
    strong = draft.said.keys() & {"year", "day", "fiscal_year", "relation"}
    return not strong and ("month" not in draft.said or "months" not in draft.said)


@cache
def _called() -> regex.Pattern[str]:
    return regex.compile(rf"\s+(?:{alternatives(words()['reported-of'])})(?!\w)", regex.IGNORECASE)


def _named(string: str, draft: Draft) -> bool:
    if draft.kinds == {"month"}:
        return bool(_OF_MONTH.search(string, max(0, draft.start - 10), draft.start))
    # "the third quarter and nine-month periods", "half-year report"
    called = "months" in draft.said and _called().match(string, draft.end)
    return bool(called or _ENDED.match(string, draft.end)) or "month" in draft.said


def mark_instant(string: str, draft: Draft) -> None:
    """Note on *draft* that "as of", "at" or "end of" stands before it."""
    led = lowered(string[max(0, draft.start - 32) : draft.start])
    before = _AT.search(string, max(0, draft.start - 32), draft.start) if "at" in led or "of" in led else None
    if before and (before["of"] or not draft.kinds & {"length", "quarter", "half", "relation", "to-date"}):
        draft.said["instant"] = True


def settle_relation(draft: Draft) -> None:
    """Drop a relation that the phrase's own date or year makes idle.

    "The same quarter of fiscal 2006" keeps its relation: it is the quarter spoken about, in that year.
    """
    said = draft.said
    if said.keys() & {"months", "weeks", "days", "since", "quarter", "half"}:
        said.pop("unsaid", None)
    relation = said.get("relation")
    if "day" in said or (relation != "prior-year" and ("year" in said or "fiscal_year" in said)):
        said.pop("relation", None)


@cache
def _fillers() -> frozenset[str]:
    return frozenset(words()["heading"])


def _heading(string: str, atoms: Sequence[Atom]) -> bool:
    """Whether *string* is nothing but period words, as the heading of a column is."""
    rest, at = [], 0
    for atom in atoms:
        rest.append(string[at : atom.start])
        at = max(at, atom.end)
    rest.append(string[at:])
    if sum(map(len, rest)) > 80:
        return False
    return all(lowered(word) in _fillers() for word in regex.findall(r"[A-Za-z]+|\d{3,}", " ".join(rest)))
