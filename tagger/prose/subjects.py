"""Subjects: whether a phrase that a rule names stands for the whole of it, and how far its figures reach."""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct

from tagger.lexicon.shapes import Found, shape
from tagger.patterns import pattern
from tagger.prose.bare import is_own
from tagger.prose.names import WORDS_OF_NAME
from tagger.prose.sentence import Sentence, Subject, without_asides
from tagger.prose.whose import another_company
from tagger.prose.words import clause_words, listed, words

_TOKEN = pattern(r"[~@#]+|[\w&][\w&'’./-]*|[^\w\s]")
_SHARE_OF = pattern(
    r"(?:(?<!#)#+\s*of|percent(?:age)?\s+of|as\s+a\s+%\s+of|[%]\s*of)(?:\s+(?:the|our|total|net|its|average|consolidated))*\s*$"
)
_POSSESSIVE = pattern(r"(.+?)(?:['’]s?)")
_COMMA = pattern(r",\s*(?:(?:the|our|its|total|net|@+)\s+)*$")
_LIST = pattern(r"(?:,|(?<!\w)and)\s*$")
_CLAUSE = pattern(r"(?<!\w)(?:while|whereas)(?!\w)|;")
_EFFECT = pattern(
    r"\b(?:impact|effect|benefit|charge|adjustment)s?\s+(?:of\s+[^,;#~@]{0,80}?)?(?:to|on)\b"
)  # "an impact to costs of $24"
_OF_FIGURE = pattern(
    r"\s*(?:(?:approximately|about|nearly)\s+)?(?=#+(?!#|\s+(?:of|in)\s))"
)  # "sales of #", not "of # of bonds"
_OPENING = pattern(
    r"(?:^|;)\W{0,9}(?:in|within|at|across|under|during|over|since|for)\s+(?P<where>[^,;:()#~]{2,60}),(?=[^;]*$)"
)
_AS_A_WHOLE = pattern(r"(?<!\w)(?:total|consolidated|company|company['’]s|corporation|group)(?:\s+\w+)?\s*$")
_WHERE = pattern(r"\s+(in|within|at|for|by|across|throughout)\s+")
_OVER = shape(r"(?<!\w)\L<units>[\s-]+(?:over|on)[\s-]+\L<units>(?!\w)", case=True)
_BASIS = pattern(r"[\s-]+basis(?!\w)")
_GAAP = pattern(r"(?<![\w-])gaap(?:\s+\w+)?\s*$")
_WORDS = pattern(r"[\w&'’-]+")
_WORDS_BACK = 12  # how many words before a subject are looked at
_GOING_ON = pattern(r"[^#~@;:().]{0,160}")
_STATED = pattern(r"~+[\s\w@'’]{0,60}#")
_REACH = 160  # characters between a subject and its figure beyond which no sentence is clear


class Standing(StrEnum):
    """What a hit is in its sentence: the subject itself, the base of a percentage, what changed, or only a part."""

    SUBJECT = "subject"
    BASE = "base"
    PART = "part"


class Stand(Struct, frozen=True, gc=False):
    """The standing of a hit, and the reason where it is no subject."""

    standing: Standing
    why: str = ""


def stand(sentence: Sentence, hit: Subject, names: frozenset[str] = frozenset()) -> Stand:
    """Return what *hit* is in *sentence*. *names* are the ways to call the company, in lower case."""
    before = without_asides(sentence, sentence.start, hit.start)
    if is_base(sentence, hit, before):
        return Stand(Standing.BASE, "the base of a percentage")
    if _BASIS.match(sentence.masked, hit.end, sentence.end):
        return Stand(Standing.PART, "the basis on which something else is given")
    say = words()
    other = say.not_gaap.search(before)
    if other and not _GAAP.search(before) and not _over(before, other):
        return Stand(Standing.PART, f'"{other[0]}" stands before it')
    if "," in before and (opened := say.not_gaap_opening.search(before)):
        return Stand(Standing.PART, f'"{opened["words"]}" opens what is said')
    if " before " in before and say.listed_costs.search(before):
        return Stand(Standing.PART, "one of what a result is said to be before")
    summed = say.cumulative.search(before)
    if summed:
        return Stand(Standing.PART, f'"{summed[0]}" stands before it: more than one period')
    told = say.results_lead.search(before) if "results" in before else None
    cause = say.cause.search(before, told.end() if told else 0)
    if cause and before[: cause.start()].strip(" \"“'*•●-") and not _is_closed(before, cause):
        return Stand(Standing.PART, f'"{" ".join(cause[0].split())}" stands before it: a reason, not a total')
    dealt = say.dealt.search(before)
    if dealt and _is_loss(sentence, hit):
        return Stand(Standing.PART, f'"{" ".join(dealt["words"].split())}" stands before it: what a deal brought')
    if whose := another_company(sentence, hit, before, names):
        return Stand(Standing.PART, whose)
    where = _where(before, names)
    if where:
        return Stand(Standing.PART, f'"{where}" stands before it: not the whole company')
    if _LIST.search(before) and say.change_in_any.search(before):
        return Stand(Standing.PART, "listed with what changed")
    if _is_moved(sentence, hit, before, names):
        return Stand(Standing.SUBJECT)
    return _qualified(before[told.end() :] if told else before, names)


