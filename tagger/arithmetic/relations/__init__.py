"""The generators of relations: each module looks for one kind, and `judge` alone says which hold."""
