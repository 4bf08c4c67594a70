"""A small track in the layout of Exercism's, with exercises of our own."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from tests.packs import put

ROOMS_TESTS = """
import unittest
from rooms import Room, price, FREE

class RoomsTest(unittest.TestCase):
    def test_a_night_has_its_price(self):
        self.assertEqual(price(1), 80)

    def test_no_night_is_refused(self):
        with self.assertRaises(ValueError) as err:
            price(0)
        self.assertEqual(type(err.exception), ValueError)
        self.assertEqual(err.exception.args[0], "at least one night")

    def test_a_new_room_is_free(self):
        room = Room(7)
        self.assertEqual(room.state, FREE)
        self.assertIs(room.book("Ana", nights=2), True)
        self.assertEqual(str(room), "7: Ana")

    def test_with_a_patched_clock(self):
        with unittest.mock.patch("time.time"):
            self.assertEqual(price(1), 80)
"""

ROOMS_ANSWER = """
FREE = "free"

def price(nights):
    if nights < 1:
        raise ValueError("at least one night")
    return 80 * nights

class Room:
    def __init__(self, number):
        self.number, self.state, self.guest = number, FREE, ""
    def book(self, guest, nights):
        self.state, self.guest = "taken", guest
        return True
    def __str__(self):
        return f"{self.number}: {self.guest}"
"""

ROOMS_STUB = """
FREE = None

def price(nights):
    pass

class Room:
    def __init__(self, number):
        pass
"""

INSTRUCTIONS = """# Instructions

A small hotel wants to know what a night costs, and whether a room is free, and it wants both in one place.
See the [price list][list] and [rooms].

## Rooms

- a room is free at first
- it is taken once somebody has booked it, for as many nights as they like, at the price that the list has for it

~~~~exercism/note
Nobody pays twice.
~~~~

```python
# a comment, which is no heading
room = Room(7)
```

[list]: https://example.org/prices
[rooms]: https://example.org/rooms
"""

HINTS = """# Hints

## General

- Begin with the [price][list] of one night.
- Then let a room remember its guest.
- Then make a text of it.
- Read the messages.

[list]: https://example.org/prices
"""

MAPPED_TESTS = """
import unittest
from mapped import mapped

class MappedTest(unittest.TestCase):
    def test_nothing(self):
        self.assertEqual(mapped(lambda x: x, []), [])
    def test_doubles(self):
        self.assertEqual(mapped(lambda x: 2 * x, [1]), [2])
    def test_none(self):
        self.assertIsNone(mapped(None, None))
"""


def make_track(root: Path, **keys: Any) -> Path:
    """Write the track into ROOT: `rooms` (one test cannot be carried over), `mapped` (most cannot), `old` (deprecated).

    Args:
        keys: keys of its `config.json` to be changed.
    """
    practice = [
        {"slug": "rooms", "name": "Rooms", "difficulty": 4},
        {"slug": "mapped", "name": "Mapped", "difficulty": 1},
        {"slug": "old", "name": "Old", "difficulty": 1, "status": "deprecated"},
    ]
    config = {"language": "Python", "slug": "python", "exercises": {"practice": practice}, **keys}
    put(root / "config.json", json.dumps(config))
    put(root / "LICENSE", "A licence of our own.\n")
    add_practice(root, "rooms", ROOMS_TESTS, ROOMS_ANSWER, ROOMS_STUB, source="A hotel", authors=["ana", "ben"])
    put(root / "exercises" / "practice" / "rooms" / ".docs" / "instructions.md", INSTRUCTIONS)
    put(root / "exercises" / "practice" / "rooms" / ".docs" / "hints.md", HINTS)
    mapped = "def mapped(f, items):\n    return items and [f(each) for each in items]\n"
    add_practice(root, "mapped", MAPPED_TESTS, mapped, "def mapped(f, items):\n    return 1\n")
    return root


def add_practice(root: Path, slug: str, tests: str, answer: str, stub: str = "", **keys: Any) -> Path:
    """Write one practice exercise into the track ROOT, without listing it; returns its folder."""
    folder = root / "exercises" / "practice" / slug
    files = {"solution": [f"{slug}.py"], "test": [f"{slug}_test.py"], "example": [".meta/example.py"]}
    meta = {"authors": [], "files": files, "blurb": f"Write {slug}.", "source_url": "https://example.org", **keys}
    put(folder / ".meta" / "config.json", json.dumps(meta))
    put(folder / ".meta" / "example.py", answer)
    put(folder / ".docs" / "instructions.md", f"# Instructions\n\nWrite {slug}.\n")
    put(folder / f"{slug}.py", stub)
    put(folder / f"{slug}_test.py", tests)
    return folder


def list_only(root: Path, *slugs: str) -> None:
    """Have the track list SLUGS alone."""
    data = json.loads((root / "config.json").read_text())
    data["exercises"]["practice"] = [{"slug": slug, "name": slug.title(), "difficulty": 1} for slug in slugs]
    put(root / "config.json", json.dumps(data))
