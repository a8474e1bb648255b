"""Whose: of whom a sentence, or a paragraph, says what it says: the company or another one."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from tagger.characters import lowered
from tagger.data import word_set
from tagger.lexicon.companies import WORD_OF_NAME, company_words
from tagger.patterns import pattern
from tagger.prose.names import WORDS_OF_NAME
from tagger.prose.sentence import NOBODY, Sentence, Subject, Topic
from tagger.prose.words import words

_WHO = pattern(r"(?:^|[^\w\s&'’.-]|\s-|@)\s*((?:[a-z&][\w&'’.-]*\s+){1,6})$")
_CLAUSES = pattern(r"[,;:(]|--|—|(?<!\w)(?:but|that)(?!\w)")
_GOES_ON = pattern(r"\s*(?:of|totaling|totalling|#|\()")
_WITH_ITS = pattern(r"(?<!\w)(?P<whose>(?:its|their)\s+\w+)\s+with\s+(?:(?:an?|the|record|total|net|@+)\s+)*$")
_ITS = pattern(r"(?<!\w)(?:its|their)\s+(?:(?:total|net|own|consolidated)\s+)*$")
_OWNERS = pattern(r"((?:[a-z&][\w&.-]{0,40}\s{1,9}){0,3}[a-z&][\w&.-]{0,40})['’]s\s")
_OWN = pattern(r"\w['’]s?\s+$")
_TAIL = 60  # characters before a subject in which "with" leads to it
_REACH = 160  # characters in which the name stands that opens a sentence
_OPENS = pattern(rf"\W{{0,6}}(?:[A-Z][a-z]+,\s+)?(?P<name>{WORD_OF_NAME}{{1,6}})")
_TARGET = pattern(rf"\s+(?:[a-z]\S*\s+){{0,6}}?(?P<name>{WORD_OF_NAME}{{1,6}})")
_HEADED = pattern(r"\W{0,6}((?:[A-Z][\w&'’-]*\s+){0,4}[A-Z][\w&'’-]*):\s")
_HOLDER = pattern(
    r"(?<![\w~@#'’-])(?:(an?)\s{1,9})?([\w'’-]{1,40})\s{1,9}with\s{1,9}(?:(?:an?|the|record|total|net|our|its|consolidated|@+)\s{1,9}){0,4}$"
)
_NAMED_WORDS = pattern(r"[\w&'’-]+")
_HYPHENED = pattern(r"[\w&'’]+")
_OWNED = pattern(r"\W{0,6}(?:[Tt]he\s+)?((?:[A-Z][\w&-]*\s+){0,4}[A-Z][\w&-]*)(?:['’]s|(?<=s)['’])\s+")


def topic(sentence: str, names: frozenset[str], before: Topic, *, first: tuple[int, int] = (_REACH, _REACH)) -> Topic:
    """Return of which other company the paragraph speaks from *sentence* on, after *before*.

    *first* is where its first subject stands, which is no name: "Net Sales, which".

    >>> ours = frozenset({"acme", "acme tool"})
    >>> topic("Elm Gauge, Inc. operates three plants. ", ours, NOBODY).company
    'Elm Gauge, Inc.'
    >>> topic("Acme Tool, Inc. operates three plants. ", ours, Topic("Elm Gauge")).company
    ''
    >>> topic("Acme acquired Elm Gauge, a maker of valves. ", ours, NOBODY)
    Topic(company='Elm Gauge', mentioned=True, part=False, doubtful=False)
    >>> topic("The valve segment grew. ", ours, NOBODY).company, topic("Each segment grew. ", ours, NOBODY).company
    ('The valve segment', '')
    """
    start, end = first
    if (
        part := _part(sentence, start, names)
        or _part_of(sentence, start, end, names)
        or _part_opening(sentence, start, names)
    ):
        return Topic(part, part=True)
    if not names:
        return NOBODY if before.part and _returns(sentence, names, before) else before
    opening = _OPENS.match(sentence)
    name = opening["name"].strip(" ,") if opening and opening.end() <= start else ""
    if opening and name and _is_someone(name, sentence, opening.end()) and not _is_ours(name, names):
        return Topic(name)
    if target := _target(sentence, names):
        return Topic(target, mentioned=True)
    return NOBODY if before.company and _returns(sentence, names, before) else before


def _returns(text: str, names: frozenset[str], about: Topic) -> bool:
    """Whether the filer, after *about*, is spoken of again in *text*."""
    if not about.part:
        return _speaks_of_us(text, names)
    low = lowered(text)
    return words().whole.search(low) is not None or (bool(names) and _our_names(names).search(low) is not None)


def _part(sentence: str, first: int, names: frozenset[str]) -> str:
    """Return the part of the company that *sentence* opens with: "The valve segment", "Valve Products:", "Valve Products ~"."""
    head = lowered(sentence[:_REACH])
    called = any(word in head for word in words().parts_called)
    if called and (found := words().part_opening.match(sentence)):
        return found["part"] if _is_named(found["part"], 1) else ""
    if ":" in head and (headed := _HEADED.match(sentence)) and headed.end() <= first:
        return headed[1] if _is_named(headed[1], 2) or _is_named(headed[1], 1, own=True) else ""
    opening = _OPENS.match(sentence)
    if opening is None or opening.end() > first:
        return ""
    between = sentence[opening.end() : first]  # "Valve Products fourth-quarter ~", not "Harbor Tool recorded ~"
    if not _is_idle(between) or not words().reporting.isdisjoint(lowered(between).split()):
        return ""
    return opening["name"].strip() if _is_named(opening["name"], 2) and not _is_ours(opening["name"], names) else ""


def _part_of(sentence: str, start: int, end: int, names: frozenset[str]) -> str:
    """Return the part of the company whose the subject from *start* to *end* is, which opens *sentence*: "~ of the valve segment", "~ in Europe was", "Valves' ~"."""
    if start > _REACH:
        return ""
    lead = sentence[:start]
    if owned := _OWNED.match(lead):
        is_one = names and _is_named(owned[1], len(owned[1].split())) and not _is_ours(owned[1], names)
        return owned[1] if is_one and _is_idle(lead[owned.end() :]) else ""
    behind = lowered(sentence[end:])
    called = any(word in behind for word in words().parts_called)
    found = words().part_behind.match(sentence, end) if called else None
    if found is not None and _is_idle(lead):
        return found["part"] if _is_named(found["part"], 1) else ""
    placed = words().place_behind.match(sentence, end) if names else None
    if placed is None or not _is_idle(lead):
        return ""
    name = placed["part"].strip()
    is_one = name.replace(" ", "").isalpha() and _is_named(name, len(name.split()))  # "in Q4" says when
    return name if is_one and not _is_ours(name, names) else ""


def _part_opening(sentence: str, first: int, names: frozenset[str]) -> str:
    """Return the part of the company of which *sentence* begins to tell, its subject at *first*: "Our retail business delivered", "In Canada, we opened"."""
    head = lowered(sentence[:_REACH])
    called = [word for word in words().parts_loosely_called if word in head]
    found = words().loose_part_opening.match(sentence) if called else None
    if found is not None and found.end("part") <= first:
        said = set(_NAMED_WORDS.findall(lowered(found["part"]))).difference(called)
        is_one = said.isdisjoint(words().heading_words) and _is_named(found["part"], 1)
        return found["part"] if is_one and not _is_ours(found["part"], names) else ""
    placed = words().place_opening.match(sentence) if names else None
    if placed is None:
        return ""
    name = placed["part"]
    is_one = name.replace(" ", "").isalpha() and _is_named(name, len(name.split()))
    return name if is_one and not _is_ours(name, names) else ""


def _is_idle(lead: str) -> bool:
    """Whether nothing in *lead*, before a subject, says whose it is: "Third-quarter 2004 "."""
    idle = (words().fillers - words().changes) | words().before
    return all(word in idle or word[-1].isdigit() for word in _HYPHENED.findall(lowered(lead)))


def _is_someone(name: str, sentence: str, place: int) -> bool:
    """Whether *name*, up to *place*, is that of a company or a brand: by its form, or by what is told of it."""
    if _has_form(name) or _is_described(sentence, place):
        return True
    return _is_named(name, 2) and words().brand_opening.match(sentence, place) is not None


def _is_described(sentence: str, place: int) -> bool:
    """Whether what stands at *place* tells of a name what it is: what it makes, where its shares trade, or what it reports."""
    told = (words().describing, words().spoke, _ticker())
    return any(pattern.match(sentence, place) is not None for pattern in told)


@cache
def _ticker() -> re.Pattern[str]:
    return re.compile(rf"\(\s*(?:{company_words('exchanges')})\b")


def _is_named(said: str, least: int, *, own: bool = False) -> bool:
    """Whether *said* is *least* and more words that name something, and holds none of a heading; with *own* one word, which is none."""
    say, spelled = words(), _NAMED_WORDS.findall(lowered(said))
    idle = say.fillers | say.before | say.selves | say.heading_words
    if own and (len(spelled) != 1 or spelled[0] in word_set("prose", "headings_alone")):
        return False
    if least == 1:
        return not say.part_words.union(say.parts_loosely_called, idle).issuperset(spelled)
    return len(spelled) >= least and idle.isdisjoint(spelled) and say.not_gaap.search(lowered(said)) is None


def _is_ours(name: str, names: frozenset[str]) -> bool:
    said = " ".join(_NAMED_WORDS.findall(lowered(name)))
    idle = words().fillers | words().before | words().legal_forms
    return _is_company(said, names) or idle.issuperset(said.split())


def _has_form(name: str) -> bool:
    return not word_set("companies", "marks").isdisjoint(_NAMED_WORDS.findall(lowered(name))[1:])


def _target(sentence: str, names: frozenset[str]) -> str:
    """Return whom the company acquires in *sentence*, where it is described: "acquired Elm Gauge, a maker of"."""
    if not any(map(sentence.__contains__, word_set("prose", "others"))):
        return ""
    for verb in words().others.finditer(lowered(sentence)):
        found = _TARGET.match(sentence, verb.end())
        if found and found["name"].endswith(", ") and words().apposition.match(sentence, found.end()):
            name = found["name"].strip(" ,")
            return "" if _is_ours(name, names) else name
    return ""


def _speaks_of_us(sentence: str, names: frozenset[str]) -> bool:
    low = lowered(sentence)
    return words().ours.search(low) is not None or _our_names(names).search(low) is not None


@lru_cache(maxsize=4)
def _our_names(names: frozenset[str]) -> re.Pattern[str]:
    """Return the pattern of *names* without the words that others are called by too: "first", "bank"."""
    own = names - words().fillers - word_set("prose", "companies")
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, sorted(own))) or '(?!)'})(?!\w)")


def another_company(sentence: Sentence, hit: Subject, before: str, names: frozenset[str]) -> str:
    """Return why *hit*, after the words *before* it, is not the company's; "" if it may be."""
    about = sentence.topic
    before = words().figure_in.sub("", before)  # "with # in total assets" is said of whom "with total assets of #" is
    if about.company and not about.doubtful and (names or about.part) and not _is_said_of_us(sentence, before, names):
        return f'the sentences before it speak of "{about.company}"'
    other = _other_company(before, names) or _listed_with_others(sentence, hit, before, names)
    if other:
        return f'"{other}" stands before it: another company\'s'
    if alone := _alone(sentence, hit, names):
        return alone
    if holder := _holder(before, names):
        return f'"{holder}" has it'
    if not names:
        return ""
    owner = _owner(before)
    if owner and not _is_company(owner, names):
        return f'it is that of "{owner}"'
    if whose := _with_its(before, names):
        return f'it is of whom "{whose}" is said'
    speaker = _speaker(before, names) or _possessor(before, names)
    return f'said of "{speaker}"' if speaker and not _is_company(speaker, names) else ""


