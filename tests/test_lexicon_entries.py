"""One entry of data teaches a word or a mark to every source: tables of HTML and text, captions, labels, sentences."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

import pytest

# Each new word is added to the data before anything reads it; the words exist in no language that releases are written in.
TEACH = """
import copy, json, sys
import tagger.data as data
real = data.load_json
def taught(name):
    said = copy.deepcopy(real(name))
    if name == "amounts":
        said["scales"]["zillion"] = 6
        said["negative_after"].append("NEG")
        said["negative_around"]["\\u27e6"] = "\\u27e7"
        said["dashes"] += "\\u2e1a"
        said["signs"]["\\u20b4"] = "UAH"
        said["names"]["ducats"] = "DUC"
        said["codes"].append("DUC")
    if name == "period_words":
        said["lengths"]["tertial"] = 4
        said["units"]["months"] += ["lunation", "lunations"]
        said["ordinals"]["opening"] = 1
        said["relations"]["prior-year"].append("homologous")
    if name == "month_names":
        said["marzo"] = 3
    return said
kept = {}
data.load_json = lambda name: kept.setdefault(name, taught(name))
import tagger
out = []
for source in json.load(sys.stdin):
    report = tagger.tag(source)
    facts = [[f.concept.partition(":")[2], str(f.period), str(f.unit), f"{f.value:f}"] for f in report.facts]
    out.append({"facts": facts, "findings": [str(f.message) for f in report.findings]})
