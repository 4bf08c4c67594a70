"""From each kind of save to the verdict on screen, and on to the next exercise."""

import shutil

import pytest

from tests.end_to_end.saves import SAVES


@pytest.mark.parametrize("save", SAVES)
def test_a_wrong_save_teaches_a_right_one_passes_and_n_goes_on(watch, double, wrong, right, save):
    window = watch()
    window.wait_for_verdict("not yet", "expected starting point")

    save(double, wrong)
    shown = window.wait_for_verdict("not yet", "0 of 2 checks pass", "got      23")
    for words in ("double(21)", "expected", "42", "got", "double(n) returns 2 times n", "press h for a hint"):
        assert words in shown
    assert "n next" not in shown

    save(double, right)
    shown = window.wait_for_verdict("passed", "2 of 2 checks pass", "n next")
    assert "Done, and nothing forgotten." in shown and "next  shell/upper" in shown
    assert double.read_text() == right

    window.send("n")
    window.wait_for_verdict("not yet", "shell/upper", "upper.sh", "expected starting point")


def test_a_folder_deleted_and_made_again_is_still_watched(watch, double, wrong, right):
    window = watch()
    window.wait_for_verdict("not yet")
    shutil.rmtree(double.parent)
    window.wait_for("0 of 2 checks pass", "problem")
    double.parent.mkdir()
    double.write_text(wrong)
    window.wait_for_verdict("not yet", "got      23")
    double.write_text(right)
    window.wait_for_verdict("passed", "2 of 2 checks pass")