def _alone(sentence: Sentence, hit: Subject, names: frozenset[str]) -> str:
    """Return why *hit* is of the parent, or of one part of the company, alone; "" if nothing before it says so."""
    if parent := words().alone.search(sentence.plain, sentence.start, hit.start):
        return f'"{" ".join(parent[0].split())}" stands before it: of the parent alone'
    aside = words().own_part.search(sentence.plain, sentence.start, hit.start)
    if aside is not None and _is_of_us(aside["owner"], names):
        return f'"{aside[0].strip(" ,")}" stands before it: of a part alone'
    return ""


def _is_of_us(owner: str | None, names: frozenset[str]) -> bool:
    """Whether a part, called as the company is, is one of the company: it may be a part of *owner* itself."""
    return owner is None or _is_company(" ".join(_NAMED_WORDS.findall(owner)), names)


def _holder(before: str, names: frozenset[str]) -> str:
    """Return who else has what *before* leads to: "serves hospitals with total "; a quarter, or results, are the company's.

    >>> _holder("it serves hospitals with total ", frozenset()), _holder("it had a strong quarter with total ", frozenset())
    ('hospitals', '')
    """
    found = _HOLDER.search(before) if " with" in before[-_TAIL:] else None
    if found is None:
        return ""
    say, word = words(), found[2]
    if found[1] and word in say.companies:
        return f"{found[1]} {word}"  # "she ran a company with revenue of"
    known = word in say.fillers or word in say.selves or word in say.hosts or word in say.reporting or word in names
    return "" if known or word.endswith("ed") or _ends_in_name([word], names) else word


