"""How a row of a statement gets its concept, step by step.

- `labels`: what the row is called; a total without a label, after the rows it sums
- `candidates`: the rules that want it (`matching` finds them), by the names of the year (`years`)
- `weighed`: what filers call such a row (`evidence` knows), set against the rules
- `terms`: what is current by its place on the balance sheet; `owners`: whose the equity of a total is, as it adds up
- `summed`: a part of a total never has the name of the total; `settling`: one concept goes to one line
- `choosing`: all of these in turn, and a concept of the filer's `own` where none is left; what was chosen is a `choice`
- `retold`: a row that several tables print has one name
- `apart`: own names that no two rows share; `declared`: what packs call parts of the company; `ends`: opening balances
"""
