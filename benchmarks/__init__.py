"""Benchmarks: ``python -m benchmarks [PATH …]``, a release or folders of them; the example if none is given."""
