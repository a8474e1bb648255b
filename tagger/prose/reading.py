"""Reading prose: from a paragraph to the amounts it states."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import filterfalse, pairwise
from typing import TYPE_CHECKING

from msgspec.structs import replace

from tagger.characters import lowered
from tagger.document import Document, Paragraph
from tagger.lexicon import Numeral, PeriodPhrase
from tagger.lexicon.shapes import listed, shape
from tagger.matching.phrases import find_subjects
from tagger.patterns import pattern
from tagger.prose.bare import ended_at, spoken_of
from tagger.prose.binding import bind
from tagger.prose.disputes import undisputed
from tagger.prose.headings import part_named, placed, run_in
from tagger.prose.mention import Mention, Refusal
from tagger.prose.names import names_of
from tagger.prose.roles import Role, is_money, sentence_roles
from tagger.prose.sentence import NOBODY, Sentence, Subject, Topic, find_sentences, mask, numerals_of
from tagger.prose.surroundings import (
    closing_word,
    compared_pair,
    fitting,
    heads,
    is_bullet,
    lengths_of,
    main_period,
    period_told,
    periods_in,
)
from tagger.prose.times import NOTHING_TOLD, Timed, Told, timed
from tagger.prose.whose import topic as topic_of
from tagger.prose.words import words

if TYPE_CHECKING:
    from ahocorasick_rs import AhoCorasick

    from tagger.ruleset.ruleset import RuleSet

# What a paragraph must contain to state an amount: a digit, and something that makes it money or shares.
_SIGN = shape(r"[\p{Sc}§]")
_ASCII = bytes(range(128))
_MONEY = shape(r"\b\L<money>\b")
_WORD = pattern(r"[^\W\d]+")  # "rmb5" is money too
_DIGIT = pattern(r"\d")
_SAME = shape(r"\b(?:this|the|same) \L<periods>\b")  # refers to a period spoken of before
_TORN = pattern(r"[\d\s]*[a-z]")  # the rest of a sentence that a page break tore off
_COMPARES = pattern(r"\W*(?:That|This|These|Those|It|Which)\s+(?:compares?|compared|was\s+compared)\s")
_TABULAR = "figures stand side by side, as in a table that lost its lines"
_MOST = 16  # amounts of money in one sentence; more are a table that lost its lines


def _states_amount(string: str) -> bool:
    if _DIGIT.search(string) is None:
        return False
    if "$" in string or (not string.isascii() and _SIGN.search(_beyond_ascii(string)) is not None):
        return True
    low = lowered(string)
    words, told, phrases = _amount_words()
    said = told.find_matches_as_indexes(low, overlapping=True)
    if any(_is_word(low, start, end) for _, start, end in said) and not words.isdisjoint(_WORD.findall(low)):
        return True
    return any(map(low.__contains__, phrases)) and _MONEY.search(string) is not None


def _is_word(string: str, start: int, end: int) -> bool:
    """Whether no letter stands right before *start*, nor at *end*."""
    return not (string[end : end + 1].isalpha() or string[start - 1 : start].isalpha())


def _beyond_ascii(string: str) -> str:
    """Return the characters of *string* that are not ASCII, each kind of which may be a currency's sign."""
    return string.encode("utf-8", "surrogatepass").translate(None, _ASCII).decode("utf-8", "surrogatepass")


@cache
def _amount_words() -> tuple[frozenset[str], AhoCorasick, list[str]]:
    """Return the words that make a number an amount, what finds them, and the names of money of several words that hold none of these."""
    from ahocorasick_rs import AhoCorasick  # it is as large as all of `regex`

    words = frozenset({"cent", "cents", "shares", *listed("scale"), *filter(str.isalpha, listed("money"))})
    phrases = [name for name in listed("money") if words.isdisjoint(_WORD.findall(name))]
    return words, AhoCorasick(sorted(words)), phrases


def read_prose(
    paragraph: Paragraph, rules: RuleSet, *, headings: Sequence[str] = (), names: frozenset[str] = frozenset()
) -> tuple[Mention, ...]:
    """Return the levels that *paragraph* states of what *rules* name.

    *headings* are those it stands below, the nearest last: their period is taken where the paragraph
    names none. *names* are words of the company's name, in lower case, which may stand before a
    subject without making it a part of something.
    """
    string = paragraph.text.string
    subjects = _subjects(rules, string) if _states_amount(string) else ()
    return tuple(
        found for found in statements(string, subjects, headings=headings, names=names) if isinstance(found, Mention)
    )


