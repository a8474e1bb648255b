"""Labels as rules compare them: a whole label, and its shorter forms, from complete to reduced."""

from __future__ import annotations

import re
from enum import IntEnum
from functools import cache, lru_cache
from typing import NamedTuple

from msgspec import Struct

from tagger.patterns import pattern
from tagger.ruleset.signs import fold_signs
from tagger.ruleset.words import MARKS, scan_label, table

_NOISE = pattern(
    r"""
      (?<![\d(]) [(\[] (?: \d{1,2} | [a-z] | [ivx]{1,4} | [*†‡§\#]+ ) (?: \s*,\s* (?: \d{1,2} | [a-z] ) )* [)\]]  # footnote marks, not 401(k)
    | [(\[] \s* (?: see \s+ )? (?: accompanying \s+ )? (?: footnotes? | notes? | schedules? ) \b [^)\]]* [)\]]      # (Note 3), (see Notes 6 and 14)
    | (?: [-–—,;:] \s* (?: see \s+ )? | \s see \s+ ) (?: foot )? notes? \s+ (?: nos? \b \.? \s* )? \d{1,2} [a-z]?
      (?: \s* (?: , | and | & | - ) \s* \d{1,2} [a-z]? )* \s* $                                                    # - Note 3, see Notes 6 and 14
    | [(\[] \s* (?: un )? audited \s* [)\]]
    | [(\[] \s* continued \s* [)\]]
    | \.{2,} | (?: \s \. ){2,} | …                                                                                 # dot leaders
    """,
    re.VERBOSE | re.IGNORECASE,
)
_ASIDE = pattern(r"\( ([^()]*?)(?: \)[^\w()]*)?$")  # at the end: "( of subsidiary )", also without the last parenthesis
_INITIALS = pattern(r"[^\W\d_]+")
_SIGNS_IN_INITIALS = str.maketrans("", "", "&.'’")
_LONGEST_SHORT = 6  # letters of an abbreviation
_LONGEST = 100  # words of a label that is cut shorter: no rule has as many
_NOISY = pattern(r"[(\[…]|\.\.|\s\.\s|[Nn](?:ote|OTE)[sS]?\s")


class Form(IntEnum):
    """How much of the printed label a form holds; more is better."""

    CONTINUED = 1
    JOINED_OUTER = 2
    JOINED = 3
    CUT = 4
    PLAIN = 8
    WHOLE = 9


class NormalLabel(Struct, frozen=True):
    """A label after folding: *tokens* are its words, *marked* the same with the punctuation kept."""

    tokens: tuple[str, ...]
    marked: tuple[str, ...]


class LabelForm(NamedTuple):
    """One form of a label; *words* are *tokens* joined by blanks.

    *split* is where the row's own words begin, behind those of its headings.
    """

    form: Form
    rank: int
    tokens: tuple[str, ...]
    words: str
    split: int = 0


def without_marks(label: str) -> str:
    """Return *label* without what is said about it: marks of notes, "(unaudited)", leaders.

    >>> [without_marks(label) for label in ("Goodwill - Note 3", "Leases, see Notes 6 and 14", "Senior notes, 8", "Cash (1) ...")]
    ['Goodwill', 'Leases', 'Senior notes, 8', 'Cash']
    """
    return _NOISE.sub(" ", label).rstrip() if _NOISY.search(label) else label


@lru_cache(maxsize=4096)
def normalise(label: str) -> NormalLabel:
    """Fold *label* to the words that rules compare.

    >>> " ".join(normalise("Net (loss) earnings per share – diluted (1)").tokens)
    'net income per share diluted'
    """
    words = scan_label(without_marks(label))
    fold_signs(words)
    marked = _trimmed(words.tokens)
    if len(marked) > 1 and marked[0] in table()["leading"]:
        marked = _trimmed(marked[1:])
    return NormalLabel(ordered(tuple(token for token in marked if token not in MARKS)), tuple(marked))


def _trimmed(tokens: list[str]) -> list[str]:
    """Return *tokens* without the marks at their ends (a closing parenthesis stays)."""
    start, end = 0, len(tokens)
    while start < end and tokens[start] in "/;:,–+)":
        start += 1
    while start < end and tokens[end - 1] in "/;:,–+($":
        end -= 1
    return tokens[start:end]


def ordered(tokens: tuple[str, ...]) -> tuple[str, ...]:
    """Move "basic" and "diluted" to the end of a label about shares, where most companies say them.

    >>> ordered(("diluted", "income", "per", "share"))
    ('income', 'per', 'share', 'diluted')
    """
    has = ("basic" in tokens) + 2 * ("diluted" in tokens)
    if not has or len(tokens) == 1 or ("share" not in tokens and "eps" not in tokens):
        return tokens
    rest: list[str] = []
    for index, token in enumerate(tokens):
        joins = token == "and" and {tokens[index - 1], *tokens[index + 1 : index + 2]} == {"basic", "diluted"}
        if token not in ("basic", "diluted") and not joins:
            rest.append(token)
    return (*rest, *("", ("basic",), ("diluted",), ("basic", "and", "diluted"))[has])


