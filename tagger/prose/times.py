"""Times: which period phrase of its sentence a figure belongs to."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from tagger.lexicon import Numeral, PeriodPhrase
from tagger.lexicon.shapes import shape
from tagger.patterns import pattern
from tagger.prose.binding import listed_levels, listed_sorts, listed_subjects
from tagger.prose.bound import Bound, Unbound
from tagger.prose.roles import NumeralRole, Role, is_large, is_money, joined_runs, runs
from tagger.prose.sentence import Sentence, without_asides
from tagger.prose.subjects import bridge
from tagger.prose.words import words

Found: TypeAlias = Bound | Unbound
_LISTED = shape(
    r"(?:\s|,|#|and|or|the|for|in|of|to|versus|vs|compared|with|\L<ended>|a|both|\L<periods>|at|as|on)*", case=True
)
_WITH = pattern(r"(?:(?<![\w-])(?:with|while)|;)(?:\s+(?:a|an|the|our|its|total|record|gaap|reported))*\s*$")
_IN = shape(
    r"(?<!\w)(?:in|for|during|of|at|as of|\L<ended>)(?:\s+(?:the|our|its|same|immediately|immediate))*\s*$", case=True
)
_AND_IN = pattern(r"(?<!\w)(?:and|while|but)\s+(?:for|in|during)\s+(?:(?:the|its|our)\s+)?$")
_AND = pattern(r",?\s+(?:and|&)\s+")
_COMMA_WORD = shape(r"(?:\s+\L<periods>)?\s*,?\s+(?:it|they|this|these)(?!\w)[^#]*#", case=True)
_OVER = pattern(r"\s*(?:,\s*)?over\s+(?:(?:the|its|our)\s+)?")
_OF_FIGURE = pattern(r"\s*(?:,\s*)?(?:of|was|were|is|totaled|at)\s+(?:approximately\s+|about\s+)?#")
_THAN = pattern(r"(?<!\w)than(?!\w)")
_OF = shape(r"\s+of\s+(?:(?:the|our|its|\L<fiscal>)\s+)*", case=True)
_RIGHT_AFTER = pattern(r"(?:\s*(?:,\s*)?or\s+#+)?(?:\s*,)?\s+(?:the\s+)?")  # "#, or # per share, the year before"
_RIGHT_BEFORE = pattern(r"\s+(?:(?:net|total|consolidated)\s+)*")
_RIGHT_BEHIND = pattern(r"\s+#")
_WHEN = pattern(r"\W*(?:(?:in|for|during)\s+)?")
_TO = pattern(r"\s*to\b")
_OPENING = pattern(r"\s+(?:(?:gaap|total|net|record|consolidated)\s+)*~")
_ANOTHERS = "the period before it stands by another amount"
_PREDICATE = pattern(r"(?:\s+per\s+share)?\s+(?:was|were|has\s+been|have\s+been)\s+[^,;:()#~@]{1,60}")
_OF_VERB = "a time stands behind its verb: it may be the time of the amount, or of something else"
_EITHER = "behind an amount of a part of a year, it may be of the year or of that part"
_YEAR = shape(r"\b\L<years>\s+$")


class Told(Struct, frozen=True, gc=False):
    """What is told before a sentence: the period spoken of, and the pairs of periods compared: a level's, and its comparison's."""

    around: PeriodPhrase | None = None
    pairs: tuple[tuple[PeriodPhrase | None, PeriodPhrase], ...] = ()


NOTHING_TOLD = Told()


class Timed(Struct, frozen=True, gc=False):
    """A bound figure with the period its sentence gives it; `None` where the sentence gives none.

    *than* is the period of the level that a *comparison* stands against. *carried* says that an earlier comparison
    gave it its period.
    """

    bound: Bound
    period: PeriodPhrase | None
    comparison: bool = False
    than: PeriodPhrase | None = None
    carried: bool = False


def timed(
    sentence: Sentence, figures: Sequence[NumeralRole], found: Sequence[Found], told: Told = NOTHING_TOLD
) -> tuple[Timed | Unbound, ...]:
    """Return the figures of *found* with their periods; a comparison without one, of which *told* says none, is refused."""
    starts = _regions(sentence, figures, found)
    listed, levels = _respectively(sentence, figures), listed_levels(sentence, figures)
    results: list[Timed | Unbound] = []
    pairs = list(told.pairs)
    level: PeriodPhrase | None = None
    by_year = False  # the figures are told apart by years alone: "third quarter sales were # in 2011, # in 2010"
    for index, bound in enumerate(found):
        comparison = starts[index][1]
        if isinstance(bound, Unbound):
            results.append(bound)
            if bound.figure.role is Role.LEVEL and not comparison:
                level = _nearest(sentence, bound.figure)
            continue
        period = listed[index] if index in listed else _period(sentence, figures, found, bound, index, starts)
        if comparison and period is not None and _is_of_level(period, level) and index not in listed:
            results = [_at(one, period) for one in results]
            level, period = period, None
        why = "" if index in listed else _not_of(sentence, found, bound, period, index, comparison=comparison)
        doubtful = not by_year and not comparison and level is not None and _is_part(level)
        by_year = period is not None and period.is_year_alone and (by_year or not comparison)
        if period is not None and by_year and doubtful:
            by_year, why = False, "" if _says_year(sentence, period) else _EITHER
        elif period is not None and by_year:
            period = _of_year(sentence, bound, period, starts)
        against = _against(results, levels[index]) if index in levels else level
        than = against if comparison else None
        results.append(_one(sentence, bound, period, than, why, told, pairs, comparison=comparison))
        pairs += [(against or told.around, period)] if comparison and period is not None else []
        level = level if comparison else period
    return tuple(results)


def _one(
    sentence: Sentence,
    bound: Bound,
    period: PeriodPhrase | None,
    level: PeriodPhrase | None,
    why: str,
    told: Told,
    pairs: Sequence[tuple[PeriodPhrase | None, PeriodPhrase]],
    *,
    comparison: bool,
) -> Timed | Unbound:
    """Return *bound* with its *period*, or with that of the *pairs* before it; or refuse it, *why* if that is known."""
    carried = None if period is not None or not comparison else _carried(level or told.around, pairs)
    if comparison and not why and _may_be_loss(sentence, bound.figure):
        why = "in parentheses behind the words of a comparison: an amount or a loss"
    if comparison and not why and period is None and carried is None:
        why = "a comparison that names no period"
    if why:
        return Unbound(bound.figure, why, bound.hit)
    return Timed(bound, period or carried, comparison=comparison, than=level, carried=carried is not None)


def _stands_behind_verb(sentence: Sentence, bound: Bound) -> bool:
    """Whether a time stands behind the verb of the figure, in its clause: "# was invested in mills in the first half"."""
    place = bound.figure.numeral.end
    return any(
        _PREDICATE.fullmatch(sentence.masked, place, one.start) is not None and not _is_measure(sentence, one, place)
        for one in sentence.periods
        if one.start > place
    )


def _is_of_level(period: PeriodPhrase, level: PeriodPhrase | None) -> bool:
    """Whether *period*, behind a comparison, is that of its *level*: "fell to # from # for the quarter"."""
    said = (period.year, period.fiscal_year, period.quarter, period.half, period.month)
    now = period.relation in ("", "current") and not (period.instant or period.trailing)
    return now and all(one is None for one in said) and _wording(level) in (None, _wording(period))


def _at(one: Timed | Unbound, period: PeriodPhrase) -> Timed | Unbound:
    """Return a level without a period as of *period*."""
    without = isinstance(one, Timed) and one.period is None and not one.comparison
    return replace(one, period=period) if without else one


def _against(results: Sequence[Timed | Unbound], index: int) -> PeriodPhrase | None:
    """Return the period of the level at *index*, beside which a comparison is listed."""
    level = results[index]
    return level.period if isinstance(level, Timed) else None


def _may_be_loss(sentence: Sentence, figure: NumeralRole) -> bool:
    """Whether parentheses around a figure of a comparison may be its minus: "from ($0.02 per share)"."""
    aside = sentence.aside(figure.numeral.start)
    return aside is not None and figure.joined is None and figure.begin < aside[0]


def _carried(
    level: PeriodPhrase | None, pairs: Sequence[tuple[PeriodPhrase | None, PeriodPhrase]]
) -> PeriodPhrase | None:
    """Return what *level* was compared with before, if all *pairs* compare it with one and the same."""
    said = {(_wording(one), _wording(other)) for one, other in pairs}
    return pairs[-1][1] if len(said) == 1 and _wording(level) == _wording(pairs[-1][0]) else None


def _wording(period: PeriodPhrase | None) -> PeriodPhrase | None:
    return None if period is None else replace(period, start=0, end=0)


def _nearest(sentence: Sentence, figure: NumeralRole) -> PeriodPhrase | None:
    """Return the last period said before a level that no rule names: "2003 second quarter earnings of"."""
    said = [one for one in sentence.periods if one.end <= figure.numeral.start and not sentence.aside(one.start)]
    return said[-1] if said and not words().flag_lead.search(sentence.masked, sentence.start, said[-1].start) else None


def _regions(sentence: Sentence, figures: Sequence[NumeralRole], found: Sequence[Found]) -> list[tuple[int, bool]]:
    """Return for each figure where its part of the sentence begins, and whether that is a comparison.

    "compared to" begins a comparison, which runs on until a subject with a verb of its own takes over.
    """
    regions: list[tuple[int, bool]] = []
    current = (sentence.start, False)
    for index, figure in enumerate(figures):
        bound = found[index]
        if (
            figure.role is Role.COMPARISON
            and figure.joined is None
            and sentence.aside(figure.numeral.start) is not None
        ):
            regions.append((figure.begin, True))  # what is in parentheses ends with them
            continue
        if figure.role is Role.COMPARISON and figure.joined is None:
            current = (figure.begin, True)
        elif (
            current[1] and figure.role is Role.LEVEL and _TO.match(sentence.masked, figure.begin, figure.numeral.start)
        ):
            current = (figure.begin, False)  # "fell from $5.6 million in the third quarter of 2003 to $5.1 million"
        elif current[1] and _takes_over(sentence, bound, current[0]):
            current = (_clause_start(sentence, bound) if isinstance(bound, Bound) else current[0], False)
        regions.append(current)
    return regions


def _clause_start(sentence: Sentence, bound: Bound) -> int:
    """Return where the subject of a clause begins, with the period right before it: "and full-year revenue rose"."""
    before = next((one for one in reversed(sentence.periods) if one.end <= bound.hit.start), None)
    led = before is not None and _RIGHT_BEFORE.fullmatch(sentence.masked, before.end, bound.hit.start)
    return before.start if before is not None and led else bound.hit.start


def _takes_over(sentence: Sentence, found: Found, start: int) -> bool:
    """Whether the figure has a subject and a verb of its own after *start*, where a comparison began."""
    if isinstance(found, Unbound) or not found.own or found.hit.start < start:
        return False
    place = found.figure.numeral.start
    if found.hit.end > place:
        return False
    said = words().verb.search(sentence.masked, found.hit.end, place) or words().change.search(
        sentence.masked, found.hit.end, place
    )
    if said is not None or _WITH.search(sentence.masked, start, found.hit.start) is not None:
        return True
    if words().states.match(sentence.masked, _behind_share(sentence, found), sentence.end):
        return True  # "and full-year earnings of # per share were 5% higher than"
    return words().clause_lead.search(sentence.masked, start, found.hit.start) is not None


def _behind_share(sentence: Sentence, found: Bound) -> int:
    """Return where the words behind a figure begin, after "per share"."""
    place = found.figure.numeral.end
    return next((end for start, end in sentence.shares if start == place), place)


def _period(
    sentence: Sentence,
    figures: Sequence[NumeralRole],
    found: Sequence[Found],
    bound: Bound,
    index: int,
    regions: Sequence[tuple[int, bool]],
) -> PeriodPhrase | None:
    """Return the period that stands by the figure: behind it, else before it."""
    start, comparison = regions[index]
    later = next((place for place, _ in regions[index + 1 :] if place > start), sentence.end)
    numeral = bound.figure.numeral
    for period in sentence.periods:  # "$47.3 million of third quarter revenue"
        if bound.own and numeral.end <= period.start and period.end <= bound.hit.start:
            return period
    behind = _behind(sentence, figures, bound, index, later, comparison=comparison)
    if behind is not None:
        return (_own_before(sentence, bound) if _is_past_another(sentence, bound, behind) else None) or behind
    if comparison:
        inside = [period for period in sentence.periods if start <= period.start and period.end <= numeral.start]
        return inside[-1] if inside else None
    taken = _taken(sentence, found, index)
    ahead = [period for period in sentence.periods if period.end <= numeral.start and period not in taken]
    return _ahead(sentence, bound, _uncompared(sentence, ahead, regions))


def _is_past_another(sentence: Sentence, bound: Bound, period: PeriodPhrase) -> bool:
    """Whether another large amount stands between a figure and *period* behind it: "# and # for the nine months"."""
    place = bound.figure.numeral.end
    there = [one for one in sentence.numerals if place <= one.start and one.end <= period.start]
    return any(is_money(one) and is_large(one) for one in there)


def _own_before(sentence: Sentence, bound: Bound) -> PeriodPhrase | None:
    """Return the period between a subject and its figure: "revenue for the quarter was #"."""
    first, last = bound.hit.end, bound.figure.numeral.start
    said = [one for one in sentence.periods if bound.own and first <= one.start and one.end <= last]
    return None if not said or words().flag_lead.search(sentence.masked, first, said[-1].start) else said[-1]


def _taken(sentence: Sentence, found: Sequence[Found], index: int) -> list[PeriodPhrase]:
    """Return the periods before a figure that stand by an amount of which no rule says what it is: "from # in 2008, ~ rose to #"."""
    place = found[index].figure.numeral.start
    free = [one.figure for one in found if isinstance(one, Unbound) and one.hit is None]
    amounts = [one.numeral for one in free if one.role in (Role.LEVEL, Role.UNCLEAR) and one.numeral.end <= place]
    return [
        period
        for period in sentence.periods
        if period.end <= place and any(_stands_by(sentence, period, amount) for amount in amounts)
    ]


def _stands_by(sentence: Sentence, period: PeriodPhrase, amount: Numeral) -> bool:
    """Whether only filling words, and the same amount for one share, stand from *amount* to *period*."""
    if period.start < amount.end or bridge(sentence, amount.end, period.start) is not None:
        return False
    between = [one for one in sentence.numerals if amount.end <= one.start and one.end <= period.start]
    return all(is_money(one) and not is_large(one) for one in between)


def _uncompared(
    sentence: Sentence, periods: Sequence[PeriodPhrase], regions: Sequence[tuple[int, bool]]
) -> list[PeriodPhrase]:
    """Return those of *periods* that stand in no comparison."""
    compared = [
        (begin, next((place for place, _ in regions if place > begin), sentence.end))
        for begin, is_one in regions
        if is_one
    ]
    return [one for one in periods if not any(begin <= one.start < end for begin, end in compared)]


def _behind(
    sentence: Sentence, figures: Sequence[NumeralRole], bound: Bound, index: int, end: int, *, comparison: bool
) -> PeriodPhrase | None:
    """Return the first period between the figure and *end* to which only filling words lead.

    In the main part a period behind "from" or "over" is what a change is measured against, not the figure's own.
    """
    place = figures[index].numeral.end
    stop = min(end, _next_change(figures, index, end))
    end = min(end, _next_unsaid(figures, index, end))
    for period in sentence.periods:
        if not (place <= period.start and period.end <= end):
            continue
        if period.start > stop and not comparison:
            return None
        if _is_stated_behind(sentence, period, end) or _RIGHT_BEHIND.match(sentence.masked, period.end):
            return None  # "and for the first nine months were $120.4 million" is of the figure behind it
        if _is_elsewhere(sentence, period, place, bound) or (not comparison and _is_measure(sentence, period, place)):
            continue
        return period if _is_reached(sentence, period, place) else None
    return None


def _is_elsewhere(sentence: Sentence, period: PeriodPhrase, place: int, bound: Bound) -> bool:
    """Whether *period* is of something else than *bound*, whose figure ends at *place*."""
    return (
        _is_besides(sentence, period, place)
        or _opens_clause(sentence, period, place)
        or _is_of_another(sentence, period, place, bound)
        or _opens_subject(sentence, period)
    )


def _is_measure(sentence: Sentence, period: PeriodPhrase, place: int) -> bool:
    """Whether *period* is what a change is measured against: "up # from the first quarter"."""
    if words().flag_lead.search(sentence.masked, place, period.start):
        return not _lasts(sentence, period, place)
    return period.relation in ("prior", "prior-year") and not _is_behind(sentence, period, place)


def _is_reached(sentence: Sentence, period: PeriodPhrase, place: int) -> bool:
    """Whether nothing that matters stands from *place* to *period*."""
    if _lasts(sentence, period, place) or bridge(sentence, place, period.start, words().result_words) is None:
        return True
    return _is_past_rate(sentence, place, period.start)


def _is_stated_behind(sentence: Sentence, period: PeriodPhrase, end: int) -> bool:
    """Whether an amount is stated right behind *period*: "and for the nine months were #"."""
    found = words().stated.match(sentence.masked, period.end, end)
    stated = next((one for one in sentence.numerals if found and one.start == found.end() - 1), None)
    return stated is not None and not stated.percent


def _is_past_rate(sentence: Sentence, start: int, end: int) -> bool:
    """Whether only filling words and a share or a rate set off by commas stand from *start* to *end*: ", a rate of 35%, in"."""
    there = [one for one in sentence.numerals if start <= one.start and one.end <= end]
    if len(there) != 1 or not there[0].percent:
        return False
    first = sentence.masked.rfind(",", start, there[0].start)
    last = sentence.masked.find(",", there[0].end, end)
    if min(first, last) < 0:
        return False
    return (
        bridge(sentence, start, first, words().result_words) is None
        and bridge(sentence, last, end, words().result_words) is None
    )


def _lasts(sentence: Sentence, period: PeriodPhrase, place: int) -> bool:
    """Whether *period* is said to be that over which the figure at *place* came about: "# over the trailing twelve months"."""
    current = period.relation in ("", "current") and (period.trailing or (period.months or 0) > 1)
    return current and _OVER.fullmatch(sentence.masked, place, period.start) is not None


def _is_of_another(sentence: Sentence, period: PeriodPhrase, place: int, bound: Bound) -> bool:
    """Whether *period* stands between another subject behind *place* and its figure: "# and ~ year-to-date of #"."""
    last = next((hit for hit in reversed(sentence.subjects) if hit.end <= period.start), None)
    if last is None or last.start < place or last.start == bound.hit.start:
        return False
    led = sentence.masked[last.end : period.start]
    return "#" not in led and _OF_FIGURE.match(sentence.masked, period.end, sentence.end) is not None


def _is_behind(sentence: Sentence, period: PeriodPhrase, place: int) -> bool:
    """Whether *period* stands behind the figure at *place* as its own, not as what another is of: "# last year", "#, last year #"."""
    if _IN.search(sentence.masked, place, period.start):
        return True
    led = _RIGHT_AFTER.fullmatch(without_asides(sentence, place, period.start))
    return led is not None and _RIGHT_BEHIND.match(sentence.masked, period.end, sentence.end) is None


def _is_besides(sentence: Sentence, period: PeriodPhrase, place: int) -> bool:
    """Whether *period* stands in an aside about something else than the figure at *place*: "(after the flood of 2010)"."""
    aside = sentence.aside(period.start)
    if aside is None or aside == sentence.aside(place):
        return False
    if _has_figure(sentence, period, place):
        return True
    said = re.findall(r"[^\W\d_]+", sentence.plain[aside[0] : period.start])
    return any(word not in words().fillers for word in said)


def _has_figure(sentence: Sentence, period: PeriodPhrase, place: int) -> bool:
    """Whether *period* stands in an aside with a figure of its own, not that at *place*: "(2022: $851 million)"."""
    aside = sentence.aside(period.start)
    return aside is not None and aside != sentence.aside(place) and "#" in sentence.masked[period.end : aside[1]]


def _opens_subject(sentence: Sentence, period: PeriodPhrase) -> bool:
    """Whether *period* belongs to the subject right behind it: "and full-year revenue rose"."""
    return _OPENING.match(sentence.masked, period.end, period.end + 40) is not None


def _opens_clause(sentence: Sentence, period: PeriodPhrase, place: int) -> bool:
    """Whether *period* opens the clause of another figure than that at *place*: ", and for the nine months, it fell to"."""
    led = _AND_IN.search(sentence.masked, place, period.start)
    return led is not None and _COMMA_WORD.match(sentence.masked, period.end, sentence.end) is not None


def _next_change(figures: Sequence[NumeralRole], index: int, end: int) -> int:
    """Return where the next change begins, whose words say nothing of this figure's period."""
    for figure in figures[index + 1 :]:
        if figure.role is Role.CHANGE:
            return figure.begin
    return end


