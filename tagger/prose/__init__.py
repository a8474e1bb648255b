"""Prose: the amounts that running text states, told from changes, percentages, guidance and the rest.

`sentence` masks a sentence for the grammar of `words`; `roles` (with `kinds`) says what each number is, `binding` (with
`bound`) of which subject, `subjects` whether that is the whole of it, `whose` (with `names`) whether it is the company's,
`times` of which period. `reading` goes through a document, with what `surroundings` and `bare` find around a sentence;
`headings` says which heading may name a part; `disputes` drops what speaks against what was said before; `mention` is what comes out.
"""

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