def is_base(sentence: Sentence, hit: Subject, before: str | None = None) -> bool:
    """Whether *hit*, after the words *before* it in its sentence, is only what a percentage is of: "# of ~"."""
    before = without_asides(sentence, sentence.start, hit.start) if before is None else before
    return _SHARE_OF.search(before) is not None and _percent_before(sentence, hit)


def _is_moved(sentence: Sentence, hit: Subject, before: str, names: frozenset[str]) -> bool:
    """Whether *hit* is what the company itself moved to its figure: "we increased ~ 8% to #"."""
    if words().moved_trail.match(sentence.masked, hit.end, sentence.end) is None:
        return False
    found = words().moved_lead.search(before)
    return found is not None and is_own(sentence.plain, sentence.start + found.start(), names)


def _is_loss(sentence: Sentence, hit: Subject) -> bool:
    say, place = words(), (hit.start, hit.end)
    return say.loss.search(sentence.plain, *place) is not None and say.profit.search(sentence.plain, *place) is None


def _is_closed(before: str, cause: Found) -> bool:
    """Whether *cause* is a part of what opens the sentence, up to the comma right before the subject.

    "After charges resulting from the flood, earnings were #".
    """
    opened = words().opener.match(before) is not None and "#" not in before
    return opened and before.count(",", cause.end()) == 1 and _COMMA.search(before) is not None


def _where(before: str, names: frozenset[str]) -> str:
    """Return the words that open a clause and narrow what follows to somewhere: "in the gauges segment, ", "at elm bank, "."""
    found = _OPENING.search(before)
    if found is None or _AS_A_WHOLE.search(before, found.end()):
        return ""
    say = words()
    said = [word.rstrip(".") for word in found["where"].split()]
    whole = " ".join(said).removeprefix("the ")
    if any(f"{name} ".startswith(f"{whole} ") for name in names):
        return ""  # "for harbor & pine, " where that is how the company's name begins
    idle = {*say.fillers, *say.idioms, *say.selves, *say.before, *names}
    return (
        "" if all(word in idle or not word[0].isalpha() for word in said) else " ".join(found[0].split()).rstrip(" ,")
    )


def _over(before: str, found: Found) -> bool:
    """Whether an adjective ("core", "adjusted") belongs to an earlier clause than the one *before* ends in."""
    basis = before[found.end() :].lstrip().startswith("basis")
    return not basis and found[0] in words().adjectives and _CLAUSE.search(before, found.end()) is not None


def _percent_before(sentence: Sentence, hit: Subject) -> bool:
    """Whether the last number before *hit* is a percentage, or no number."""
    last = next((n for n in reversed(sentence.numerals) if n.end <= hit.start), None)
    return last is None or last.percent or last.currency is None


def _qualified(before: str, names: frozenset[str]) -> Stand:
    """Walk back over the last words of *before* until one tells whether the subject stands for itself."""
    say = words()
    tokens: list[str] = _TOKEN.findall(before)[-_WORDS_BACK:]
    if tokens and tokens[-1][0] == "~":
        return Stand(Standing.PART, "another subject right before it makes it one of its kind")  # "cash net income"
    while tokens:
        named = _named(tokens, names)
        token = tokens.pop()
        if token in say.before:
            continue
        if token[0] == "@":
            continue  # "Airplanes fourth quarter revenue": what stands before the period counts
        if not token[0].isalnum() and token != "&":
            return Stand(Standing.SUBJECT)
        if token in say.reporting or named or (not tokens and token in ("o", "l", "n")):  # bullets
            return Stand(Standing.SUBJECT)
        if token == "of" and tokens and tokens[-1][0] == "#":
            return Stand(Standing.SUBJECT)
        if token in ("was", "were") and tokens[-1:] == ["there"]:
            return Stand(Standing.SUBJECT)
        if token in say.joints:
            return _after_joint(token, tokens, before)
        return Stand(Standing.PART, f'"{token}" before it may make it a part')
    return Stand(Standing.SUBJECT)


