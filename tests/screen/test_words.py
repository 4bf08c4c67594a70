"""Text that is not ours is shown, never obeyed; and signs for terminals that lack ours."""

from __future__ import annotations

import json
import unicodedata
from dataclasses import fields

import pytest

from runner.screen.words import ASCII, HEADLINES, STYLES, UNICODE, as_json, clean, in_line, minutes, sign_of, signs
from runner.verify.verdict import EXIT_CODES

HOSTILE = {
    "colour": ("\x1b[31mred\x1b[0m", "\\x1b[31mred\\x1b[0m"),
    "clear the screen": ("\x1b[2J\x1b[H", "\\x1b[2J\\x1b[H"),
    "window title": ("\x1b]0;mine\x07", "\\x1b]0;mine\\x07"),
    "one byte CSI": ("\x9b31m", "\\x9b31m"),
    "return": ("passed\rfailed", "passed\\x0dfailed"),
    "backspace": ("12\x083", "12\\x083"),
    "delete": ("a\x7f", "a\\x7f"),
    "null": ("a\0b", "a\\x00b"),
    "vertical tab": ("a\x0bb\x0cc", "a\\x0bb\\x0cc"),
    "right to left": ("\u202egnp.exe", "\\u202egnp.exe"),
    "isolate": ("\u2066x\u2069", "\\u2066x\\u2069"),
    "device query": ("\x1b[6n\x1b[c\x05", "\\x1b[6n\\x1b[c\\x05"),
    "device control": ("\x1bP+q544e\x1b\\", "\\x1bP+q544e\\x1b\\"),
    "hyperlink": ("\x1b]8;;http://x\x1b\\y", "\\x1b]8;;http://x\\x1b\\y"),
    "zero width": ("ad\u200bmin\ufeff", "ad\\u200bmin\\ufeff"),
    "soft hyphen": ("ad\u00admin", "ad\\xadmin"),
    "filler": ("a\u3164b", "a\\u3164b"),
    "line separator": ("a\u2028b\x85c", "a\\u2028b\\x85c"),
    "tags": ("a\U000e0041b", "a\\U000e0041b"),
    "half a pair": ("a\ud83db", "a\\ud83db"),
    "a tower of marks": ("e" + "\u0301" * 6, "e" + "\u0301" * 4 + "\\u0301\\u0301"),
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_what_a_terminal_would_obey_is_made_visible(kind: str):
    text, shown = HOSTILE[kind]
    assert clean(text) == shown


@pytest.mark.parametrize("first", range(0, 0x110000, 0x10000))
def test_every_character_that_controls_or_hides_is_made_visible(first: int):
    for each in map(chr, range(first, first + 0x10000)):
        unseen = unicodedata.category(each) in ("Cc", "Cf", "Cs", "Zl", "Zp") and each not in "\n\t"
        assert clean(each).isprintable() or not unseen, hex(ord(each))
        assert clean(clean(each)) == clean(each)


def test_a_name_stays_in_one_line():
    assert in_line("a\nb\tc\x1b[2J [red]") == "a\\x0ab\\x09c\\x1b[2J [red]"


def test_json_has_nothing_for_a_terminal_to_obey():
    data = {"a\x7f": "".join(map(chr, range(0x100))) + "\u202e\ud83d"}
    text = as_json(data)
    assert text.isprintable() and text.isascii()
    assert json.loads(text) == data


def test_ordinary_text_stays_as_it_is():
    text = "Zoë 李雷 🎉 ❤\ufe0f นี้ e\u0301 {x[0]} [bold]\n\ttab – “quoted” \\x1b\n"
    assert clean(text) == text


@pytest.mark.parametrize("encoding", ["utf-8", "UTF-8", "utf-16"])
def test_signs_where_unicode_can_be_shown(encoding: str):
    assert signs(encoding) is UNICODE


@pytest.mark.parametrize("encoding", [None, "ascii", "ANSI_X3.4-1968", "latin-1", "cp1252", "no-such-encoding"])
def test_plain_signs_elsewhere(encoding: str | None):
    assert signs(encoding) is ASCII


def test_plain_signs_are_ascii_and_each_status_has_its_own():
    assert all(getattr(ASCII, each.name).isascii() for each in fields(ASCII))
    for known in (UNICODE, ASCII):
        told_apart = [sign_of(status, known) for status in ("passed", "failed", "blocked", "error", "crashed")]
        assert len(set(told_apart)) == 5


def test_every_status_has_a_headline_and_a_style():
    assert set(HEADLINES) == set(EXIT_CODES)
    assert set(EXIT_CODES) <= set(STYLES)


@pytest.mark.parametrize(
    ("count", "words"), [(5, "5 min"), (89, "89 min"), (90, "2 h"), (120, "2 h"), (599, "10 h"), (960, "2 days")]
)
def test_times_to_plan_with(count: int, words: str):
    assert minutes(count) == words
