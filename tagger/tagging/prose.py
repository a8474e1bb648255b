"""Facts from sentences: each stated amount in its period, checked against the statements.

A sentence that names its period is taken at its word, unless a statement gives another
figure for the same concept and period. One that names none is about the reported
period, and is taken only where a statement bears it out or has nothing to say. One of
which it is doubted that it speaks of the whole company is taken only where a statement says the same.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from decimal import Decimal
from typing import NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from tagger.catalog import Catalog, Concept, concept_in_year
from tagger.data import load_json, word_set
from tagger.document import Document, Paragraph
from tagger.facts import Aspect, Fact
from tagger.findings import Code, Finding
from tagger.fiscal import Calendar, resolve
from tagger.lexicon import Numeral, PeriodPhrase
from tagger.lexicon.shapes import shape
from tagger.naming.years import members_in_year, year_findings
from tagger.prose import Mention, read_document
from tagger.ruleset import RuleSet
from tagger.statements import Layout
from tagger.statements.currencies import DEFAULT
from tagger.tagging.making import make_fact, with_others
from tagger.tagging.merge import consistent
from tagger.values import Duration, Entity, Instant, Period, Span, half_unit, within

_THOUSAND = 1000
_MILLION = Decimal(10**6)
_YEAR = 350  # days, of which a fiscal year has more
_UNSAID = ("document", "either", "aside")  # what the sentence leaves to the statements
_LAST_YEAR = shape(r"(?!.*\b(?:same|\L<periods>)\b).*\b\L<years>(?:['’]s?)?")
_PER_SHARE = ("EarningsPerShareBasicAndDiluted", "EarningsPerShareDiluted", "EarningsPerShareBasic")


class Sentences(Struct, frozen=True, kw_only=True):
    """What sentences gave: facts and doubts."""

    facts: tuple[Fact, ...] = ()
    findings: tuple[Finding, ...] = ()


class _Dated(NamedTuple):
    """The period of a mention, or `None`, and why; *compared_alike*: what it is compared with would be of the same one."""

    period: Period | None
    why: str
    compared_alike: bool = False


class _Setting(Struct, frozen=True, kw_only=True):
    """What is the same for all sentences: *coarsest* is the scale of the statements, *largest* the largest amount that they print in it."""

    layout: Layout
    catalog: Catalog
    entity: Entity
    stated: dict[tuple[object, ...], list[Fact]]
    coarsest: int
    largest: Decimal
    ends: frozenset[dt.date]


def tag_prose(
    document: Document,
    layout: Layout,
    rules: RuleSet,
    catalog: Catalog,
    rows: Sequence[Fact],
    *,
    entity: Entity,
    company: str = "",
) -> Sentences:
    """Tag the amounts that sentences of *document* state of *company*; *rows* are the facts of its statements."""
    setting = _setting(layout, catalog, entity, rows)
    read = read_document(document, rules, company=company)
    made = [item for paragraph, found in read for item in _paragraph(paragraph, found, setting)]
    return Sentences(
        facts=tuple(item for item in made if isinstance(item, Fact)),
        findings=tuple(item for item in made if isinstance(item, Finding)),
    )


def _setting(layout: Layout, catalog: Catalog, entity: Entity, rows: Sequence[Fact]) -> _Setting:
    """Return what is the same for all sentences of a release whose statements gave the facts *rows*."""
    stated: dict[tuple[object, ...], list[Fact]] = {}
    for fact in rows:
        stated.setdefault((fact.concept, fact.members), []).append(fact)
    scaled = (abs(row.value).scaleb(-row.printed.scale) for row in rows if row.printed.scale)
    return _Setting(
        layout=layout,
        catalog=catalog,
        entity=entity,
        stated=stated,
        coarsest=min((s.scale for s in layout.statements if s.scale), default=0),
        largest=max(scaled, default=Decimal(0)),
        ends=_ends(layout),
    )


def _ends(layout: Layout) -> frozenset[dt.date]:
    """Return the days on which periods end that the release reports on."""
    current = layout.calendar.current
    columns = {column.period.end for s in layout.statements for column in s.columns if column.period is not None}
    return frozenset({*columns, *layout.calendar.ends, *([current.end] if current else [])})


def _paragraph(paragraph: Paragraph, found: Sequence[object], setting: _Setting) -> list[Fact | Finding]:
    about: Period | None = setting.layout.calendar.current
    made: list[Fact | Finding] = []
    reckoned: set[Span] = set()  # where levels stand whose year the words do not say
    for one in found:
        if not isinstance(one, Mention):
            continue
        mention = _as_stated(_told_apart(one, setting), setting)
        mention, doubts = _in_year(mention, paragraph, setting.catalog)
        concept = setting.catalog.find(mention.concept)
        if concept is None or not _fits(mention.numeral, concept):
            continue
        made += doubts
        if setting.catalog.get(mention.concept) is None:
            continue
        mention = _loosened(mention, about, paragraph.text.string, setting)
        period, why, compared_alike = _period(mention, concept, about, setting)
        if isinstance(period, Duration) and not mention.comparison and _goes_on(period, about):
            about = period
        if compared_alike:
            made = [_undated(item, mention, reckoned, setting) for item in made]
        if not mention.comparison and not _says_year(mention):
            reckoned.add(paragraph.text.span(*mention.numeral.digits))
        settled = _settled(mention, concept, period, why, paragraph, setting)
        made += [item for found in settled for item in with_others(found, mention.also)]
    return made


def _says_year(mention: Mention) -> bool:
    phrase = mention.period
    return phrase is not None and (phrase.year is not None or phrase.fiscal_year is not None)


def _undated(item: Fact | Finding, mention: Mention, reckoned: AbstractSet[Span], setting: _Setting) -> Fact | Finding:
    """Refuse a level whose period is reckoned, where *mention*, compared with it, says that very one: either may be wrong."""
    if not isinstance(item, Fact) or item.concept != mention.concept or item.printed.span not in reckoned:
        return item
    if any(other.period == item.period for other in setting.stated.get((item.concept, item.members), ())):
        return item
    text = f"a sentence says {item.value:,} for {item.concept}, and compares it with one of the same period; not tagged"
    return Finding.warning(Code.NO_PERIOD, text, item.printed.span)


def _in_year(mention: Mention, paragraph: Paragraph, catalog: Catalog) -> tuple[Mention, Sequence[Finding]]:
    """Return *mention* with the concept of the catalog's year, and what there is to say of that."""
    label = paragraph.text.string[slice(*mention.subject)] if mention.subject else ""
    used = concept_in_year(catalog, mention.concept, label)
    if used == mention.concept and not mention.members:
        return mention, ()
    span = paragraph.text.span(*mention.numeral.digits)
    doubts = year_findings(catalog, mention.concept, used, label, span)
    members = members_in_year(catalog, mention.members)
    return replace(mention, concept=used or mention.concept, members=members), doubts


