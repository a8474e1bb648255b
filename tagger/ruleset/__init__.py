"""Rules: which words mean which concept. YAML in, frozen values out.

`load_rules` reads, checks, compiles and caches; `rules/README.md` is the manual of the language.
"""

from tagger.ruleset.declared import Declarations, DeclaredConcept, DeclaredMember, DeclaredPart
from tagger.ruleset.finding import find_packs, known_packs
from tagger.ruleset.labels import Form, LabelForm, NormalLabel, forms, normalise, words_said
from tagger.ruleset.load import load_rules
from tagger.ruleset.rule import Example, Location, Rule, RuleError
from tagger.ruleset.ruleset import RuleSet
from tagger.ruleset.signs import Sign

__all__ = [
    "Declarations",
    "DeclaredConcept",
    "DeclaredMember",
    "DeclaredPart",
    "Example",
    "Form",
    "LabelForm",
    "Location",
    "NormalLabel",
    "Rule",
    "RuleError",
    "RuleSet",
    "Sign",
    "find_packs",
    "forms",
    "known_packs",
    "load_rules",
    "normalise",
    "words_said",
]
