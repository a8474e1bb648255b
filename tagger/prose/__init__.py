"""Prose: the amounts that running text states, told from changes, percentages, guidance and the rest."""

from tagger.prose.mention import Mention, Refusal
from tagger.prose.reading import names_of, read_document, read_prose, statements
from tagger.prose.roles import NumeralRole, Role, roles

__all__ = [
    "Mention",
    "NumeralRole",
    "Refusal",
    "Role",
    "names_of",
    "read_document",
    "read_prose",
    "roles",
    "statements",
]
