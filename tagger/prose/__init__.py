"""Prose: the amounts that running text states, told from changes, percentages, guidance and the rest."""

from tagger.prose.mention import Mention, Refusal
from tagger.prose.names import names_of
from tagger.prose.reading import read_document, read_prose, statements
from tagger.prose.roles import Role, roles

__all__ = [
    "Mention",
    "Refusal",
    "Role",
    "names_of",
    "read_document",
    "read_prose",
    "roles",
    "statements",
]
