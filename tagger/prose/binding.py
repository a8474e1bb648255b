"""Binding: which subject a figure of a sentence states, or why it states none."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from msgspec.structs import replace

from tagger.data import load_json
from tagger.lexicon import parse_scales
from tagger.patterns import pattern
from tagger.prose.bound import Bound, Unbound, is_looser, is_net, measured, of_sort, per_share_family
from tagger.prose.roles import NumeralRole, Role, is_large, is_money, opens, runs
from tagger.prose.sentence import Sentence, Subject
from tagger.prose.subjects import Standing, bridge, goes_on, is_base, qualified_after, stand
from tagger.prose.words import words

_COMPARABLE = frozenset({Role.LEVEL, Role.COMPARISON, Role.GUIDANCE, Role.BOUND, Role.UNCLEAR})
_TRAILING = pattern(r"[\s@]*(?P<joint>(?:in|of)\s+)?(?:(?:total|our|its|the|company's)\s+)*(?P<hit>~+)")
_TOGETHER = pattern(r"~\s+(?:and|&)\s+(?:(?:our|the|its|total|net)\s+)*$")
_CHAIN = pattern(r"^(?:continues|compared with) \S+: ")
_LISTING = pattern(r"(?:\s|,|and|our|the|its)*")
_WORD = pattern(r"\w+")
_ARTICLE = pattern(r"(?<![\w-])(?:an?|the)\s*$")
_BARE_LOSS = pattern(r"\s*(?:net\s+|operating\s+)?loss(?:es)?\b")
_PLAIN_LOSS = pattern(r"(?<!loan )(?<!credit )\b(?:loss|deficit)\b", re.IGNORECASE)


def bind(sentence: Sentence, figures: Sequence[NumeralRole], names: frozenset[str]) -> tuple[Bound | Unbound, ...]:
    """Return for every figure of *sentence* what it states a level of, in the order of *figures*."""
    found: list[Bound | Unbound] = []
    listed, levels = listed_subjects(sentence, figures), listed_levels(sentence, figures)
    adjusted = {
        index: aside for aside in sentence.asides if (index := _adjusted_by(sentence, figures, aside)) is not None
    }
    sorts, pairs = listed_sorts(sentence, figures), _pairs(figures)
    for index, figure in enumerate(figures):
        hit = listed.get(index)
        if index in adjusted:
            one: Bound | Unbound = Unbound(
                figure, f'"{sentence.plain[slice(*adjusted[index])]}" says what it leaves out'
            )
        elif index in levels:
            one = _beside(sentence, figure, found[levels[index]])
        elif hit is not None:
            one = _own(sentence, figure, hit, names, listed=True)
        else:  # "#, or # per share, on sales of #, against #, or # per share": the result is compared, not the sales
            alike = [found[i] for i in pairs if i < index] if index in pairs and figure.joined is None else []
            one = _bound(sentence, figure, alike or found, names)
        found.append(_said_with(sentence, of_sort(one, sorts.get(levels.get(index, index), "")), found))
        if figure.role is Role.COMPARISON:
            found[-1] = _of_a_level(_as_level(found), found[:-1])
        if figure.per_share and figure.joined is not None:
            found[figure.joined] = _paired(sentence, figure, found[figure.joined])
    return tuple(found)


def _adjusted_by(sentence: Sentence, figures: Sequence[NumeralRole], aside: tuple[int, int]) -> int | None:
    """Return the index of the level before *aside*, if that says what is left out of it: "was $2 million, up 5% (excluding charges)"."""
    if not words().not_gaap_trail.match(sentence.plain, aside[0] + 1, aside[1]):
        return None
    if any(aside[0] < one.numeral.start < aside[1] and one.role is not Role.NOT_MONEY for one in figures):
        return None
    before = (i for i, one in enumerate(figures) if one.role is Role.LEVEL and one.numeral.end <= aside[0])
    return max(before, default=None)


def _as_level(found: Sequence[Bound | Unbound]) -> Bound | Unbound:
    """Return the last of *found*, a comparison, as what the level measures that it names more loosely.

    "Net income available to common shareholders was #, compared to net income of #", "# per diluted share, compared with # per share".
    """
    one = found[-1]
    if isinstance(one, Unbound):
        return one
    levels = [other for other in found if isinstance(other, Bound) and other.figure.role is Role.LEVEL]
    said = {other.concept: other.also for other in levels if is_looser(one, other)}
    if len(said) != 1 or (not one.per_share and any(other.concept == one.concept for other in levels)):
        return one
    [(concept, also)] = said.items()
    return replace(one, concept=concept, also=also)


def _of_a_level(one: Bound | Unbound, before: Sequence[Bound | Unbound]) -> Bound | Unbound:
    """Return *one*, a comparison, doubted where no level *before* it is read: "Rental losses were #, compared with earnings of #" compares earnings of the same part."""
    per_share = one.figure.per_share
    levels = [two for two in before if two.figure.role is Role.LEVEL and two.figure.per_share == per_share]
    if isinstance(one, Unbound) or not levels or any(isinstance(two, Bound) for two in levels):
        return one
    return replace(one, doubt=f"compared with {levels[-1].figure.numeral.text}, which is not read")


def _said_with(sentence: Sentence, one: Bound | Unbound, before: Sequence[Bound | Unbound]) -> Bound | Unbound:
    """Return *one*, doubted where it goes with a figure that is of a part: "Rental earnings were # on sales of #"."""
    other = before[-1] if before else None
    if not isinstance(one, Bound) or not one.own or not isinstance(other, Unbound) or other.hit is None:
        return one
    if words().said_with_lead.search(sentence.masked, sentence.start, one.hit.start) is None:
        return one
    return replace(one, doubt=f"said with {other.figure.numeral.text}, which is not read")


def _pairs(figures: Sequence[NumeralRole]) -> list[int]:
    """Return the figures that are given for one share too, "#, or # per share", by index."""
    joined = [figure.joined for figure in figures if figure.per_share and figure.joined is not None]
    return [index for index in joined if not figures[index].per_share]


def _paired(sentence: Sentence, figure: NumeralRole, other: Bound | Unbound) -> Bound | Unbound:
    """Return *other*, unless *figure*, the same for one share, says that it is another amount: "#, or # per share, before"."""
    if isinstance(other, Unbound) or other.figure.per_share:
        return other
    if said := _unlike_gaap(sentence, figure):
        return Unbound(other.figure, f'"{said}" follows it')
    if other.concept in words().of_no_share:
        return Unbound(other.figure, "given for one share too, which its concept never is", other.hit)
    return other


def _beside(sentence: Sentence, figure: NumeralRole, other: Bound | Unbound) -> Bound | Unbound:
    """Bind a comparison listed with "respectively" to the subject of the level that it is compared with."""
    if isinstance(other, Unbound):
        return Unbound(figure, f"compared with {other.figure.numeral.text}: {_root(other)}", other.hit)
    negative = figure.numeral.negative or (other.negative and _says_loss(sentence, other.hit))
    return measured(sentence, replace(other, figure=figure, own=False, negative=negative, why=(figure.why,)))


def listed_levels(sentence: Sentence, figures: Sequence[NumeralRole]) -> dict[int, int]:
    """Return the levels that comparisons listed with "respectively" stand beside, by index, where there are as many.

    "Revenue was $5.0 million and net income $1.2 million, compared with $4.0 million and $1.0 million, respectively."
    """
    found: dict[int, int] = {}
    for run in runs(sentence, figures):
        levels = [i for i, one in enumerate(figures[: run[0]]) if one.role is Role.LEVEL and not one.per_share]
        plain = all(figures[i].role is Role.COMPARISON and not figures[i].per_share for i in run)
        if plain and len(levels) == len(run):
            found.update(zip(run, levels, strict=True))
    return found


def listed_subjects(sentence: Sentence, figures: Sequence[NumeralRole]) -> dict[int, Subject]:
    """Return the subjects of figures listed with "respectively" after as many subjects, by index.

    "Revenue and net income were $5.0 million and $1.2 million, respectively."
    """
    found: dict[int, Subject] = {}
    for run in runs(sentence, figures):
        first = figures[run[0]].numeral.start
        hits = [hit for hit in sentence.subjects if hit.end <= first][-len(run) :]
        gaps = [sentence.masked[one.end : two.start] for one, two in pairwise(hits)]
        if len(hits) == len(run) and all(gap.strip() and _LISTING.fullmatch(gap) for gap in gaps):
            found.update(zip(run, hits, strict=True))
    return found


def listed_sorts(sentence: Sentence, figures: Sequence[NumeralRole]) -> dict[int, str]:
    """Return of which shares two amounts are that "respectively" deals out to "basic and diluted", by index.

    "Basic and diluted earnings per share were $0.10 and $0.09, respectively."
    """
    found: dict[int, str] = {}
    for run in runs(sentence, figures):
        first = figures[run[0]].numeral.start
        sorts = [sort.groups() for sort in words().sorts_listed.finditer(sentence.plain, sentence.start, first)]
        if len(run) == 2 and len(sorts) == 1 and figures[run[0]].role is Role.LEVEL:
            found.update(zip(run, sorts[0], strict=True))
    return found


def _bound(
    sentence: Sentence, figure: NumeralRole, before: Sequence[Bound | Unbound], names: frozenset[str]
) -> Bound | Unbound:
    hit = _changed(sentence, figure)
    if hit is None and figure.role not in (Role.LEVEL, Role.COMPARISON):
        return Unbound(figure, f"{figure.role.value}: {figure.why}")
    if other := _unlike_gaap(sentence, figure):
        return Unbound(figure, f'"{other}" follows it')
    if odd := qualified_after(sentence, figure.numeral.end):
        return Unbound(figure, f'"{odd}" behind it makes it a part')
    if said := words().restated_trail.match(sentence.masked, figure.numeral.end, sentence.end):
        return Unbound(figure, f'"{said["words"]}" follows it: what it was before, or what it is since')
    if hit is None and (hit := _trailing(sentence, figure)) is not None:
        return _of_trailing(sentence, figure, hit, names)
    if hit is None and figure.joined is not None:
        return _continued(sentence, figure, before[figure.joined])
    if hit is None and figure.role is Role.COMPARISON:
        hit = _last(sentence, figure.begin, figure.numeral.start)
        if hit is None:
            return _compared(sentence, figure, before, names)
    if hit is None:
        hit = _last(sentence, sentence.start, figure.numeral.start)
        if hit is None:
            return Unbound(figure, "no rule names its subject")
    return _own(sentence, figure, hit, names)


def _of_trailing(sentence: Sentence, figure: NumeralRole, hit: Subject, names: frozenset[str]) -> Bound | Unbound:
    """Bind *figure* to *hit*, right behind it, doubted where words go on with it: "# in cash and undrawn credit"."""
    if odd := qualified_after(sentence, hit.end):
        return Unbound(figure, f'"{odd}" behind it makes it a part', hit)
    one, odd = _own(sentence, figure, hit, names), goes_on(sentence, hit.end)
    return replace(one, doubt=f'"{odd}" behind it may go on with it') if odd and isinstance(one, Bound) else one


def _unlike_gaap(sentence: Sentence, figure: NumeralRole) -> str:
    """Return the words behind a figure that make it no amount under GAAP: ", excluding", "(before special items)".

    "On a comparable 13-week basis" is said of the amount before it, and of all behind it.
    """
    say, place = words(), figure.numeral.end
    if alike := say.comparable_basis.search(sentence.plain, sentence.start, sentence.end):
        amounts = (one for one in sentence.numerals if is_money(one) and figure.numeral.end <= one.start)
        if not any(one.end <= alike.start() for one in amounts):
            return alike["words"]
    shared = say.per_share_trail.match(sentence.masked, place, sentence.end) if figure.per_share else None
    place = shared.end() if shared else place
    found = say.not_gaap_trail.match(sentence.masked, place, sentence.end)
    if found is None:
        aside = next((aside for aside in sentence.asides if not sentence.plain[place : aside[0]].strip()), None)
        found = say.not_gaap_aside.match(sentence.plain, *aside) if aside and aside[0] >= place else None
    return found["words"] if found else ""


def _own(
    sentence: Sentence, figure: NumeralRole, hit: Subject, names: frozenset[str], *, listed: bool = False
) -> Bound | Unbound:
    """Bind *figure* to *hit*, which stands before or behind it, if the words between allow it."""
    standing = stand(sentence, hit, names)
    if standing.standing is not Standing.SUBJECT:
        return Unbound(figure, standing.why, hit)
    if hit.end <= figure.numeral.start:
        if _is_change_of(sentence, hit, figure):
            return Unbound(figure, "what its subject changed by", hit)
        if words().change.search(_text(sentence, hit)) and not _is_by(sentence, hit, figure):
            return Unbound(figure, "where it ended, not what it changed by", hit)
        if not listed and _is_one_of_two(sentence, hit):
            return Unbound(figure, "said of two subjects together", hit)
        if said := words().not_gaap.search(sentence.masked, hit.end, figure.numeral.start):
            return Unbound(figure, f'"{said[0]}" between the subject and the figure', hit)
        odd = _odd_between(sentence, hit, figure, names)
        if odd is not None:
            return Unbound(figure, f'"{odd}" between the subject and the figure may change what it is', hit)
    if hit.rule.concept.endswith("Noncurrent") and words().both_terms.match(sentence.masked, figure.numeral.end):
        return Unbound(figure, "what is current is a part of it", hit)
    if scale := _scale_aside(sentence, figure):
        return Unbound(figure, f'"{scale}" is said of it', hit)
    negative = _says_loss(sentence, hit) or figure.numeral.negative
    doubt = "booked for one cause" if _is_booked(sentence, hit, figure) else ""
    why = (figure.why,)
    bound = Bound(figure=figure, hit=hit, concept=hit.rule.concept, own=True, negative=negative, why=why, doubt=doubt)
    return measured(sentence, bound)


def _scale_aside(sentence: Sentence, figure: NumeralRole) -> str:
    """Return what the sentence says in parentheses of the scale of amounts that print none: "net income (in thousands) was $3,312"."""
    if figure.numeral.scale is not None or figure.per_share:
        return ""
    asides = (sentence.plain[slice(*aside)] for aside in sentence.asides)
    told = ((aside, parse_scales(aside)) for aside in asides)
    return next((aside for aside, scales in told if scales is not None and scales.money is not None), "")


def _is_booked(sentence: Sentence, hit: Subject, figure: NumeralRole) -> bool:
    """Whether a result is what one thing brought: "recorded a net loss of # as a result of a tender"."""
    if not is_net(hit) or words().booked_lead.search(sentence.masked, sentence.start, hit.start) is None:
        return False
    return words().cause.match(sentence.masked[figure.numeral.end : sentence.end].lstrip(" ,")) is not None


def _odd_between(sentence: Sentence, hit: Subject, figure: NumeralRole, names: frozenset[str]) -> str | None:
    """Return the first word between *hit* and *figure* that may change what it is.

    What a result includes changes nothing: "net income, including gains, was #"; nor that operating income is "from
    continuing operations". "A loss of $0.01 per share" after "a net
    loss of $400,000" is that loss again, as is "the provision of #" that a provision is compared with.
    """
    own = words().result_words if figure.per_share else frozenset()
    if per_share_family(hit.rule.concept):  # "per share available to common stockholders"
        own |= words().of_holders
    if figure.role is Role.COMPARISON:
        own = frozenset(_text(sentence, hit).split())
    if hit.rule.concept in load_json("prose")["of_continuing"]:
        own |= words().continuing
    place, end = hit.end, figure.numeral.start
    included = words().inclusion.search(sentence.masked, place, end) if is_net(hit) else None
    if included is None:
        return bridge(sentence, place, end, names | own)
    before, behind = (place, included.start()), (included.end(), end)
    return bridge(sentence, *before, names | own) or bridge(sentence, *behind, names | own)


def _is_one_of_two(sentence: Sentence, hit: Subject) -> bool:
    """Whether another subject is joined to *hit* by "and", and both are not one name: "sales and revenues"."""
    found = _TOGETHER.search(sentence.masked, sentence.start, hit.start)
    if found is None:
        return False
    revenues = load_json("tagging")["revenues"]
    other = next((one for one in sentence.subjects if one.end == found.start() + 1), hit)
    return not (other.rule.concept in revenues and hit.rule.concept in revenues)


def _is_change_of(sentence: Sentence, hit: Subject, figure: NumeralRole) -> bool:
    """Whether it is "the decrease in" the subject, or its "growth", and nothing says that the figure is where it ended: "to #", "from #"."""
    changed = words().change_in.search(sentence.masked, sentence.start, hit.start)
    if figure.role is not Role.LEVEL or not (changed or words().change_behind.match(sentence.masked, hit.end)):
        return False
    return words().to_lead.search(sentence.masked, hit.end, figure.numeral.start) is None


def _changed(sentence: Sentence, figure: NumeralRole) -> Subject | None:
    """Return the subject whose own words are the change: "cash decreased" by the figure."""
    if figure.role not in (Role.LEVEL, Role.CHANGE, Role.UNCLEAR):
        return None
    last = next((hit for hit in reversed(sentence.subjects) if hit.end <= figure.numeral.start), None)
    if last is None or not words().change.search(_text(sentence, last)):
        return None
    return last if _is_by(sentence, last, figure) else None


def _is_by(sentence: Sentence, hit: Subject, figure: NumeralRole) -> bool:
    """Whether *figure* is what the change that *hit* names came to: "cash decreased by #"."""
    between = sentence.masked[hit.end : figure.numeral.start].split()
    return words().by_words.issuperset(between)


def _trailing(sentence: Sentence, figure: NumeralRole) -> Subject | None:
    """Return the subject right behind a figure: "$5.0 million in cash", "the $9.3 million net loss"."""
    found = _TRAILING.match(sentence.masked, figure.numeral.end, sentence.end)
    if found is None:
        return None
    lead = sentence.masked[sentence.start : figure.numeral.start]
    article = _ARTICLE.search(lead)
    held = words().holding_lead if found["joint"] else words().had_lead
    # "this compares to # of net income"
    compared = figure.role is Role.COMPARISON and (found["joint"] or "").startswith("of")
    if not (compared or opens(sentence, figure.numeral) or held.search(lead) or (article and not found["joint"])):
        return None
    place = found.start("hit")
    if found["joint"] and _last(sentence, figure.begin, figure.numeral.start) is not None:
        return None
    return next((hit for hit in sentence.subjects if hit.start == place), None)


def _last(sentence: Sentence, start: int, end: int) -> Subject | None:
    """Return the last subject between *start* and *end* that is not merely the base of a percentage."""
    for hit in reversed(sentence.subjects):
        if sentence.aside(hit.start) and sentence.aside(hit.start) != sentence.aside(end):
            continue  # said by the way
        if start <= hit.start and hit.end <= end and not is_base(sentence, hit):
            return hit
    return None


def _continued(sentence: Sentence, figure: NumeralRole, other: Bound | Unbound) -> Bound | Unbound:
    """Bind a figure that goes on from another: "or $0.10 per share", "and $1.2 million"."""
    between = sentence.masked[other.figure.numeral.end : figure.numeral.start]
    if isinstance(other, Unbound):
        return Unbound(figure, f"continues {other.figure.numeral.text}: {_root(other)}", other.hit)
    negative = other.negative or figure.numeral.negative or bool(_BARE_LOSS.match(between))
    if figure.per_share and (own := words().result_per_share.match(sentence.plain, figure.numeral.end)):
        # "$0.07 net income per basic and $0.12 net loss per diluted share"
        negative = own["result"] in words().negative_signs
    concept = other.hit.rule.concept
    bound = replace(other, figure=figure, own=False, concept=concept, negative=negative, per_share="")
    return measured(sentence, replace(bound, why=(figure.why,)))


def _root(other: Unbound) -> str:
    """Return the reason at the end of a chain of figures that continue each other."""
    return _CHAIN.sub("", other.why)


def _is_as_large(other: NumeralRole, figure: NumeralRole) -> bool:
    """Whether both may be for one share, or neither: "# per share on net income of #, versus #"."""
    return is_large(other.numeral) == is_large(figure.numeral)


def _of_a_sort(other: NumeralRole, figure: NumeralRole) -> bool:
    """Whether *figure* may be compared with *other*, a level of the same sort."""
    return other.role in _COMPARABLE and other.per_share == figure.per_share


def _compared(
    sentence: Sentence, figure: NumeralRole, before: Sequence[Bound | Unbound], names: frozenset[str]
) -> Bound | Unbound:
    """Bind a figure that is compared with the last one of its sort."""
    likely = [one for one in reversed(before) if isinstance(one, Bound) or _of_a_sort(one.figure, figure)]
    other = next((one for one in likely if _is_as_large(one.figure, figure)), next(iter(likely), None))
    if other is None:
        hit = _last(sentence, sentence.start, figure.numeral.start)
        return _own(sentence, figure, hit, names) if hit else Unbound(figure, "no rule names its subject")
    if isinstance(other, Unbound):
        return Unbound(figure, f"compared with {other.figure.numeral.text}: {_root(other)}", other.hit)
    if reason := _reason(sentence, other.figure.numeral.end, figure):
        return Unbound(figure, f'"{reason}" stands before it: a reason, not a comparison', other.hit)
    between = _last(sentence, other.figure.numeral.end, figure.begin)
    if between is not None and words().new_clause.search(sentence.masked, between.end, figure.begin):
        return Unbound(figure, "another subject stands before the comparison", between)
    lead = sentence.masked[figure.begin : figure.numeral.start]
    says_loss, says_profit = words().loss.search(lead), words().profit.search(lead)
    if (says_loss or says_profit) and not _is_result(sentence, other.hit):
        return Unbound(figure, "compared with a profit or loss that its subject is not", other.hit)
    told = says_loss or says_profit or figure.numeral.negative
    if not told and other.figure.numeral.negative and _says_loss(sentence, other.hit):
        return Unbound(figure, "a loss in parentheses is compared with an amount without them", other.hit)
    said = other.negative and not other.figure.numeral.negative
    negative = bool(says_loss) or (said and not says_profit) or figure.numeral.negative
    trailing = _BARE_LOSS.match(sentence.masked, figure.numeral.end, sentence.end)
    bound = replace(other, figure=figure, own=False, negative=negative or bool(trailing), why=(figure.why,))
    if bound.per_share and not figure.per_share:
        bound = _of_the_sort(bound, other)
    return measured(sentence, bound)


def _of_the_sort(bound: Bound, other: Bound) -> Bound:
    """Return *bound*, compared with *other*, an amount per share: a small one is for one share too, "or # per share, compared to #"."""
    if is_money(bound.figure.numeral) and not is_large(bound.figure.numeral):
        return replace(bound, figure=replace(bound.figure, per_share=True))
    return replace(bound, per_share="", concept=other.hit.rule.concept)


def _reason(sentence: Sentence, start: int, figure: NumeralRole) -> str:
    """Return the words after *start* that make what only "from" or "than" leads to a part of the reasons given."""
    if words().weak_compare.isdisjoint(_WORD.findall(figure.why)):
        return ""
    cause = words().cause.search(sentence.masked, start, figure.numeral.start)
    return " ".join(cause[0].split()) if cause else ""


def _text(sentence: Sentence, hit: Subject) -> str:
    return sentence.plain[hit.start : hit.end]


def _is_result(sentence: Sentence, hit: Subject) -> bool:
    text = _text(sentence, hit)
    return text in words().profit_verbs or re.search(r"income|loss|earnings|profit|eps", text) is not None


def _says_loss(sentence: Sentence, hit: Subject) -> bool:
    """Whether the subject's own words call it a loss or a decrease."""
    text = _text(sentence, hit)
    if text in words().profit_verbs:
        return text in words().losing
    signs = getattr(hit, "signs", None)
    if signs is not None:
        said = [sign.word for sign in signs if not sign.bracketed]
        if not words().negative_signs.isdisjoint(said) or said == ["benefit"]:
            return True
    if words().change.search(text):
        return words().down.search(text) is not None
    return signs is None and _PLAIN_LOSS.search(re.sub(r"\([^()]*\)", " ", text)) is not None
