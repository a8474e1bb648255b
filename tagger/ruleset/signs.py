"""Sign alternatives: "net income (loss)", "(loss) income", "used in (provided by)" read as one thing.

Companies print one and the same row with whichever words fit their figures. Here
every variant is folded to one reading, and the words that were said are kept, since
the sign of a printed figure hangs on them: in "(Increase) decrease in inventories" a
positive figure is a decrease.
"""

from __future__ import annotations

from functools import cache
from typing import NamedTuple, TypeAlias

from tagger.ruleset.words import MARKS, Words, join_phrases, replace, singular, table

Phrase: TypeAlias = tuple[str, ...]


class Sign(NamedTuple):
    """A word of the label that says which way its figures count, and whether it stood in parentheses."""

    word: str
    bracketed: bool = False


class _Tables(NamedTuple):
    pairs: dict[tuple[Phrase, Phrase], Phrase]  # (said plainly, said in parentheses) -> reading
    parts: frozenset[Phrase]
    triggers: frozenset[str]
    longest: int


@cache
def _tables() -> _Tables:
    """Return the pairs of opposites, both ways round."""
    pairs: dict[tuple[Phrase, Phrase], Phrase] = {}
    for entry in table()["opposites"]:
        for plus in entry["plus"]:
            for minus in entry["minus"]:
                reading = {"plus": plus, "both": f"{plus} {minus}"}.get(entry["reads"], entry["reads"])
                one, other = _phrase(plus), _phrase(minus)
                pairs.setdefault((one, other), _phrase(reading))
                pairs.setdefault((other, one), _phrase(reading))
    parts = frozenset(part for pair in pairs for part in pair)
    return _Tables(pairs, parts, frozenset(_FOLDERS) | {"(", "/"}, max(map(len, parts)))


def _phrase(written: str) -> Phrase:
    return tuple(map(singular, written.split()))


def fold_signs(words: Words) -> tuple[Sign, ...]:
    """Fold the sign alternatives of *words* in place and return the words that were said, in order.

    >>> from tagger.ruleset.words import scan
    >>> words = scan("Net cash (used in)/provided by operating activities")
    >>> fold_signs(words), " ".join(words.tokens)
    ((Sign(word='used', bracketed=True), Sign(word='provided', bracketed=False)), 'net cash provided by operating activity')
    """
    if _tables().triggers.isdisjoint(words.tokens):
        return ()
    said: list[tuple[int, Sign]] = []
    index = 0
    while index < len(words.tokens):
        token = words.tokens[index]
        if token == "(":
            index = _bracket(words, index, said)
        elif token == "/":
            index = _slash(words, index, said)
        index += 1
    _plain_words(words, said)
    if said:
        join_phrases(words)  # "provision (benefit) for taxes" is one only now
    said.sort(key=lambda entry: entry[0])
    return tuple(sign for _, sign in said)  # by place: a stable sort keeps two words of one place as they were said


def _key(phrase: Phrase) -> str:
    """Return the word of *phrase* that names its direction: "used" of "used in"."""
    word = next((word for word in phrase if word not in ("net", "retained", "accumulated", "shareholder")), phrase[0])
    return "loss" if word == "losses" else word


def _bracket(words: Words, opening: int, said: list[tuple[int, Sign]]) -> int:
    """Fold the parenthesis at *opening* with the words beside it, if they are opposites; return where to go on."""
    tokens, longest = words.tokens, _tables().longest
    closing = opening + 1
    while closing < len(tokens) and tokens[closing] != ")":
        closing += 1
        if closing - opening > longest + 2:
            return opening
    inside = tuple(token for token in tokens[opening + 1 : closing] if token not in ("or", "/", "and"))
    if closing == len(tokens):
        return opening
    if inside not in _tables().parts:
        return opening
    before = opening - 1 if opening and tokens[opening - 1] == "/" else opening
    after = closing + 2 if closing + 1 < len(tokens) and tokens[closing + 1] == "/" else closing + 1
    for start, end, plain in (*_ending(tokens, before), *_starting(tokens, after)):
        reading = _tables().pairs.get((plain, inside))
        if reading is None:
            continue
        begin, stop = min(start, opening), max(end, closing + 1)
        order = ((plain, False), (inside, True)) if start < opening else ((inside, True), (plain, False))
        place = words.starts[begin]
        said.extend((place + step, Sign(_key(phrase), bracketed)) for step, (phrase, bracketed) in enumerate(order))
        stop = _tail(tokens, stop, reading)
        replace(words, begin, stop, reading)
        return begin + len(reading) - 1
    return opening


def _tail(tokens: list[str], stop: int, reading: Phrase) -> int:
    """Take in the preposition after "provided (used)" when the reading has one of its own."""
    if reading == ("provided", "by") and stop < len(tokens) and tokens[stop] in ("by", "in", "for", "from"):
        return stop + 1
    return stop


def _ending(tokens: list[str], end: int) -> list[tuple[int, int, Phrase]]:
    """Return the known phrases that end right before *end*, longest first."""
    parts = _tables().parts
    spans = ((start, end, tuple(tokens[start:end])) for start in range(max(0, end - _tables().longest), end))
    return [span for span in spans if span[2] in parts]


