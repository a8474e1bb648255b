"""Invented releases with their facts, for the tests of the writers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from tagger.document import Document
from tagger.facts import Fact, Printed, Proof, ProofKind
from tagger.reading.html.flow import written_tree
from tagger.reading.html.text import parse_html, text_nodes
from tagger.tagged import OutlineLine, OwnConcept, StatementOutline, Tagged, own_namespace
from tagger.values import PURE, SHARES, Duration, Entity, Instant, Member, Period, Span, Unit, money, per_share

ENTITY = Entity("http://www.sec.gov/CIK", "0000012345")
SEPTEMBER = Instant(dt.date(2006, 9, 30))
MARCH = Instant(dt.date(2006, 3, 31))
QUARTER = Duration(dt.date(2006, 7, 1), dt.date(2006, 9, 30))
USD = money("USD")
USD_PER_SHARE = per_share("USD")
CLASS_A = Member("us-gaap:StatementClassOfStockAxis", "us-gaap:CommonClassAMember")

CASH = "us-gaap:CashAndCashEquivalentsAtCarryingValue"
RECEIVABLES = "us-gaap:AccountsReceivableNetCurrent"
OTHER = "us-gaap:OtherAssetsCurrent"
CURRENT = "us-gaap:AssetsCurrent"

TEXT = """Harbor & Pine Corp. reports <second> quarter

Revenue was $2.9 million; 4% more were sold.

                         September 30,   March 31,
                              2006          2006
Current assets:
  Cash                     $ 38,214     $ 57, 140
  Receivables                 2,617         6,905
  Other                          --          none
