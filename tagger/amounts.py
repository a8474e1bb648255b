"""Amounts as printed: the one door to numerals, cells, scales and repairs."""

from tagger.cells import parse_cell
from tagger.numerals import Numeral, find_numerals
from tagger.repairs import repairs_of
from tagger.scales import Scales, parse_scales

__all__ = ["Numeral", "Scales", "find_numerals", "parse_cell", "parse_scales", "repairs_of"]
