"""What check authors use: fixtures and helpers, one module a subject. Runs inside the checker only."""

from runner.kit.learner import Tuple
from runner.kit.outcomes import not_yet
from runner.kit.values import in_any_order

__all__ = ["Tuple", "in_any_order", "not_yet"]