def _next_unsaid(figures: Sequence[NumeralRole], index: int, end: int) -> int:
    """Return where the next amount begins that is none of the subject's own and takes the periods behind it: "# / # year-to-date"."""
    for figure in figures[index + 1 :]:
        if figure.role in (Role.UNCLEAR, Role.PART) and figure.joined is None:
            return min(end, figure.numeral.start)
    return end


def _ahead(sentence: Sentence, bound: Bound, periods: Sequence[PeriodPhrase]) -> PeriodPhrase | None:
    """Return the last of *periods*, all before the figure, that is said of its subject or opens the sentence."""
    say = words()
    for period in reversed(periods):
        flagged = say.flag_lead.search(sentence.masked, sentence.start, period.start)
        if (flagged and not _lasts(sentence, period, sentence.start)) or _has_figure(
            sentence, period, bound.figure.numeral.start
        ):
            continue
        within = bound.hit.end <= period.start
        beside = _leads_to(sentence, period.end, bound.hit.start) or _is_of_results(sentence, period, bound.hit.start)
        opening = bridge(sentence, sentence.start, period.start) is None
        if within or beside or opening:
            alone = _RIGHT_BEFORE.fullmatch(sentence.masked, period.end, bound.hit.start) and not period.is_year_alone
            first = next((row[0] for row in _rows(sentence, periods) if period in row and not alone), period)
            return _completed(sentence, first, periods)
    return None


