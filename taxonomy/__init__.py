"""Data: the built-in catalog of concepts. See README.md."""
