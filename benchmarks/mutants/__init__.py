"""Break deciding lines, one at a time, and count how many breaks the tests notice.

`breaks` says what is broken, `trace` which tests enter which function, `trial` tries a break with those tests.
"""
