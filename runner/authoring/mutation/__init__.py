"""Mutants: right answers with one mistake put into them, and whether the checks see it."""
