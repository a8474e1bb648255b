"""Roles: what each number of a sentence is, told from the words around it and from no rule."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from msgspec import Struct
from msgspec.structs import replace

from tagger.lexicon import Numeral, find_periods
from tagger.lexicon.shapes import Found, shape
from tagger.patterns import pattern
from tagger.prose.kinds import kind_of
from tagger.prose.sentence import PARENTHESES, Sentence, find_sentences, mask, numerals_of, unit_of, without_asides
from tagger.prose.words import joining_words, words


class Role(StrEnum):
    """What a number in running text is."""

    LEVEL = "level"
    COMPARISON = "comparison"
    CHANGE = "change"
    PERCENTAGE = "percentage"
    PART = "part"
    BOUND = "bound"
    GUIDANCE = "guidance"
    ASIDE = "aside"
    UNCLEAR = "unclear"
    NOT_MONEY = "not-money"


class NumeralRole(Struct, frozen=True, kw_only=True, gc=False):
    """One number, what it is and why.

    *per_share* says that it is an amount for one share. *begin* is where the words
    begin that gave the role ("compared to"). *joined* is the index, among the roles of
    its sentence, of the figure it continues: "or $0.10 per share", "and $1.2 million".
    """

    numeral: Numeral
    role: Role
    why: str
    per_share: bool = False
    begin: int = 0
    joined: int | None = None


_BY_THE_WAY = frozenset({Role.ASIDE, Role.PERCENTAGE, Role.NOT_MONEY})
_FIRST_OF_SORTS = shape(
    r"[\s,]*(?:or\s+)?(?:#+\s+per\s+(?:basic|diluted)(?:\s+common)?(?:\s+share)?,?\s+(?:and|or)\s+)?", case=True
)  # "(or # per share)", "(# per basic share and # per diluted share)"
_SAME_PERIODS = shape(r"\w+\s+(?:[\w-]+\s+)?\L<periods>(?<=s)(?!\w)", case=True)
_LED = pattern(r"[\s,]*(?:for|in|during)\s+(?:the|those)?\s*")
_TOLD = pattern(r"\(\s*@+\s*:\s*")
_ENDED = pattern(r"\s*\)")
_LONGEST_LEAD = 200  # characters of a verb and the small words behind it that lead to a figure
_LONGEST_JOIN = 100  # characters: it takes the cube of what it is tried on
_UNCHANGED = pattern(r"@\s*,?\s*at(?:\s+(?:approximately|about))?\s*$")  # "unchanged from a year ago at $1.4 million"
_RESPECTIVELY = pattern(r"(?<![\w-])respectively(?![\w-])")
_OR = pattern(r"\s*(?:,\s*)?or\s+(?:(?:approximately|about)\s+)?")
_EACH = pattern(r"\s*(?:per|an?|each|/)(?!\w)")
_WORD = pattern(r"[\w~@#]")
_WORDS = pattern(r"\w+")
_STOP = pattern(r"[^\s\w]")
_SPELLED = pattern(r"[^\W\d_]{4,}")
_TO = pattern(r"\s*(?:to|-|–|—|through)\s*")


def roles(string: str) -> tuple[NumeralRole, ...]:
    """Return what every number of *string* is, left to right.

    >>> text = "Costs were $2.6 million, an improvement of $0.1 million, or 5%, compared to $2.7 million a year ago."
    >>> [(str(found.numeral.number), found.role.value) for found in roles(text)]
    [('2.6', 'level'), ('0.1', 'change'), ('5', 'percentage'), ('2.7', 'comparison')]
    """
    numerals, periods = numerals_of(string), find_periods(string)
    found: list[NumeralRole] = []
    for place in find_sentences(string):
        found += sentence_roles(mask(string, place, numerals, periods))
    return tuple(found)


def sentence_roles(sentence: Sentence) -> tuple[NumeralRole, ...]:
    """Return what every number of *sentence* is."""
    found: list[NumeralRole] = []
    for numeral in sentence.numerals:
        found.append(_role(sentence, numeral, found))
    return tuple(_without_ranges(sentence, found))


def runs(sentence: Sentence, figures: Sequence[NumeralRole]) -> list[list[int]]:
    """Return the runs of two or more figures that "and" joins before "respectively", as indexes of *figures*.

    A run of comparisons behind it is one too, as long as a run before: "were # and #, respectively, compared with # and #".
    """
    if all(figure.joined is None for figure in figures):
        return []
    if sentence.masked.find("respectively", sentence.start, sentence.end) < 0:
        return _compared_runs(sentence, figures)
    told = [word.start() for word in _RESPECTIVELY.finditer(sentence.masked, sentence.start, sentence.end)]
    found = [run for run in joined_runs(figures) if len(run) > 1]
    before = [run for run in found if told and figures[run[-1]].numeral.end <= told[-1]]
    lengths = {len(run) for run in before}
    compared = [run for run in found if len(run) in lengths and figures[run[0]].role is Role.COMPARISON]
    return [run for run in found if run in before or run in compared]


def _compared_runs(sentence: Sentence, figures: Sequence[NumeralRole]) -> list[list[int]]:
    """Return the runs of comparisons that "the same periods" behind them deal out to as many levels: "# and # for the same periods"."""
    back = [one for one in sentence.periods if one.relation == "prior-year" and one.months is None]
    said = [one.start for one in back if _SAME_PERIODS.match(sentence.plain, one.start, one.end)]
    if not said:
        return []
    found = [run for run in joined_runs(figures) if len(run) > 1 and figures[run[0]].role is Role.COMPARISON]
    ends = {run[-1]: figures[run[-1]].numeral.end for run in found}
    return [run for run in found if any(_LED.fullmatch(sentence.masked, ends[run[-1]], start) for start in said)]


def joined_runs(figures: Sequence[NumeralRole]) -> list[list[int]]:
    """Return the levels and comparisons among *figures*, by index, each with those that it goes on from."""
    found: list[list[int]] = []
    for index, figure in enumerate(figures):
        if figure.role not in (Role.LEVEL, Role.COMPARISON):
            continue
        joined = figure.joined
        if found and joined is not None and found[-1][-1] == joined and figures[joined].per_share == figure.per_share:
            found[-1].append(index)
        else:
            found.append([index])
    return found


def is_money(numeral: Numeral) -> bool:
    """Whether *numeral* is an amount of money by its own marks."""
    return numeral.currency is not None and not numeral.percent


def is_large(numeral: Numeral) -> bool:
    """Whether *numeral* is no amount for one share: a thousand and more, or so many thousands."""
    return (numeral.scale or 0) >= 3 or numeral.number >= 1000


def _role(sentence: Sentence, numeral: Numeral, before: list[NumeralRole]) -> NumeralRole:
    """Return the role of one number, given those *before* it in the sentence."""
    if numeral.percent:
        return NumeralRole(numeral=numeral, role=Role.PERCENTAGE, why="a percentage")
    trail = sentence.masked[numeral.end : sentence.end]
    if not is_money(numeral) and not _counts_shares(trail) and not _of_shares(sentence, numeral):
        return NumeralRole(numeral=numeral, role=Role.NOT_MONEY, why=kind_of(sentence, numeral))
    per_share = _is_per_share(sentence, numeral, before)
    begin = _lead_start(sentence, numeral, before)
    lead = sentence.masked[begin : numeral.start]
    joined = _joined(sentence, lead, before, per_share=per_share)
    set_off = _set_off(sentence, numeral, begin, before, goes_on=per_share and joined is not None)
    role, why, at = set_off or _by_words(sentence, numeral, lead, trail)
    plain = NumeralRole(numeral=numeral, role=role, why=why, per_share=per_share, begin=begin + at)
    unclear = role is Role.UNCLEAR or (role is Role.COMPARISON and words().only_join.search(lead))
    if set_off or joined is None or not unclear:
        return plain
    other = before[joined]
    why = f"continues {other.numeral.text}, {other.why}"
    return replace(plain, role=other.role, why=why, begin=begin, joined=joined)


def _set_off(
    sentence: Sentence, numeral: Numeral, begin: int, before: list[NumeralRole], *, goes_on: bool
) -> tuple[Role, str, int] | None:
    """Return the role of a figure that parentheses set off from the words before it, that is expected, or only the number of shares of another."""
    opened = _opens_comparison(sentence, numeral) if any(one.role not in _BY_THE_WAY for one in before) else None
    if opened is not None:
        return Role.COMPARISON, "behind its period, in parentheses", opened - begin
    led = _led_in(sentence, numeral, begin)
    if led is not None:
        return Role.COMPARISON, "in parentheses behind the words that begin a comparison", led - begin
    for_shares = not is_money(numeral) and bool(before) and before[-1].per_share
    if for_shares and words().shares_lead.search(sentence.masked, begin, numeral.start):
        return Role.ASIDE, "the shares that the amount before it is for", -begin
    if _is_aside(sentence, numeral, per_share=goes_on):
        return Role.ASIDE, "stands in parentheses", -begin
    if guided := words().guidance.search(without_asides(sentence, sentence.start, numeral.start)):
        return Role.GUIDANCE, f'after "{guided[0]}"', -begin
    if guided := words().guidance_trail.match(sentence.masked, numeral.end, sentence.end):
        return Role.GUIDANCE, f'before "{guided["word"]}"', -begin
    return None


def _is_per_share(sentence: Sentence, numeral: Numeral, before: list[NumeralRole]) -> bool:
    """Whether *numeral* is an amount for one share: by its words, or small behind a large one: "$1.8 million, or 18 cents"."""
    if not is_money(numeral):
        return False
    if words().per_share_trail.match(sentence.masked, numeral.end, sentence.end):
        return True
    if not is_large(numeral) and words().per_share_opening.search(sentence.masked, sentence.start, numeral.start):
        return True
    other = before[-1].numeral if before else None
    if other is None or is_large(numeral) or not is_money(other):
        return False
    if not is_large(other):
        return _is_of_sort(sentence, numeral)
    joined = _OR.fullmatch(sentence.masked, other.end, numeral.start)
    return joined is not None and _EACH.match(sentence.masked, numeral.end, sentence.end) is None


def _is_of_sort(sentence: Sentence, numeral: Numeral) -> bool:
    """Whether *numeral* says in parentheses what an amount per share is for other shares: "$0.89 ($0.88 diluted)"."""
    aside = sentence.aside(numeral.start)
    if aside is None or sentence.masked[aside[0] + 1 : numeral.start].strip():
        return False
    return words().sort_trail.match(sentence.masked, numeral.end, sentence.end) is not None


def _is_aside(sentence: Sentence, numeral: Numeral, *, per_share: bool) -> bool:
    """Whether the figure is said by the way, in parentheses; "(or $0.10 per share)" goes with the figure before."""
    aside = sentence.aside(numeral.start)
    if aside is None:
        return False
    return not (per_share and _FIRST_OF_SORTS.fullmatch(sentence.masked, aside[0] + 1, numeral.start))


def _opens_comparison(sentence: Sentence, numeral: Numeral) -> int | None:
    """Return where parentheses begin that hold a period, a colon and the figure alone: "(2014: $18.8 million)"."""
    aside = sentence.aside(numeral.start)
    if aside is None or not _TOLD.fullmatch(sentence.masked, aside[0], numeral.start):
        return None
    return aside[0] if _ENDED.match(sentence.masked, numeral.end) else None


def _led_in(sentence: Sentence, numeral: Numeral, begin: int) -> int | None:
    """Return where a comparison begins whose first figure stands in parentheses: "to $0.04 from ($0.02 per share)"."""
    aside = sentence.aside(numeral.start)
    if aside is None or aside[0] < begin or sentence.masked[aside[0] + 1 : numeral.start].strip():
        return None
    found = words().compare_lead.search(sentence.masked[begin : aside[0]])
    if found is None or (found["word"] in words().weak_compare and not _moved(sentence, numeral)):
        return None
    return begin + found.start()


def _lead_start(sentence: Sentence, numeral: Numeral, before: list[NumeralRole]) -> int:
    """Return where the words begin that lead to *numeral*: after the number before it that is not an aside."""
    inside = sentence.aside(numeral.start)
    for other in reversed(before):
        aside = sentence.aside(other.numeral.start) if other.role is Role.COMPARISON else None
        set_off = other.role is Role.ASIDE or (aside is not None and aside[0] == other.begin)
        if not set_off or (inside and inside[0] < other.numeral.start):
            return other.numeral.end
    return sentence.start


def _joined(sentence: Sentence, lead: str, before: list[NumeralRole], *, per_share: bool) -> int | None:
    """Return the index of the figure that *lead*, being hardly more than "and" or "or", continues."""
    if not before:
        return None
    bare = PARENTHESES.sub(" ", lead) if "(" in lead else lead
    if bare.strip() and not _joins(bare):
        return None  # with nothing between, it is the same in another currency: "RMB1,400 million (US$193 million)"
    for index in range(len(before) - 1, -1, -1):
        other = before[index]
        if other.role in (Role.PERCENTAGE, Role.ASIDE, Role.NOT_MONEY):
            continue
        if other.role is Role.COMPARISON and _TOLD.match(sentence.masked, other.begin):
            continue
        if other.per_share and not per_share and other.joined is not None:
            continue
        return index
    return None


def _joins(bare: str) -> bool:
    """Whether *bare* is what stands between figures of one list; whether its words could be is told first, and sooner."""
    said = _WORDS.findall(bare)
    others = {word for word in said if word not in joining_words()}
    return len(bare) <= _LONGEST_JOIN and len(others) <= ("of" in said) and words().join.fullmatch(bare) is not None


def _by_words(sentence: Sentence, numeral: Numeral, lead: str, trail: str) -> tuple[Role, str, int]:
    """Return the role that the words right before or after the figure give, the words, and where in *lead* they begin."""
    say = words()
    if found := say.change_lead.search(lead):
        return Role.CHANGE, f'after "{_said(found[0])}"', found.start()
    if found := say.change_trail.match(trail):
        return Role.CHANGE, f'before "{_said(found[0])}"', len(lead)
    if found := say.part_lead.search(lead):
        return Role.PART, f'after "{_said(found[0])}"', found.start()
    found = say.compare_lead.search(lead) or _compare_lead(sentence, numeral, lead)
    if found and not _UNCHANGED.search(lead) and (found["word"] not in say.weak_compare or _moved(sentence, numeral)):
        return Role.COMPARISON, f'after "{_said(found["word"])}"', found.start()
    if found := say.bound_lead.search(lead):
        return Role.BOUND, f'after "{_said(found[0])}"', found.start()
    if (found := say.to_lead.search(lead)) and _moved(sentence, numeral):
        return Role.LEVEL, 'after a change and its end, introduced by "to"', found.start()
    if (found := say.level_lead.search(lead, max(0, len(lead) - _LONGEST_LEAD))) and not say.to_lead.search(lead):
        return Role.LEVEL, f'after "{_said(found[0])}"', found.start()
    if found := say.had_lead.search(lead):
        return Role.LEVEL, f'after "{_said(found[0])}"', found.start()
    if opens(sentence, numeral) and say.opening_trail.match(trail):
        return Role.LEVEL, "opens the sentence, before what it is", len(lead)
    return Role.UNCLEAR, "no word says what it is", len(lead)


def _compare_lead(sentence: Sentence, numeral: Numeral, lead: str) -> Found | None:
    """Return the words of a comparison that says its subject again in part: "compared to the provision of #"."""
    last = next((hit for hit in reversed(sentence.subjects) if hit.end <= numeral.start - len(lead)), None)
    if last is None or words().compare.search(lead) is None:
        return None
    said = {word.removesuffix("s") for word in _SPELLED.findall(sentence.plain[last.start : last.end])}
    again = _SPELLED.sub(lambda word: "~" * len(word[0]) if word[0].removesuffix("s") in said else word[0], lead)
    return words().compare_lead.search(again)


def opens(sentence: Sentence, numeral: Numeral) -> bool:
    """Whether no word stands before *numeral* in its sentence: "$206.2 million revenue"."""
    return _WORD.search(sentence.masked, sentence.start, numeral.start) is None


def _said(text: str) -> str:
    return " ".join(text.replace("~", "").replace("@", "").replace("#", "").split())


def _moved(sentence: Sentence, numeral: Numeral) -> bool:
    """Whether something changed earlier in the sentence, or by a percentage, so that "from" and "to" give its ends."""
    if words().change.search(sentence.masked, sentence.start, numeral.start) is not None:
        return True
    last = next((one for one in reversed(sentence.numerals) if one.end <= numeral.start), None)
    return last is not None and last.percent and _STOP.search(sentence.masked, last.end, numeral.start) is None


def _without_ranges(sentence: Sentence, found: list[NumeralRole]) -> list[NumeralRole]:
    """Return *found* with both ends of "$5 million to $6 million" as guidance."""
    for index in range(1, len(found)):
        one, two = found[index - 1], found[index]
        between = sentence.masked[one.numeral.end : two.numeral.start]
        moved = one.role in (Role.CHANGE, Role.COMPARISON, Role.PERCENTAGE, Role.NOT_MONEY)
        if two.role is not Role.NOT_MONEY and not moved and _TO.fullmatch(between):
            for place in (index - 1, index):
                other = found[place]
                found[place] = NumeralRole(
                    numeral=other.numeral, role=Role.GUIDANCE, why="one end of a range", per_share=other.per_share
                )
    return found


def _of_shares(sentence: Sentence, numeral: Numeral) -> bool:
    """Whether the last subject before a plain number is a count of shares: "shares outstanding were 52.1 million"."""
    last = next((hit for hit in reversed(sentence.subjects) if hit.end <= numeral.start), None)
    large = numeral.scale is not None or "," in numeral.text
    return large and last is not None and unit_of(last) == "shares"


_SHARES = shape(
    r"\s+(?:(?:common|ordinary|treasury|diluted|basic|weighted|average|outstanding|\L<scale>|additional)\s+)*shares\b",
    case=True,
)


def _counts_shares(trail: str) -> bool:
    return _SHARES.match(trail) is not None
