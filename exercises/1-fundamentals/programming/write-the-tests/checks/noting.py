"""Each implementation is run with this behind it: it notes the texts that the tests try."""

_plain = parse_duration  # noqa: F821
_met = set()
_notes = open(__file__.replace("duration.py", "calls.jsonl"), "w", buffering=1)  # noqa: SIM115


def parse_duration(text):
    """Note TEXT, then do what stands above."""
    if isinstance(text, str) and text not in _met and len(_met) < 500:
        _met.add(text)
        _notes.write(__import__("json").dumps(text) + "\n")
    return _plain(text)