def _told_apart(mention: Mention, setting: _Setting) -> Mention:
    """Return *mention* with the kind of earnings per share that the statements bear out, where it says only "per share"."""
    if mention.per_share != "any":
        return mention
    amount = mention.numeral.number
    for local in _PER_SHARE:
        stated = setting.stated.get((f"us-gaap:{local}", ()), ())
        if any(abs(fact.value) == amount for fact in stated):
            return replace(mention, concept=f"us-gaap:{local}")
    return mention


def _as_stated(mention: Mention, setting: _Setting) -> Mention:
    """Return *mention* of revenue with the concept that the statements give the amount, where that is another one."""
    revenues = load_json("tagging")["revenues"]
    if mention.concept not in revenues or mention.members or setting.stated.get((mention.concept, ())):
        return mention
    numeral = mention.numeral
    amount, half = numeral.number, half_unit(numeral.places)
    for concept in revenues:
        stated = setting.stated.get((concept, ()), ())
        if any(within(abs(fact.value).scaleb(-(numeral.scale or 0)) - amount, half) for fact in stated):
            return replace(mention, concept=concept)
    return mention


def _fits(numeral: Numeral, concept: Concept) -> bool:
    """Whether the figure's own marks allow the concept's unit."""
    if concept.unit_kind == "shares":
        return numeral.currency is None
    return concept.unit_kind in ("money", "per-share") and numeral.currency is not None


def _period(mention: Mention, concept: Concept, about: Period | None, setting: _Setting) -> _Dated:
    instant = concept.period_type == "instant"
    calendar = setting.layout.calendar
    if instant and mention.comparison and mention.anchor in ("paragraph", "aside"):
        return _Dated(None, "a balance compared with that of a day that is not said")
    if mention.period is None:
        return _unsaid(mention, about, calendar, instant=instant)
    start = about
    if mention.than is not None:
        level = resolve(mention.than, calendar, anchor=about, instant=instant)
        if level.period is None and mention.period.relation:
            return _Dated(None, level.why)
        start = level.period or about
    resolution = resolve(mention.period, calendar, anchor=start, instant=instant)
    period = resolution.period
    if isinstance(period, Duration) and not instant and not _ends_period(mention.period, period, setting):
        return _Dated(None, "a month, or a day that no period of the release ends on, without a length")
    if mention.anchor == "aside" and period is not None and not _goes_on(period, about):
        return _Dated(None, "the sentence before only tells what happened in a period that was over")
    if instant and isinstance(period, Duration):
        period = Instant(period.end)
    if not instant and not isinstance(period, Duration):
        return _Dated(None, "the words name a date, and the concept needs a span of time" if period else resolution.why)
    if mention.comparison and start is not None and period == (Instant(start.end) if instant else start):
        return _Dated(None, "compared with an amount of the same period", compared_alike=True)
    return _Dated(period, resolution.why)