def _form(form: Form, rank: int, tokens: tuple[str, ...], split: int = 0) -> LabelForm:
    return LabelForm(form, rank, tokens, " ".join(tokens), split)


@lru_cache(maxsize=4096)
def forms(label: str) -> tuple[LabelForm, ...]:
    """Return the forms of *label* by itself, the most complete first.

    >>> for form in forms("Treasury stock, at cost; 417,350 shares (Class A)"):
    ...     print(form.form.name, form.words)
    WHOLE treasury stock at cost 417,350 share class a
    PLAIN treasury stock at cost 417,350 share
    CUT treasury stock at cost
    CUT treasury stock
    """
    normal = normalise(label)
    if not normal.tokens:
        return ()
    found = [_form(Form.WHOLE, 90, normal.tokens)]
    seen = {normal.tokens}
    bare = _bare(normal.marked)
    tokens = ordered(tuple(token for token in bare if token not in MARKS))
    if tokens and tokens not in seen:
        seen.add(tokens)
        found.append(_form(Form.PLAIN, 80, tokens))
    rank = 79
    for cut in _cuts(bare):
        tokens = ordered(tuple(token for token in bare[:cut] if token not in MARKS))
        if tokens and tokens not in seen:
            seen.add(tokens)
            found.append(_form(Form.CUT, max(rank, 41), tokens))
            rank -= 1
    tokens = _of_company(normal.tokens)
    if tokens and tokens not in seen:
        found.append(_form(Form.CUT, 41, tokens))
    return tuple(found)


def _of_company(tokens: tuple[str, ...]) -> tuple[str, ...]:
    """Return *tokens* without the word "consolidated" that they begin with; none for a result, of which it says whose it is.

    >>> _of_company(("consolidated", "operating", "revenue")), _of_company(("consolidated", "net", "income"))
    (('operating', 'revenue'), ())
    """
    first = next((index for index in (0, 1) if tokens[index : index + 1] == ("consolidated",)), None)
    if first is None or (first and tokens[0] != "total") or not {"income", "loss", "earnings"}.isdisjoint(tokens):
        return ()
    return tokens[:first] + tokens[first + 1 :]


def _bare(marked: tuple[str, ...]) -> tuple[str, ...]:
    """Return *marked* without what stands in parentheses; whether that `narrows` it is for who names rows to ask."""
    if "(" not in marked:
        return marked
    kept: list[str] = []
    depth = 0
    for token in marked:
        depth += token == "("
        if not depth:
            kept.append(token)
        depth -= token == ")" and depth > 0
    return tuple(kept)


def narrows(label: str) -> bool:
    """Whether parentheses at the end of *label* make of what stands before them another measure, or a part.

    They do where they hold a word that is none of those said of any amount, does not stand before them as well, and is no
    abbreviation of what does.

    >>> narrows("Net income (statutory)"), narrows("Depreciation (rail)"), narrows("Net income (of subsidiaries)")
    (True, True, True)
    >>> narrows("Net income (loss)"), narrows("Research and development (R&D)"), narrows("Receivables (rail and other)")
    (False, False, False)
    """
    return "(" in label and _narrows(label)


@lru_cache(maxsize=2048)
def _narrows(label: str) -> bool:
    words = " ".join(normalise(label).marked)
    found = _ASIDE.search(words)
    if found is None or not (said := found[1].split()) or found.start() == 0:
        return False
    if said[-2:] == ["and", "other"]:
        return False  # takes in the rest
    if said[0] in _asides()["first"] or found[1] in _asides()["whole"] or any(token[0].isdigit() for token in said):
        return False
    before = words[: found.start()].split()
    rest = [token for token in said if len(token) > 1 and token not in before]
    return not _asides()["words"].issuperset(rest) and not _is_short(label)


def _is_short(label: str) -> bool:
    """Whether *label* ends in parentheses with the letters that words before them begin with: "SG&A", "HTM", "ALLL"."""
    before, _, aside = label.lower().rpartition("(")
    (letters, *more) = _INITIALS.findall(aside.translate(_SIGNS_IN_INITIALS)) or [""]
    initials = {word[0] for word in _INITIALS.findall(before)}
    return not more and 1 < len(letters) <= _LONGEST_SHORT and initials.issuperset(letters.removesuffix("s"))


