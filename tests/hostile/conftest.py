"""The answers and the pack that they attack are material, not tests."""

from tests.end_to_end.conftest import double, events, right, root, watch, wrong  # noqa: F401  fixtures

collect_ignore = ["answers", "pack"]