def _is_of_results(sentence: Sentence, period: PeriodPhrase, subject: int) -> bool:
    """Whether *period* is that of the results of which *subject* is one: "announced its 2009 results including"."""
    if sentence.plain.find("results", period.end, subject) < 0:
        return False
    led = words().results_lead.search(sentence.masked, sentence.start, subject)
    return led is not None and led.start() < period.start < led.end()


def _leads_to(sentence: Sentence, place: int, subject: int) -> bool:
    """Whether nothing but filling words stands from *place* to *subject*, and no comparison: "the second quarter than the first,"."""
    if place > subject or _THAN.search(sentence.masked, place, subject):
        return False
    return bridge(sentence, place, subject) is None


def _not_of(
    sentence: Sentence,
    found: Sequence[Found],
    bound: Bound,
    period: PeriodPhrase | None,
    index: int,
    *,
    comparison: bool,
) -> str:
    """Return why the figure is of no one period that is said: of several quarters, of a year that is not said, or of another amount."""
    if period is None and not comparison and _ahead(sentence, bound, _taken(sentence, found, index)):
        return _ANOTHERS
    if period is None:
        yearly = words().yearly_lead.search(sentence.masked, sentence.start, bound.hit.start)
        if not yearly:
            return _OF_VERB if not comparison and _stands_behind_verb(sentence, bound) else ""
        return '"annual" says a year, but not which'
    if _within(sentence, period):
        return "it is of a part of a quarter"
    several = period.quarter is not None and words().several.search(sentence.plain, period.start, period.end)
    return "it is of more than one quarter" if several else ""