def _subjects(rules: RuleSet, string: str) -> list[Subject]:
    """Return what *rules* name in *string*; of "cash increased 5% to #" the cash, which the figure is, and not its increase."""
    found: list[Subject] = []
    for hit in find_subjects(rules, string):
        end = ended_at(string, hit)
        within = find_subjects(rules, string[hit.start : end]) if end else ()
        found += [replace(one, start=hit.start + one.start, end=hit.start + one.end) for one in within] or [hit]
    return found


def read_document(
    document: Document, rules: RuleSet, *, company: str = ""
) -> tuple[tuple[Paragraph, tuple[Mention | Refusal, ...]], ...]:
    """Return every paragraph of *document* that speaks of a rule's subject, with what it states and what was refused.

    Headings carry over: a heading with a period gives it to the paragraphs below; nothing below a
    heading of guidance, non-GAAP measures or segments is taken, up to the next heading. A line that
    ends in a colon is the heading of the bullets below it, and of items that semicolons part. What a
    heading may name a part by, or the bullet above, is told of what stands below.
    """
    names = names_of(document, company)
    results: list[tuple[Paragraph, tuple[Mention | Refusal, ...]]] = []
    told = ""
    about: PeriodPhrase | None = None
    topic = NOBODY
    for paragraph, headings, title, lead, new in placed(document, _states_amount):
        string = paragraph.text.string
        if new:
            told, about = "", None
        above = [*headings[-3:], told if told and _SAME.search(string) else "", lead if lead != string else ""]
        part = next(filter(None, (part_named(one, names) for one in (run_in(string), lead, title))), "")
        if not part and topic.part and not new and is_bullet(paragraph):
            part = topic.company
        below = Topic(part, part=True, doubtful=True) if part else NOBODY
        said, topic = _stated(string, _subjects(rules, string), list(filter(None, above)), names, below)
        found = tuple(_below(one, about) for one in said)
        if (own := _told(found)) is not None:
            about, told = own, string[own.start : own.end]
        closed = closing_word(lead) or (closing_word(headings[-1]) if headings else "") if found else ""
        if found:
            results.append((paragraph, tuple(_closed(one, closed) for one in found) if closed else found))
    return tuple(undisputed(results))


def _said(
    string: str,
    place: tuple[int, int],
    numerals: Sequence[Numeral],
    subjects: Sequence[Subject],
    names: frozenset[str],
    told: Told,
    about: Topic,
) -> list[Mention | Refusal]:
    """Return what the sentence at *place* of *string* states, and refuses."""
    periods = periods_in(string, *place)
    dated = [*periods, *lengths_of(string, subjects, periods)]
    said = _sentence(mask(string, place, numerals, dated, subjects, about), names, told)
    if about.doubtful:
        doubt = f'below "{about.company}", which may be a part'
        said = [replace(one, doubt=doubt) if isinstance(one, Mention) else one for one in said]
    return [_orphaned(one) for one in said] if not place[0] and _TORN.match(string) else said


def statements(
    string: str,
    subjects: Sequence[Subject],
    *,
    headings: Sequence[str] = (),
    names: frozenset[str] = frozenset(),
) -> tuple[Mention | Refusal, ...]:
    """Return what *string*, a paragraph, states of *subjects*, left to right, and what was refused."""
    return tuple(_stated(string, subjects, headings, names, NOBODY)[0])


def _stated(
    string: str, subjects: Sequence[Subject], headings: Sequence[str], names: frozenset[str], begins: Topic
) -> tuple[list[Mention | Refusal], Topic]:
    """Return what *string* states, and refuses, where it *begins* to speak of somebody, and of whom it speaks at its end."""
    found: list[Mention | Refusal] = []
    last: list[Mention | Refusal] = []  # what the sentence before said
    above, earlier = headings, list[str]()  # where to look for the period spoken of
    about, around, aside = begins, None, False  # *aside*: a sentence that gives no figures spoke of that period
    pairs = compared_pair(headings) if subjects else []
    without = ""  # what a sentence says that figures of the paragraph leave out
    for place, there, hits, about in _sentences(string, subjects, names, begins):
        without = without or (_told_without(string, place) if subjects else "")
        own = [numeral for numeral in there if not numeral.percent]
        if own and _is_tabular(string, own):
            found += [Refusal(numeral=numeral, why=_TABULAR) for numeral in own if is_money(numeral)]
        elif own and hits:
            told = Told(_spoken_of(above, earlier)[0] or around, tuple(pairs)) if pairs else NOTHING_TOLD
            spoken = _said(string, place, there, hits, names, told, about)
            if any(isinstance(one, Mention) and one.period is None for one in spoken):
                before, by_the_way = _spoken_of(above, earlier)
                around, aside = (before, by_the_way) if before else (around, aside)
                above, earlier = (), []
                spoken = [_anchored(one, spoken, around, aside=aside) for one in spoken]
            spoken = [_measured_from(one, around) for one in spoken]
            if _COMPARES.match(string, *place):
                spoken = _compared_with(last, spoken)
            found += spoken
            last = spoken
            pairs += _pairs(spoken, around)
            main = [one.period for one in spoken if isinstance(one, Mention) and _is_main(one)]
            if main:
                around, aside = main[0], False
                above, earlier = (), []
                continue
        earlier.append(string[slice(*place)])
    return [_doubted(one, without) for one in found] if without else found, about


