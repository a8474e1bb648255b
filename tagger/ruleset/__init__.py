"""Rules: which words mean which concept. YAML in, frozen values out.

`load_rules` reads, checks, compiles and caches; `rules/README.md` is the manual of the language.
"""

from tagger.ruleset.labels import Form, LabelForm, NormalLabel, forms, normalise, words_said
from tagger.ruleset.load import load_rules
from tagger.ruleset.rule import Example, Location, Rule, RuleError
from tagger.ruleset.ruleset import RuleSet
from tagger.ruleset.signs import Sign

__all__ = [
    "Example",
    "Form",
    "LabelForm",
    "Location",
    "NormalLabel",
    "Rule",
    "RuleError",
    "RuleSet",
    "Sign",
    "forms",
    "load_rules",
    "normalise",
    "words_said",
]
