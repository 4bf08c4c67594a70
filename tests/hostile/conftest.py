"""The answers and the pack that they attack are material, not tests."""

collect_ignore = ["answers", "pack"]
