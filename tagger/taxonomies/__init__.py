"""Official taxonomies: read from their packages, kept on this machine, asked for what they say.

The built-in catalog (`tagger.catalog`) makes the library work out of the box; this makes a whole official taxonomy
usable beside it. Nothing is downloaded, and no text of an official taxonomy is part of the library.

Names are imported when they are first used: who has no taxonomy installed pays for no database.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tagger.taxonomies.answers import (
        Attributes,
        Hit,
        Part,
        Position,
        TaxonomyConcept,
        TaxonomyLabel,
        name_words,
    )
    from tagger.taxonomies.extending import differences, installed_key, load_catalog
    from tagger.taxonomies.package import PackageError
    from tagger.taxonomies.store import About, StoreError
    from tagger.taxonomies.taxonomy import Taxonomy

__all__ = [
    "About",
    "Attributes",
    "Hit",
    "PackageError",
    "Part",
    "Position",
    "StoreError",
    "Taxonomy",
    "TaxonomyConcept",
    "TaxonomyLabel",
    "differences",
    "installed_key",
    "load_catalog",
    "name_words",
]

_HOMES = {
    "answers": ("Attributes", "Hit", "Part", "Position", "TaxonomyConcept", "TaxonomyLabel", "name_words"),
    "extending": ("differences", "installed_key", "load_catalog"),
    "package": ("PackageError",),
    "store": ("About", "StoreError"),
    "taxonomy": ("Taxonomy",),
}
_HOME = {name: module for module, names in _HOMES.items() for name in names}


def __getattr__(name: str) -> object:
    """Import a public name when it is first asked for (PEP 562)."""
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value: object = getattr(import_module(f"{__name__}.{_HOME[name]}"), name)
    globals()[name] = value
    return value
