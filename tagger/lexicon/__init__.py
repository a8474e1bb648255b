"""The only grammar: numbers, signs, currencies, scales, dates, lengths and names of periods, whatever the source.

- `numerals`: numbers in running text; `cells`: a cell that is one number; `repairs`: other readings of a number
- `pieces`: what a piece of a row looks like, before it is read
- `scales`: what a caption says of powers of ten and currency
- `branches`, `atoms`: the patterns of words of time, and the atoms they find in a string
- `grouping`, `headings`: atoms joined into phrases, as sentences write them, and as they stand over columns
- `ranges`: two dates that are the first and the last day of a period; `residue`: what of a heading is not understood
- `phrase`: what a phrase says

>>> [phrase.quarter for phrase in find_periods("Q1'24 compared to Q1'23")]
[1, 1]
"""

from tagger.lexicon.cells import parse_cell
from tagger.lexicon.grouping import find_periods, without_times
from tagger.lexicon.headings import combine, split_headings
from tagger.lexicon.numerals import Numeral, find_numerals
from tagger.lexicon.phrase import PeriodPhrase, first_day, months_of_weeks
from tagger.lexicon.pieces import (
    Look,
    figures_at_end,
    is_figure,
    is_span,
    is_unread,
    is_unread_cell,
    kind_of,
    notes_begin,
    stray_digits,
)
from tagger.lexicon.ranges import range_spans
from tagger.lexicon.repairs import repairs_of
from tagger.lexicon.residue import is_unmeasured, residue
from tagger.lexicon.scales import Scales, is_scale_line, names_money, parse_scales, says_scale, scale_behind

__all__ = [
    "Look",
    "Numeral",
    "PeriodPhrase",
    "Scales",
    "combine",
    "figures_at_end",
    "find_numerals",
    "find_periods",
    "first_day",
    "is_figure",
    "is_scale_line",
    "is_span",
    "is_unmeasured",
    "is_unread",
    "is_unread_cell",
    "kind_of",
    "months_of_weeks",
    "names_money",
    "notes_begin",
    "parse_cell",
    "parse_scales",
    "range_spans",
    "repairs_of",
    "residue",
    "says_scale",
    "scale_behind",
    "split_headings",
    "stray_digits",
    "without_times",
]
