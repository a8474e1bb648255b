"""Reading prose: from a paragraph to the amounts it states."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from tagger.document import Document, Paragraph
from tagger.matching.phrases import find_subjects
from tagger.numerals import Numeral, find_numerals
from tagger.periods import PeriodPhrase, combine, find_periods
from tagger.prose.binding import bind
from tagger.prose.mention import Mention, Refusal
from tagger.prose.roles import Role, is_money, sentence_roles
from tagger.prose.sentence import Sentence, Subject, find_sentences, mask
from tagger.prose.times import Timed, timed
from tagger.prose.words import words

if TYPE_CHECKING:
    from tagger.ruleset.ruleset import RuleSet

_DIGIT = re.compile(r"\d")
_LISTED = re.compile(r"\(\s*(?:NASDAQ|NYSE|AMEX|OTC|TSX|LSE|Nasdaq|\"|“)")
_TITLED = re.compile(r"quarter|months|year|weeks|fiscal|outlook|guidance|20\d\d|19\d\d|segment", re.IGNORECASE)
_ENDED = re.compile(r"(?:ended|ending|as of|at|through)\s+$")
_TITLE = re.compile(r"(?<!\w)(?:reports?|announces?|results|reported|announced|earnings above|posts)(?!\w)")
_MOST = 16  # amounts of money in one sentence; more are a table that lost its lines


def read_prose(
    paragraph: Paragraph, rules: RuleSet, *, headings: Sequence[str] = (), names: frozenset[str] = frozenset()
) -> tuple[Mention, ...]:
    """Return the levels that *paragraph* states of what *rules* name.

    *headings* are those it stands below, the nearest last: their period is taken where the paragraph
    names none. *names* are words of the company's name, in lower case, which may stand before a
    subject without making it a part of something.
    """
    string = paragraph.text.string
    subjects = find_subjects(rules, string) if _DIGIT.search(string) else ()
    return tuple(
        found for found in statements(string, subjects, headings=headings, names=names) if isinstance(found, Mention)
    )


def read_document(document: Document, rules: RuleSet) -> tuple[tuple[Paragraph, tuple[Mention | Refusal, ...]], ...]:
    """Return every paragraph of *document* that speaks of a rule's subject, with what it states and what was refused.

    Headings carry over: a heading with a period gives it to the paragraphs below; nothing below a
    heading of guidance, non-GAAP measures or segments is taken, up to the next heading.
    """
    names = names_of(document)
    results: list[tuple[Paragraph, tuple[Mention | Refusal, ...]]] = []
    headings: list[str] = []
    last = ""
    for paragraph in document.paragraphs:
        string = paragraph.text.string
        if _is_heading(paragraph):
            headings.append(_continued(last, string) if headings and last == headings[-1] else string)
            last = headings[-1]
        else:
            last = ""
        if not _DIGIT.search(string):
            continue
        found = statements(string, find_subjects(rules, string), headings=headings[-3:], names=names)
        closed = _closing(headings[-1]) if headings and found else ""
        if found:
            results.append((paragraph, tuple(_closed(one, closed) for one in found) if closed else found))
    return tuple(results)


def statements(
    string: str,
    subjects: Sequence[Subject],
    *,
    headings: Sequence[str] = (),
    names: frozenset[str] = frozenset(),
) -> tuple[Mention | Refusal, ...]:
    """Return what *string*, a paragraph, states of *subjects*, left to right, and what was refused."""
    numerals = find_numerals(string) if subjects else ()
    found: list[Mention | Refusal] = []
    earlier: list[str] = list(headings)
    around: PeriodPhrase | None = None
    for start, end in find_sentences(string):
        own = [n for n in numerals if start <= n.start < end and not n.percent]
        if own and _is_tabular(string, own):
            why = "figures stand side by side, as in a table that lost its lines"
            found += [Refusal(numeral=numeral, why=why) for numeral in own if is_money(numeral)]
        elif own and any(start <= hit.start < end for hit in subjects):
            sentence = mask(string, (start, end), numerals, _periods(string, start, end), subjects)
            said = _sentence(sentence, names)
            if any(isinstance(one, Mention) and one.period is None for one in said):
                around = next(filter(None, map(_main_period, reversed(earlier))), around)
                said = [_anchored(one, _fitting(one, said, around)) for one in said]
            found += said
            main = [one.period for one in said if isinstance(one, Mention) and _is_main(one)]
            if main:
                around = main[0]
                earlier = []
                continue
        earlier.append(string[start:end])
    return tuple(found)


def _is_tabular(string: str, numerals: Sequence[Numeral]) -> bool:
    """Whether the figures of a sentence stand side by side as in a row of a table that lost its lines."""
    if sum(map(is_money, numerals)) > _MOST:
        return True
    glued = any(string[numeral.end : numeral.end + 1] == "$" for numeral in numerals)
    return glued or any(
        not string[one.end : two.start].strip(" $()") for one, two in pairwise(numerals) if is_money(one)
    )


def _periods(string: str, start: int, end: int) -> list[PeriodPhrase]:
    """Return the period phrases of a sentence that say more than "the period", at their places in *string*."""
    return [
        replace(period, start=period.start + start, end=period.end + start)
        for period in find_periods(string[start:end])
        if _says_when(period)
    ]


def _says_when(period: PeriodPhrase) -> bool:
    said = (period.year, period.month, period.fiscal_year, period.quarter, period.months, period.weeks, period.half)
    pointing = period.relation not in ("", "current")
    return pointing or period.instant or period.to_date or period.trailing or any(one is not None for one in said)


def _is_main(mention: Mention) -> bool:
    return mention.anchor == "sentence" and not mention.comparison


def _main_period(string: str) -> PeriodPhrase | None:
    """Return the one period that a heading or the beginning of a sentence is about; a bare date is only a dateline."""
    low = string.lower()
    periods = [
        period
        for period in _periods(string, 0, min(len(string), 160))
        if period.start < 80 and not words().flag_lead.search(low, 0, period.start) and _lasts(low, period)
    ]
    lengths = [period for period in periods if period.quarter or period.months or period.weeks or period.half]
    first = next(iter(lengths or periods), None)
    if first is None or first.relation in ("prior", "prior-year", "next") or (len(lengths) > 1 and len(string) < 120):
        return None
    years = [string[period.start : period.end] for period in periods if period not in lengths]
    whole = combine([string[first.start : first.end], *years[:1]]) if lengths and first.year is None else None
    return whole or first


def _lasts(low: str, period: PeriodPhrase) -> bool:
    """Whether *period* is one that figures can be about: it has a length, or "ended" or "as of" stands before it."""
    if period.day is None or period.months or period.weeks or period.quarter or period.instant:
        return True
    return _ENDED.search(low, 0, period.start) is not None


def _sentence(sentence: Sentence, names: frozenset[str]) -> list[Mention | Refusal]:
    figures = sentence_roles(sentence)
    found: list[Mention | Refusal] = []
    for one in timed(sentence, figures, bind(sentence, figures, names)):
        if isinstance(one, Timed):
            found.append(_mention(one))
        elif one.figure.role not in (Role.NOT_MONEY, Role.PERCENTAGE):
            found.append(Refusal(numeral=one.figure.numeral, why=one.why, rule=one.hit.rule if one.hit else None))
    return _agreeing(found)


def _mention(one: Timed) -> Mention:
    bound = one.bound
    return Mention(
        numeral=bound.figure.numeral,
        subject=(bound.hit.start, bound.hit.end) if bound.own else None,
        rule=bound.hit.rule,
        concept=bound.concept,
        members=bound.hit.rule.members,
        period=one.period,
        anchor="sentence" if one.period else "document",
        comparison=one.comparison,
        negative=bound.negative,
        per_share=bound.per_share,
        why=bound.why,
    )


def _fitting(
    found: Mention | Refusal, said: Sequence[Mention | Refusal], around: PeriodPhrase | None
) -> PeriodPhrase | None:
    """Return *around*, or the current period of the length that the figure is compared with in its sentence.

    "Costs rose to $25.8 million, from $22.4 million in the first nine months of last year" are nine months' costs.
    """
    if isinstance(found, Refusal):
        return around
    compared = next(
        (one.period for one in said if isinstance(one, Mention) and one.comparison and one.concept == found.concept),
        None,
    )
    length = _months(compared) if compared and not compared.instant and compared.day is None else None
    loose = compared is not None and compared.months is None  # "in 2024" may mean the same quarter of 2024
    if length is None or (around is not None and (loose or _months(around) in (None, length))):
        return around
    if around is None and length == 3:
        return None
    return PeriodPhrase(start=0, end=0, months=length, relation="current", to_date=length in (6, 9))


def _months(period: PeriodPhrase) -> int | None:
    """Return how many months *period* says it lasts."""
    if period.months:
        return period.months
    if period.quarter or period.half:
        return 3 if period.quarter else 6
    return 12 if (period.fiscal_year or period.year) and period.month is None else None


def _anchored(found: Mention | Refusal, around: PeriodPhrase | None) -> Mention | Refusal:
    """Return a figure whose sentence names no period with the one spoken of *around* it."""
    if isinstance(found, Mention) and found.period is None and around is not None:
        return replace(found, period=around, anchor="paragraph")
    return found


def _agreeing(found: list[Mention | Refusal]) -> list[Mention | Refusal]:
    """Refuse the figures of one sentence that give one subject and period two values."""
    values: defaultdict[tuple[object, ...], set[tuple[object, ...]]] = defaultdict(set)
    for one in found:
        if isinstance(one, Mention):
            values[_aspects(one)].add((one.numeral.number, one.numeral.scale, one.negative))
    return [
        Refusal(numeral=one.numeral, why="the sentence gives two values for it", rule=one.rule)
        if isinstance(one, Mention) and len(values[_aspects(one)]) > 1
        else one
        for one in found
    ]


def _aspects(one: Mention) -> tuple[object, ...]:
    return (one.concept, one.members, one.period, one.anchor, one.comparison, one.per_share)


def _is_heading(paragraph: Paragraph) -> bool:
    """Whether *paragraph* is a title, marked as one or not: short, speaks of a period or a section, and states no amount."""
    string = paragraph.text.string
    if paragraph.heading:
        return True
    if len(string) >= 120 or paragraph.bullet or not _TITLED.search(string):
        return False
    return not any(is_money(numeral) or numeral.percent for numeral in find_numerals(string))


def _continued(last: str, string: str) -> str:
    """Return *string*, or both lines of a title that breaks between quarter and year."""
    one, two = _periods(last, 0, len(last)), _periods(string, 0, len(string))
    broken = len(one) == len(two) == 1 and one[0].quarter and not (two[0].months or two[0].quarter)
    return f"{last} {string}" if broken else string


def _closing(string: str) -> str:
    """Return the word of a heading under which no figure is a reported total; a release's own title is none."""
    low = string.lower()
    found = words().section.search(low)
    return found[0] if found and not _TITLE.search(low) else ""


def _closed(found: Mention | Refusal, word: str) -> Refusal:
    if isinstance(found, Refusal):
        return found
    return Refusal(numeral=found.numeral, why=f'stands below a heading with "{word}"', rule=found.rule)


def names_of(document: Document) -> frozenset[str]:
    """Return the ways to call the company, in lower case: "acme", "acme tool", "acme tool works".

    They come from the submission's header and from where the first paragraphs give its ticker.
    """
    names: set[str] = {"company", "corporation", "bank", "bancorp", "partnership", "firm", "trust"}
    said = [document.submission.company] if document.submission and document.submission.company else []
    for paragraph in document.paragraphs[:12]:
        listed = _LISTED.search(paragraph.text.string)
        if listed:
            before = re.split(r"\s[-–—]{1,2}\s|[-–—]{2}|\)\s|\.\s", paragraph.text.string[: listed.start()])
            said += re.findall(r"((?:[A-Z][\w&.'’-]*,?\s*)+)$", before[-1].strip())
    for name in said:
        parts = re.findall(r"[\w&'’-]+", name.lower())
        parts = parts[1:] if parts[:1] == ["the"] else parts
        names.update(" ".join(parts[:count]) for count in range(1, len(parts) + 1))
    return frozenset(names)