print(json.dumps(out))
"""

LEAD = "SPRINGFIELD, {released} -- Otter Pumps Inc. today announced its results for the {reported}."


def _html(caption: str, over: str, heads: tuple[str, str], rows: tuple[tuple[str, str, str], ...], **lead: str) -> str:
    body = "".join(f"<tr><td>{label}</td><td>{now}</td><td>{then}</td></tr>" for label, now, then in rows)
    over = f"<tr><td></td><td colspan='2'>{over}</td></tr>" if over else ""
    return (
        f"<html><body><p>{LEAD.format(**lead)}</p><p><b>Statements of Operations</b></p><p>{caption}</p>"
        f"<table>{over}<tr><td></td><td>{heads[0]}</td><td>{heads[1]}</td></tr>{body}</table></body></html>"
    )


def _text(caption: str, over: str, heads: tuple[str, str], rows: tuple[tuple[str, str, str], ...], **lead: str) -> str:
    body = "\n".join(f"{label:<32}{now:>16}{then:>18}" for label, now, then in rows)
    over = f"{'':36}{over:^32}\n" if over else ""
    return (
        f"{LEAD.format(**lead)}\n\n{'Statements of Operations':^66}\n{caption:^66}\n\n"
        f"{over}{'':32}{heads[0]:>16}{heads[1]:>18}\n{'':32}{'-' * 12:>16}{'-' * 12:>18}\n{body}\n"
    )


QUARTER = {"released": "April 20, 2023", "reported": "quarter ended March 31, 2023"}
PLAIN = (("Net sales", "1,234", "1,111"), ("Cost of sales", "834", "801"), ("Gross profit", "400", "310"))
NOW, THEN = "2023-01-01/2023-03-31", "2022-01-01/2022-03-31"
OVER, YEARS = "Three Months Ended March 31,", ("2023", "2022")


def _loss(mark: str) -> tuple[tuple[str, str, str], ...]:
    return (
        ("Net sales", "1,234", "1,111"),
        ("Total costs and expenses", "1,634", "1,421"),
        ("Net loss", mark.format(400), mark.format(310)),
    )


def _both(name: str, *arguments: Any, **lead: Any) -> dict[str, str]:
    return {f"{name}-html": _html(*arguments, **lead), f"{name}-text": _text(*arguments, **lead)}


SOURCES = {
    **_both("scale", "(in zillions)", OVER, YEARS, PLAIN, **QUARTER),
    **_both(
        "scale-in-row",
        "(in thousands)",
        OVER,
        YEARS,
        (*PLAIN[:2], ("Gross profit (in zillions)", "0.4", "0.3")),
        **QUARTER,
    ),
    "scale-in-sentence": LEAD.format(**QUARTER) + "\n\nGross profit for the quarter was $400 zillion.\n",
    **_both("after", "(in thousands)", OVER, YEARS, _loss("{} NEG"), **QUARTER),
    **_both("around", "(in thousands)", OVER, YEARS, _loss("\u27e6{}\u27e7"), **QUARTER),
    **_both("dash", "(in thousands)", OVER, YEARS, _loss("\u2e1a{}"), **QUARTER),
    **_both("currency", "(in thousands of ducats)", OVER, YEARS, PLAIN, **QUARTER),
    "currency-in-sentence": LEAD.format(**QUARTER) + "\n\nGross profit for the quarter was \u20b4400 million.\n",
    **_both("unit", "(in thousands)", "Three Lunations Ended March 31,", YEARS, PLAIN, **QUARTER),
    "unit-in-sentence": LEAD.format(**QUARTER)
    + "\n\nGross profit for the three lunations ended March 31, 2023 was $400 million.\n",
    **_both(
        "length",
        "(in thousands)",
        "Tertial Ended April 30,",
        YEARS,
        PLAIN,
        released="May 20, 2023",
        reported="tertial ended April 30, 2023",
    ),
    "length-in-sentence": LEAD.format(released="May 20, 2023", reported="tertial ended April 30, 2023")
    + "\n\nGross profit for the tertial ended April 30, 2023 was $400 million.\n",
    **_both(
        "length-in-caption",
        "For the tertial ended April 30 (in thousands)",
        "",
        YEARS,
        PLAIN,
        released="May 20, 2023",
        reported="tertial ended April 30, 2023",
    ),
    **_both("month", "(in thousands)", "Three Months Ended Marzo 31,", YEARS, PLAIN, **QUARTER),
    **_both("month-in-caption", "For the three months ended Marzo 31 (in thousands)", "", YEARS, PLAIN, **QUARTER),
    "month-in-sentence": LEAD.format(**QUARTER)
    + "\n\nGross profit for the three months ended Marzo 31, 2023 was $400 million.\n",
    **_both("ordinal", "(in thousands)", "Opening Quarter", YEARS, PLAIN, **QUARTER),
    "relation-in-sentence": LEAD.format(**QUARTER)
    + "\n\nGross profit for the quarter was $400 million, compared with $310 million for the homologous quarter.\n",
}
PROFIT, LOSS = "GrossProfit", "NetIncomeLoss"
TERTIAL = "2023-01-01/2023-04-30"
EXPECTED = {
    "scale": (PROFIT, NOW, "iso4217:USD", "400000000"),
    "scale-in-row": (PROFIT, NOW, "iso4217:USD", "400000"),
    "scale-in-sentence": (PROFIT, NOW, "iso4217:USD", "400000000"),
    "after": (LOSS, NOW, "iso4217:USD", "-400000"),
    "around": (LOSS, NOW, "iso4217:USD", "-400000"),
    "dash": (LOSS, NOW, "iso4217:USD", "-400000"),
    "currency": (PROFIT, NOW, "iso4217:DUC", "400000"),
    "currency-in-sentence": (PROFIT, NOW, "iso4217:UAH", "400000000"),
    "unit": (PROFIT, THEN, "iso4217:USD", "310000"),
    "unit-in-sentence": (PROFIT, NOW, "iso4217:USD", "400000000"),
    "length": (PROFIT, TERTIAL, "iso4217:USD", "400000"),
    "length-in-caption": (PROFIT, TERTIAL, "iso4217:USD", "400000"),
    "length-in-sentence": (PROFIT, TERTIAL, "iso4217:USD", "400000000"),
    "month": (PROFIT, THEN, "iso4217:USD", "310000"),
    "month-in-caption": (PROFIT, THEN, "iso4217:USD", "310000"),
    "month-in-sentence": (PROFIT, NOW, "iso4217:USD", "400000000"),
    "ordinal": (PROFIT, NOW, "iso4217:USD", "400000"),
    "relation-in-sentence": (PROFIT, THEN, "iso4217:USD", "310000000"),
}


@pytest.fixture(scope="module")
def reports() -> dict[str, Any]:
    """Return what is read of every source where the new words are known."""
    command = [sys.executable, "-c", TEACH]
    done = subprocess.run(
        command, input=json.dumps(list(SOURCES.values())), capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return dict(zip(SOURCES, json.loads(done.stdout), strict=True))


@pytest.mark.parametrize("name", SOURCES)
def test_one_entry_is_read_in_every_source(reports: dict[str, Any], name: str) -> None:
    said = reports[name]
    assert list(EXPECTED[name.removesuffix("-html").removesuffix("-text")]) in said["facts"], said
