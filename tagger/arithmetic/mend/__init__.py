"""Mending: figures misread, rows and headings in the wrong place, put right where arithmetic leaves one way.

- `figures`   one figure of a column, by the sums that fail; what the cells' own repairs were
- `failing`   where a table does not add up, and which figures could be wrong
- `edits`     whether one slip turns a number into another
- `elsewhere` where numbers stand a second time
- `unread`    cells that could not be read as numbers
- `rows`, `moves`  figures of a row in the wrong columns, rows exchanged
- `headings`  headings of two columns exchanged
- `ratios`    earnings per share and share counts
"""
