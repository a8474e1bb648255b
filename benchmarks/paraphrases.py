"""What of a release's facts changes when it is put otherwise: ``python -m benchmarks.paraphrases [-v] RELEASE …``.

Every release is written again with the words, marks or spacing of one kind put as other filers put them: "Quarter Ended" for
"Three Months Ended", "30-Sep-10", "(000's omitted)", "1,234-", "(Note 3)" behind labels, no dollar signs, page breaks. Of the
facts that the release gave, *kept* are there with the same value, *contradicted* with another, *lost* gone; *added* are new.
Contradicted and added ones are worth reading; what takes a sign of currency away may lose figures whose scale it told.
"""

from __future__ import annotations

import argparse
import calendar
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TypeAlias

from lxml import etree, html

import tagger

Rewrite: TypeAlias = Callable[[str], str]
Values: TypeAlias = dict[tuple[str, ...], set[object]]

_MONTHS = tuple(calendar.month_name)[1:]
_MONTH = "|".join(_MONTHS)
_DATE = rf"\b({_MONTH}) (\d\d?),\s*((?:19|20)\d\d)\b"
_LENGTH = r"\b(three|six|nine|twelve) months ended\b"
_NUMBERS = {"three": "3", "six": "6", "nine": "9", "twelve": "12"}
_LABEL = re.compile(r"\s*[A-Z][A-Za-z,'’ &()/-]{5,70}")
_YEAR = r"^\s*((?:19|20)\d\d)\s*$"
_BRACKETED = r"^\s*(\$?)\s?\(\s?(\$?)\s?([\d.,]+)\s*\)?\s*$"
_UNSEEN = frozenset({"script", "style"})


def _number(month: str) -> int:
    return _MONTHS.index(month.title()) + 1


def _cased(words: str, like: str) -> str:
    return words.upper() if like.isupper() else words


def _sub(pattern: str, replacement: str | Callable[[re.Match[str]], str]) -> Rewrite:
    compiled = re.compile(pattern, re.IGNORECASE | re.MULTILINE)
    return lambda text: compiled.sub(replacement, text)


def _words(pattern: str, words: str) -> Rewrite:
    return _sub(pattern, lambda found: _cased(words, found[0]))


def _behind_labels(added: str) -> Rewrite:
    return lambda text: text.rstrip() + added if _LABEL.fullmatch(text) else text


def _negatives(mark: str) -> Rewrite:
    return lambda text: "" if text.strip() == ")" else re.sub(_BRACKETED, mark, text)


def _paged(text: str) -> str:
    lines = text.split("\n")
    pages = ["\n".join(lines[start : start + 55]) for start in range(0, len(lines), 55)]
    return "\n".join(f"{page}\n\n{'-' + str(number) + '-':>38}\n\f" for number, page in enumerate(pages, start=1))


