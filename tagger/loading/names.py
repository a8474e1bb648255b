"""Names with the prefixes that everybody knows, whatever a file calls them."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct, field

from tagger.patterns import pattern

_OFFICIAL = pattern(r"https?://(?:fasb\.org|xbrl\.us|xbrl\.sec\.gov)/([a-z-]+)/\d{4}(?:-\d\d-\d\d)?")
_STANDARD = {
    "http://www.xbrl.org/2003/instance": "xbrli",
    "http://www.xbrl.org/2003/iso4217": "iso4217",
    "http://www.xbrl.org/2009/utr": "utr",
    "http://xbrl.org/2020/extensible-enumerations-2.0": "enum2",
}


def usual_prefix(uri: str) -> str | None:
    """Return the prefix that everybody uses for *uri*; `None` if there is none.

    >>> usual_prefix("http://fasb.org/us-gaap/2024"), usual_prefix("http://acme.example/20240630")
    ('us-gaap', None)
    """
    found = _OFFICIAL.fullmatch(uri)
    return found[1] if found else _STANDARD.get(uri)


class Names(Struct):
    """Turns the QNames of a file into names with one prefix for each namespace, and remembers which were used."""

    used: dict[str, str] = field(default_factory=dict)
    _known: dict[tuple[str, str], str] = field(default_factory=dict)

    def name(self, qname: str, namespaces: Mapping[str | None, str]) -> str:
        """Return *qname*, as written in a place with *namespaces*."""
        prefix, _, local = qname.strip().rpartition(":")
        uri = namespaces.get(prefix or None, "")
        return self.named(uri, local, prefix) if uri else qname.strip()

    def named(self, uri: str, local: str, prefix: str) -> str:
        """Return the name *local* of the namespace *uri*, which the file calls *prefix*."""
        ours = self._known.get((uri, prefix))
        if ours is None:
            ours = self._known[uri, prefix] = self._prefix(uri, prefix or "ns")
        return f"{ours}:{local}"

    def _prefix(self, uri: str, prefix: str) -> str:
        for known, other in self.used.items():
            if other == uri:
                return known
        wanted = usual_prefix(uri) or prefix
        name, number = wanted, 1
        while name in self.used:
            number += 1
            name = f"{wanted}{number}"
        self.used[name] = uri
        return name
