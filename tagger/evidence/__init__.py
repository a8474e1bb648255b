"""Evidence: what real filers call a row like this, counted from their statements, and how sure that is.

- `features`: what is seen of a row; `weights`: what was counted, packed
- `habits`: what filers who use a concept show
- `options`: the concepts a row may have, and how rows share them out; `candidates`: those that are weighed; `agreement`:
  what filers call a label, set against a rule; `weighing`: from rows of a statement to options
- `sources`, `samples`: what is counted; `counting`, `fitting`, `build`: how the weights are made

The weights hold no row of the data and no text of a taxonomy: numbers of words, names of concepts, and weights.
"""

from tagger.evidence.features import FIRST_MODERN, UNKNOWN, Seen, View, reduced, signs_of, view, words
from tagger.evidence.options import Option, Said, usual
from tagger.evidence.weighing import in_year, weigh
from tagger.evidence.weights import OWN, Weights, load_weights, read_weights

__all__ = [
    "FIRST_MODERN",
    "OWN",
    "UNKNOWN",
    "Option",
    "Said",
    "Seen",
    "View",
    "Weights",
    "in_year",
    "load_weights",
    "read_weights",
    "reduced",
    "signs_of",
    "usual",
    "view",
    "weigh",
    "words",
]
