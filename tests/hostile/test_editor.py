"""What editors, terminals and the machine do to `learn watch`; the README says what other tests have of it."""

import contextlib
import json
import os
import resource
import signal
import socket
import time
from pathlib import Path

import pytest

from runner.verify import snapshot
from tests.end_to_end.driver import DEADLINE, Events, learn, processes, until
from tests.end_to_end.saves import in_place, write_and_rename

ENDLESS = "def double(n):\n    while True:\n        pass\n"


def alike(text: str, number: int) -> str:
    """TEXT with a comment of a fixed length: many contents of one size."""
    return f"{text}# {number:06}\n"


def times(number: float) -> tuple[float, float]:
    return (number, number)


# Saves


@pytest.mark.parametrize("save", [in_place, write_and_rename])
def test_a_clock_that_was_set_back_hides_no_save(events, double, right, wrong, save):
    """Each save has the size of the one before, and is older than it by its time."""
    wrong = wrong.replace("n + 2", "n * 3")
    assert len(wrong) == len(right)
    events.verdict()
    for number, text in enumerate([right, wrong, right, wrong, right]):
        save(double, alike(text, number))
        os.utime(double, times(1_600_000_000 - number * 86_400))
        verdict = events.verdict("passed" if text is right else "failed")
        assert verdict["content"] == snapshot.content(double.parent)


@pytest.mark.parametrize("when", [0, 2**33, time.time() + 10**7], ids=["1970", "2242", "in some months"])
def test_a_time_that_cannot_be_is_a_time(events, double, right, when):
    events.verdict()
    double.write_text(right)
    os.utime(double, times(when))
    assert events.verdict("passed")["content"] == snapshot.content(double.parent)


def test_a_file_deleted_and_made_again(watch, double, right, wrong):
    window = watch()
    window.wait_for_verdict("not yet", "starting point")
    double.unlink()
    window.wait_for_verdict("not yet", "double.py", "no such file")
    for text, words in ((wrong, "got      23"), (None, "no such file"), (right, "2 of 2 checks pass")):
        if text is None:
            double.unlink()
        else:
            double.write_text(text)
        window.wait_for(words, gone=["... checking"])


def test_a_folder_in_the_place_of_the_file_and_back(watch, double, right):
    window = watch()
    window.wait_for_verdict("not yet")
    double.unlink()
    double.mkdir()
    (double / "x").write_text("x")
    window.wait_for_verdict("0 of 2 checks pass", "double.py")
    (double / "x").unlink()
    double.rmdir()
    double.write_text(right)
    window.wait_for_verdict("passed", "2 of 2 checks pass")


def test_an_exercise_folder_replaced_by_another_is_still_watched(watch, double, right, wrong, tmp_path):
    """As `git stash`, a sync program or an unpacked archive do it; once by a link to elsewhere."""
    window = watch()
    window.wait_for_verdict("not yet")
    folder = double.parent
    for number, (text, words) in enumerate([(wrong, "got      23"), (right, "2 of 2 checks pass")]):
        other = tmp_path / f"other-{number}"
        other.mkdir()
        (other / "double.py").write_text(text)
        folder.rename(tmp_path / f"aside-{number}")
        other.rename(folder)
        window.wait_for_verdict(words)
    elsewhere = tmp_path / "elsewhere"
    folder.rename(elsewhere)
    folder.symlink_to(elsewhere)
    (elsewhere / "double.py").write_text(wrong)
    window.wait_for_verdict("not yet", "got      23")
    double.write_text(right)
    window.wait_for_verdict("passed", "2 of 2 checks pass")
    folder.unlink()
    text = window.wait_for_verdict("0 of 2 checks pass", "is gone")
    assert "learn reset" in " ".join(text.split())  # the path before it is of any length
    assert "/proc/" not in window.text()


ODD_SAVES = {
    "a syntax error": (b"def double(n:\n    return n * 2\n", "your program could not run", "SyntaxError"),
    "half a file": (b"def double(n):\n    return n *", "your program could not run", "SyntaxError"),
    "another encoding": ("def double(n):\n    return 'é'\n".encode("latin-1"), "your program could not run", "utf-8"),
    "UTF-16": ("def double(n):\n    return n * 2\n".encode("utf-16"), "0 of 2 checks pass", "Error: "),
    "null bytes": (b"def double(n):\n    return n * 2\n\0\0\0", "0 of 2 checks pass", "null bytes"),
    "tabs and blanks": (b"def double(n):\n\tif n:\n        return 1\n", "your program could not run", "TabError"),
    "nothing at all": (b"", "not yet", "double"),
    "a mark at its beginning": (b"\xef\xbb\xbfdef double(n):\n    return n * 2\n", "passed", "2 of 2"),
    "returns and line feeds": (b"def double(n):\r\n    return n * 2\r\n", "passed", "2 of 2"),
}


