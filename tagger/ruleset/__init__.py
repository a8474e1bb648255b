"""Rules: which words mean which concept. YAML in, frozen values out.

`load_rules` reads, checks, compiles and caches; `rules/README.md` is the manual of the language.
"""

from tagger.ruleset.declared import Declarations
from tagger.ruleset.finding import find_packs
from tagger.ruleset.labels import forms, normalise
from tagger.ruleset.load import load_rules
from tagger.ruleset.rule import Location, Rule, RuleError
from tagger.ruleset.ruleset import RuleSet

__all__ = [
    "Declarations",
    "Location",
    "Rule",
    "RuleError",
    "RuleSet",
    "find_packs",
    "forms",
    "load_rules",
    "normalise",
]
