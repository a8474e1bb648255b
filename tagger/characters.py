"""Characters that no release means, and text as XML holds it."""

from __future__ import annotations

from html import escape

from tagger.patterns import pattern

# Controls and halves of characters.
_NOT_XML = pattern("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
# And the noncharacters, which Unicode keeps for use inside of programs: what this library marks a page with, nothing that
# comes from outside can be.
_UNMEANT = pattern(
    f"{_NOT_XML.pattern[:-1]}\ufdd0-\ufdef{''.join(chr(at) + chr(at + 1) for at in range(0x1FFFE, 0x110000, 0x10000))}]"
)
# Printable ASCII and white space, and what a character that no text means cannot be without, in UTF-8.
_USUAL = bytes([0x09, 0x0A, 0x0D, *range(0x20, 0x80)])
_CONTROLS = bytes([*range(9), 0x0B, 0x0C, *range(0x0E, 0x20)])
_BEYOND = (b"\xed", b"\xef\xb7", b"\xbf\xbe", b"\xbf\xbf")
_REFERENCE = pattern(r"&#(?:[xX][0-9a-fA-F]+|[0-9]+);?")
NCNAME = pattern(r"[A-Za-z_][A-Za-z0-9_.-]*")
"""A name without a prefix, in ASCII."""

MARK, MARK_END = "\ufdd0", "\ufdd1"
"""What stands around a mark of ours."""


def clean_characters(text: str) -> str:
    """Put a blank for each character that XML 1.0 cannot hold at all, so that places stay places.

    >>> clean_characters("page 1\\fpage 2")
    'page 1 page 2'
    """
    return _NOT_XML.sub(" ", text)


def clean_references(markup: str) -> str:
    """Put a blank for each character of *markup* that no text can mean, however it is written.

    >>> clean_references("a\\x01b&#1;c&#xFDD0;d &#160;")
    'a b c d &#160;'
    """
    if _may_be_unmeant(unusual(markup)):
        markup = _UNMEANT.sub(" ", markup)
    if "&#" in markup and any(map(_is_unmeant, set(_REFERENCE.findall(markup)))):
        return _REFERENCE.sub(lambda found: " " if _is_unmeant(found[0]) else found[0], markup)
    return markup


def unusual(text: str) -> bytes:
    """Return what of *text*, in UTF-8, is neither printable ASCII nor white space: little, and quick to look through.

    >>> unusual("Special charges – 8\\x01")
    b'\\xe2\\x80\\x93\\x01'
    """
    return text.encode("utf-8", "surrogatepass").translate(None, _USUAL)


def _may_be_unmeant(unusual: bytes) -> bool:
    """Whether a character that no text can mean may be among these bytes; where it says no, there is none."""
    return len(unusual.translate(None, _CONTROLS)) < len(unusual) or any(mark in unusual for mark in _BEYOND)


def _is_unmeant(reference: str) -> bool:
    digits = reference.rstrip(";").lstrip("&#xX").lstrip("0")
    number = int(digits or "0", 16 if reference[2] in "xX" else 10) if len(digits) < 8 else 0
    return 0 < number < 0x110000 and _UNMEANT.match(chr(number)) is not None


_ODD = "ſıİ"  # that they are small letters already, or become two, keeps `str.lower` from them
_CASELESS = str.maketrans(_ODD, "sii")  # which a pattern that ignores case takes for these letters


def lowered(text: str) -> str:
    """Return *text* in small letters, place for place, each as a pattern that ignores case takes it.

    >>> lowered("Auguſt"), len("İ".lower()), len(lowered("İ"))
    ('august', 2, 1)
    """
    odd = not text.isascii() and any(letter in text for letter in _ODD)
    return (text.translate(_CASELESS) if odd else text).lower()


def escape_text(text: str) -> str:
    """Write *text* so that an XML parser reads it back character by character."""
    return escape(clean_characters(text), quote=False).replace("\r", "&#13;")
