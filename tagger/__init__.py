"""Tag earnings releases with US-GAAP concepts and write XBRL that real tools load."""

from tagger._version import __version__
from tagger.pipeline import tag

__all__ = ["__version__", "tag"]
