"""Rules are read as written, refused with their place when they cannot be used, and laid over each other."""

from __future__ import annotations

import json
import re
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tagger.check import check_rules
from tagger.folders import cache_folder
from tagger.ruleset import RuleError, RuleSet, forms, load_rules, normalise
from tagger.ruleset.grammar import GrammarError, expand, parse_label, parse_phrase
from tagger.ruleset.schema import rule_schema
from tagger.ruleset.signs import fold_signs
from tagger.ruleset.words import scan_label
from tagger.ruleset.written import KEYS, STATEMENTS, UNITS

ROOT = Path(__file__).resolve().parents[1]

GOOD = """\
- id: assets-cash
  concept: us-gaap:CashAndCashEquivalentsAtCarryingValue
  statement: balance-sheet
  rows:
    - cash [and cash equivalents]
    - "[total] cash on hand and in banks"
  section: current assets
  unless: restricted
  phrases: cash and cash equivalents
  matches:
    - "balance-sheet: Current assets > Cash and cash equivalents"
  skips:
    - "balance-sheet: Current assets > Restricted cash"

- id: revenue-total
  concept: us-gaap:Revenues
  unit: money
  rows: [net sales, revenues]
  over: [assets-cash]
  members: {us-gaap:StatementClassOfStockAxis: us-gaap:CommonClassAMember}
  matches: "operations: Revenues"
  skips: "operations: Cost of revenues"
"""


