"""Learning: a company's own filings to a pack of rules that its accountant can read, keep and add to.

`filing` reads a filing's page and its facts, `aligning` finds the fact of each printed figure, `rows` says what each row
meant, `telling` finds what tells two rows of one label apart, `drafting` makes rules of it all, `pack` writes them, and
`reviewing` holds the next release against what was learned.
"""

from tagger.learning.filing import Filing, read_filing
from tagger.learning.pack import Learned, learn, write_pack
from tagger.learning.reviewing import Change, accept, review

__all__ = ["Change", "Filing", "Learned", "accept", "learn", "read_filing", "review", "write_pack"]