def _is_said_of_us(sentence: Sentence, before: str, names: frozenset[str]) -> bool:
    """Whether the company stands in the sentence before a subject, or a part of a year that only it reports on."""
    if _returns(before, names, sentence.topic):
        return True
    return sentence.topic.mentioned and any(one.quarter or (one.months or 12) < 12 for one in sentence.periods)


def _owner(before: str) -> str:
    """Return whose the subject is where *before* ends in "its": the owner named last, "elm gauge's revenue was # and its ".

    >>> _owner("elm gauge's ~~~ was # and its "), _owner("this year's ~~~ was # and its "), _owner("elm gauge's ~~~ and ")
    ('elm gauge', '', '')
    """
    if not _ITS.search(before):
        return ""
    found = [owner[1] for owner in _OWNERS.finditer(before) if f"{owner[1].split()[-1]}'s" not in words().before]
    return found[-1] if found else ""


def _with_its(before: str, names: frozenset[str]) -> str:
    """Return "its" and what follows where it is not the company's that *before* speaks of: "elm gauge continued its rise with ".

    >>> _with_its("elm gauge continued its rise with ", frozenset({"acme"})), _with_its("acme continued its rise with ", frozenset({"acme"}))
    ('its rise', '')
    """
    found = _WITH_ITS.search(before)
    if found is None:
        return ""
    said = _NAMED_WORDS.findall(before[: found.start()])
    known = names.intersection(said) or words().selves_alone.intersection(said)
    return "" if known or not said else " ".join(found["whose"].split())


