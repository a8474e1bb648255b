"""Mentions: amounts stated in running text, each bound to its subject and its period."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from tagger.lexicon import Numeral, PeriodPhrase
from tagger.values import Member

if TYPE_CHECKING:
    from tagger.ruleset.rule import Rule


class Mention(Struct, frozen=True, kw_only=True, gc=False):
    """One level stated in prose. All places count in the paragraph's own string.

    *subject* is where the words stand that the rule matched, `None` where the figure
    continues another ("compared to $1.1 million"). *anchor* says where *period*
    was found: in the "sentence"; in the "paragraph", that is in an earlier sentence or a
    heading, whose own places then say nothing here; in an "aside", an earlier sentence that gives no figures; or nowhere, and then the
    "document" itself has to say which period it is about (it has too where tagging finds that "either" of two may be
    meant). *negative* says that the
    words call it a loss or a decrease, or parentheses do. *than* is the period that a *comparison* with
    "the same period last year" is measured from, where the sentences say it. *around* is the period that the paragraph
    above gave its figures, where this one has none. A *doubt* tells why the figure may not be
    the company's: a statement has to say it too. *per_share* is "basic",
    "diluted", "basic-and-diluted", or "any" where the text says only "per share";
    "" for what is no amount per share or where the rule's own concept already is one. The figure is the concepts *also* too.
    """

    numeral: Numeral
    subject: tuple[int, int] | None
    rule: Rule
    concept: str
    also: tuple[str, ...] = ()
    members: tuple[Member, ...] = ()
    period: PeriodPhrase | None
    anchor: str
    than: PeriodPhrase | None = None
    around: PeriodPhrase | None = None
    doubt: str = ""
    comparison: bool = False
    negative: bool = False
    per_share: str = ""
    why: tuple[str, ...] = ()


class Refusal(Struct, frozen=True, kw_only=True, gc=False):
    """A figure in prose that looked like a level of something and was left alone, and why."""

    numeral: Numeral
    why: str
    rule: Rule | None = None
