"""The search for sums among the rows of a table, from its figures alone.

`sums` walks the rows, `guesses` proposes parts and weighs them over all columns, `vectors` are the rows as whole numbers,
`totals` the words that say a row sums.
"""
