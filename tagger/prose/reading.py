"""Reading prose: from a paragraph to the amounts it states."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from tagger.document import Document, Paragraph
from tagger.matching.phrases import find_subjects
from tagger.numerals import find_numerals
from tagger.periods import PeriodPhrase, find_periods
from tagger.prose.binding import bind
from tagger.prose.mention import Mention, Refusal
from tagger.prose.roles import Role, is_money, sentence_roles
from tagger.prose.sentence import Sentence, Subject, find_sentences, mask
from tagger.prose.times import Timed, timed
from tagger.prose.words import words
from tagger.ruleset.ruleset import RuleSet

_DIGIT = re.compile(r"\d")
_LISTED = re.compile(r"\(\s*(?:NASDAQ|NYSE|AMEX|OTC|TSX|LSE|Nasdaq|\"|“)")
_MOST = 16  # amounts of money in one sentence; more are a table that lost its lines


def read_prose(
    paragraph: Paragraph, rules: RuleSet, *, period: PeriodPhrase | None = None, names: frozenset[str] = frozenset()
) -> tuple[Mention, ...]:
    """Return the levels that *paragraph* states of what *rules* name.

    *period* is what a heading above says of the time; *names* are words of the company's name, in lower
    case, which may stand before a subject without making it a part of something.
    """
    string = paragraph.text.string
    subjects = find_subjects(rules, string) if _DIGIT.search(string) else ()
    return tuple(
        found for found in statements(string, subjects, period=period, names=names) if isinstance(found, Mention)
    )


def read_document(document: Document, rules: RuleSet) -> tuple[tuple[Paragraph, tuple[Mention | Refusal, ...]], ...]:
    """Return every paragraph of *document* that speaks of a rule's subject, with what it states and what was refused.

    Headings carry over: a heading with a period gives it to the paragraphs below; nothing below a
    heading of guidance, non-GAAP measures or segments is taken, up to the next heading.
    """
    names = names_of(document)
    results: list[tuple[Paragraph, tuple[Mention | Refusal, ...]]] = []
    period: PeriodPhrase | None = None
    closed = ""
    for paragraph in document.paragraphs:
        string = paragraph.text.string
        if _is_heading(paragraph):
            period, closed = _period_of(string) or (None if paragraph.heading else period), _closing(string)
        if not _DIGIT.search(string):
            continue
        subjects = find_subjects(rules, string)
        found = statements(string, subjects, period=period, names=names)
        if closed:
            found = tuple(_closed(one, closed) for one in found)
        if found:
            results.append((paragraph, found))
    return tuple(results)


def statements(
    string: str,
    subjects: Sequence[Subject],
    *,
    period: PeriodPhrase | None = None,
    names: frozenset[str] = frozenset(),
) -> tuple[Mention | Refusal, ...]:
    """Return what *string*, a paragraph, states of *subjects*, left to right, and what was refused."""
    if not subjects:
        return ()
    numerals = find_numerals(string)
    if not any(is_money(numeral) or not numeral.percent for numeral in numerals):
        return ()
    periods = find_periods(string)
    found: list[Mention | Refusal] = []
    for place in find_sentences(string):
        sentence = mask(string, place, numerals, periods, subjects)
        if not sentence.subjects or sum(map(is_money, sentence.numerals)) > _MOST:
            period = _main_period(sentence) or period
            continue
        said = _sentence(sentence, period, names)
        found += said
        main = [one.period for one in said if isinstance(one, Mention) and _is_main(one)]
        period = next(iter(main), None) or _main_period(sentence) or period
    return tuple(found)


def _is_main(mention: Mention) -> bool:
    return mention.anchor == "sentence" and not mention.comparison


def _main_period(sentence: Sentence) -> PeriodPhrase | None:
    """Return the period that the sentence is about, as far as its first words say."""
    first = sentence.periods[0] if sentence.periods else None
    if first is None or first.relation in ("prior", "prior-year") or first.start - sentence.start > 60:
        return None
    return None if words().flag_lead.search(sentence.masked, sentence.start, first.start) else first


def _sentence(sentence: Sentence, period: PeriodPhrase | None, names: frozenset[str]) -> list[Mention | Refusal]:
    figures = sentence_roles(sentence)
    found: list[Mention | Refusal] = []
    for one in timed(sentence, figures, bind(sentence, figures, names)):
        if isinstance(one, Timed):
            found.append(_mention(one, period))
        elif one.figure.role not in (Role.NOT_MONEY, Role.PERCENTAGE):
            found.append(Refusal(numeral=one.figure.numeral, why=one.why, rule=one.hit.rule if one.hit else None))
    return _agreeing(found)


def _mention(one: Timed, around: PeriodPhrase | None) -> Mention:
    bound = one.bound
    period = one.period or around
    anchor = "sentence" if one.period else "paragraph" if around else "document"
    return Mention(
        numeral=bound.figure.numeral,
        subject=(bound.hit.start, bound.hit.end) if bound.own else None,
        rule=bound.hit.rule,
        concept=bound.concept,
        members=bound.hit.rule.members,
        period=period,
        anchor=anchor,
        comparison=bound.figure.role is Role.COMPARISON,
        negative=bound.negative,
        per_share=bound.per_share,
        why=(*bound.why, f"its period from the {anchor}"),
    )


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
    """Whether *paragraph* is a title, marked as one or not: short, without an amount of money, no sentence."""
    string = paragraph.text.string
    if paragraph.heading:
        return True
    return len(string) < 120 and not paragraph.bullet and not any(map(is_money, find_numerals(string)))


def _period_of(string: str) -> PeriodPhrase | None:
    """Return the period a heading names, if it names just one."""
    found = find_periods(string)
    return found[0] if len(found) == 1 else None


def _closing(string: str) -> str:
    """Return the word of a heading under which no figure is a reported total."""
    found = words().section.search(string.lower())
    return found[0] if found else ""


def _closed(found: Mention | Refusal, word: str) -> Refusal:
    if isinstance(found, Refusal):
        return found
    return Refusal(numeral=found.numeral, why=f'stands below a heading with "{word}"', rule=found.rule)


def names_of(document: Document) -> frozenset[str]:
    """Return the words of the company's name, in lower case, as its header or its first paragraphs give them."""
    names: set[str] = {"company", "corporation", "bank", "bancorp", "group", "partnership"}
    if document.submission and document.submission.company:
        names.update(re.findall(r"[\w&]+", document.submission.company.lower()))
    for paragraph in document.paragraphs[:12]:
        listed = _LISTED.search(paragraph.text.string)
        if listed:
            before = paragraph.text.string[max(0, listed.start() - 60) : listed.start()]
            names.update(word.lower() for word in re.findall(r"[A-Z][\w&]+", before))
    return frozenset(names - {"inc", "net", "total", "data", "international", "domestic", "segment", "the"})