def test_odd_saves_are_told_in_the_window_and_the_next_one_counts(watch, double, right, wrong):
    window = watch()
    window.wait_for_verdict("not yet")
    for data, status, words in ODD_SAVES.values():
        double.write_bytes(data)
        window.wait_for_verdict(status, words)
        double.write_text(wrong)
        window.wait_for_verdict("not yet", "got      23")
    double.write_text(right)
    window.wait_for_verdict("passed", "2 of 2 checks pass")


def test_many_other_files_in_a_storm_cost_no_verdict(events, double, right):
    """A build, a package or an editor's index beside the answer."""
    events.verdict()
    beside = double.parent / "node_modules"
    beside.mkdir()
    for number in range(2000):
        (beside / f"{number}.js").write_text("x")
    double.write_text(right)
    assert events.verdict("passed")["content"] == snapshot.content(double.parent)


# The terminal and the machine


def everything(window) -> list[int]:
    return [window.pid, *processes(window.tmp)]


def send_to_all(pids: list[int], number: int) -> None:
    for pid in pids:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, number)


@pytest.mark.parametrize("at_work", [False, True], ids=["idle", "checking"])
def test_all_stopped_for_a_while_as_a_sleeping_machine_does(watch, double, right, wrong, at_work):
    window = watch()
    window.wait_for_verdict("not yet", "starting point")
    if at_work:
        double.write_text(ENDLESS)
        window.wait_for("... checking")
    asleep = everything(window)
    send_to_all(asleep, signal.SIGSTOP)
    until(lambda: stopped(window.pid), lambda: "it is stopped")
    double.write_text(wrong)  # as a sync program does, behind its back
    began = time.monotonic()
    until(lambda: time.monotonic() - began > 1.5, lambda: "a while has gone by")
    send_to_all(asleep[::-1], signal.SIGCONT)
    window.wait_for_verdict("not yet", "got      23")
    double.write_text(right)
    window.wait_for_verdict("passed", "2 of 2 checks pass")
    assert window.in_alternate_screen() and not window.cursor_visible()


def stopped(pid: int) -> bool:
    return Path(f"/proc/{pid}/stat").read_bytes().rpartition(b") ")[2][:1] == b"T"


def test_a_checker_that_is_killed_while_idle_is_made_again(watch, double, right):
    window = watch()
    window.wait_for_verdict("not yet", "starting point")
    for pid, command in processes(window.tmp).items():
        if "runner.verify.checker" in command:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
    double.write_text(right)
    window.wait_for_verdict("of 2 checks pass")
    window.send("r")  # the first one may have met the dead checker, and says so
    window.wait_for_verdict("passed", "2 of 2 checks pass")


# The state files


def progress_of(root: Path) -> dict:
    found: dict = json.loads((root / ".learn" / "progress.json").read_text())
    return found


def test_progress_edited_by_hand_opens_doors_and_passes_nothing(watch, root, tmp_path, double, wrong):
    """Progress is advice: whatever stands in it, each verdict is taken anew."""
    window = watch()
    window.wait_for_verdict("not yet", "starting point")
    data = progress_of(root)
    names = ("start/double", "shell/upper", "git/one-commit")
    data["packs"]["tiny"] = {
        name: {**data["packs"]["tiny"]["start/double"], "passed": {"python": "2020-01-01T00:00:00Z", "": "2020"}}
        for name in names
    }
    write_and_rename(root / ".learn" / "progress.json", json.dumps(data))
    double.write_text(wrong)
    window.wait_for_verdict("not yet", "0 of 2 checks pass", "got      23")
    assert "n next" not in window.text()
    assert learn(root, tmp_path, "run", "double").returncode == 1
    for name in names[1:]:
        assert learn(root, tmp_path, "goto", name).returncode == 0
        window.wait_for_verdict("not yet", name)
        done = learn(root, tmp_path, "run", "--json")
        assert (done.returncode, json.loads(done.stdout)["status"]) == (1, "failed")
    done = learn(root, tmp_path, "check-all", "--json")
    assert done.returncode == 1
    assert [json.loads(line)["status"] for line in done.stdout.splitlines()] == ["failed"] * 3


DAMAGE = {
    "no JSON": b"{ this is no JSON",
    "empty": b"",
    "bytes": bytes(range(256)),
    "a list": b"[]",
    "other types": b'{"schema": 1, "format": 1, "packs": 7, "current": {"a": 1}}',
    "deep": b"[" * 100_000,
    "a place that is not there": None,
}


