"""Subjects of sentences: where the phrases of rules stand in running text.

All phrases are one automaton. It runs over folded words, not characters: every word
that a phrase knows is one character of its alphabet, so a hit begins and ends with a
word, and the length of the rule list does not matter.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from msgspec import Struct

from tagger.matching.expressions import sentence_hits
from tagger.ruleset.rule import Rule
from tagger.ruleset.ruleset import RuleSet
from tagger.ruleset.shelf import places
from tagger.ruleset.signs import Sign, fold_signs
from tagger.ruleset.words import MARKS, scan

if TYPE_CHECKING:
    from ahocorasick_rs import AhoCorasick

_UNKNOWN = "\x00"
_FIRST = 0x100
_SURROGATES = (0xD800, 0xE000)


class SubjectHit(Struct, frozen=True, kw_only=True, gc=False):
    """A phrase of *rule* at ``string[start:end]``; *signs* are the direction words said in it ("net loss")."""

    rule: Rule
    start: int
    end: int
    phrase: str
    signs: tuple[Sign, ...] = ()


class _Phrases(NamedTuple):
    alphabet: dict[str, str]
    automaton: AhoCorasick | None
    phrases: tuple[str, ...]
    wanting: dict[str, list[Rule]]  # the rules of each phrase that was met


def find_subjects(rules: RuleSet, string: str) -> tuple[SubjectHit, ...]:
    """Return the phrases of rules in *string*, left to right; of two that overlap, the longer from the left.

    Several rules with one and the same phrase are all given, the one that wins first:
    by ``over``, then by layer; the order of ids only decides how ties are listed.
    """
    said = [(rules.rule(place), hit) for place, hit in sentence_hits(rules, string)] if rules.regexes else []
    if not said:
        return _of_words(rules, string)
    own = [
        SubjectHit(
            rule=rule,
            start=hit.start,
            end=hit.end,
            phrase=string[hit.start : hit.end].lower(),
            signs=_said(string[hit.start : hit.end]),
        )
        for rule, hit in said
    ]
    words = [
        one
        for one in _of_words(rules, string)
        if not any(other.start < one.end and one.start < other.end and _longer(other, one) for other in own)
    ]
    left = [other for other in own if not any(one.start < other.end and other.start < one.end for one in words)]
    return tuple(sorted((*words, *left), key=lambda hit: (hit.start, -hit.rule.layer, hit.rule.id)))


def _longer(one: SubjectHit, other: SubjectHit) -> bool:
    """Whether an expression takes the place of words: of a higher layer, or as long and longer."""
    return (one.rule.layer, one.end - one.start) > (other.rule.layer, other.end - other.start)


def _of_words(rules: RuleSet, string: str) -> tuple[SubjectHit, ...]:
    """Return the phrases in words that stand in *string*."""
    known = _phrases(rules)
    if known.automaton is None:
        return ()
    words = scan(string)
    signs = fold_signs(words)
    spoken = [place for place, token in enumerate(words.tokens) if token not in MARKS]
    text = "".join([known.alphabet.get(words.tokens[place], _UNKNOWN) for place in spoken])
    hits: list[SubjectHit] = []
    for phrase_index, first, last in known.automaton.find_matches_as_indexes(text, overlapping=False):
        phrase = known.phrases[phrase_index]
        if phrase not in known.wanting:
            known.wanting[phrase] = _wanting(rules, phrase)
        start, end = words.starts[spoken[first]], words.ends[spoken[last - 1]]
        said = _said(string[start:end]) if signs else ()
        hits.extend(
            SubjectHit(rule=rule, start=start, end=end, phrase=phrase, signs=said) for rule in known.wanting[phrase]
        )
    return tuple(hits)


@lru_cache(maxsize=512)
def _said(phrase: str) -> tuple[Sign, ...]:
    return fold_signs(scan(phrase))


def _wanting(rules: RuleSet, phrase: str) -> list[Rule]:
    """Return the rules of *phrase*, the winner first."""
    found = sorted(map(rules.rule, places(rules.phrases[phrase])), key=lambda rule: (-rule.layer, rule.id))
    beaten = {name for rule in found for name in rule.over}
    return [*(rule for rule in found if rule.id not in beaten), *(rule for rule in found if rule.id in beaten)]


def _phrases(rules: RuleSet) -> _Phrases:
    """Return the automaton of *rules*, made on the first call."""
    made: _Phrases | None = rules.memo("phrases")
    return made if made is not None else rules.keep("phrases", _made(rules))


def _made(rules: RuleSet) -> _Phrases:
    if not rules.phrases:
        return _Phrases({}, None, (), {})
    from ahocorasick_rs import AhoCorasick, MatchKind  # a document without prose needs no automaton

    phrases = tuple(sorted(rules.phrases))
    alphabet: dict[str, str] = {}
    for phrase in phrases:
        for word in phrase.split():
            alphabet.setdefault(word, _letter(len(alphabet)))
    spelled = ["".join(map(alphabet.__getitem__, phrase.split())) for phrase in phrases]
    return _Phrases(alphabet, AhoCorasick(spelled, matchkind=MatchKind.LeftmostLongest), phrases, {})


def _letter(number: int) -> str:
    """Return the character that stands for word *number*, past those that are no characters."""
    code = _FIRST + number
    return chr(code if code < _SURROGATES[0] else code + _SURROGATES[1] - _SURROGATES[0])