Total current assets       $ 40,831     $ 64,045
Loss per share, basic and diluted   $ (0.10)
Class A shares              418,650
"""

HTML = """<html><head><title>EX-99</title><style>.r { text-align: right } td > p { margin: 0 }</style></head>
<body bgcolor="#ffffff" link=blue onload="x()"><center><font size="4" face="Times New Roman"><b>Harbor &amp; Pine Corp.</b>
<p align=center>Second quarter</font></center>
<p>Revenue was $2.9&nbsp;million; 4% more were sold.<br clear=all>
<table width="100%" border=0 cellpadding=2 cellspacing="0"><tr><td nowrap width="50%">Current assets:</td></tr>
<tr bgcolor="cceeff"><td>Cash</td><td>$</td><td align=RIGHT class="r">38,214</td><td></td><td>$</td><td><p>57, 140</td></tr>
<tr><td>Receivables</td><td></td><td>2,617</td><td></td><td></td><td>6,<font>905</font></td></tr>
<tr><td>Other</td><td><td>--<td><td><td>none
<tr></tr><tr><td>Total current assets<td>$<td><u>40,831</u><td><td>$<td>64,045</table>
Loss per share, basic and diluted $ (0.10)
<ul>Class A shares <li>418,650</ul><div style="display:none">1,234</div><a name="end"></a><img src="logo.gif"><hr size=1 noshade>
</body></html>
"""


@dataclass
class Facts:
    """Collects facts whose figures stand in *text*; each is looked for behind the last one."""

    text: str
    facts: list[Fact] = field(default_factory=list)
    place: int = 0

    def add(
        self,
        concept: str,
        printed: str,
        value: str,
        *,
        period: Period = SEPTEMBER,
        unit: Unit = USD,
        scale: int = 3,
        decimals: int | None = -3,
        members: tuple[Member, ...] = (),
        replaced: bool = False,
        again: bool = False,
        label: str = "Some label",
    ) -> None:
        """Add a fact; *again* puts it where the one before it stands."""
        if not again:
            self.place = self.text.index(printed, self.place)
        span = Span(self.place, self.place + len(printed))
        if not again:
            self.place += 1
        else:
            span = self.facts[-1].printed.span
        amount = Decimal(value)
        self.facts.append(
            Fact(
                id=f"f{len(self.facts) + 1}",
                concept=concept,
                entity=ENTITY,
                period=period,
                unit=unit,
                value=amount,
                decimals=decimals,
                members=members,
                printed=Printed(
                    text=printed,
                    span=span,
                    number=abs(amount).scaleb(-scale),
                    scale=scale,
                    sign="-" if amount < 0 else "",
                    replaced=replaced,
                ),
                rule="a-rule",
                label=label,
                statement="balance-sheet",
                heading="Current assets",
                why=("the row says so",),
                proof=(Proof(kind=ProofKind.SUM, equation="38,214 + 2,617 = 40,831"),),
            )
        )


def figures(text: str) -> tuple[Fact, ...]:
    """Return the facts of `TEXT` or `HTML`."""
    found = Facts(text)
    found.add("us-gaap:Revenues", "2.9", "2900000", period=QUARTER, scale=6, decimals=-5, label="Revenue")
    found.add("hp:UnitGrowth", "4", "0.04", period=QUARTER, unit=PURE, scale=-2, decimals=2, label="Unit growth")
    found.add(CASH, "38,214", "38214000")
    found.add(CASH, "57, 140", "57140000", period=MARCH)
    found.add(RECEIVABLES, "2,617", "2617000")
    found.add(RECEIVABLES, "6,905", "6905000", period=MARCH)
    found.add(OTHER, "--", "0")
    found.add(OTHER, "none", "0", period=MARCH)
    found.add(CURRENT, "40,831", "40831000")
    found.add("hp:PledgedAssets", "40,831", "40831000", again=True, label="Pledged assets")
    found.add(CURRENT, "64,045", "64045000", period=MARCH)
    loss = {"period": QUARTER, "unit": USD_PER_SHARE, "scale": 0, "decimals": 2}
    found.add("us-gaap:EarningsPerShareBasic", "0.10", "-0.10", label="Basic", **loss)  # type: ignore[arg-type]
    found.add("us-gaap:EarningsPerShareDiluted", "0.10", "-0.10", again=True, label="Diluted", **loss)  # type: ignore[arg-type]
    found.add(
        "us-gaap:CommonStockSharesOutstanding", "418,650", "72994", unit=SHARES, scale=0, decimals=None,
        members=(CLASS_A,), replaced=True, label="Class A shares",
    )  # fmt: skip
    return tuple(found.facts)


OWN = (
    OwnConcept(name="hp:UnitGrowth", type="percentItemType", period_type="duration", label="Unit growth"),
    OwnConcept(name="hp:PledgedAssets", type="monetaryItemType", period_type="instant", balance="debit", label="Pledged assets"),
)  # fmt: skip

BALANCE_SHEET = StatementOutline(
    kind="balance-sheet",
    title="CONDENSED BALANCE SHEETS",
    lines=(
        OutlineLine(concept=None, label="Current assets:"),
        OutlineLine(concept=CASH, label="Cash", depth=1),
        OutlineLine(concept=RECEIVABLES, label="Receivables", depth=1),
        OutlineLine(concept=OTHER, label="Other", depth=1),
        OutlineLine(concept=CURRENT, label="Total current assets", total=True, depth=1),
        OutlineLine(concept="us-gaap:CommonStockSharesOutstanding", label="Class A shares"),
    ),
    sums=((CURRENT, ((CASH, 1), (RECEIVABLES, 1), (OTHER, 1))),),
)


def tagged(
    facts: Sequence[Fact],
    *,
    text: str = TEXT,
    markup: str = "",
    statements: Sequence[StatementOutline] = (BALANCE_SHEET,),
    own: Sequence[OwnConcept] = OWN,
    year: int = 2024,
    entity: Entity = ENTITY,
) -> Tagged:
    kind, written = ("html", written_tree(parse_html(markup))) if markup else ("text", None)
    return Tagged(
        document=Document(kind=kind, text=text, blocks=(), name="q2.txt", markup=markup, written=written),
        facts=tuple(facts),
        entity=entity,
        prefix="hp",
        namespace=own_namespace(entity, "hp", dt.date(2006, 9, 30)),
        catalog_year=year,
        statements=tuple(statements),
        own=tuple(own),
    )


def text_release() -> Tagged:
    return tagged(figures(TEXT))


def html_release(markup: str = HTML) -> Tagged:
    text = visible_text(markup)
    return tagged(figures(text), text=text, markup=markup)


def visible_text(markup: str) -> str:
    return "".join(string for _, _, string in text_nodes(parse_html(markup)))