def _speaker(before: str, names: frozenset[str]) -> str:
    """Return who the last verb of reporting in *before* speaks of: the words in front of it, up to a stop."""
    lead = words().noun_lead  # "compared to reported net income": no verb
    spoken = (verb for verb in words().spoke.finditer(before) if not lead.search(before, 0, verb.start()))
    found = [verb for verb in spoken if not _OWN.search(before, 0, verb.start())]  # "the company's reported earnings"
    if not found:
        return ""
    who = _WHO.search(before, 0, found[-1].start())
    said = who[1].split(" that ")[-1].split() if who else []
    return " ".join(said) if _names_someone(said) else _subject(before[: found[-1].start()], names)


def _names_someone(said: list[str]) -> bool:
    """Whether *said* is more than the legal form that a comma parts from a name: "Harbor Tool, Inc. reported"."""
    return not words().legal_forms.issuperset(said)


def _other_company(before: str, names: frozenset[str] = frozenset()) -> str:
    """Return the word that makes what *before* leads to another company's: "acquired Elm Bank, which had".

    >>> _other_company("we acquired elm bank, a lender with total ")
    'acquired'
    >>> _other_company("we acquired elm bank and ended the year with total ")
    ''
    """
    led = words().had_by.search(before)
    return _acquired(before, led.start(), led.end(), names) if led else ""


def _listed_with_others(sentence: Sentence, hit: Subject, before: str, names: frozenset[str]) -> str:
    """Return that word where *hit* goes on a list begun so: "which has total assets of $310 million and net income of"."""
    counted = words().figure_in.search(sentence.masked, sentence.start, hit.start) is not None
    if not counted and not _GOES_ON.match(sentence.masked, hit.end, sentence.end):
        return ""
    for led in words().had_of.finditer(before):
        found = _acquired(before, led.start(), led.end(), names)
        if found:
            return found
    return ""