def _within(sentence: Sentence, period: PeriodPhrase) -> bool:
    """Whether *period* is said to be some of a quarter: "the first two months of the fourth quarter"."""
    after = next((one for one in sentence.periods if one.start >= period.end), None)
    if after is None or period.quarter is not None or not (period.months or 0) < (after.months or 0) <= 6:
        return False
    return _OF.fullmatch(sentence.masked, period.end, after.start) is not None


def _of_year(
    sentence: Sentence, bound: Bound, period: PeriodPhrase, regions: Sequence[tuple[int, bool]]
) -> PeriodPhrase:
    """Return the part of *period*, a year alone, that is said of the subject before: "third quarter sales were # in 2011"."""
    place = min(bound.figure.numeral.start, period.start)
    parts = [one for one in sentence.periods if one.end <= place and one.is_part_alone]
    part = _ahead(sentence, bound, _uncompared(sentence, parts, regions))
    return _in_year(part, period) if part is not None else period


def _is_part(period: PeriodPhrase) -> bool:
    """Whether *period* is said to be shorter than a year, of whichever year."""
    counted = period.quarter is not None or period.half is not None or period.weeks is not None
    return counted or (period.months or 12) < 12


def _says_year(sentence: Sentence, period: PeriodPhrase) -> bool:
    """Whether *period*, a year alone, is called one: "fiscal 2009", "the year 2009"."""
    said = period.fiscal_year is not None or "year" in sentence.plain[period.start : period.end]
    return said or _YEAR.search(sentence.plain, max(sentence.start, period.start - 8), period.start) is not None


