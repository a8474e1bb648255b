"""Labels of concepts, in the words of the release."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec.structs import replace

from tagger.characters import clean_characters
from tagger.tagged import Tagged
from tagger.writing.names import words
from tagger.writing.networks import LABEL, TERSE, Branch, Network

Labels = dict[str, dict[str, str]]


def write_labels(tagged: Tagged, trees: Sequence[Network], names: Iterable[str]) -> Labels:
    """Return the labels of all *names*, by concept and role.

    A concept of the filer's own has the label it was declared with; of others, the first line of the release that shows
    it gives its standard label. Where another
    concept has those words already, the heading above makes the difference, or else the name.
    """
    own = {concept.name: concept.label for concept in tagged.own}
    headings = {heading.name: heading.label for tree in trees for heading in tree.headings}
    labels: Labels = {}
    taken: set[str] = set()
    for tree in trees:
        for branch in tree.branches:
            found = labels.setdefault(branch.concept, {})
            text = clean_label(branch.label) or words(branch.concept)
            if LABEL not in found:
                above = clean_label(headings.get(branch.parent, ""))
                declared = clean_label(own.get(branch.concept, ""))
                *choices, last = _choices(text, declared, above, branch.concept)
                found[LABEL] = next((choice for choice in choices if choice not in taken), last)
                taken.add(found[LABEL])
            found.setdefault(branch.preferred, text)
    for name in names:
        if name not in labels:
            labels[name] = {LABEL: clean_label(own.get(name) or headings.get(name, "")) or words(name)}
    return labels


def _choices(text: str, declared: str, above: str, concept: str) -> tuple[str, ...]:
    """Return the labels a concept that is shown as *text* may have, the best first."""
    return (declared or text, text, f"{above}: {text}" if above else text, f"{text} ({words(concept)})")


def shorten(trees: Sequence[Network], labels: Labels) -> tuple[Network, ...]:
    """Let lines be shown in their own words where these are not the standard label: as the terse label of *labels*.

    A concept has one terse label; a line with a third wording is shown with the standard one.
    """
    return tuple(
        replace(tree, branches=tuple(_shortened(branch, labels[branch.concept]) for branch in tree.branches))
        for tree in trees
    )


def _shortened(branch: Branch, found: dict[str, str]) -> Branch:
    text = clean_label(branch.label)
    if branch.preferred != LABEL or not text or text == found[LABEL]:
        return branch
    return replace(branch, preferred=TERSE) if found.setdefault(TERSE, text) == text else branch


def clean_label(label: str) -> str:
    """Fold white space, and leave off what only ends a line: colons and dot leaders.

    >>> clean_label("  Current  assets: ....")
    'Current assets'
    """
    folded = " ".join(clean_characters(label).split())
    return folded.rstrip(" .:_-\u2013\u2014") or folded