def _unsaid(mention: Mention, about: Period | None, calendar: Calendar, *, instant: bool) -> _Dated:
    """Return the period of a mention whose sentence names none: the reported one, or the one *about* which those before it are."""
    if mention.anchor == "either":
        return _Dated(None, "a year alone beside a shorter period: it or that part of it")
    if about is None:
        return _Dated(None, "the sentence names no period, and the release's own is not known")
    if _is_about_another(mention, about, calendar):
        return _Dated(None, "the sentence names no period, and those above it speak of another than the reported one")
    return _Dated(Instant(about.end) if instant else about, "the sentence names no period: the reported one")


def _is_about_another(mention: Mention, about: Period, calendar: Calendar) -> bool:
    """Whether the paragraph above gave its figures for another span than *about*, so that either may be meant."""
    above = resolve(mention.around, calendar, anchor=about).period if mention.around is not None else None
    return isinstance(above, Duration) and above != about


def _loosened(mention: Mention, about: Period | None, string: str, setting: _Setting) -> Mention:
    """Return *mention* without its period where that is a bare year beside a quarter: "compared with $2 million in 2024", "Last year's net income was".

    Whether the year or its quarter is meant only a statement can tell; so it is where the level is of a year that is not over.
    """
    if mention.period is None or not _is_bare_year(mention, mention.period, string):
        return mention
    calendar = setting.layout.calendar
    level = resolve(mention.than, calendar, anchor=about).period if mention.than is not None else about
    short = isinstance(level, Duration) and (level.days < _YEAR or _is_not_over(level, calendar.current))
    return replace(mention, period=None, anchor="either") if short else mention


def _is_bare_year(mention: Mention, period: PeriodPhrase, string: str) -> bool:
    """Whether *period*, in *string*, says a year and no length: of a comparison "in 2024", of a level "last year" or "two years ago", not "a year ago"."""
    if mention.comparison:
        return period.is_year_alone
    if period.relation != "prior-year" or period.length or period.quarter is not None or period.half is not None:
        return False
    return (
        mention.anchor in ("paragraph", "aside")
        or period.back is not None
        or _LAST_YEAR.fullmatch(string[period.start : period.end]) is not None
    )


def _is_not_over(period: Duration, current: Duration | None) -> bool:
    return current is not None and period.end > current.end


def _goes_on(period: Period, about: Period | None) -> bool:
    """Whether the sentences after one of *period* are about it: those after a look back are not."""
    return about is None or period.end >= about.end


def _ends_period(phrase: PeriodPhrase, period: Duration, setting: _Setting) -> bool:
    """Whether a day without a length ("March 9, 2023") is the end of a period: of the dateline, nothing is reported.

    Nor is a quarter meant by a month: "in July 2009".
    """
    if phrase.length or phrase.quarter is not None or phrase.half is not None or phrase.relation:
        return True
    return phrase.month is None or (phrase.day is not None and period.end in setting.ends)


def _settled(
    mention: Mention, concept: Concept, period: Period | None, why: str, paragraph: Paragraph, setting: _Setting
) -> Iterator[Fact | Finding]:
    """Yield the fact, if the statements allow it."""
    known = setting.stated.get((mention.concept, tuple(sorted(mention.members))), [])
    rivals = [other for other in known if other.period == period]
    if period is not None:
        fact = _fact(mention, concept, period, why, paragraph, setting)
        borne_out = any(consistent(fact, other) for other in rivals)
        if borne_out or (not rivals and not mention.doubt and _explicit(mention, known)):
            yield fact if borne_out or _is_in_full(mention.numeral, setting) else _of_no_scale(mention, paragraph)
            return
    if mention.doubt:
        yield _doubted(mention, paragraph)
        return
    agreeing = _agreeing(mention, concept, paragraph, known, setting) if mention.anchor in _UNSAID else set()
    if len(agreeing) == 1:
        only = "the only period whose statement shows this amount"
        yield _fact(mention, concept, agreeing.pop(), only, paragraph, setting)
    elif rivals and not agreeing:
        yield _contradicts(fact, rivals[0])
    elif period is None and not agreeing:
        yield _of_no_period(mention, why, paragraph)


def _agreeing(
    mention: Mention, concept: Concept, paragraph: Paragraph, known: Sequence[Fact], setting: _Setting
) -> set[Period]:
    """Return the periods for which one of *known* facts says what *mention* does."""
    trial = [(_fact(mention, concept, other.period, "", paragraph, setting), other) for other in known]
    return {other.period for fact, other in trial if consistent(fact, other)}


