"""Surveying: what the rules of a pack do over many releases, rule by rule.

`counting` counts who fired, won, lost and was right; `differing` says what two packs do differently; `page` shows a pack.
"""

from tagger.surveying.counting import Count, survey
from tagger.surveying.differing import Difference, compare_packs

__all__ = ["Count", "Difference", "compare_packs", "survey"]