@cache
def _asides() -> dict[str, frozenset[str]]:
    told = {key: [normalise(phrase).tokens for phrase in phrases] for key, phrases in table()["asides"].items()}
    whole = frozenset(" ".join(tokens) for tokens in told.pop("whole"))
    return {key: frozenset(token for tokens in told[key] for token in tokens) for key in told} | {"whole": whole}


class _Qualifiers(NamedTuple):
    after_mark: frozenset[str]
    anywhere: frozenset[tuple[str, ...]]
    at_end: frozenset[tuple[str, ...]]
    changing: frozenset[tuple[str, ...]]
    longest: int
    first: frozenset[str]


@cache
def _qualifiers() -> _Qualifiers:
    content = table()["qualifiers"]
    anywhere = frozenset(tuple(phrase.split()) for phrase in content["anywhere"])
    at_end = frozenset(tuple(phrase.split()) for phrase in content["at_end"])
    changing = frozenset(tuple(phrase.split()) for phrase in content["changing"])
    first = frozenset(content["after_mark"]) | {phrase[0] for phrase in anywhere | at_end} | {";", "$"}
    return _Qualifiers(frozenset(content["after_mark"]), anywhere, at_end, changing, max(map(len, at_end)), first)


def _cuts(tokens: tuple[str, ...]) -> list[int]:
    """Return where a clause begins that only qualifies the label, the last first."""
    known = _qualifiers()
    return [index for index in range(min(len(tokens) - 1, _LONGEST), 0, -1) if _qualifies(tokens, index, known)]


def _goes_on(tokens: tuple[str, ...], index: int) -> bool:
    """Whether "net" is followed by more of what is counted: "Intangible assets, net and other assets".

    So it is behind the comma that ends what is taken off: "Acquisitions, net of cash acquired, and purchases of licences".
    """
    if tokens[index] != "net":
        return False
    if tokens[index + 1 : index + 2] in (("and",), ("or",)):
        return True
    ends = (place for place in range(index + 1, len(tokens) - 2) if tokens[place : place + 2] == (",", "and"))
    return any(_counts_more(tokens[end + 2 :]) for end in ends)


def _counts_more(tokens: tuple[str, ...]) -> bool:
    """Whether *tokens* are things, and no further amounts or clauses: ", and net of tax", ", and $6"."""
    return tokens[0] not in _qualifiers().after_mark and not any(token[0].isdigit() or token == "$" for token in tokens)


def _qualifies(tokens: tuple[str, ...], index: int, known: _Qualifiers) -> bool:
    token, marked = tokens[index], tokens[index - 1] in ",;–"
    if token not in known.first:
        return marked and token[0].isdigit()
    if _goes_on(tokens, index):
        return False
    if token == "net" and tokens[index:] in known.changing:
        return False  # "Total debt, net of cash" is another amount
    return (
        token in ";$"
        or (marked and token in known.after_mark)
        or (token,) in known.anywhere
        or tokens[index : index + 2] in known.anywhere
        or (len(tokens) - index <= known.longest and tokens[index:] in known.at_end)
    )


@lru_cache(maxsize=1024)
def joined_forms(label: str, headings: tuple[str, ...]) -> tuple[LabelForm, ...]:
    """Return *label* joined to the headings it stands under, the innermost first.

    >>> [form.words for form in joined_forms("Basic", ("Net income per share:",))]
    ['net income per share basic']
    """
    found: list[LabelForm] = []
    own = forms(label) if label else ()
    own = own if len(own) < 3 else (own[0], own[-1])
    short = bool(own) and len(own[0].tokens) < 4
    inner: tuple[str, ...] = ()
    for depth, heading in enumerate(reversed(headings[-3:])):
        above = normalise(heading).tokens
        if not above:
            continue
        form = Form.JOINED_OUTER if depth else Form.JOINED
        if not own or own[0].tokens in (("total",), ("total", "net")):
            found.append(_form(form, 39 - 5 * depth, ("total", *above), 0))
        for step, own_form in enumerate(own):
            found.append(_form(form, 38 - 5 * depth - step, ordered(above + own_form.tokens), len(above)))
            if inner and short:
                found.append(_form(form, 37 - 5 * depth - step, ordered(above + inner + own_form.tokens), len(above)))
        inner = above + inner
    return tuple(found)


def continued_form(label: str, above: tuple[str, ...]) -> LabelForm | None:
    """Return the form of "- Diluted" under "Net income per share - Basic": the row above with the other word."""
    tokens = normalise(label).tokens
    if tokens not in (("diluted",), ("basic",)) or not above:
        return None
    other = "basic" if tokens == ("diluted",) else "diluted"
    before = normalise(above[0]).tokens
    if other not in before or len(before) < 2 or tokens[0] in before:
        return None
    replaced = tuple(tokens[0] if token == other else token for token in before)
    return _form(Form.CONTINUED, 10, ordered(replaced), len(replaced) - 1)