def _explicit(mention: Mention, known: Sequence[Fact]) -> bool:
    """Whether a figure that no statement repeats may stand: its period is said, or there are no statements of it."""
    return mention.anchor in ("sentence", "paragraph") or not known


def _is_in_full(numeral: Numeral, setting: _Setting) -> bool:
    """Whether an amount without a word for its scale is of units: beside statements in thousands, "$1,349" may be so too.

    It is where it ends in three noughts, or is too great for the scale of the statements.
    """
    if numeral.scale is not None or not setting.coarsest or numeral.number < _THOUSAND:
        return True
    return numeral.number % _THOUSAND == 0 or numeral.number > max(setting.largest, _MILLION)


def _fact(
    mention: Mention, concept: Concept, period: Period, why: str, paragraph: Paragraph, setting: _Setting
) -> Fact:
    numeral = mention.numeral
    scale = numeral.scale or 0
    negative = bool(numeral.number) and _negative(mention, concept)
    text = paragraph.text
    return make_fact(
        numeral,
        text.span(*numeral.digits),
        -numeral.number if negative else numeral.number,
        scale=scale,
        measure=concept.unit_kind,
        currency=_currency(text.string, numeral, setting.layout.dollars),
        decimals=_decimals(numeral, concept, scale, setting.coarsest),
        members=mention.members,
        concept=mention.concept,
        entity=setting.entity,
        period=period,
        rule=mention.rule.id,
        label=text.string[slice(*mention.subject)] if mention.subject else concept.local_name,
        statement="prose",
        said=tuple(_said(mention, setting)),
        why=(
            f"rule {mention.rule.id}: {'; '.join(mention.why)}",
            f"period: {why}",
            f"scale 10^{scale}: {'the money word beside it' if numeral.scale else 'written in full'}",
            f"sign: {'the words say loss or decrease' if negative else 'as said'}",
        ),
    )


def _currency(string: str, numeral: Numeral, dollars: str) -> str:
    """Return the currency of *numeral* in *string*; a "$" with nothing before or behind it is of *dollars*."""
    around = string[numeral.start : numeral.digits[0]] + string[numeral.digits[1] : numeral.end]
    bare = numeral.currency in (None, DEFAULT) and "U" not in around.upper()
    return dollars if bare else numeral.currency or DEFAULT


def _said(mention: Mention, setting: _Setting) -> Iterator[Aspect]:
    """Yield what the sentence says by itself of its amount.

    Which quarter "the third quarter" is, the tables would say themselves where the release has no day of its own.
    """
    yield Aspect.SCALE
    phrase = mention.period
    known = setting.layout.calendar.today is not None
    if mention.anchor == "sentence" and phrase is not None and (known or phrase.year or phrase.fiscal_year):
        yield Aspect.PERIOD
    if mention.numeral.currency:
        yield Aspect.UNIT


def _negative(mention: Mention, concept: Concept) -> bool:
    """Whether the words turn the value: a loss of something that counts gains, a decrease of a change."""
    if not (mention.negative or mention.numeral.negative):
        return False
    return concept.balance != "debit" or any(
        part in concept.local_name for part in word_set("tagging", "turned_debits")
    )


def _decimals(numeral: Numeral, concept: Concept, scale: int, coarsest: int) -> int | None:
    """Return how exact an amount is whose digits do not say it: "$456,000" in a release in thousands is exact to thousands."""
    in_full = concept.unit_kind == "money" and not scale and not numeral.places
    if in_full and coarsest and numeral.number % (10**coarsest) == 0:
        return -coarsest
    return None


def _of_no_period(mention: Mention, why: str, paragraph: Paragraph) -> Finding:
    return _untold(Code.NO_PERIOD, f"but not of which period: {why}", mention, paragraph)


def _doubted(mention: Mention, paragraph: Paragraph) -> Finding:
    return _untold(Code.AMBIGUOUS_SCOPE, mention.doubt, mention, paragraph)


def _of_no_scale(mention: Mention, paragraph: Paragraph) -> Finding:
    return _untold(Code.NO_SCALE, "in units or in those of the statements", mention, paragraph)


def _untold(code: Code, what: str, mention: Mention, paragraph: Paragraph) -> Finding:
    """Return the finding that a sentence leaves open *what* has to be known of its amount."""
    numeral = mention.numeral
    said = paragraph.text.string[numeral.start : numeral.end]
    text = f"a sentence says {said} for {mention.concept}, {what}; not tagged"
    return Finding.warning(code, text, paragraph.text.span(*numeral.digits))


def _contradicts(fact: Fact, rival: Fact) -> Finding:
    return Finding.warning(
        Code.DUPLICATE_DIFFERS,
        f"the sentence says {fact.value:,} for {fact.concept} {fact.period}, "
        f"{rival.label!r} ({rival.statement}) says {rival.value:,}; the sentence is not tagged",
        fact.printed.span,
    )
