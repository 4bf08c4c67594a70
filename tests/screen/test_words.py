"""Text that is not ours is shown, never obeyed; and signs for terminals that lack ours."""

from __future__ import annotations

import unicodedata
from dataclasses import fields

import pytest

from runner.screen.words import ASCII, HEADLINES, STYLES, UNICODE, clean, minutes, sign_of, signs
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
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_what_a_terminal_would_obey_is_made_visible(kind: str):
    text, shown = HOSTILE[kind]
    assert clean(text) == shown


def test_every_control_character_is_made_visible():
    everything = "".join(map(chr, range(0x3000)))
    left = {each for each in clean(everything) if unicodedata.category(each) == "Cc"}
    assert left == {"\n", "\t"}
    marks = {
        each for each in clean(everything) if unicodedata.bidirectional(each) in ("RLO", "LRO", "RLE", "LRE", "PDF")
    }
    assert marks == set()


def test_ordinary_text_stays_as_it_is():
    text = "Zoë 李雷 🎉 {x[0]} [bold]\n\ttab – “quoted” \\x1b\n"
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
