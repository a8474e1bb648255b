"""The grid: printed lines become paragraphs and tables, whatever source the lines came from.

Plain text, recognised text, newswire text, the text layer of a PDF and ``<pre>`` in HTML are read by these modules:

* what a line is: `lines` (kinds of lines, pages), `side_by_side` (pages printed in two columns), `entries`
  (label and figures), `spoilt` (what recognition spoils), `headwords` (words over columns), `titles`, `roles` (what a
  line does beside its neighbours);
* where tables are: `regions`, `captions` (with headings and first labels, above the
  rows), `newswire` (tables that lost their grid: `stacked`, one cell a line; `run_together`, rows run together; `bars`, cells between bars);
* what stands where: `columns` (by extents, or by order), `marks` (of notes, behind figures), `headings` and
  `spans` (headings over columns), `parts`, `readings` and `order` (headings that lost their places: what they name, what
  that can mean, and the columns it can stand over), `rows` (labels over several lines, labels and figures apart);
* and put together: `tables`, `paragraphs`, `blocks`, within the `budget` of the document.
"""

from __future__ import annotations

from tagger.grid.blocks import read_blocks
from tagger.grid.budget import Budget

__all__ = ["Budget", "read_blocks"]