def _told_without(string: str, place: tuple[int, int]) -> str:
    """Return the words by which the sentence at *place* says that figures leave something out: "Amounts for 2003 exclude"."""
    told = words().told_without.match(lowered(string[slice(*place)]))
    return " ".join(told[0].split()) if told else ""


def _doubted(one: Mention | Refusal, without: str) -> Mention | Refusal:
    return replace(one, doubt=one.doubt or f'"{without}" stands beside it') if isinstance(one, Mention) else one


def _sentences(
    string: str, subjects: Sequence[Subject], names: frozenset[str], about: Topic
) -> Iterator[tuple[tuple[int, int], Sequence[Numeral], Sequence[Subject], Topic]]:
    """Yield the sentences of *string*: the place of each, its numbers and subjects, and of which other company it speaks."""
    numerals = numerals_of(string) if subjects else ()
    subjects = spoken_of(string, subjects, numerals, names)
    begin, said = [numeral.start for numeral in numerals], [hit.start for hit in subjects]
    for start, end in find_sentences(string):
        hits = subjects[bisect_left(said, start) : bisect_left(said, end)]
        if subjects:
            first = (hits[0].start - start, hits[0].end - start) if hits else (end, end)
            about = topic_of(string[start:end], names, about, first=first)
        yield (start, end), numerals[bisect_left(begin, start) : bisect_left(begin, end)], hits, about


def _pairs(
    spoken: Sequence[Mention | Refusal], around: PeriodPhrase | None
) -> list[tuple[PeriodPhrase | None, PeriodPhrase]]:
    """Return the periods of the levels and of what they are compared with."""
    compared = [one for one in spoken if isinstance(one, Mention) and _is_compared(one)]
    return [(one.than or around, one.period) for one in compared if one.period]


def _spoken_of(headings: Sequence[str], sentences: Sequence[str]) -> tuple[PeriodPhrase | None, bool]:
    """Return the last period of which *sentences* below *headings* speak, and whether one only tells what happened in it."""
    for string in filterfalse(_expects, reversed(sentences)):
        if period := period_told(string):
            return period, not heads(string)
    return next(filter(None, map(main_period, reversed(headings))), None), False


def _expects(sentence: str) -> bool:
    """Whether *sentence* gives guidance: a quarter that is expected is not the one that was."""
    return words().guidance.search(lowered(sentence)) is not None


def _orphaned(found: Mention | Refusal) -> Mention | Refusal:
    """Refuse a comparison in a sentence whose beginning is lost: "the same period" as which is not said here."""
    if isinstance(found, Mention) and found.comparison and found.period is not None and found.period.relation:
        return Refusal(numeral=found.numeral, why="the sentence begins elsewhere", rule=found.rule)
    return found


def _is_tabular(string: str, numerals: Sequence[Numeral]) -> bool:
    """Whether the figures of a sentence stand side by side as in a row of a table that lost its lines."""
    if sum(map(is_money, numerals)) > _MOST:
        return True
    glued = any(string[numeral.end : numeral.end + 1] == "$" for numeral in numerals)
    return glued or any(
        not string[one.end : two.start].strip(" $()") and not _is_said_besides(string, one, two)
        for one, two in pairwise(numerals)
        if is_money(one) and string[two.end : two.end + 1] != ":"
    )


def _is_said_besides(string: str, one: Numeral, two: Numeral) -> bool:
    """Whether *two* stands in parentheses with words, or in another currency: "$2.1 million ($.21 per share)", "(US$193 million)"."""
    opened = string[one.end : two.start].strip().startswith("(") and one.number >= 0
    closed = string[two.end : two.end + 1] == ")"
    return opened and (two.currency not in (None, one.currency) if closed else two.currency is not None)


