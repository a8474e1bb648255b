"""Bound figures: a figure with its subject, checked to be of the sort that the subject's concept takes."""

from __future__ import annotations

from msgspec import Struct
from msgspec.structs import replace

from tagger.data import load_json
from tagger.patterns import pattern
from tagger.prose.roles import NumeralRole, is_large, is_money
from tagger.prose.sentence import Sentence, Subject, unit_of
from tagger.prose.words import words

_NEXT = pattern(r"[,;]?\s*\(?(?:(?:or|and)\s)?\s*")  # between an amount per share and the same one for other shares


class Bound(Struct, frozen=True, kw_only=True, gc=False):
    """A figure with its subject. *own* says that the subject stands right before or behind this figure.

    It is the concepts *also* too: earnings per share that are basic and diluted ones. A *doubt* tells why it may be of
    something else.
    """

    figure: NumeralRole
    hit: Subject
    concept: str
    own: bool
    also: tuple[str, ...] = ()
    negative: bool = False
    per_share: str = ""
    why: tuple[str, ...] = ()
    doubt: str = ""


class Unbound(Struct, frozen=True, gc=False):
    """A figure without a subject, and why."""

    figure: NumeralRole
    why: str
    hit: Subject | None = None


def measured(sentence: Sentence, bound: Bound) -> Bound | Unbound:
    """Check that the figure is of the sort that the concept takes, and settle amounts per share."""
    figure, numeral = bound.figure, bound.figure.numeral
    hit = _rival(sentence, bound)
    if hit is None:
        return Unbound(figure, "several rules want it for different concepts", bound.hit)
    unit = unit_of(hit)
    bound = replace(bound, hit=hit, concept=hit.rule.concept, also=hit.rule.also)
    if unit == "per-share":
        small = is_money(numeral) and (numeral.scale or 0) <= 0 and numeral.number < 10000
        return _sorted(sentence, bound) if small else Unbound(figure, "no amount per share", hit)
    if figure.per_share:
        return _per_share(sentence, bound)
    if unit == "shares":
        return bound if not is_money(numeral) else Unbound(figure, "an amount of money, not of shares", hit)
    if unit not in ("money", ""):
        return Unbound(figure, f"the concept is {unit}", hit)
    return bound if is_money(numeral) and is_large(numeral) else Unbound(figure, "no amount of money of that size", hit)


def _per_share(sentence: Sentence, bound: Bound) -> Bound | Unbound:
    """Give an amount per share of a profit its own concept."""
    concepts = load_json("prose")["per_share_of"].get(bound.hit.rule.concept)
    if concepts is None:
        return Unbound(bound.figure, "an amount per share of what has no such concept", bound.hit)
    sort = _sort(sentence, bound) or "any"
    return replace(bound, per_share=sort, concept=concepts.get(sort, concepts["basic-and-diluted"]), also=())


def is_looser(one: Bound, other: Bound) -> bool:
    """Whether *one* names in general what *other* names: the result, an amount per share of no sort."""
    told = load_json("prose")
    if one.per_share != "any":
        return bool(one.concept == told["special"].get(other.concept))
    families = told["per_share_of"].values()
    return any(one.concept in family.values() and other.concept in family.values() for family in families)


def is_net(hit: Subject) -> bool:
    """Whether *hit* names a result of everything, which is the same whatever it is said to include."""
    results: dict[str, dict[str, str]] = load_json("prose")["per_share_of"]
    concept = hit.rule.concept
    return concept in results or any(concept in of.values() for of in results.values())


def of_sort(found: Bound | Unbound, sort: str) -> Bound | Unbound:
    """Return an amount per share as *sort*, "basic" or "diluted", if one is given."""
    if isinstance(found, Unbound) or not sort:
        return found
    family = per_share_family(found.concept)
    return replace(found, concept=family[sort], also=()) if family else found


def per_share_family(concept: str) -> dict[str, str] | None:
    """Return the concepts of the same result per share as *concept* is, by their sort; `None` if it is no amount per share."""
    families: dict[str, dict[str, str]] = load_json("prose")["per_share_of"]
    return next((of for of in families.values() if concept in of.values()), None)


def _sorted(sentence: Sentence, bound: Bound) -> Bound:
    """Let "EPS of $1.57 per diluted share" be diluted, whatever the rule of "EPS" names."""
    own = bound.hit.rule.concept
    family = per_share_family(own)
    if family is None:
        return bound
    sort = _sort(sentence, bound)
    if sort:
        return replace(bound, concept=family[sort], also=())
    return replace(bound, per_share="any" if own == family["basic-and-diluted"] else "")


def _sort(sentence: Sentence, bound: Bound) -> str:
    """Return what the words beside the figure call it: basic, diluted, both, or "".

    Those behind it tell, else those before it, else that the next figure is the diluted one: "# per share (# diluted)".
    """
    figure = bound.figure
    behind = _sorting(sentence, figure.numeral.end, sentence.end)
    # "per basic share" behind the figure before is of that one
    taken = _sorting(sentence, figure.begin, figure.numeral.start)
    lead = sentence.masked[figure.begin + len(taken) : figure.numeral.start]
    for said in (behind, lead):
        basic, diluted = "basic" in said, "dilut" in said
        if basic or diluted:
            return "basic-and-diluted" if basic and diluted else "basic" if basic else "diluted"
    if not _is_before_diluted(sentence, figure.numeral.end + len(behind)):
        return ""
    listed = sentence.plain.startswith(" and ", figure.numeral.end)  # "$0.20 and $0.55 per diluted share"
    return "diluted" if listed else "basic"


def _is_before_diluted(sentence: Sentence, end: int) -> bool:
    """Whether right behind *end* the same amount is given for diluted shares alone: "($0.88 per share on a diluted basis)"."""
    following = next((numeral for numeral in sentence.numerals if numeral.start >= end), None)
    if following is None or not _NEXT.fullmatch(sentence.plain, end, following.start):
        return False
    said = _sorting(sentence, following.end, sentence.end)
    return "dilut" in said and "basic" not in said


def _sorting(sentence: Sentence, start: int, end: int) -> str:
    """Return the words right behind a figure that say of which shares it is: " per diluted share", " basic"."""
    say = words()
    found = say.per_share_trail.match(sentence.plain, start, end) or say.sort_trail.match(sentence.plain, start, end)
    return found[0] if found else ""


def _rival(sentence: Sentence, bound: Bound) -> Subject | None:
    """Return the one hit at the subject's place whose rule fits the figure; `None` if rules disagree."""
    same = [bound.hit, *(hit for hit in sentence.rivals if (hit.start, hit.end) == (bound.hit.start, bound.hit.end))]
    if len(same) == 1:
        return bound.hit
    fitting = [hit for hit in same if _fits(hit, bound.figure)] or same
    top = max(hit.rule.layer for hit in fitting)
    fitting = [hit for hit in fitting if hit.rule.layer == top]
    beaten = {name for hit in fitting for name in hit.rule.over}
    left = [hit for hit in fitting if hit.rule.id not in beaten]
    return left[0] if len({(hit.rule.concept, hit.rule.members) for hit in left}) == 1 else None


def _fits(hit: Subject, figure: NumeralRole) -> bool:
    unit = unit_of(hit)
    if not is_money(figure.numeral):
        return unit == "shares"
    small = figure.per_share or ((figure.numeral.scale or 0) <= 0 and figure.numeral.number < 1000)
    return unit == ("per-share" if small else "money")
