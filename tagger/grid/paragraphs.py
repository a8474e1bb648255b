"""Paragraphs: running text joined over its line ends."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tagger.document import Paragraph, fold
from tagger.grid.lines import Kind, Line
from tagger.grid.titles import is_title
from tagger.patterns import pattern
from tagger.values import Span

_BULLET = pattern(r"\s*(?:[•·●▪■◦*]|[o©§]\s|- -\s|[-–—]\s{1,4}(?=[A-Z]))\s*\S")
_STOP = (".", "!", "?", ":", ".”", '."', ".'", "?”", '?"')


def make_paragraphs(text: str, lines: Sequence[Line]) -> Iterator[Paragraph]:
    """Yield the paragraphs of *lines*; a blank line, a bullet or a new indent begins one."""
    widest = max((len(line.string.rstrip()) for line in lines if line.kind is Kind.TEXT), default=0)
    group: list[Line] = []
    for line in lines:
        if line.kind is not Kind.TEXT:
            if group and line.kind is not Kind.RULE:
                yield _paragraph(text, group)
                group = []
            continue
        if group and _begins(line, group, widest):
            yield _paragraph(text, group)
            group = []
        group.append(line)
    if group:
        yield _paragraph(text, group)


def _begins(line: Line, group: Sequence[Line], widest: int) -> bool:
    """Say whether *line* begins a new paragraph after the lines of *group*."""
    if _BULLET.match(line.string):
        return True
    above = group[-1]
    last = above.string.rstrip()
    if last.endswith(_STOP) and (
        line.indent > above.indent + 2 or (len(last) < 0.8 * widest and line.string.lstrip()[:1].isupper())
    ):
        return True
    if len(group) == 1 and is_title(last.strip()) and len(last) < 0.75 * widest and line.string.lstrip()[:1].isupper():
        return len(line.string.rstrip()) > 0.75 * widest
    return False


def _paragraph(text: str, group: Sequence[Line]) -> Paragraph:
    first, last = group[0], group[-1]
    span = Span(first.start + first.indent, last.start + len(last.string.rstrip()))
    folded = fold(text, [Span(line.start, line.end) for line in group])
    bullet = _BULLET.match(first.string) is not None
    heading = not bullet and len(group) <= 3 and is_title(folded.string)
    return Paragraph(text=folded, span=span, heading=heading, bullet=bullet)