def _in_year(part: PeriodPhrase, year: PeriodPhrase) -> PeriodPhrase:
    return replace(part, start=year.start, end=year.end, year=year.year, fiscal_year=year.fiscal_year, relation="")


def _completed(sentence: Sentence, period: PeriodPhrase, periods: Sequence[PeriodPhrase]) -> PeriodPhrase:
    """Return *period* with the length said shortly before it: "First Six Months Results for Fiscal Year 2022"."""
    for other in periods:
        if (
            period.is_year_alone
            and other.is_part_alone
            and 0 <= period.start - other.end < 40
            and _leads(sentence, other, period)
        ):
            return replace(_in_year(other, period), start=other.start)
        if period.is_part_alone and other.is_year_alone and _opens(sentence, other):
            return _in_year(period, other)  # "In 2010, the company reported third quarter revenue of"
    return period


def _leads(sentence: Sentence, part: PeriodPhrase, year: PeriodPhrase) -> bool:
    """Whether no figure stands between *part* and *year*, which then holds for it."""
    return "#" not in sentence.masked[part.end : year.start]


def _opens(sentence: Sentence, period: PeriodPhrase) -> bool:
    """Whether the sentence begins with *period*, which then holds for what it says."""
    return _WHEN.fullmatch(sentence.masked, sentence.start, period.start) is not None


