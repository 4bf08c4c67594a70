"""A mutant has an id that lasts, a line, and a diff that shows the mistake alone."""

from __future__ import annotations

from runner.authoring.mutation.edits import Mutant, mutants
from runner.authoring.mutation.python import edits

TEXT = b"def f(a):\n    # limits\n    if a < 1:\n        return 0\n    return a\n"


def of(text: bytes, answer: str = "right/plain") -> dict[tuple[str, str], Mutant]:
    made = list(mutants("start/one", answer, "one.py", text, edits(text)))
    assert len({each.id for each in made}) == len(made)
    return {(each.before, each.after): each for each in made}


LIMIT = ("if a < 1:", "if a <= 1:")


def test_what_a_mutant_tells() -> None:
    mutant = of(TEXT)[LIMIT]
    assert (mutant.line, mutant.kind, mutant.place) == (3, "limit moved", "right/plain/one.py:3")
    assert mutant.text == TEXT.replace(b"<", b"<=")
    assert mutant.diff.splitlines() == [
        "--- a/right/plain/one.py",
        "+++ b/right/plain/one.py",
        "@@ -1,5 +1,5 @@",
        " def f(a):",
        "     # limits",
        "-    if a < 1:",
        "+    if a <= 1:",
        "         return 0",
        "     return a",
    ]


def test_an_id_lasts_while_its_line_does() -> None:
    moved = of(b"import os\n\n\n" + TEXT.replace(b"    return a\n", b"    return a + 7\n"))
    assert moved[LIMIT].id == of(TEXT)[LIMIT].id
    assert moved[LIMIT].line == 6
    assert of(TEXT, "right/other")[LIMIT].id != of(TEXT)[LIMIT].id
    assert of(TEXT.replace(b"a < 1", b"a < 2"))["if a < 2:", "if a <= 2:"].id != of(TEXT)[LIMIT].id


def test_the_same_line_twice_has_two_ids() -> None:
    text = TEXT + TEXT.replace(b"f(", b"g(")
    found = [
        each for each in mutants("start/one", "right/plain", "one.py", text, edits(text)) if each.before == LIMIT[0]
    ]
    ids = [each.id for each in found if each.after == LIMIT[1]]
    assert len(set(ids)) == 2
    assert ids[0] == of(TEXT)[LIMIT].id


def test_two_ways_to_one_text_are_one_mutant() -> None:
    text = b"x = a[0:]\n"  # 0 left out of the slice is no change; 0 as 1 comes from the number and from the slice
    changed = [each.text for each in mutants("start/one", "right/plain", "one.py", text, edits(text))]
    assert len(changed) == len(set(changed))
