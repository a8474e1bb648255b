"""Hunting for inputs that break the library: documents changed at random, and by what their bytes reach.

    python -m benchmarks.fuzz [--number 2000] [--seed 1] [--from DIR …] [--keep DIR] [--only releases,reports,packs]
    python -m benchmarks.fuzz --only loads --number 200      let Arelle load what is written of them
    python -m benchmarks.fuzz --guided [--seconds 3600]

`mutating` changes documents, `holding` says what holds for every one of them, `guided` lets coverage choose the changes.
"""
