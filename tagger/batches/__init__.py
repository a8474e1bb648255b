"""Many releases: found in folders and archives, tagged by several processes, kept as they are done.

`sources` finds documents, `manifest` knows whose they are, `work` tags one, `crew` has processes do it and stops those
that take too long, `store` keeps what is done, `tables` writes it down, `run` is all of it.
"""

from tagger.batches.failure import Failure, FailureKind
from tagger.batches.many import tag_many
from tagger.batches.sources import Source, find_releases

__all__ = ["Failure", "FailureKind", "Source", "find_releases", "tag_many"]
