"""Styles from outside, of which nothing is left that loads, runs or points anywhere."""

from __future__ import annotations

import re

from tagger.characters import clean_characters, lowered
from tagger.patterns import pattern
from tagger.writing.tree import known

# All that can reach out of a style is a function, url() above all, or a rule with an @, @import above all; either may
# be spelled with escapes. They are looked for everywhere, in comments and texts too: no parser's reading of the rest
# can then bring one back.
_ESCAPE = pattern(r"\\(?:([0-9a-fA-F]{1,6})(?:\r\n|[ \t\n\r\f])?|[\s\S]|$)")
_CALL = pattern(r"(?<![\w-])([\w-]+)\(")
_AT = pattern(r"@([\w-]*)")
_POINTER = pattern(r"-(?:sec-)?ix-hidden", re.IGNORECASE)  # "-sec-ix-hidden" says where a hidden fact is shown
_NOT_ASCII = pattern(r"[^\x00-\x7f]")


def asks(css: str) -> bool:
    """Whether *css* may hold what `clean_css` takes out; most styles do not."""
    return "(" in css or "@" in css or "\\" in css or "ix-hidden" in lowered(css)


def clean_css(css: str) -> str:
    """Return *css* without what could load or run anything; a declaration that wanted it says nothing any more.

    >>> clean_css("color:rgb(1,2,3); background:u\\\\72l(//x.example/a.gif)")
    'color:rgb(1,2,3); background:no-ul(//x.example/a.gif)'
    >>> clean_css("@import 'a.css'; @media print { p { margin: 0 } }")
    "@no-import 'a.css'; @media print { p { margin: 0 } }"
    """
    css = css.replace("<!--", " ").replace("-->", " ")
    if "\\" in css:
        css = _ESCAPE.sub(lambda found: _spelled(found[1]), css)
    functions, rules = known("css_functions"), known("css_rules")
    css = _CALL.sub(lambda found: found[0] if found[1].lower() in functions else f"no-{found[0]}", css)
    css = _AT.sub(lambda found: found[0] if found[1].lower() in rules else f"@no-{found[1]}", css)
    return _POINTER.sub("no", css)


def write_sheet(css: str) -> str:
    """Write a style sheet so that it says the same whether a browser takes the page for HTML or for XML."""
    css = _NOT_ASCII.sub(lambda found: f"\\{ord(found[0]):x} ", css.replace("]]>", "]] >").replace("<", "\\3c "))
    return f'<style type="text/css">/*<![CDATA[*/{css}/*]]>*/</style>\n'


def _spelled(code: str | None) -> str:
    """Return the character that an escape names where it is a sign of text; letters need no escape."""
    number = int(code, 16) if code else 0
    return clean_characters(chr(number)) if 0x7F < number < 0x110000 else ""
