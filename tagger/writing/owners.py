"""Whose the files are that stand where an output is to go: nothing is lost by writing over what belongs to another."""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import blake2b
from pathlib import Path

from tagger.patterns import pattern
from tagger.reading.decoding import ReadError, decode, mend_controls
from tagger.tagged import Tagged

_RELEASE = pattern(rb"<!-- Of the release ([0-9a-f]+)\. -->")
_HEAD = 500


def release_comment(tagged: Tagged) -> str:
    """Return a comment that tells the extension of one release from those of others."""
    text = tagged.document.text.encode("utf-8", "surrogatepass")
    return f"<!-- Of the release {blake2b(text, digest_size=10).hexdigest()}. -->\n"


def check_beside(target: Path, schema: Path, content: bytes, kinds: Iterable[str]) -> None:
    """Refuse to write *content* over the *schema* of another release, which its report beside *target* goes on using."""
    others = (other for kind in kinds if (other := target.with_suffix(f".{kind}")) != target)
    used = next((other for other in others if other.exists()), None)
    if used is not None and schema.is_file() and _release(schema.read_bytes()) != _release(content):
        raise ValueError(f"{schema}: it goes with {used.name}, which is of another release; choose another name")


def _release(schema: bytes) -> bytes:
    found = _RELEASE.search(schema[:_HEAD])
    return found[1] if found else b""


def check_release(target: Path, tagged: Tagged) -> None:
    """Refuse to write over the release that *tagged* was read from."""
    source = (tagged.document.markup or tagged.document.text).strip()
    if not target.is_file() or target.stat().st_size < len(source) // 2:
        return
    try:
        text = mend_controls(decode(target.read_bytes()).replace("\r\n", "\n").replace("\r", "\n"))
    except ReadError:
        return
    if text.strip() == source or (text.lstrip().startswith("<SEC-DOCUMENT>") and source in text):
        raise ValueError(f"{target}: this is the release itself; write it elsewhere")