def _starting(tokens: list[str], start: int) -> list[tuple[int, int, Phrase]]:
    """Return the known phrases that start at *start*, longest first."""
    parts, last = _tables().parts, min(len(tokens), start + _tables().longest)
    spans = ((start, end, tuple(tokens[start:end])) for end in range(last, start, -1))
    return [span for span in spans if span[2] in parts]


def _slash(words: Words, index: int, said: list[tuple[int, Sign]]) -> int:
    """Fold "income/loss", written without parentheses."""
    tokens = words.tokens
    for start, _, left in _ending(tokens, index):
        for _, end, right in _starting(tokens, index + 1):
            reading = _tables().pairs.get((left, right))
            if reading is not None:
                place = words.starts[start]
                said.append((place, Sign(_key(left))))
                said.append((place + 1, Sign(_key(right), True)))
                replace(words, start, _tail(tokens, end, reading), reading)
                return start + len(reading) - 1
    return index


def _plain_words(words: Words, said: list[tuple[int, Sign]]) -> None:
    """Fold the words that say a direction alone: "net loss", "cash used in", "decrease in"."""
    tokens = words.tokens
    known = {place for place, _ in said}
    index = 0
    while index < len(tokens):
        token = tokens[index]
        if token in _FOLDERS:
            word = _FOLDERS[token](words, index)
            place = words.starts[index + 1 if token == "cash" and word else index]
            if word and place not in known:
                said.append((place, Sign(word)))
        index += 1


def _after(tokens: list[str], index: int) -> str:
    return tokens[index + 1] if index + 1 < len(tokens) else ""


def _before(tokens: list[str], index: int) -> str:
    return tokens[index - 1] if index else ""


def _loss(words: Words, index: int) -> str:
    """Read "loss" as the negative of income or of a gain, where it is one; a loan loss is neither."""
    tokens, rule = words.tokens, table()["result_loss"]
    following, previous = _after(tokens, index), _before(tokens, index)
    second = tokens[index + 2] if index + 2 < len(tokens) else ""
    if previous == "gross":
        tokens[index] = "profit"
    elif (
        following in rule["gain_next"]
        or previous in rule["gain_after"]
        or (following in ("from", "of") and second in rule["gain_next_from"])
    ):
        tokens[index] = "gain"
    elif "equity" in tokens[max(0, index - 4) : index] and previous in rule["equity_in"]:
        tokens[index] = "income"
    elif tokens[index] == "losses" or (previous in rule["not_after"] and not _is_result(following, second)):
        tokens[index] = "loss"
        return ""
    else:
        tokens[index] = "income"
    return "loss"


def _is_result(following: str, second: str) -> bool:
    """Whether "loss" is the result whatever stands before it: "and a loss from continuing operations"."""
    return following == "from" and second in table()["result_loss"]["result_next_from"]


def _gross(words: Words, index: int) -> str:
    """Read gross income and gross margin as gross profit."""
    tokens = words.tokens
    if _after(tokens, index) in ("income", "margin"):
        tokens[index + 1] = "profit"
    return ""


def _cash(words: Words, index: int) -> str:
    """Read "cash used in", "cash flows from", "cash generated by" as cash provided by."""
    tokens, verbs = words.tokens, table()["cash_verbs"]
    start = index + 1
    while start < len(tokens) and tokens[start] in verbs["filler"]:
        start += 1
    for word in ("provided", "used"):
        for phrase in verbs[word]:
            parts = phrase.split()
            if tokens[start : start + len(parts)] == parts:
                at = words.starts[start]
                said = word if len(parts) > 1 or word == "used" else ""
                replace(words, index + 1, start + len(parts), ("provided", "by"))
                words.starts[index + 1] = at
                return said
    return ""


def _change(words: Words, index: int) -> str:
    """Read "decrease in" and "increase in" as a change in something."""
    tokens = words.tokens
    if _after(tokens, index) not in ("in", "–", ":", ""):
        return ""
    word: str = table()["changes"][tokens[index]]
    tokens[index] = "change"
    return word if word != "change" else ""


def _deficit(words: Words, index: int) -> str:
    """Read an accumulated deficit as retained earnings, a shareholders' deficit as equity."""
    tokens = words.tokens
    if tokens[index] == "deficit" and _before(tokens, index) == "accumulated":
        replace(words, index - 1, index + 1, ("retained", "income"))
        return "deficit"
    if _before(tokens, index) in ("shareholder", "member", "partner"):
        tokens[index] = "equity"
        return "deficit"
    return ""


def _benefit(words: Words, index: int) -> str:
    """Read an income tax benefit as the expense it is the negative of, where the row is about the tax itself."""
    tokens, stops = words.tokens, table()["benefit_not_before"]
    following = _after(tokens, index)
    lead = tokens[:index]
    if lead[-2:] == ["income", "tax"] and following not in stops:
        before = lead[-3] if len(lead) > 2 else ""
        if before in ("", "total", "net", "deferred", "current", "and", *MARKS):
            tokens[index] = "expense"
            return "benefit"
    if following in ("for", "from") and tokens[index + 2 : index + 4] == ["income", "tax"]:
        replace(words, index, index + 2, ("provision", "for"))
        return "benefit"
    return ""


_FOLDERS = {
    "loss": _loss,
    "losses": _loss,
    "gross": _gross,
    "cash": _cash,
    "increase": _change,
    "decrease": _change,
    "change": _change,
    "reduction": _change,
    "deficit": _deficit,
    "deficiency": _deficit,
    "benefit": _benefit,
}
