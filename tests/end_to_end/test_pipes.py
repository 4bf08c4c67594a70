"""`learn watch` without a terminal, and beside other commands: plain lines, JSON events, a moved place."""

import json
import signal
import subprocess

import pytest

from tests.end_to_end.driver import LEARN, Events, environment, learn, lock_is_free, no_process_left, until


def test_plain_lines_for_a_pipe(root, tmp_path, double, wrong, right):
    log = tmp_path / "log.txt"
    with log.open("wb") as file:
        process = subprocess.Popen(
            [str(LEARN), "watch"], cwd=root, env=environment(tmp_path), stdin=subprocess.DEVNULL, stdout=file
        )
        try:
            until(lambda: "expected starting point" in log.read_text(), log.read_text)
            double.write_text(wrong)
            until(lambda: "got      23" in log.read_text(), log.read_text)
            double.write_text(right)
            until(lambda: "to go there: learn goto upper" in log.read_text(), log.read_text)
            assert learn(root, tmp_path, "goto", "upper").returncode == 0
            until(lambda: "shell/upper/upper.sh" in log.read_text(), log.read_text)
            until(lambda: log.read_text().count("not yet") == 3, log.read_text)
        finally:
            process.terminate()
            assert process.wait(20) == 143
    text = log.read_text()
    assert "\x1b" not in text
    assert len(max(text.splitlines(), key=len)) <= 80
    assert text.index("not yet") < text.index("2 of 2 checks pass") < text.index("next  shell/upper")
    assert "last open exercise" not in text
    no_process_left(tmp_path)


def test_plain_lines_on_a_terminal_when_asked_for(watch, double, right):
    window = watch("--plain")
    window.wait_for("not yet", "expected starting point")
    double.write_text(right)
    window.wait_for("2 of 2 checks pass", "to go there: learn goto upper")
    assert b"\x1b[?1049h" not in window.raw
    window.send("ctrl-c")
    assert window.ended() == 130


def test_json_events_for_a_program(events, root, double, wrong, right):
    first = events.wait_for(lambda event: event["event"] == "exercise")
    assert first == {
        "event": "exercise",
        "exercise": "start/double",
        "folder": str(root / "start" / "double"),
        "files": [str(double)],
    }
    assert events.verdict()["status"] == "failed"
    double.write_text(wrong)
    failed = events.verdict()
    double.write_text(right)
    passed = events.verdict()
    assert (failed["status"], passed["status"]) == ("failed", "passed")
    assert failed["content"] != passed["content"]
    assert [(each["id"], each["status"]) for each in failed["checks"]] == [
        ("doubles", "failed"),
        ("doubles-zero", "skipped"),
    ]
    checks = [(each["id"], each["status"]) for each in events.seen if each["event"] == "check"]
    assert checks[-2:] == [("doubles", "passed"), ("doubles-zero", "passed")]
    assert events.ended(signal.SIGINT) == 130
    assert events.last_words() == ""


def test_every_line_of_json_is_json_also_without_unicode(root, tmp_path, double):
    env = {"PYTHONIOENCODING": "ascii"}
    events = Events(root, tmp_path, env=env)
    try:
        events.verdict()
        double.write_text("def double(n):\n    raise ValueError('Zoë 李')\n", encoding="utf-8")
        verdict = events.verdict()
        assert "Zoë 李" in json.dumps(verdict["checks"], ensure_ascii=False)
        assert events.ended(signal.SIGTERM) == 143
    finally:
        events.close()


def test_a_reader_that_goes_away_ends_it_quietly(root, tmp_path, double, wrong):
    events = Events(root, tmp_path)
    try:
        events.verdict()
        assert events.process.stdout is not None
        events.process.stdout.close()
        double.write_text(wrong)
        events.ended()
        assert events.last_words() == ""
    finally:
        events.process.stdout = None
        events.close()
    no_process_left(tmp_path)


def test_goto_in_a_second_terminal_moves_the_watch(watch, root, tmp_path):
    window = watch()
    window.wait_for_verdict("not yet", "double.py")
    done = learn(root, tmp_path, "goto", "upper")
    assert done.returncode == 0, done.stderr
    window.wait_for_verdict("not yet", "shell/upper", "upper.sh")
    (root / "shell" / "upper" / "upper.sh").write_text("printf '%s\\n' \"${1^^}\"\n")
    window.wait_for_verdict("passed", "2 of 2 checks pass")
    done = learn(root, tmp_path, "goto", "double")
    assert done.returncode == 0, done.stderr
    window.wait_for_verdict("not yet", "double.py")


def test_commands_beside_the_watch_do_not_disturb_it(watch, root, tmp_path, double, wrong):
    window = watch()
    window.wait_for_verdict("not yet")
    for command in (["hint"], ["brief"], ["list"], ["status"], ["run", "--json"]):
        done = learn(root, tmp_path, *command)
        assert done.returncode in (0, 1) and "Traceback" not in done.stderr, done.stderr
    assert lock_is_free(root)
    double.write_text(wrong)
    window.wait_for_verdict("not yet", "got      23")


def test_two_watches_at_once_both_see_every_save(watch, double, wrong, right, root):
    one, two = watch(), watch()
    for window in (one, two):
        window.wait_for_verdict("not yet")
    double.write_text(wrong)
    for window in (one, two):
        window.wait_for_verdict("not yet", "got      23")
    double.write_text(right)
    for window in (one, two):
        window.wait_for_verdict("passed", "2 of 2 checks pass")
    one.send("n")
    for window in (one, two):
        window.wait_for_verdict("not yet", "shell/upper", "upper.sh")
    progress = json.loads((root / ".learn" / "progress.json").read_text())
    assert progress["packs"]["tiny"]["start/double"]["passed"]


def test_the_workspace_is_made_where_there_is_none(pack_root, tmp_path, watch):
    done = learn(tmp_path, tmp_path, "init", "fresh", "--pack", str(pack_root))
    assert done.returncode == 0, done.stderr
    assert "Next: learn watch" in done.stdout
    window = watch("fresh", workspace=tmp_path)
    window.wait_for_verdict("not yet", "start/double", "expected starting point")


@pytest.mark.parametrize("option", ["--plain", "--json"])
def test_no_workspace_is_one_message(tmp_path, option):
    empty = tmp_path / "empty"
    empty.mkdir()
    done = learn(empty, tmp_path, "watch", option)
    assert done.returncode == 2
    assert "There is no workspace here." in done.stderr and "learn watch my-backend" in done.stderr
    assert done.stdout == ""
