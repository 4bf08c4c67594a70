"""What check authors use: fixtures and helpers, one module a subject. Runs inside the checker only."""

from runner.kit.outcomes import not_yet

__all__ = ["not_yet"]