def _respectively(sentence: Sentence, figures: Sequence[NumeralRole]) -> dict[int, PeriodPhrase | None]:
    """Return the periods of figures listed with "respectively", by index; `None` where the counts differ."""
    given: dict[int, PeriodPhrase | None] = {}
    levels = listed_levels(sentence, figures)
    subjects = {*listed_subjects(sentence, figures), *levels, *listed_sorts(sentence, figures)}
    for run in runs(sentence, figures):
        periods = _matching(sentence, figures, run)
        dealt = run[0] not in subjects and not _is_parted(sentence, figures, run)
        if dealt or (run[0] in levels and _are_behind(figures, run, periods)):
            given.update(zip(run, periods, strict=True))
    return given or _dealt(sentence, figures)


def _is_parted(sentence: Sentence, figures: Sequence[NumeralRole], run: Sequence[int]) -> bool:
    """Whether a period stands between the figures of *run*, each of which then has its own: "# for the quarter and # for the year"."""
    first, last = figures[run[0]].numeral.end, figures[run[-1]].numeral.start
    return any(first <= one.start < last for one in sentence.periods)


def _dealt(sentence: Sentence, figures: Sequence[NumeralRole]) -> dict[int, PeriodPhrase | None]:
    """Return the periods listed right before as many amounts, by index: "for the quarter and nine months were # and #, or # and # per share"."""
    levels = [run for run in joined_runs(figures) if len(run) > 1 and figures[run[0]].role is Role.LEVEL]
    if not levels:
        return {}
    first = figures[levels[0][0]].numeral.start
    rows = _rows(sentence, [one for one in sentence.periods if one.end <= first])
    if not rows or len(rows[-1]) < 2 or bridge(sentence, rows[-1][-1].end, first) is not None:
        return {}
    same = [run for run in levels if len(run) == len(rows[-1]) and _is_listed(sentence, figures, run)]
    return {index: period for run in same for index, period in zip(run, rows[-1], strict=True)}


