"""Where a set of rules came from: enough to load it again, in another process or on another day."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from tagger.ruleset.load import load_rules
from tagger.ruleset.ruleset import RuleSet


@dataclass(frozen=True, slots=True)
class RuleSource:
    """The directories of a rule set, and the name of its content; the rules themselves load when they are asked for.

    A source that is pickled or copied leaves the rules behind: they are megabytes, and a millisecond away.
    """

    directories: tuple[str, ...]
    base: bool
    key: str
    _loaded: RuleSet | None = field(default=None, compare=False, repr=False)

    def __reduce__(self) -> tuple[Any, ...]:
        return RuleSource, (self.directories, self.base, self.key)

    def load(self) -> RuleSet:
        """Return the rules; raise `ValueError` where their files are others by now."""
        return self._loaded if self._loaded is not None else _again(self)


def rule_source(rules: RuleSet) -> RuleSource:
    """Return where *rules* came from, with the rules at hand."""
    return RuleSource(rules.directories, rules.base, rules.key, rules)


@lru_cache(maxsize=4)
def _again(source: RuleSource) -> RuleSet:
    rules = load_rules(*source.directories, base=source.base)
    if rules.key != source.key:
        raise ValueError(f"the rules have changed since: {', '.join(source.directories) or 'the built-in ones'}")
    return rules