@pytest.fixture(autouse=True)
def _own_cache(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TAGGER_CACHE", str(tmp_path_factory.mktemp("cache")))


def pack(folder: Path, text: str = GOOD, **others: str) -> Path:
    """Write a pack of rules: *text* as rules.yaml, the others by their names."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "rules.yaml").write_text(text, "utf-8")
    for name, content in others.items():
        (folder / f"{name}.yaml").write_text(content, "utf-8")
    return folder


def load(*folders: Path) -> RuleSet:
    return load_rules(*folders, base=False)


def errors(*folders: Path) -> list[str]:
    """Return the messages of everything that is wrong, with the folder taken off."""
    with pytest.raises(ExceptionGroup) as caught:
        load(*folders)
    assert all(isinstance(error, RuleError) for error in caught.value.exceptions)
    return [str(error).replace(f"{folders[0]}/", "") for error in caught.value.exceptions]


def test_a_rule_comes_out_as_it_was_written(tmp_path: Path) -> None:
    rule = load(pack(tmp_path)).get("assets-cash")
    assert rule is not None
    assert rule.concept == "us-gaap:CashAndCashEquivalentsAtCarryingValue"
    assert rule.statements == ("balance-sheet",)
    assert rule.rows == ("cash [and cash equivalents]", "[total] cash on hand and in banks")
    assert rule.own_unit == "money"
    assert rule.location.line == 1
    assert rule.location.column == 7
    assert [example.location.line for example in rule.skips] == [13]


WRONG = {
    "unknown-key": ("  unless:", "  unles:", "rules.yaml:8:3: unknown key 'unles'; did you mean 'unless'?"),
    "doubled-key": ("  unless: restricted", "  section: assets", "rules.yaml:8:3: key 'section' is here twice, first on line 7"),
    "no-concept": ("  concept: us-gaap:Revenues\n", "", "rules.yaml:15:7: rule 'revenue-total' has no 'concept'"),
    "no-matches": ('  matches: "operations: Revenues"\n', "", "rules.yaml:15:7: rule 'revenue-total' has no 'matches'"),
    "no-words": ("  rows: [net sales, revenues]\n", "", "rules.yaml:15:7: rule 'revenue-total' has no words to look for: give 'rows', 'phrases' or 'notes'"),
    "unknown-concept": ("us-gaap:Revenues\n", "us-gaap:Revenuess\n", "rules.yaml:16:12: no concept us-gaap:Revenuess in the taxonomy; did you mean 'us-gaap:Revenues'?"),
    "abstract-concept": ("us-gaap:Revenues\n", "us-gaap:AssetsAbstract\n", "rules.yaml:16:12: us-gaap:AssetsAbstract"),
    "unit-against-type": ("  unit: money", "  unit: shares", "rules.yaml:17:9: unit 'shares' contradicts the taxonomy: us-gaap:Revenues is counted in money"),
    "also-unknown": ("  unit: money", "  also: us-gaap:Revenuess", "rules.yaml:17:9: no concept us-gaap:Revenuess in the taxonomy; did you mean 'us-gaap:Revenues'?"),
    "also-itself": ("  unit: money", "  also: us-gaap:Revenues", "rules.yaml:17:9: us-gaap:Revenues is the rule's own concept"),
    "also-of-another-unit": ("  unit: money", "  also: us-gaap:EarningsPerShareBasic", "rules.yaml:17:9: us-gaap:EarningsPerShareBasic is counted in per-share, not in money like the rule"),
    "unknown-unit": ("  unit: money", "  unit: mony", "rules.yaml:17:9: no unit 'mony'; did you mean 'money'? (money, per-share, shares, percent, pure)"),
    "unknown-statement": ("statement: balance-sheet", "statement: balance", "rules.yaml:3:14: no statement 'balance'; did you mean 'balance-sheet'?"),
    "open-bracket": ("    - cash [and cash equivalents]", "    - cash [and cash equivalents", "rules.yaml:5:12: 'cash [and cash equivalents' in 'rows' cannot be read: '[' is not closed"),
    "bad-bracket-in-quotes": ('"[total] cash on hand', '"[total cash on hand', "rules.yaml:6:8: '[total cash on hand and in banks' in 'rows' cannot be read: '[' is not closed"),
    "bar-outside": ("[net sales, revenues]", "net sales | revenues", "rules.yaml:18:19: 'net sales | revenues' in 'rows' cannot be read: a bar stands between alternatives in parentheses: (a | b)"),
    "star-in-phrase": ("phrases: cash and", "phrases: cash * and", "rules.yaml:9:17: 'cash * and cash equivalents' in 'phrases' cannot be read: a phrase has no '*'"),
    "never-matches": ("unless: restricted", "unless: banks", "rules.yaml:6:7: row '[total] cash on hand and in banks' can never match: 'unless' forbids its own words"),
    "over-nothing": ("[assets-cash]", "[assets-cahs]", "rules.yaml:19:10: no rule 'assets-cahs' to be over; did you mean 'assets-cash'?"),
    "over-itself": ("[assets-cash]", "[revenue-total]", "rules.yaml:19:10: 'revenue-total' is over 'revenue-total', which is over 'revenue-total'"),
    "unknown-member": ("CommonClassAMember", "CommonClassXMember", "rules.yaml:20:48: no name us-gaap:CommonClassXMember in the taxonomy"),
    "no-axis": ("StatementClassOfStockAxis", "StatementClassOfStock", "rules.yaml:20:13: 'us-gaap:StatementClassOfStock' is not the name of an axis: prefix:NameAxis"),
    "bad-id": ("id: revenue-total", "id: Revenue Total", "rules.yaml:15:7: id 'Revenue Total' is not of the form topic-what: small letters, digits, hyphens"),
    "doubled-id": ("id: revenue-total", "id: assets-cash", "rules.yaml:15:7: id 'assets-cash' is taken already, at "),
    "said-twice": ("[net sales, revenues]", "[net sales, net sales]", "rules.yaml:18:21: 'net sales' stands twice in 'rows'"),
    "empty-value": ("section: current assets", "section:", "rules.yaml:7:11: a value of 'section' is empty"),
    "unquoted-colon": ('"operations: Revenues"', "[operations: Revenues]", "rules.yaml:21:13: a value of 'matches' must be text; put a value that holds ': ' in quotes"),
    "bad-total": ("  unit: money", "  total: maybe", "rules.yaml:17:10: 'total' is true or false, not 'maybe'"),
    "no-yaml": ("  unit: money", "  unit: [money", "rules.yaml:18:7: this is no YAML: "),
    "section-without-rows": ("  rows: [net sales, revenues]", "  phrases: revenue\n  section: sales", "rules.yaml:19:3: 'section' is about rows, and rule 'revenue-total' has neither 'rows' nor 'notes'"),
    "extends-nothing": ("  unit: money", "  extends: revenue-totl", "rules.yaml:17:12: no rule 'revenue-totl' to extend; did you mean 'revenue-total'?"),
}  # fmt: skip


@pytest.mark.parametrize(("old", "new", "message"), WRONG.values(), ids=WRONG)
def test_what_is_wrong_is_refused_with_its_place(tmp_path: Path, old: str, new: str, message: str) -> None:
    assert old in GOOD
    found = errors(pack(tmp_path, GOOD.replace(old, new, 1)))
    assert any(error.startswith(message) for error in found), found


def test_all_errors_of_all_files_are_told_at_once(tmp_path: Path) -> None:
    text = GOOD.replace("  unless:", "  unles:").replace("us-gaap:Revenues\n", "us-gaap:Revenuess\n")
    found = errors(pack(tmp_path, text, other="- id: x-y\n  concept: us-gaap:Assets\n  rows: a (b\n"))
    places = [re.match(r"\w+\.yaml:\d+:\d+", error) for error in found]
    assert all(places)
    assert {place[0] for place in places if place} == {
        "other.yaml:1:7",
        "other.yaml:3:11",
        "rules.yaml:8:3",
        "rules.yaml:16:12",
    }


@given(place=st.integers(0, len(GOOD) - 1), new=st.sampled_from(["", "\n", "\t", "- ", "[", "]", "*", ": ", "'", '"', "&a ", "*a", "{", "\x00", "é"]))  # fmt: skip
def test_a_slip_of_the_pen_is_harmless_or_refused_with_its_place(
    tmp_path_factory: pytest.TempPathFactory, place: int, new: str
) -> None:
    folder = pack(tmp_path_factory.mktemp("slip"), GOOD[:place] + new + GOOD[place + 1 :])
    refused: tuple[Exception, ...] = ()
    try:
        load(folder)
    except ExceptionGroup as group:
        refused = group.exceptions
    assert all(isinstance(error, RuleError) for error in refused)
    assert all(re.match(r".*rules\.yaml:\d+:\d+: .", str(error)) for error in refused)


def test_rules_over_each_other_in_a_circle_are_refused(tmp_path: Path) -> None:
    text = GOOD.replace("  unless: restricted", "  over: revenue-total")
    assert "rules.yaml:8:9: 'assets-cash' is over 'revenue-total', which is over 'assets-cash'" in errors(
        pack(tmp_path, text)
    )


def test_a_missing_directory_is_an_error_with_its_name(tmp_path: Path) -> None:
    with pytest.raises(ExceptionGroup) as caught:
        load(tmp_path / "nowhere")
    assert str(caught.value.exceptions[0]) == f"{tmp_path / 'nowhere'}:1:1: no such directory of rules"


# ---- layers


def test_a_rule_of_a_later_directory_replaces_one_of_the_same_id(tmp_path: Path) -> None:
    upper = "- id: assets-cash\n  concept: us-gaap:Cash\n  rows: cash\n  matches: Cash\n  skips: Cash flow\n"
    rule = load(pack(tmp_path / "a"), pack(tmp_path / "b", upper)).get("assets-cash")
    assert rule is not None
    assert (rule.concept, rule.phrases) == ("us-gaap:Cash", ())


def test_a_rule_that_extends_adds_to_the_one_below(tmp_path: Path) -> None:
    upper = "- id: revenue-total\n  extends: revenue-total\n  rows: turnover\n  matches: Turnover\n  skips: Turnover of stock\n"
    rule = load(pack(tmp_path / "a"), pack(tmp_path / "b", upper)).get("revenue-total")
    assert rule is not None
    assert rule.rows == ("net sales", "revenues", "turnover")
    assert rule.concept == "us-gaap:Revenues"
    assert len(rule.matches) == 2


def test_a_pack_can_disable_rules_below_it(tmp_path: Path) -> None:
    lower = pack(tmp_path / "a", GOOD.replace("  over: [assets-cash]\n", ""))
    upper = pack(tmp_path / "b", "", pack="disable: [assets-cash]\n")
    assert [rule.id for rule in load(lower, upper)] == ["revenue-total"]


def test_disabling_what_is_not_there_is_refused(tmp_path: Path) -> None:
    upper = pack(tmp_path / "b", "", pack="disable: [revenue-totl]\n")
    assert errors(upper) == ["pack.yaml:1:11: no rule 'revenue-totl' to disable"]


def test_a_user_pack_lies_over_an_industry_pack_whatever_the_order(tmp_path: Path) -> None:
    one = "- id: revenue-total\n  concept: {}\n  rows: revenue\n  matches: Revenue\n  skips: Cost\n"
    user = pack(tmp_path / "user", one.format("us-gaap:Revenues"))
    industry = pack(tmp_path / "industry", one.format("us-gaap:SalesRevenueNet"), pack="layer: industry\n")
    for order in ((user, industry), (industry, user)):
        assert [rule.concept for rule in load(*order)] == ["us-gaap:Revenues"]


def test_a_pack_brings_the_pack_it_extends(tmp_path: Path) -> None:
    pack(tmp_path / "mine" / "shared")
    upper = pack(tmp_path / "mine", "", pack="extends: [shared]\n")
    assert len(load(upper)) == 2


def test_the_order_of_files_means_nothing(tmp_path: Path) -> None:
    first, second = GOOD.split("\n\n")
    one = load(pack(tmp_path / "one", first, zzz=second))
    other = load(pack(tmp_path / "other", second, zzz=first))
    assert [rule.id for rule in one] == [rule.id for rule in other]
    assert one.rows == other.rows


# ---- the cache


def test_a_change_in_a_pack_beneath_is_never_hidden_by_the_cache(tmp_path: Path) -> None:
    upper = pack(tmp_path / "mine", "", pack="extends: [shared]\n")
    pack(tmp_path / "mine" / "shared")
    assert load(upper).get("assets-cash") is not None
    assert load(upper).get("assets-cash") is not None
    pack(tmp_path / "mine" / "shared", GOOD.split("\n\n")[1].replace("  over: [assets-cash]\n", ""))
    assert load(upper).get("assets-cash") is None


def test_a_rule_set_from_the_cache_is_the_same(tmp_path: Path) -> None:
    folder = pack(tmp_path / "p")
    fresh, kept = load(folder), load(folder)
    assert cache_folder() is not None
    assert list(cache_folder().glob("*.rules"))  # type: ignore[union-attr]
    assert tuple(fresh) == tuple(kept)
    assert (fresh.rows, fresh.notes, fresh.phrases) == (kept.rows, kept.notes, kept.phrases)


def test_a_changed_file_is_never_read_from_the_cache(tmp_path: Path) -> None:
    folder = pack(tmp_path / "p")
    load(folder)
    pack(folder, GOOD.replace("net sales", "turnover"))
    rule = load(folder).get("revenue-total")
    assert rule is not None
    assert rule.rows == ("turnover", "revenues")


@pytest.mark.parametrize("damage", [b"", b"rubbish", None], ids=["empty", "rubbish", "one-byte-off"])
def test_a_damaged_cache_changes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, damage: bytes | None) -> None:
    monkeypatch.setenv("TAGGER_CACHE", str(tmp_path / "cache"))
    folder = pack(tmp_path / "p")
    fresh = load(folder)
    (file,) = (tmp_path / "cache").glob("*.rules")
    content = file.read_bytes()
    file.write_bytes(damage if damage is not None else content[:-1] + bytes([content[-1] ^ 1]))
    assert tuple(load(folder)) == tuple(fresh)


def test_a_cache_that_cannot_be_written_is_done_without(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("in the way")
    monkeypatch.setenv("TAGGER_CACHE", str(tmp_path / "file" / "cache"))
    assert len(load(pack(tmp_path / "p"))) == 2


def test_the_cache_goes_where_the_system_says(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("TAGGER_CACHE", "")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setattr("sys.platform", "linux")
    assert cache_folder() == tmp_path / "tagger"
    monkeypatch.setenv("TAGGER_CACHE", "off")
    assert cache_folder() is None


# ---- the grammar


def test_the_grammar_expands_options_and_alternatives() -> None:
    assert expand("[total] (net | gross) sales") == (
        "net sales",
        "gross sales",
        "total net sales",
        "total gross sales",
    )


def test_parentheses_without_a_bar_belong_to_the_label() -> None:
    assert parse_label("net income (loss)") == parse_label("net loss")


def test_alternatives_that_fold_to_the_same_are_one() -> None:
    assert len(parse_label("(sale | sales) of (investment | investments)")) == 1
    assert parse_phrase("net (income | loss | earnings)") == ("net income",)


@pytest.mark.parametrize(
    "pattern", ["a * b * c *", "* a * b", "[a]", "(a | )", "the", "a)", "(a", "a | b", "", "([a] | b)"]
)
def test_a_pattern_without_sense_is_refused(pattern: str) -> None:
    with pytest.raises(GrammarError):
        parse_label(pattern)


@given(st.text(alphabet="ab[]()|* ", max_size=24))
def test_every_string_is_a_pattern_or_refused(pattern: str) -> None:
    with suppress(GrammarError):
        assert all(one.words.strip() for one in parse_label(pattern))


# ---- labels

SAME = [
    ("Net income (loss)", "Net loss", "Net (loss)/earnings", "Net (loss) income", "NET EARNINGS (LOSS):", "Net income/(loss) (2)"),
    ("Operating income (loss)", "Operating (loss)/income", "Operating loss", "Operating profit"),
    ("Loss from operations", "(Loss) income from operations", "Earnings/(loss) from operations"),
    ("Income (loss) before income taxes", "Loss before taxes", "Pre-tax income", "(Loss) earnings before taxes on income"),
    ("Provision for (benefit from) income taxes", "(Benefit from) provision for income taxes", "Benefit for income taxes", "Provision (benefit) for taxes", "(Provision) benefit for income taxes", "Provision (benefit from) income taxes"),
    ("Income tax (benefit) expense", "Income tax expense/(benefit)", "Income tax benefit", "Income tax benefit (expense)"),
    ("Net cash provided by (used in) operating activities", "Net cash (used)/provided by operating activities", "Net cash flows from operating activities", "NET CASH USED FOR OPERATING ACTIVITIES", "Net cash generated by/(used in) operating activities"),
    ("(Increase) decrease in inventories", "Decrease/(increase) in inventory", "Change in inventories", "Increase in inventories"),
    ("Net increase (decrease) in cash and cash equivalents", "Net (decrease)/increase in cash & cash equivalents", "Net change in cash and equivalents"),
    ("Loss (gain) on sale of assets", "(Gains) losses on sales of assets", "Loss on sale of assets", "Gain on sale of asset"),
    ("Other income (expense), net", "Other (income) expense, net", "Other expense/(income) – net"),
    ("Retained earnings (accumulated deficit)", "Accumulated deficit", "Retained earnings/(Accumulated deficit)", "Retained earnings (deficit)"),
    ("Total stockholders' equity (deficit)", "Total shareholders’ deficit", "Total share owners' equity", "Total stockholders' (deficit) equity"),
    ("Gross loss", "Gross profit (loss)", "Gross margin"),
    ("Equity in losses (earnings) of affiliates", "Equity in losses of affiliates", "Equity in net earnings of affiliates".replace("net ", "")),
    ("Selling, general & administrative", "SG&A", "SGA", "S,G&A", "Selling, general and administrative . . . . . ."),
    ("Diluted earnings per share", "Earnings per share – diluted", "EPS diluted", "Income per diluted share", "Income per share - assuming dilution".replace("Income", "Earnings")),
    ("Property, plant & equipment", "PP&E", "Property plant and equipment", "Plant, property and equipment", "Plant, property, and equipment - Note 4"),
    ("Non-current assets", "Noncurrent assets", "Non—-current assets", "The Company's non current assets"),
    ("Long-term debt", "Long term debt (Note 7)", "Longterm debt (see Notes 3, 16 and 18)", "LONG–TERM DEBT (unaudited)", "Long-term debt - Note 7", "Long-term debt, see notes 3, 16 and 18", "Long-term debt; note no. 7A"),
    ("Cash, end of year", "Cash at end of period", "Cash—at the end of the quarter"),
]  # fmt: skip


@pytest.mark.parametrize(("first", "other"), [(group[0], other) for group in SAME for other in group[1:]])
def test_variants_of_a_label_read_the_same(first: str, other: str) -> None:
    assert normalise(other).tokens == normalise(first).tokens


DIFFERENT = [
    ("Net income", "Net sales"),
    ("Interest income", "Interest expense"),
    ("Other income", "Other income (expense)"),
    ("Provision for loan losses", "Provision for loan income"),
    ("Class A common stock", "Class B common stock"),
    ("Deferred revenue, current", "Deferred revenue, non-current"),
    ("Cash provided by operations", "Cash provided by financing"),
    ("Basic earnings per share", "Diluted earnings per share"),
    ("401(k) plan", "Plan"),
    ("Senior notes, 8% due 2010", "Senior"),
    ("Debt, notes 2011", "Debt"),
    ("Gain on sale of loans", "Interest on loans"),
]


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_labels_that_differ_in_meaning_stay_apart(one: str, other: str) -> None:
    assert normalise(one).tokens != normalise(other).tokens


SAID = [
    ("Pretax income (loss)", {"income"}, {"loss"}),
    ("Pre-tax earnings / (loss)", {"income"}, {"loss"}),
    ("Total pretax income / (loss)", {"income"}, {"loss"}),
    ("Pretax loss (income)", {"loss"}, {"income"}),
    ("Pretax loss", {"loss"}, set()),
    ("Net loss", {"loss"}, set()),
    ("Net income (loss)", {"income"}, {"loss"}),
    ("Net (loss) income", {"income"}, {"loss"}),
    ("(Increase) decrease in inventories", {"decrease"}, {"increase"}),
    ("Net cash used in investing activities", {"used"}, set()),
    ("Net cash provided by (used in) operating activities", {"provided"}, {"used"}),
    ("(Benefit from) provision for income taxes", {"provision"}, {"benefit"}),
    ("Loss (gain) on sale of assets", {"loss"}, {"gain"}),
    ("Accumulated deficit", {"deficit"}, set()),
    ("Provision for loan losses", set(), set()),
    ("Inventories", set(), set()),
]


@pytest.mark.parametrize(("label", "plain", "bracketed"), SAID, ids=[label for label, *_ in SAID])
def test_the_direction_words_of_a_label_are_kept(label: str, plain: set[str], bracketed: set[str]) -> None:
    signs = fold_signs(scan_label(label))
    assert {sign.word for sign in signs if not sign.bracketed} == plain
    assert {sign.word for sign in signs if sign.bracketed} == bracketed


FORMS = [
    ("Property, plant and equipment, net", "property plant and equipment"),
    ("Accounts receivable, net of allowance for doubtful accounts of $614 at June 30, 2008", "account receivable"),
    ("Receivables, less allowance of $12", "receivable"),
    ("Acquisitions, net of cash acquired", "acquisition"),
    ("Total assets (of which $5 is pledged)", "total asset"),
    ("Cash dividends (per share: $.80)", "cash dividend"),
    ("Common stock, $.001 par value; 80,000,000 shares authorized", "common stock"),
    ("Common stock without par value (7,500 million shares authorized)", "common stock"),
    ("Treasury stock, at cost; 417,350 shares", "treasury stock"),
    ("Cost of goods sold (includes stock-based compensation of $17)", "cost of good sold"),
    ("Selling, general and administrative (SG&A)", "selling general and administrative"),
    ("Cash and cash equivalents, including restricted", "cash and cash equivalent"),
    ("Consolidated operating revenues", "operating revenue"),
    ("Total consolidated cost of sales", "total cost of sale"),
    ("Gain on disposals, net of tax of $2, and $6", "gain on disposal"),
    ("Pension plans, net of tax, and net of minority interest", "pension plan"),
    ("Receivables, net of allowances, and returns, of $5", "receivable"),
]


@pytest.mark.parametrize(("label", "wanted"), FORMS, ids=[wanted for _, wanted in FORMS])
def test_a_label_has_a_form_without_its_qualifiers(label: str, wanted: str) -> None:
    assert wanted in [form.words for form in forms(label)]


@pytest.mark.parametrize(
    ("label", "never"),
    [
        ("Cash, cash equivalents and restricted cash", "cash"),
        ("Property, plant and equipment", "property"),
        ("Deferred revenue, non-current", "deferred revenue"),
        ("Depreciation, amortization and accretion", "depreciation"),
        ("Intangible assets, net and other long-term assets", "intangible asset"),
        ("Acquisitions, net of cash acquired, and purchases of licences", "acquisition"),
        ("Consolidated net income", "net income"),
        ("Consolidated loss before income taxes", "loss before income tax"),
        ("Other consolidated revenues", "other revenue"),
        ("Total debt, net of cash", "total debt"),
        ("Cash, net of debt", "cash"),
    ],
)
def test_a_list_or_a_kind_is_never_cut_off(label: str, never: str) -> None:
    assert never not in [form.words for form in forms(label)]


WORDS = st.sampled_from(
    [
        "net",
        "income",
        "loss",
        "earnings",
        "(loss)",
        "cash",
        "provided",
        "by",
        "(used",
        "in)",
        "total",
        "assets",
        "basic",
        "and",
        "diluted",
        "per",
        "share",
        "tax",
        "benefit",
        "provision",
        "for",
        "stockholders'",
        "equity",
        "deficit",
        "increase",
        "decrease",
        "in",
        "the",
        "Company's",
        "long-term",
        "debt,",
        "net",
        "of",
        "–",
        "/",
        "&",
        "(1)",
    ]
)


@given(st.lists(WORDS, min_size=1, max_size=9).map(" ".join))
def test_case_and_blanks_never_matter(label: str) -> None:
    assert normalise(label.upper()).tokens == normalise(f"  {label.replace(' ', '   ')} ").tokens


@given(st.text(max_size=60))
def test_any_label_has_forms_from_complete_to_reduced(label: str) -> None:
    ranks = [form.rank for form in forms(label)]
    assert ranks == sorted(ranks, reverse=True)
    assert all(form.words for form in forms(label))


# ---- what ships


def test_the_editor_schema_is_up_to_date() -> None:
    assert json.loads((ROOT / "rules" / "schema.json").read_text("utf-8")) == rule_schema()
    keys = rule_schema()["$defs"]["RuleKeys"]["properties"]
    assert set(keys) == set(KEYS)
    assert set(keys["unit"]["enum"]) == set(UNITS)
    assert set(keys["statement"]["anyOf"][0]["enum"]) == set(STATEMENTS)


def test_every_rule_shown_in_the_manual_loads_and_passes_its_tests(tmp_path: Path) -> None:
    manual = (ROOT / "rules" / "README.md").read_text("utf-8")
    blocks = [block for block in re.findall(r"```yaml\n(.*?)```", manual, re.DOTALL) if "- id:" in block]
    shown = "\n".join(block for block in blocks if "extends:" not in block)
    assert [str(problem) for problem in check_rules(pack(tmp_path, shown), base=False)] == []


def test_check_reports_a_test_that_fails_with_its_place(tmp_path: Path) -> None:
    text = GOOD.replace('matches: "operations: Revenues"', 'matches: "operations: Turnover"')
    (problem,) = check_rules(pack(tmp_path, text), base=False)
    assert str(problem) == (
        f"{tmp_path}/rules.yaml:21:12: revenue-total: should match 'operations: Turnover', "
        "but no rule has its label, which reads 'turnover'"
    )


def test_check_reports_rules_that_can_never_be_told_apart(tmp_path: Path) -> None:
    twin = "- id: revenue-other\n  concept: us-gaap:SalesRevenueNet\n  unit: money\n  members: {us-gaap:StatementClassOfStockAxis: us-gaap:CommonClassAMember}\n  rows: revenue\n  matches: Revenue\n  skips: Cost\n"
    found = [str(problem) for problem in check_rules(pack(tmp_path, GOOD, twin=twin), base=False)]
    assert any("cannot be told from revenue-other on the row 'revenue'" in message for message in found)


def test_check_gives_the_errors_of_a_pack_that_cannot_be_loaded(tmp_path: Path) -> None:
    (problem,) = check_rules(pack(tmp_path, GOOD.replace("  unless:", "  unles:")), base=False)
    assert str(problem).endswith("rules.yaml:8:3: unknown key 'unles'; did you mean 'unless'?")


def test_check_can_report_rows_said_twice(tmp_path: Path) -> None:
    text = GOOD.replace("[net sales, revenues]", "[net sales, revenues, revenue]")
    assert check_rules(pack(tmp_path, text), base=False) == []
    (problem,) = check_rules(pack(tmp_path, text), base=False, tidy=True)
    assert problem.message == "revenue-total: row 'revenue' reads the same as 'revenues' above it; take one out"