def _is_main(mention: Mention) -> bool:
    return mention.anchor == "sentence" and not mention.comparison


def _is_compared(mention: Mention) -> bool:
    return mention.anchor == "sentence" and mention.comparison


def _sentence(sentence: Sentence, names: frozenset[str], told: Told) -> list[Mention | Refusal]:
    figures = sentence_roles(sentence)
    found: list[Mention | Refusal] = []
    for one in timed(sentence, figures, bind(sentence, figures, names), told):
        if isinstance(one, Timed):
            found.append(_mention(one))
        elif one.figure.role not in (Role.NOT_MONEY, Role.PERCENTAGE):
            found.append(Refusal(numeral=one.figure.numeral, why=one.why, rule=one.hit.rule if one.hit else None))
    return _of_wholes(_agreeing(_of_wholes(found)))  # what is compared with a figure refused in either way goes too


def _of_wholes(found: Sequence[Mention | Refusal]) -> list[Mention | Refusal]:
    """Refuse what a refused figure of the same subject is compared with: "online sales of #, compared to sales of #"."""
    kept: list[Mention | Refusal] = []
    before: dict[str, Mention | Refusal] = {}
    for one in found:
        if isinstance(one, Mention) and one.comparison and isinstance(before.get(one.concept), Refusal):
            one = Refusal(numeral=one.numeral, why="compared with a figure that was refused", rule=one.rule)
        kept.append(one)
        if one.rule is not None:
            before[one.rule.concept] = one
    return kept


def _compared_with(last: Sequence[Mention | Refusal], spoken: Sequence[Mention | Refusal]) -> list[Mention | Refusal]:
    """Return what a sentence says that only compares with the *last* one, of which nothing but refused figures of a subject may be left."""
    stated = {one.concept for one in last if isinstance(one, Mention)}
    refused = [one for one in last if isinstance(one, Refusal) and one.rule and one.rule.concept not in stated]
    return _of_wholes([*refused, *spoken])[len(refused) :]


def _mention(one: Timed) -> Mention:
    bound = one.bound
    return Mention(
        numeral=bound.figure.numeral,
        subject=(bound.hit.start, bound.hit.end) if bound.own else None,
        rule=bound.hit.rule,
        concept=bound.concept,
        also=bound.also,
        members=bound.hit.rule.members,
        period=one.period,
        anchor="paragraph" if one.carried else "sentence" if one.period else "document",
        than=one.than,
        comparison=one.comparison,
        negative=bound.negative,
        per_share=bound.per_share,
        doubt=bound.doubt,
        why=bound.why,
    )


def _anchored(
    found: Mention | Refusal, said: Sequence[Mention | Refusal], around: PeriodPhrase | None, *, aside: bool
) -> Mention | Refusal:
    """Return a figure whose sentence names no period with the one spoken of *around* it, by the way or not."""
    if isinstance(found, Refusal) or found.period is not None:
        return found
    period = fitting(found, said, around)
    if period is None:
        return found
    return replace(found, period=period, anchor="aside" if aside and period is around else "paragraph")


def _measured_from(found: Mention | Refusal, around: PeriodPhrase | None) -> Mention | Refusal:
    """Return a comparison whose own sentence has no level as measured from the period *around* it: "this compares to #"."""
    alone = isinstance(found, Mention) and found.comparison and found.than is None
    return replace(found, than=around) if alone and around is not None else found


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
    return (
        one.concept,
        one.members,
        one.period,
        one.anchor,
        one.comparison,
        one.than,
        one.per_share,
        one.numeral.currency,
    )


def _told(found: Sequence[Mention | Refusal]) -> PeriodPhrase | None:
    """Return the last period that a paragraph gave its own figures; a day without a length may be a dateline's."""
    own = [one.period for one in found if isinstance(one, Mention) and _is_main(one) and one.period is not None]
    return next((period for period in reversed(own) if period.day is None or period.length), None)


def _below(found: Mention | Refusal, about: PeriodPhrase | None) -> Mention | Refusal:
    """Return a figure without a period with the one that the paragraphs above it are *about*."""
    alone = isinstance(found, Mention) and found.period is None and about is not None
    return replace(found, around=about) if alone else found


def _closed(found: Mention | Refusal, word: str) -> Mention | Refusal:
    if isinstance(found, Refusal) or (found.period is not None and found.period.dated and found.period.instant):
        return found  # "as of September 30, 2020" is no outlook
    return Refusal(numeral=found.numeral, why=f'stands below a heading with "{word}"', rule=found.rule)
