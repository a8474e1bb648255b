"""One arithmetic: what a release's figures say of one another.

- `orientation`  which way each row of a statement counts, from its sums
"""