WORDS: Mapping[str, Rewrite] = {
    "quarter ended": _words(r"\bthree months ended\b", "Quarter Ended"),
    "three-month period ended": _sub(_LENGTH, lambda m: _cased(f"{m[1]}-Month Period Ended", m[0])),
    "3 mos. ended": _sub(_LENGTH, lambda m: _cased(f"{_NUMBERS[m[1].lower()]} Mos. Ended", m[0])),
    "twelve months ended": _words(r"\byears? ended\b", "Twelve Months Ended"),
    "30-sep-10": _sub(_DATE, lambda m: f"{m[2]}-{m[1].title()[:3]}-{m[3][2:]}"),
    "09/30/10": _sub(_DATE, lambda m: f"{_number(m[1]):02}/{int(m[2]):02}/{m[3][2:]}"),
    "2010-09-30": _sub(_DATE, lambda m: f"{m[3]}-{_number(m[1]):02}-{int(m[2]):02}"),
    "sep. 30": _sub(rf"\b({_MONTH}) (\d\d?)\b", lambda m: f"{m[1].title()[:3]}. {m[2]}"),
    "000's omitted": _sub(r"\bin thousands\b", "000's omitted"),
    "in $MM": _sub(r"\bin millions\b", "in $MM"),
    "minus": _negatives(r"\1\2-\3"),
    "minus behind": _negatives(r"\1\2\3-"),
    "no dollar signs": lambda text: "" if text.strip() == "$" else re.sub(r"^\s*\$\s*(?=[\d(.])", "", text),
    "ampersand": _sub(r"\band\b", "&"),
    "note": _behind_labels(" (Note 3)"),
    "note behind a dash": _behind_labels(" - Note 3"),
    "unaudited": _behind_labels(" (unaudited)"),
    "upper case": lambda text: text.upper() if len(text) < 90 else text,
    "marked years": _sub(_YEAR, r"\1 (1)"),
    "pro forma": _sub(_YEAR, r"\1 Pro Forma"),  # nothing may be kept under these columns
    "no years": lambda text: re.sub(r"\b(?:19|20)\d\d\b", "", text) if len(text) < 40 else text,
}
LINES: Mapping[str, Rewrite] = {
    "indented": _sub(r"^(?=.*\S)", "    "),
    "double spaced": lambda text: text.replace("\n", "\n\n"),
    "wide paragraphs": lambda text: re.sub(r"\n{2,}", "\n\n\n\n", text),
    "pages": _paged,
    "narrow columns": _sub(r"(?<=\S) {3,}(?=\S)", "  "),
    "no rules": _sub(r"^[ \t=_-]+$", ""),
    "upper case": str.upper,
    "quarter ended": WORDS["quarter ended"],
}


def _in_nodes(page: bytes, rewrite: Rewrite) -> bytes:
    tree = html.document_fromstring(page)
    for element in tree.iter():
        hidden = not isinstance(element.tag, str) or element.tag in _UNSEEN
        if element.text and element.text.strip() and not hidden:
            element.text = rewrite(element.text)
        if element.tail and element.tail.strip():
            element.tail = rewrite(element.tail)
    return bytes(etree.tostring(tree, encoding="ascii", method="html"))


def _values(source: bytes, name: str) -> Values:
    found: Values = defaultdict(set)
    for fact in tagger.tag(source, name=name).facts:
        found[fact.concept, str(fact.period), str(fact.unit), str(fact.members)].add(fact.value)
    return found


def compare(release: Path) -> dict[str, Counter[str]]:
    """Return for every way of putting *release* otherwise that changes it how many facts are kept, lost, contradicted, added."""
    source, is_page = release.read_bytes(), release.suffix in {".htm", ".html"}
    plain = b"" if is_page else source.replace(b"\r\n", b"\n")

    def written(rewrite: Rewrite) -> bytes:
        return _in_nodes(source, rewrite) if is_page else rewrite(plain.decode("utf-8", "replace")).encode()

    base = written(lambda text: text)
    wanted = {key: values for key, values in _values(base, release.name).items() if key[0].startswith("us-gaap:")}
    outcomes: dict[str, Counter[str]] = {}
    for name, rewrite in (WORDS if is_page else LINES).items():
        changed = written(rewrite)
        if changed == base:
            continue
        given = _values(changed, release.name)
        outcome: Counter[str] = Counter(added=sum(key[0].startswith("us-gaap:") and key not in wanted for key in given))
        for key, values in wanted.items():
            outcome["kept" if values & given.get(key, set()) else "contradicted" if key in given else "lost"] += 1
        outcomes[name] = outcome
    return outcomes


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("releases", nargs="+", type=Path, metavar="RELEASE")
    parser.add_argument("-v", "--verbose", action="store_true", help="print every release")
    asked = parser.parse_args()
    totals: dict[str, Counter[str]] = defaultdict(Counter)
    for release in asked.releases:
        for name, outcome in compare(release).items():
            totals[name] += outcome
            if asked.verbose and outcome.total() > outcome["kept"]:
                print(f"{release.name[:40]:40s} {name:24s} {dict(outcome)}", flush=True)
    for name, outcome in totals.items():
        count = outcome.total() - outcome["added"] or 1
        others = "  ".join(f"{kind} {outcome[kind]:4d}" for kind in ("lost", "contradicted", "added"))
        print(f"{name:24s} of {count:6d} kept {100 * outcome['kept'] / count:5.1f}%  {others}")


if __name__ == "__main__":
    main()
