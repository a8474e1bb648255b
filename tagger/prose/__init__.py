"""Prose: the amounts that running text states, told from changes, percentages, guidance and the rest."""

from tagger.prose.mention import Mention, Refusal
from tagger.prose.reading import read_document, read_prose, statements
from tagger.prose.roles import Role, roles
from tagger.prose.surroundings import names_of

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