def _acquired(before: str, start: int, end: int, names: frozenset[str]) -> str:
    """Return the word before *start* that brings in another company, if the filer does not come back after it."""
    say = words()
    found = say.others.search(before, 0, start)
    if found is None or say.own_clause.search(before, found.end(), start) or say.ours.search(before, end):
        return ""
    rest = before[end:].split()
    return "" if names.intersection(rest) else str(found[0])


def _ends_in_name(said: list[str], names: frozenset[str]) -> bool:
    """Whether *said* ends in the company's name, with or without what it is: "parent company of harbor savings bank"."""
    say = words()
    last = len(said)
    while last and said[last - 1] in say.companies | say.legal_forms | say.unnamed:
        last -= 1
    return (
        any(" ".join(said[max(0, last - count) : last]) in names for count in range(1, WORDS_OF_NAME + 1))
        if last
        else False
    )


def _possessor(before: str, names: frozenset[str] = frozenset()) -> str:
    """Return who has what follows: the subject of the "had" that *before* ends in, over an aside in commas.

    >>> _possessor("its arizona branches, sold as of @, held # in ")
    'its arizona branches'
    >>> _possessor("as of @, elm bank had ")
    'elm bank'
    """
    found = list(words().possessors.finditer(before))
    if not found or _CLAUSES.search(before, found[-1].end()):
        return ""
    return _subject(before[: found[-1].start()], names)


def _subject(lead: str, names: frozenset[str]) -> str:
    """Return the words that the verb after *lead* speaks of, over what only comes between in commas.

    >>> _subject("toledo, @--allied gauge corp. ", frozenset({"allied gauge"})), _subject("elm gauge, allied with us, ", frozenset())
    ('allied gauge corp.', 'elm gauge')
    """
    for part in reversed(_CLAUSES.split(lead)):
        said = [word for word in part.split() if word[0].isalnum() or word == "&"]
        while said and said[0] in words().steps_aside:
            del said[0]
        if not _names_someone(said):
            continue
        if not words().appositive.match(said[0]) or _begins_with(said, names):
            return " ".join(said)
    return ""


def _is_with_another(said: list[str]) -> bool:
    """Whether *said*, behind the company's name, joins somebody to it: "and elm gauge", not "and its subsidiaries".

    >>> _is_with_another(["and", "elm", "gauge"]), _is_with_another(["and", "its", "affiliates"]), _is_with_another([])
    (True, False, False)
    """
    say = words()
    joined = said[:1] in (["and"], ["&"])
    return joined and said[1:2] != [] and not {said[1]} & (say.articles | say.companies | say.reporting)


def _is_called_further(said: list[str], known: int) -> bool:
    """Whether *said* goes on from a name of the company, *known* words long, to that of another: "acme credit", not "acme inc." or "acme also".

    >>> [_is_called_further(said.split(), 1) for said in ("acme credit", "acme inc.", "acme also", "company sold", "acme")]
    [True, False, False, False, False]
    """
    say = words()
    rest = [word for word in said[known:] if word not in say.legal_forms]
    if not rest or said[known - 1] in say.companies:
        return False
    idle = say.fillers | say.before | say.selves | say.companies | say.reporting | say.steps_aside | say.verb_adverbs
    idle |= say.parts_loosely_called | say.unnamed  # "acme stores" are all of them
    return rest[0].isalpha() and rest[0] not in idle and not rest[0].endswith(("ly", "ed", "ing"))


def _begins_with(said: list[str], names: frozenset[str]) -> bool:
    return any(" ".join(said[:count]) in names for count in range(1, len(said) + 1))


def _is_company(words_said: str, names: frozenset[str]) -> bool:
    """Whether *words_said* begin as the company's name does, or end in "the company" or "we": "elm bank" is another's name."""
    said = words_said.removeprefix("the ").split()
    known = max((count for count in range(1, len(said) + 1) if " ".join(said[:count]) in names), default=0)
    if known or not said:
        return not _is_with_another(said[known:]) and not (known and _is_called_further(said, known))
    if _ends_in_name(said, names):
        return True
    say = words()
    of = next((place for place in range(len(said) - 1, -1, -1) if said[place] in say.articles), -1)
    named = said[-1] in say.companies and not say.fillers.union(say.unnamed).issuperset(said[of + 1 : -1])
    return said[-1] in say.selves and not named
