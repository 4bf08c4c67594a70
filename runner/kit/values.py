"""Helpers for comparing what the learner's code returned."""

from __future__ import annotations

from typing import Any


def in_any_order(value: Any) -> Any:
    """VALUE with its items sorted where it is a list, so that two lists with the same items compare as equal.

    Anything else comes back as it is: it equals no list. Items of several types can stand side by side.

    ```python
    assert in_any_order(learner.call("words:anagrams", "listen")) == in_any_order(["silent", "enlist"])
    ```
    """
    return sorted(value, key=_key) if isinstance(value, list) else value


def _key(item: Any) -> str:
    """Something to sort any item by; equal items get the same one."""
    if isinstance(item, bool | int | float):
        return f"number {float(item):.17g}" if abs(item) < 2**53 else f"number {item}"
    if isinstance(item, list | tuple):
        return f"list {[_key(each) for each in item]}"
    if isinstance(item, dict):
        return f"dict {sorted((_key(key), _key(each)) for key, each in item.items())}"
    return f"{type(item).__name__} {item!r}"
