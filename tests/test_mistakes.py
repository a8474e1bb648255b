"""Every mistake an author can make gets a message with its place, in words that say how to mend it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tagger.check import check_rules
from tagger.ruleset import load_rules

MANIFEST = """\
name: acme
version: "1.0"
licence: CC0-1.0
layer: filer
for:
  ciks: ["1234567"]
  names: [Acme Rockets]
disable: [revenue-gross-profit]
dashes: untagged
prefix: acme
concepts:
  acme:RocketRevenue: {type: money, period: duration, balance: credit, label: Revenue from rockets}
members:
  acme:EngineMember: Engines
lists:
  metals: [gold, silver]
parts:
  Engine works: {us-gaap:StatementBusinessSegmentsAxis: acme:EngineMember}
"""

RULES = """\
- id: acme-rockets
  concept: acme:RocketRevenue
  statement: operations
  rows:
    - rockets [sold]
    - "[total] rocket sales"
  section: turnover
  unless: launch
  phrases: rocket revenue
  matches:
    - "operations: Turnover > Rockets"
  skips:
    - "operations: Rocket launch"

- id: acme-engines
  concept: us-gaap:Revenues
  unit: money
  total: false
  sign: as-printed
  statement: operations
  rows: [engines, spare parts]
  regex: '\\b metal \\s+ (?: \\L<metals> ) \\b'
  over: [acme-rockets]
  members: {srt:ProductOrServiceAxis: acme:EngineMember}
  matches: "operations: Engines"
  skips: "operations: Engine costs"
