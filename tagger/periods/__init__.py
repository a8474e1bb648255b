"""Period words as printed: phrases in running text, headings over columns.

>>> [phrase.quarter for phrase in find_periods("Q1'24 compared to Q1'23")]
[1, 1]
"""

from tagger.periods.grouping import find_periods
from tagger.periods.headings import combine, split_headings
from tagger.periods.phrase import PeriodPhrase

__all__ = ["PeriodPhrase", "combine", "find_periods", "split_headings"]