def _named(tokens: list[str], names: frozenset[str]) -> bool:
    """Whether *tokens* end with the company, or with anybody's possessive where the company is not known."""
    own = _POSSESSIVE.fullmatch(tokens[-1])
    if own and not names:
        return True
    last = own[1] if own else tokens[-1].rstrip(".,")
    return any(" ".join([*tokens[-count:-1], last]) in names for count in range(1, WORDS_OF_NAME + 1))


def _after_joint(token: str, tokens: list[str], before: str) -> Stand:
    """Decide by the word before a conjunction or preposition."""
    last = tokens[-1] if tokens else ","
    clear = not last[0].isalnum()
    say = words()
    if token in ("and", "or", "&") and (clear or last in say.reporting or last in ("gaap", "year", "quarter")):
        return Stand(Standing.SUBJECT)
    effect = _EFFECT.search(before)
    if token in ("to", "on") and effect:
        return Stand(Standing.PART, f'"{effect[0]}" before it makes it what is changed')
    if token == "on" and last in say.gained_on:
        return Stand(Standing.PART, f'"{last} on" before it: what it brought, not what it is')
    if token in ("versus", "vs", "against", "than", "on", "over"):
        return Stand(Standing.SUBJECT)
    if token == "to" and (
        last in ("compared", "compares", "compare", "comparison", "relative") or say.change.search(before)
    ):
        return Stand(Standing.SUBJECT)
    if token == "from" and (clear or say.change.search(" ".join(tokens[-3:]))):
        return Stand(Standing.SUBJECT)
    if token == "in" and (clear or last in ("resulted", "resulting") or say.change_in.search(f"{last} in ")):
        return Stand(Standing.SUBJECT)
    if token in ("for", "at", "during") and (clear or last in say.reporting):
        return Stand(Standing.SUBJECT)
    return Stand(Standing.PART, f'"{last} {token}" before it may make it a part')


def qualified_after(sentence: Sentence, place: int) -> str | None:
    """Return the words that, right behind a figure or its subject, make it a part: "related to the merger".

    >>> from tagger.prose.sentence import mask
    >>> text = "of a kind related to the merger"
    >>> qualified_after(mask(text, (0, len(text)), ()), 9)
    'related to'
    """
    say = words()
    if sentence.masked.find("respectively", place, sentence.end) >= 0:  # "# and #, respectively, related to the merger"
        listed = say.run_on.match(sentence.masked, place, sentence.end)
        place = listed.end() if listed else place
    found = (
        say.qualifier_trail.match(sentence.masked, place, sentence.end)
        or say.rate_trail.match(sentence.masked, place, sentence.end)
        or _dealing(sentence, place)
    )
    return " ".join(found["words"].split()) if found else _scope(sentence, place)


def goes_on(sentence: Sentence, place: int) -> str | None:
    """Return the first word that may go on with a subject that ends at *place*, behind its figure: "# in cash and credit lines".

    What has a verb or an amount of its own, behind "and" or a comma, does not.

    >>> from tagger.prose.sentence import mask
    >>> for text in ("cash and undrawn credit", "cash, notes and other paper", "assets under management", "cash held abroad"):
    ...     print(goes_on(mask(text, (0, len(text)), ()), text.index(" ") - text.count(",")))
    undrawn
    notes
    under
    held
    >>> for text in ("cash and expects more", "cash and no debt", "cash, up from June"):
    ...     assert goes_on(mask(text, (0, len(text)), ()), 4) is None
    """
    found = _GOING_ON.match(sentence.masked, place, sentence.end)
    said, stop = (found[0], found.end()) if found else ("", place)
    if stop > place and sentence.masked.startswith("#", stop):
        own = _is_amount(sentence, stop) or "," in said or _adds(said)
        return None if own else _first(said)  # "of revenue and # in bonds"; not "over 90 days"
    if _STATED.match(sentence.masked, stop, sentence.end):
        return None  # "of revenue and income of #"
    if sentence.masked.startswith("~", stop) and _only_adds(said):
        return _first(sentence.plain[stop:])
    lead, *rest = said.split(",")
    odd = _first_odd(lead)
    return _first_odd(rest[0], joined=True) if odd is None and any(map(_adds, rest)) else odd