"""

R, M = "rules.yaml", "pack.yaml"

MISTAKES = {
    # ---- YAML
    "bracket unquoted": (R, '    - "[total] rocket sales"', "    - [total] rocket sales", "6:15: this is no YAML: did not find expected '-' indicator; put a value that begins with '[' in quotes"),
    "star unquoted": (R, "    - rockets [sold]", "    - * rockets", "5:8: this is no YAML: did not find expected alphabetic or numeric character; put a value that begins with '*' in quotes"),
    "star glued unquoted": (R, "    - rockets [sold]", "    - *rockets", "5:7: this is no YAML: found undefined alias; put a value that begins with '*' in quotes"),
    "brace unquoted": (R, "    - rockets [sold]", "    - {rockets} sold", "5:17: this is no YAML: did not find expected '-' indicator; put a value that begins with '{' in quotes"),
    "colon unquoted": (R, "  section: turnover", "  section: turnover: net", "7:20: this is no YAML: mapping values are not allowed in this context; put a value that holds ': ' or begins with a special character in quotes"),
    "colon in a list": (R, "    - rockets [sold]", "    - rockets: sold", "5:7: a value of 'rows' must be text; put a value that holds ': ' in quotes"),
    "percent unquoted": (R, "    - rockets [sold]", "    - % of rockets", "5:7: this is no YAML: found character that cannot start any token; put a value that begins with '%' in quotes"),
    "at sign unquoted": (R, "    - rockets [sold]", "    - @ cost", "5:7: this is no YAML: found character that cannot start any token; put a value that begins with '@' in quotes"),
    "tab": (R, "  section: turnover", "\tsection: turnover", "7:1: this is no YAML: found character that cannot start any token; indent with blanks, not with a tab"),
    "quote open": (R, '    - "[total] rocket sales"', '    - "[total] rocket sales', "11:8: this is no YAML: did not find expected '-' indicator; a quote is not closed, see line 6"),
    "list in a list": (R, "[engines, spare parts]", "[engines, [spare] parts]", "21:27: this is no YAML: did not find expected ',' or ']'; put a value that begins with '[' in quotes"),
    "lone bracket in a list": (R, "    - rockets [sold]", "    - [rockets]", "5:7: a value of 'rows' must be text; a value that begins with '[' is put in quotes"),
    "alias": (R, "  unless: launch", "  unless: &x launch\n  unless-section: *x", "8:11: this is used again by an alias ('*name'); write it out"),
    "tag": (R, "  unless: launch", "  unless: !!python/name:os.system launch", "8:11: a tag ('tag:yaml.org,2002:python/name:os.system') has no place in rules"),
    "hash cuts a value": (R, "  unless: launch", "  unless: launch #1", "8:18: what stands behind ' #' is a comment; put the value in quotes if it belongs to it"),
    "no list": (R, "- id: acme-rockets", "id: acme-rockets", "2:10: this is no YAML: mapping values are not allowed in this context; a rule begins with '- id:'"),
    "manifest keys in a rule file": (R, RULES, "layer: user\nextends: [bank]\n", "1:1: a rule file is a list; what says which pack this is belongs into pack.yaml"),
    "rule is text": (R, "- id: acme-engines", "- nothing\n- id: acme-engines", "15:3: a rule is a set of keys, 'id:' first"),
    "key is a list": (R, "  unless: launch", "  [unless]: launch", "8:3: a key is one word; put a value that begins with '[' or '{' in quotes"),
    # ---- keys
    "unknown key": (R, "  unless: launch", "  unles: launch", "8:3: unknown key 'unles'; did you mean 'unless'?"),
    "heading": (R, "  section: turnover", "  heading: turnover", "7:3: unknown key 'heading'; did you mean 'section'?"),
    "label": (R, "  rows: [engines", "  labels: [engines", "21:3: unknown key 'labels'; did you mean 'rows'?"),
    "tag key": (R, "  concept: us-gaap:Revenues", "  element: us-gaap:Revenues", "16:3: unknown key 'element'; did you mean 'concept'?"),
    "priority": (R, "  over: [acme-rockets]", "  priority: 3", "23:3: unknown key 'priority'; did you mean 'over'?"),
    "underscore": (R, "  section: turnover", "  unless_section: turnover", "7:3: unknown key 'unless_section'; did you mean 'unless-section'?"),
    "capital key": (R, "  section: turnover", "  Section: turnover", "7:3: unknown key 'Section'; did you mean 'section'?"),
    "key twice": (R, "  unless: launch", "  section: launch", "8:3: key 'section' is here twice, first on line 7"),
    "empty value": (R, "  unless: launch", "  unless:", "8:10: a value of 'unless' is empty"),
    "empty list": (R, "  unless: launch", "  unless: []", "8:11: 'unless' is an empty list: leave the key out"),
    "value twice": (R, "[engines, spare parts]", "[engines, engines]", "21:19: 'engines' stands twice in 'rows'"),
    "very long value": (R, "  unless: launch", "  unless: " + "x" * 5000, "8:11: a value of 'unless' has 5000 characters, 4000 at most"),
    "no id": (R, "- id: acme-engines\n  concept", "- concept", "15:3: this rule has no 'id'"),
    "bad id": (R, "- id: acme-engines", "- id: Acme Engines", "15:7: id 'Acme Engines' is not of the form topic-what: small letters, digits, hyphens"),
    "long id": (R, "- id: acme-engines", "- id: acme-" + "x" * 200, "15:7: an id has 120 characters at most, this one 205"),
    "id twice": (R, "- id: acme-engines", "- id: acme-rockets", "15:7: id 'acme-rockets' is taken already, at "),
    "no concept": (R, "  concept: us-gaap:Revenues\n", "", "15:7: rule 'acme-engines' has no 'concept'"),
    "no matches": (R, '  matches: "operations: Engines"\n', "", "15:7: rule 'acme-engines' has no 'matches'"),
    "no skips": (R, '  skips: "operations: Engine costs"\n', "", "15:7: rule 'acme-engines' has no 'skips'"),
    "no words": (R, "  rows: [engines, spare parts]\n  regex: '\\b metal \\s+ (?: \\L<metals> ) \\b'\n", "", "15:7: rule 'acme-engines' has no words to look for: give 'rows', 'phrases' or 'notes'"),
    "condition without rows": (R, "  rows:\n    - rockets [sold]\n    - \"[total] rocket sales\"\n", "", "4:3: 'section' is about rows, and rule 'acme-rockets' has neither 'rows' nor 'notes'"),
    # ---- words
    "bracket open": (R, "    - rockets [sold]", "    - rockets [sold", "5:15: 'rockets [sold' in 'rows' cannot be read: '[' is not closed"),
    "bracket closes nothing": (R, "    - rockets [sold]", "    - rockets sold]", "5:19: 'rockets sold]' in 'rows' cannot be read: ']' closes nothing"),
    "bar outside": (R, "    - rockets [sold]", "    - rockets | missiles", "5:15: 'rockets | missiles' in 'rows' cannot be read: a bar stands between alternatives in parentheses: (a | b)"),
    "alternative empty": (R, "    - rockets [sold]", "    - rockets (sold | )", "5:15: 'rockets (sold | )' in 'rows' cannot be read: an alternative is empty"),
    "too many stars": (R, "    - rockets [sold]", '    - "* rockets * sold"', "5:18: '* rockets * sold' in 'rows' cannot be read: these are too many '*': one inside and one at the end, or one at either end"),
    "star in a phrase": (R, "phrases: rocket revenue", "phrases: rocket * revenue", "9:19: 'rocket * revenue' in 'phrases' cannot be read: a phrase has no '*': it is found wherever its words stand"),
    "all optional": (R, "    - rockets [sold]", '    - "[rockets]"', "5:8: '[rockets]' in 'rows' cannot be read: all of it may be left out"),
    "no word left": (R, "    - rockets [sold]", "    - the", "5:7: 'the' in 'rows' cannot be read: no word is left to look for"),
    "too many labels": (R, "    - rockets [sold]", "    - rockets " + " ".join(f"[{c}{c}]" for c in "abcdefghijk"), "5:7: 'rockets [aa] [bb] [cc] [dd] [ee] [ff] [gg] [hh] [ii] [jj] [kk]' in 'rows' cannot be read: this stands for 2048 labels, 640 at most; write it as several"),
    "any row without a heading": (R, "[engines, spare parts]", '["*"]', "21:10: a row '*' takes any row: say under which headings with 'section'"),
    "unless forbids the row": (R, "  unless: launch", "  unless: rocket", "5:7: row 'rockets [sold]' can never match: 'unless' forbids its own words"),
    "regex with anchors": (R, "    - rockets [sold]", "    - ^rockets$", "5:7: '^rockets$' in 'rows' looks like a regular expression; a row is words, with [x], (a | b) and *: put an expression into 'regex'"),
    "regex with a dot star": (R, "    - rockets [sold]", "    - rockets.*sold", "5:7: 'rockets.*sold' in 'rows' looks like a regular expression"),
    "regex with classes": (R, "    - rockets [sold]", '    - "rockets\\\\s+sold"', "5:7: 'rockets\\s+sold' in 'rows' looks like a regular expression"),
    "regex with a group": (R, "    - rockets [sold]", '    - "(?:rockets|missiles)"', "5:7: '(?:rockets|missiles)' in 'rows' looks like a regular expression"),
    "regex in a section": (R, "  section: turnover", "  section: ^turnover", "7:12: '^turnover' in 'section' looks like a regular expression"),
    "regex broken": (R, "\\b metal", "( metal", "22:10: '( metal \\s+ (?: \\L<metals> ) \\b' in 'regex' is no regular expression: missing )"),
    "regex of nothing": (R, "'\\b metal \\s+ (?: \\L<metals> ) \\b'", "'x*'", "22:10: 'x*' in 'regex' is no regular expression: it matches nothing at all: every row would have it"),
    "regex without its list": (R, "\\L<metals>", "\\L<stones>", "22:10: '\\b metal \\s+ (?: \\L<stones> ) \\b' in 'regex' is no regular expression: the pack has no list"),
    "regex that runs away": (R, "'\\b metal \\s+ (?: \\L<metals> ) \\b'", "'(?: a | a a )+ \\d'", "22:10: '(?: a | a a )+ \\d' in 'regex' takes too long over 'aaa"),
    # ---- the taxonomy
    "unknown concept": (R, "us-gaap:Revenues\n", "us-gaap:Revenuess\n", "16:12: no concept us-gaap:Revenuess in the taxonomy; did you mean 'us-gaap:Revenues'?"),
    "concept without prefix": (R, "us-gaap:Revenues\n", "Revenues\n", "16:12: concept 'Revenues' has no prefix, as in us-gaap:Assets; did you mean 'us-gaap:Revenues'?"),
    "concept not declared": (R, "  concept: acme:RocketRevenue", "  concept: acme:RocketRevenues", "2:12: acme:RocketRevenues is neither official nor declared: add it to 'concepts' in pack.yaml; did you mean 'acme:RocketRevenue'?"),
    "concept abstract": (R, "us-gaap:Revenues\n", "us-gaap:AssetsAbstract\n", "16:12: us-gaap:AssetsAbstract is abstract: it cannot carry a figure"),
    "concept is text": (R, "us-gaap:Revenues\n", "dei:EntityRegistrantName\n", "16:12: dei:EntityRegistrantName holds a text: it cannot carry a figure"),
    "unit against the concept": (R, "  unit: money", "  unit: shares", "17:9: unit 'shares' contradicts the taxonomy: us-gaap:Revenues is counted in money"),
    "unknown unit": (R, "  unit: money", "  unit: mony", "17:9: no unit 'mony'; did you mean 'money'? (money, per-share, shares, percent, pure)"),
    "unknown sign": (R, "  sign: as-printed", "  sign: negative", "19:9: no sign 'negative'"),
    "total is no yes": (R, "  total: false", "  total: maybe", "18:10: 'total' is true or false, not 'maybe'"),
    "unknown statement": (R, "  statement: operations\n  rows: [", "  statement: income\n  rows: [", "20:14: no statement 'income'"),
    "income statement": (R, "  statement: operations\n  rows: [", "  statement: income-statement\n  rows: [", "20:14: no statement 'income-statement'; did you mean 'operations'?"),
    "also itself": (R, "  unit: money", "  also: us-gaap:Revenues", "17:9: us-gaap:Revenues is the rule's own concept"),
    "also of another unit": (R, "  unit: money", "  also: us-gaap:EarningsPerShareBasic", "17:9: us-gaap:EarningsPerShareBasic is counted in per-share, not in money like the rule"),
    "members are a list": (R, "{srt:ProductOrServiceAxis: acme:EngineMember}", "[acme:EngineMember]", "24:12: 'members' is written 'axis: member', both with their prefix"),
    "axis is none": (R, "srt:ProductOrServiceAxis", "srt:ProductOrService", "24:13: 'srt:ProductOrService' is not the name of an axis: prefix:NameAxis"),
    "axis unknown": (R, "srt:ProductOrServiceAxis", "srt:ProductsOrServicesAxis", "24:13: no name srt:ProductsOrServicesAxis in the taxonomy; did you mean 'srt:ProductOrServiceAxis'?"),
    "member not declared": (R, "acme:EngineMember}", "acme:EnginesMember}", "24:39: acme:EnginesMember is neither official nor declared: add it to 'members' in pack.yaml; did you mean 'acme:EngineMember'?"),
    "member foreign to its axis": (R, "acme:EngineMember}", "us-gaap:CommonClassAMember}", "15:7: acme-engines: us-gaap:CommonClassAMember is no member of srt:ProductOrServiceAxis in the taxonomy"),
    "statement against period type": (R, "  statement: operations\n  rows: [", "  statement: balance-sheet\n  rows: [", "15:7: acme-engines: us-gaap:Revenues is of a span of time, and a balance sheet has none: it can never be tagged there"),
    "instant among flows": (R, "us-gaap:Revenues\n", "us-gaap:Assets\n", "15:7: acme-engines: us-gaap:Assets is of one day, and rows of operations are of a span of time"),
    "concept out of use": (R, "us-gaap:Revenues\n", "us-gaap:SalesRevenueNet\n", "15:7: acme-engines: us-gaap:SalesRevenueNet is not in use in the taxonomy of 2024"),
    # ---- other rules
    "over nothing": (R, "over: [acme-rockets]", "over: [acme-rocket]", "23:10: no rule 'acme-rocket' to be over; did you mean 'acme-rockets'?"),
    "over itself": (R, "over: [acme-rockets]", "over: [acme-engines]", "23:10: 'acme-engines' is over 'acme-engines', which is over 'acme-engines'"),
    "extends nothing": (R, "  unit: money", "  extends: acme-rocket", "17:12: no rule 'acme-rocket' to extend; did you mean 'acme-rockets'?"),
    "extends itself": (R, "  unit: money", "  extends: acme-rockets\n- id: acme-other\n  extends: acme-other", "19:12: no rule 'acme-other' to extend: with its own id a rule extends one below it"),
    "matches no row of its own": (R, "[engines, spare parts]", "[rockets sold]", "25:12: acme-engines: should match 'operations: Engines', but no rule has its label, which reads 'engine'"),
    "test fails": (R, '    - "operations: Turnover > Rockets"', '    - "operations: Costs > Rockets"', "11:7: acme-rockets: should match 'operations: Costs > Rockets', but section: no open heading says 'turnover'"),
    "skip fails": (R, '    - "operations: Rocket launch"', '    - "operations: Turnover > Rocket sales"', "13:7: acme-rockets: should skip 'operations: Turnover > Rocket sales', but takes it: acme-rockets (rules.yaml:1) wants 'rocket sale'"),
    "test states otherwise": (R, '"operations: Turnover > Rockets"', '"operations: Turnover > Rockets | concept=us-gaap:Revenues"', "11:7: acme-rockets: the test 'operations: Turnover > Rockets | concept=us-gaap:Revenues' states us-gaap:Revenues, and the rule gives acme:RocketRevenue"),
    "test unreadable": (R, '"operations: Turnover > Rockets"', '"operations: Turnover > Rockets | untis=money"', "11:7: acme-rockets: the test "),
    # ---- the manifest
    "license": (M, "licence:", "license:", "3:1: unknown key 'license'; did you mean 'licence'?"),
    "cik outside for": (M, "for:\n  ciks: [\"1234567\"]\n  names: [Acme Rockets]\n", "cik: 1234567\n", "5:1: unknown key 'cik'; did you mean 'for'?"),
    "for is a list": (M, "for:\n  ciks: [\"1234567\"]\n  names: [Acme Rockets]\n", "for: [1234567]\n", "5:6: 'for' holds the keys ciks, industries, names"),
    "no cik": (M, '"1234567"', "RKTX", "6:10: 'RKTX' is no CIK: up to ten digits, in quotes"),
    "unknown layer": (M, "layer: filer", "layer: company", "4:8: no layer 'company': industry, filer, user"),
    "bad name": (M, "name: acme", "name: Acme Inc", "1:7: 'Acme Inc' is no name for a pack: small letters, digits, hyphens"),
    "long name": (M, "name: acme", "name: " + "a" * 300, "1:7: the name of a pack has 100 characters at most, this one 300"),
    "bad prefix": (M, "prefix: acme", "prefix: a me", "10:9: 'a me' is no prefix: letters, digits, hyphens, as in acme"),
    "official prefix": (M, "prefix: acme", "prefix: us-gaap", "10:9: prefix 'us-gaap' belongs to an official taxonomy; a pack declares the filer's own"),
    "no prefix": (M, "prefix: acme\n", "", "11:3: acme:RocketRevenue is declared, and the pack says no 'prefix'"),
    "other prefix": (M, "  acme:RocketRevenue:", "  other:RocketRevenue:", "12:3: other:RocketRevenue is not of the pack's prefix 'acme'"),
    "official declared": (M, "  acme:RocketRevenue:", "  us-gaap:RocketRevenue:", "12:3: us-gaap:RocketRevenue is official: a pack declares the filer's own"),
    "own without prefix": (M, "  acme:RocketRevenue:", "  RocketRevenue:", "12:3: a concept 'RocketRevenue' needs its prefix, as in acme:RocketRevenue"),
    "bad local name": (M, "  acme:RocketRevenue:", '  "acme:Rocket revenue":', "12:3: 'Rocket revenue' cannot be the name of a concept: a letter, then letters and digits, 200 at most"),
    "member among concepts": (M, "  acme:RocketRevenue:", "  acme:RocketMember:", "12:3: acme:RocketMember is the name of a member or an axis: declare it under 'members'"),
    "concept among members": (M, "  acme:EngineMember: Engines", "  acme:Engines: Engines", "14:3: 'acme:Engines' is not the name of a member: acme:NameMember"),
    "concept without type": (M, "type: money, ", "", "12:3: acme:RocketRevenue has no 'type' (money, per-share, shares, percent, pure)"),
    "unknown type": (M, "type: money", "type: monetary", "12:30: no type 'monetary'"),
    "unknown period": (M, "period: duration", "period: quarter", "12:45: no period 'quarter' (instant, duration)"),
    "unknown balance": (M, "balance: credit", "balance: negative", "12:64: no balance 'negative' (debit, credit)"),
    "balance of a count": (M, "type: money", "type: shares", "12:65: acme:RocketRevenue: only money has a balance"),
    "attributes are text": (M, "{type: money, period: duration, balance: credit, label: Revenue from rockets}", "money", "12:23: acme:RocketRevenue needs a type and a period: {type: money, period: duration}"),
    "declared twice": (M, "  acme:EngineMember: Engines", "  acme:EngineMember: Engines\n  acme:EngineMember: Motors", "15:3: acme:EngineMember is declared twice, first on line 14"),
    "declared and unused": (M, "concepts:\n", "concepts:\n  acme:Unused: {type: money, period: instant}\n", "12:3: acme:Unused is declared, and no rule uses it"),
    "bad list name": (M, "  metals:", "  'the metals':", "16:3: 'the metals' is no name for a list: letters, digits and _"),
    "parts are a list": (M, "  Engine works: {us-gaap:StatementBusinessSegmentsAxis: acme:EngineMember}", "  - Engine works", "18:3: 'parts' is written 'Heading of a part: {axis: member}'"),
    "part without an axis": (M, "{us-gaap:StatementBusinessSegmentsAxis: acme:EngineMember}", "acme:EngineMember", "18:17: 'Engine works' is written 'axis: member', both with their prefix"),
    "part twice": (M, "  Engine works: {", "  The engine work: {us-gaap:StatementBusinessSegmentsAxis: acme:EngineMember}\n  Engine works: {", "19:3: the heading 'Engine works' reads as one above it"),
    "part without words": (M, "  Engine works: {", "  '—': {", "18:3: the heading '—' has no words"),
    "part of no axis": (M, "{us-gaap:StatementBusinessSegmentsAxis: acme", "{us-gaap:StatementBusinessSegment: acme", "18:18: 'us-gaap:StatementBusinessSegment' is not the name of an axis: prefix:NameAxis"),
    "part not declared": (M, "Axis: acme:EngineMember}", "Axis: acme:EnginesMember}", "18:57: acme:EnginesMember is neither official nor declared: add it to 'members' in pack.yaml; did you mean 'acme:EngineMember'?"),
    "segments": (M, "parts:", "segments:", "17:1: unknown key 'segments'; did you mean 'parts'?"),
    "dashes": (M, "dashes: untagged", "dashes: nothing", "9:9: 'dashes' is zero or untagged, not 'nothing'"),
    "disable nothing": (M, "disable: [revenue-gross-profit]", "disable: [revenue-gros-profit]", "8:11: no rule 'revenue-gros-profit' to disable; did you mean 'revenue-gross-profit'?"),
    "extends no pack": (M, "dashes: untagged", "extends: [banks]", "9:11: no pack 'banks' to extend"),
    "extends outside": (M, "dashes: untagged", "extends: [../other]", "9:11: '../other' leads outside the pack: extend a pack by its name, or put it inside this one"),
    "rules in the manifest": (M, MANIFEST, RULES, "1:1: pack.yaml holds the keys "),
}  # fmt: skip


@pytest.fixture(autouse=True)
def _own_cache(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TAGGER_CACHE", str(tmp_path_factory.getbasetemp() / "mistakes-cache"))
    monkeypatch.delenv("TAGGER_RULES", raising=False)


def made(folder: Path, file: str = "", old: str = "", new: str = "") -> list[str]:
    """Return what is said of the pack in which *old* of *file* reads *new*."""
    for name, text in ((R, RULES), (M, MANIFEST)):
        assert name != file or old in text
        (folder / name).write_text(text.replace(old, new, 1) if name == file else text, "utf-8")
    return [str(problem).replace(f"{folder}/", "") for problem in check_rules(folder)]


def test_the_pack_without_a_mistake_is_good(tmp_path: Path) -> None:
    assert made(tmp_path) == []


@pytest.mark.parametrize(("file", "old", "new", "message"), MISTAKES.values(), ids=MISTAKES)
def test_a_mistake_is_told_with_its_place(tmp_path: Path, file: str, old: str, new: str, message: str) -> None:
    found = made(tmp_path, file, old, new)
    assert any(one.startswith(f"{file}:{message}") for one in found), found


def test_a_rule_that_says_what_a_rule_below_says_is_told(tmp_path: Path) -> None:
    below = load_rules().get("revenue-gross-profit")
    assert below is not None
    said = f"""\
- id: acme-profit
  concept: {below.concept}
  statement: [{", ".join(below.statements)}]
  rows: [{", ".join(below.rows)}]
  unless: [{", ".join(pattern.words for pattern in below.unless)}]
  matches: "operations: Gross profit"
  skips: "operations: Gross sales"
"""
    (tmp_path / R).write_text(said, "utf-8")
    (problem,) = check_rules(tmp_path)
    assert problem.message == "acme-profit: says what revenue-gross-profit says already: it can be left out"
    assert problem.severity == "warning"


def test_a_folder_without_rules_is_told(tmp_path: Path) -> None:
    (problem,) = check_rules(tmp_path)
    assert problem.message == "no rule files here: their names end with .yaml"
    (tmp_path / "acme").mkdir()
    made(tmp_path / "acme")
    (problem,) = check_rules(tmp_path)
    assert problem.message == "no rule files here: there are some in 'acme'"


def test_there_are_enough_kinds_of_mistake() -> None:
    assert len(MISTAKES) >= 70