def _is_listed(sentence: Sentence, figures: Sequence[NumeralRole], run: Sequence[int]) -> bool:
    """Whether nothing but "and" stands between the last two figures of *run*: a comma begins what is said besides."""
    one, two = (figures[index].numeral for index in run[-2:])
    return _AND.fullmatch(sentence.masked, one.end, two.start) is not None


def _are_behind(figures: Sequence[NumeralRole], run: Sequence[int], periods: Sequence[PeriodPhrase | None]) -> bool:
    """Whether a comparison has *periods* of its own, listed behind it."""
    return all(one is not None and one.start >= figures[run[-1]].numeral.end for one in periods)


def _matching(sentence: Sentence, figures: Sequence[NumeralRole], run: Sequence[int]) -> list[PeriodPhrase | None]:
    """Return as many periods as *run* has figures: those listed behind it and before what it is compared with, else those listed before it."""
    first, last = figures[run[0]].numeral.start, figures[run[-1]].numeral.end
    later = (one for one in figures[run[-1] + 1 :] if one.role is Role.COMPARISON and one.joined is None)
    end = next((one.begin for one in later), sentence.end)
    behind = [period for period in sentence.periods if last <= period.start < end]
    ahead = [period for period in sentence.periods if period.end <= first]
    for listed in (*_rows(sentence, behind), *_rows(sentence, ahead)):
        if len(listed) == len(run):
            return list(listed)
    return [None] * len(run)


def _rows(sentence: Sentence, periods: Sequence[PeriodPhrase]) -> list[list[PeriodPhrase]]:
    """Return *periods* in runs with nothing but "and" and commas between them."""
    rows: list[list[PeriodPhrase]] = []
    for period in periods:
        if rows and _LISTED.fullmatch(sentence.masked, rows[-1][-1].end, period.start):
            rows[-1].append(period)
        else:
            rows.append([period])
    return rows