def _is_amount(sentence: Sentence, place: int) -> bool:
    """Whether an amount of money or a share of a hundred begins at *place*."""
    return any(one.start == place and (one.currency is not None or one.percent) for one in sentence.numerals)


def _adds(text: str) -> bool:
    """Whether a word of *text* adds what follows to what stands before it: "and"."""
    return not set(listed("adding")).isdisjoint(_WORDS.findall(text))


def _only_adds(text: str) -> bool:
    """Whether *text* leads from one thing to the next that is added to it, and says nothing else: ", and our"."""
    return {*listed("adding"), *listed("added_to")}.issuperset(_WORDS.findall(text))


def _first(text: str) -> str | None:
    found = _WORDS.search(text)
    return str(found[0]) if found else None


def _first_odd(text: str, *, joined: bool = False) -> str | None:
    """Return the first word of *text* that is no filler, if no verb stands before it behind "and"; or what makes it a change."""
    say = words()
    tokens: list[str] = _WORDS.findall(text)
    for token in tokens:
        if joined and token in clause_words():
            return None
        if not joined and token in listed("change_nouns"):
            return token
        joined = joined or token in listed("adding")
        if token not in say.fillers and token not in say.before and token not in listed("adding"):
            return token
    return None


def _dealing(sentence: Sentence, place: int) -> Found | None:
    """Return the deal that stands right behind a figure: "on the sale of securities", not "on sales of #", an amount."""
    found = words().dealing_trail.match(sentence.plain, place, sentence.end)
    amount = _OF_FIGURE.match(sentence.masked, found.end(), sentence.end) if found else None
    if amount is None:
        return found
    return None if any(one.currency and one.start == amount.end() for one in sentence.numerals) else found


def _scope(sentence: Sentence, place: int) -> str | None:
    """Return the words right behind that narrow the figure to somewhere: "in our Asian stores"."""
    found = _WHERE.match(sentence.masked, place, sentence.end)
    if found is None:
        return None
    say = words()
    for token in _TOKEN.findall(sentence.masked[found.end() : found.end() + 60]):
        if not token[0].isalnum() or token in say.idioms:
            return None
        if _plain(token) not in say.fillers:
            return f"{found[1]} … {token}"
    return None


def bridge(sentence: Sentence, start: int, end: int, names: frozenset[str] = frozenset()) -> str | None:
    """Return the first word between *start* and *end* that is no mere filler; `None` if the way is clear.

    *names* are words to be let through besides.

    >>> from tagger.prose.sentence import mask
    >>> text = "Net income for the year was higher"
    >>> bridge(mask(text, (0, len(text)), ()), 10, len(text)) is None
    True
    >>> text = "Net sales in Asia were higher"
    >>> bridge(mask(text, (0, len(text)), ()), 9, len(text))
    'asia'
    """
    if end - start > _REACH:
        return "so many words"
    say = words()
    for begin, stop in sentence.asides:
        if start <= begin and stop <= end and (odd := say.not_gaap.search(sentence.plain, begin, stop)):
            return odd[0]
    token: str
    between = without_asides(sentence, start, end)
    if "over" in between or " on " in between:
        between = _OVER.sub(" ", between)  # "year over year"
    if principles := say.by_principles.search(between):
        between = between[: principles.start()] + " " + between[principles.end() :]
    for token in _TOKEN.findall(_without_owner(between, names)):
        if token == ";":
            return ";"
        plain = _plain(token)
        if token[0].isalnum() and plain not in say.fillers and plain not in names and not (plain.isdigit()):
            return token
    return None


def _plain(token: str) -> str:
    """Return *token* without its full stop and "'s"."""
    return token.rstrip(".").removesuffix("'s").removesuffix("’s")


def _without_owner(text: str, names: frozenset[str]) -> str:
    """Return *text* without "attributable to" and the company's own name.

    >>> _without_owner(" attributable to acme tool was ", frozenset({"acme", "acme tool"}))
    '  was '
    """
    found = words().owners.search(text)
    if found is None:
        return text
    said = _WORDS.findall(text[found.end() :])
    own = next((" ".join(said[:count]) for count in range(len(said), 0, -1) if " ".join(said[:count]) in names), "")
    return text[: found.start()] + text[found.end() + len(own) :] if own else text