@pytest.mark.parametrize("kind", DAMAGE)
def test_progress_damaged_by_hand_costs_no_pass_and_no_watch(watch, root, double, right, wrong, kind):
    window = watch(width=240)  # so that no word of a long notice is cut
    window.wait_for_verdict("not yet", "starting point")
    double.write_text(right)
    window.wait_for_verdict("passed", "n next")
    data = DAMAGE[kind]
    if data is None:
        data = json.dumps({**progress_of(root), "current": ["tiny", "no/such"]}).encode()
    (root / ".learn" / "progress.json").write_bytes(data)
    if kind != "a place that is not there":
        window.wait_for("passed", "could not be read", "learn check-all")
    double.write_text(wrong)
    window.wait_for_verdict("not yet", "got      23")
    double.write_text(right)
    window.wait_for_verdict("passed", "2 of 2 checks pass", "n next")
    until(lambda: passed(root), lambda: (root / ".learn" / "progress.json").read_text())


def passed(root: Path) -> bool:
    with contextlib.suppress(ValueError, KeyError, TypeError):
        return bool(progress_of(root)["packs"]["tiny"]["start/double"]["passed"])
    return False


def attempts(root: Path) -> int:
    with contextlib.suppress(ValueError, KeyError, TypeError):
        return int(progress_of(root)["packs"]["tiny"]["start/double"]["attempts"])
    return 0


def test_a_full_disk_under_the_watch_is_told_and_the_verdict_still_shown(watch, root, double, right, wrong):
    """The kernel refuses every write to a file, as on a full disk; then there is room again."""
    window = watch()
    window.wait_for_verdict("not yet", "starting point")
    until(lambda: attempts(root) == 1, lambda: "the first run is not recorded")  # it is after it was shown
    _, hard = resource.prlimit(window.pid, resource.RLIMIT_FSIZE)
    resource.prlimit(window.pid, resource.RLIMIT_FSIZE, (0, hard))
    before = (root / ".learn" / "progress.json").read_bytes()
    double.write_text(right)
    window.wait_for_verdict("passed", "2 of 2 checks pass", "could not be recorded: File too large", "press r")
    assert (root / ".learn" / "progress.json").read_bytes() == before
    window.send("h", "b", "b", "l", "l")
    window.wait_for_verdict("passed")
    resource.prlimit(window.pid, resource.RLIMIT_FSIZE, (hard, hard))
    window.send("r")
    until(lambda: passed(root), lambda: (root / ".learn" / "progress.json").read_text())
    window.wait_for_verdict("passed", "n next")
    double.write_text(wrong)
    window.wait_for_verdict("not yet", "got      23", "q quit")
    double.write_text(right)
    window.wait_for_verdict("passed", "2 of 2 checks pass", "n next")
    until(lambda: passed(root), lambda: (root / ".learn" / "progress.json").read_text())
    window.send("n")
    window.wait_for_verdict("not yet", "shell/upper")


def test_the_state_folder_is_gone(watch, root, double, right, wrong, tmp_path):
    """Deleted, or moved away by a clean-up; the watch says so, and goes on when it is back."""
    window = watch()
    window.wait_for_verdict("not yet", "starting point")
    (root / ".learn").rename(tmp_path / "away")
    double.write_text(right)
    window.wait_for_verdict("2 of 2 checks pass", ".learn")
    (tmp_path / "away").rename(root / ".learn")
    double.write_text(wrong)
    window.wait_for_verdict("not yet", "got      23")
    double.write_text(right)
    window.wait_for_verdict("passed", "n next")
    until(lambda: passed(root), lambda: (root / ".learn" / "progress.json").read_text())


# Ports


SERVICE = """import socket

server = socket.create_server(("127.0.0.1", {port}))
port = server.getsockname()[1]


def double(n):
    with socket.create_connection(("127.0.0.1", port)):
        return n * 2
"""


@pytest.mark.skipif(not Path("/proc/self/ns/net").exists(), reason="needs Linux's network namespaces")
def test_a_port_of_another_program_is_not_in_the_learners_way(root, tmp_path, double):
    with socket.create_server(("127.0.0.1", 0)) as other:
        double.write_text(SERVICE.format(port=other.getsockname()[1]))
        for _ in range(2):  # nor is its own of the run before
            done = learn(root, tmp_path, "run", "--json")
            verdict = json.loads(done.stdout)
            assert verdict["status"] == "passed", verdict


def test_where_ports_are_shared_a_taken_one_is_named(root, tmp_path, double):
    with socket.create_server(("127.0.0.1", 0)) as other:
        double.write_text(SERVICE.format(port=other.getsockname()[1]))
        events = Events(root, tmp_path, env={"LEARN_ISOLATION": "group"})
        try:
            verdict = events.verdict("", seconds=DEADLINE)
        finally:
            events.close()
    if verdict["isolation"] == "group":
        assert verdict["status"] in ("failed", "crashed")
        assert "Address already in use" in verdict["checks"][0]["message"]
