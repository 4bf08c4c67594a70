"""What Python answers may do by accident or by malice: never a pass, never a hang, never another check's result lost.

All on one checker, and after each of them a right answer still passes: nothing of a run reaches the next one.
"""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from runner.verify.verdict import Verdict
from tests.verify.exercises import BUSY, Bench, poll, processes, row, statuses, write_exercise

CHECKS = '''
def test_answers(learner):
    """answer() returns 42"""
    assert learner.call("solution:answer") == 42


def test_other(learner):
    """other() returns 7"""
    assert learner.call("solution:other") == 7
'''
OTHER = "\n\ndef other():\n    return 7\n"
RIGHT = "def answer():\n    return 42\n" + OTHER
TIMEOUT = 2
MEMORY = 256


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bench]:
    place = tmp_path_factory.mktemp("hostile")
    made = Bench(write_exercise(place / "pack", CHECKS, timeout=TIMEOUT, memory=MEMORY), place)
    yield made
    made.checker.close()


@pytest.fixture
def tried(bench: Bench) -> Iterator[Bench]:
    """The bench, which must still pass a right answer afterwards."""
    yield bench
    assert bench.verdict({"solution.py": RIGHT}).passed


def body(code: str) -> str:
    """A solution whose `answer` runs CODE and then answers rightly, and whose `other` is right."""
    lines = "".join(f"    {line}\n" for line in code.strip().splitlines())
    return f"def answer():\n{lines}    return 42\n{OTHER}"


def refused(verdict: Verdict, status: str, *words: str) -> None:
    """The first check ended with STATUS and WORDS in its message, the other check's result was kept."""
    assert verdict.status == status
    assert statuses(verdict) == {"answers": status, "other": "passed"}
    text = "\n".join(each.text for each in verdict.checks[0].details)
    assert not [each for each in words if each not in text], text


def test_a_right_answer_passes(bench):
    verdict = bench.verdict({"solution.py": RIGHT})
    assert verdict.passed
    assert statuses(verdict) == {"answers": "passed", "other": "passed"}
    assert verdict.problem == ""


def test_a_wrong_answer_fails_with_its_call_and_both_values(bench):
    verdict = bench.verdict({"solution.py": RIGHT.replace("42", "41")})
    refused(verdict, "failed")
    assert [row(verdict, each) for each in ("call", "expected", "got")] == ["answer()", "42", "41"]


def test_no_file_and_no_function_are_told_by_name(bench):
    nothing = bench.verdict({"other.txt": "x"})
    assert statuses(nothing) == {"answers": "failed", "other": "failed"}
    assert row(nothing, "expected") == "a file solution.py"
    refused(bench.verdict({"solution.py": OTHER}), "failed", "`answer` in solution.py", "only these names there: other")


EXITS = {
    "os._exit(0)": "import os\nos._exit(0)",
    "sys.exit(0)": "import sys\nsys.exit(0)",
    "quit()": "quit()",
    "raise SystemExit": "raise SystemExit(0)",
    "os.abort()": "import os\nos.abort()",
    "libc's _exit": "import ctypes\nctypes.CDLL(None)._exit(0)",
    "a segmentation fault": "import ctypes\nctypes.string_at(0)",
    "os.execv": "import os\nos.execv('/bin/true', ['/bin/true'])",
    "kill itself": "import os, signal\nos.kill(os.getpid(), signal.SIGKILL)",
}
RAISED = ("sys.exit(0)", "quit()", "raise SystemExit")
"""Ends that are exceptions, so the process is still there to say so."""


@pytest.mark.parametrize("how", EXITS)
def test_leaving_in_the_call_is_no_answer(tried, how):
    verdict = tried.verdict({"solution.py": body(EXITS[how])})
    if how in RAISED:
        refused(verdict, "failed", "SystemExit")
    else:
        refused(verdict, "crashed", "before it answered")


@pytest.mark.parametrize("how", EXITS)
def test_leaving_at_import_is_no_answer(tried, how):
    verdict = tried.verdict({"solution.py": f"{EXITS[how]}\n{RIGHT}"})
    status = "failed" if how in RAISED else "crashed"
    assert statuses(verdict) == {"answers": status, "other": status}


def test_the_signal_of_a_crash_is_named(tried):
    verdict = tried.verdict({"solution.py": body(EXITS["a segmentation fault"])})
    refused(verdict, "crashed", "signal 11 (SIGSEGV)")


LOOPS = {
    "a busy loop": "while True:\n    pass",
    "a loop that holds on": (
        "import signal\n"
        "for number in set(signal.Signals) - {signal.SIGKILL, signal.SIGSTOP}:\n"
        "    signal.signal(number, signal.SIG_IGN)\n"
        "while True:\n"
        "    try:\n"
        "        while True:\n"
        "            pass\n"
        "    except BaseException:\n"
        "        pass"
    ),
    "a lock taken twice": "import threading\nlock = threading.Lock()\nlock.acquire()\nlock.acquire()",
    "a value whose repr loops": "class Odd:\n    def __repr__(self):\n        while 1:\n            pass\nreturn Odd()",
}


@pytest.mark.parametrize("how", LOOPS)
def test_an_endless_call_ends_within_the_limit_and_keeps_the_other_result(tried, how):
    began = time.monotonic()
    verdict = tried.verdict({"solution.py": body(LOOPS[how])})
    refused(verdict, "timeout", "still running then, so it was ended")
    assert time.monotonic() - began < TIMEOUT + 1 + BUSY
    assert verdict.exit_code == 1


def test_an_endless_import_ends_each_check_within_the_limit_of_all(tried):
    began = time.monotonic()
    verdict = tried.verdict({"solution.py": f"while True:\n    pass\n{RIGHT}"})
    assert statuses(verdict) == {"answers": "timeout", "other": "timeout"}
    assert time.monotonic() - began < TIMEOUT + 1 + BUSY


def test_too_much_memory_is_over_the_limit(tried):
    refused(tried.verdict({"solution.py": body("bytearray(4 << 30)")}), "overlimit", f"{MEMORY} MiB of memory")


def test_a_list_that_grows_for_ever_is_over_the_limit(tried):
    code = "held = []\nwhile True:\n    held.append(bytearray(1 << 20))"
    refused(tried.verdict({"solution.py": body(code)}), "overlimit", f"{MEMORY} MiB of memory")


@pytest.mark.parametrize("stream", ["stdout", "stderr"])
@pytest.mark.parametrize("text", ["'x\\n' * 1000", "'x' * 1000", "chr(0xff) * 500 + chr(0)"])
def test_a_flood_of_output_is_over_the_limit(tried, stream, text):
    code = f"import sys\nwhile True:\n    sys.{stream}.buffer.write(({text}).encode('latin-1'))"
    verdict = tried.verdict({"solution.py": body(code)})
    refused(verdict, "overlimit", "4 MiB of output")
    assert len(verdict.output) <= 64 * 1024


def test_a_file_without_end_is_stopped(tried):
    code = "with open('big', 'wb') as file:\n    while True:\n        file.truncate(1 << 40)"
    refused(tried.verdict({"solution.py": body(code)}), "failed", "OSError")


RAISES = {
    "deep recursion": ("def deep(n):\n    return deep(n + 1)\nreturn deep(0)", "RecursionError"),
    "a message of 10 MB": ("raise ValueError('x' * 10_000_000)", "ValueError: xxx"),
    "an error without text": ("raise ValueError", "ValueError"),
    "an error whose text raises": (
        "class Odd(Exception):\n    def __str__(self):\n        raise RuntimeError\nraise Odd",
        "Odd: (an error whose text could not be made)",
    ),
    "a base exception": ("raise BaseException('stop')", "BaseException: stop"),
    "an interrupt": ("raise KeyboardInterrupt", "KeyboardInterrupt"),
    "half of a surrogate pair": ("raise ValueError(chr(0xd800))", "ValueError: \\ud800"),
    "reading from stdin": ("input()", "EOFError"),
    "the terminal": ("open('/dev/tty').read()", "OSError"),
    "a list that holds itself": ("held = []\nheld.append(held)\nreturn held", "RecursionError"),
    "a number too long to print": ("return 10 ** 5000", "ValueError"),
}


@pytest.mark.parametrize("how", RAISES)
def test_an_error_is_told_in_short(tried, how):
    code, words = RAISES[how]
    verdict = tried.verdict({"solution.py": body(code)})
    refused(verdict, "failed", words)
    assert sum(len(each.text) for each in verdict.checks[0].details) < 3000
    assert str(verdict.plain()).encode(), "nothing in it that cannot be printed"


def test_a_crash_of_the_c_stack_keeps_the_other_result(tried):
    code = (
        "import sys\nsys.setrecursionlimit(10**9)\nclass A:\n    def __call__(self):\n        return A.__call__(self)\n"
    )
    code += "A.__call__ = A()\nreturn A()()"
    verdict = tried.verdict({"solution.py": body(code)})
    assert verdict.status in ("crashed", "overlimit")
    assert statuses(verdict)["other"] == "passed"


YES = "def __eq__(self, other):\n        return True\n    __hash__ = None"
LIES = {
    "an object that equals everything": f"class Yes:\n    {YES}\nreturn Yes()",
    "a str that equals everything": f"class Yes(str):\n    {YES}\nreturn Yes('41')",
    "an int that equals everything": f"class Yes(int):\n    {YES}\nreturn Yes(41)",
    "a float that equals everything": f"class Yes(float):\n    {YES}\nreturn Yes(41.5)",
    "a list that equals everything": f"class Yes(list):\n    {YES}\nreturn Yes()",
    "a dict that equals everything": f"class Yes(dict):\n    {YES}\nYes.__module__ = 'collections'\nreturn Yes()",
    "an object shown as 42": "class Yes:\n    def __repr__(self):\n        return '42'\nreturn Yes()",
    "an object whose repr raises": "class Odd:\n    def __repr__(self):\n        raise ValueError\nreturn Odd()",
    "an object with a long repr": "class Odd:\n    def __repr__(self):\n        return 'x' * 10_000_000\nreturn Odd()",
    "an object that claims to be an int": (
        "class Odd:\n    __class__ = int\n    def __int__(self):\n        return 41\nreturn Odd()"
    ),
    "the text 42": "return '42'",
    "no number": "return float('nan')",
    "a function": "return lambda: 42",
    "a generator": "return (n for n in [42])",
}


@pytest.mark.parametrize("how", LIES)
def test_a_value_that_is_not_the_expected_one_never_equals_it(tried, how):
    refused(tried.verdict({"solution.py": body(LIES[how])}), "failed")


def test_patching_what_the_child_uses_forges_no_answer(tried):
    code = (
        "import json, socket, sys\n"
        'json.dumps = lambda *a, **k: \'{"value": 42, "after": [], "ms": 0}\'\n'
        "json.loads = None\nsocket.socket = None\n"
        "sys.modules['runner'] = sys.modules['pytest'] = sys\nreturn 41"
    )
    refused(tried.verdict({"solution.py": body(code)}), "failed")


def test_patching_the_builtins_leaves_no_answer_at_all(tried):
    code = "import builtins\nbuiltins.isinstance = lambda *a: True\nreturn 41"
    refused(tried.verdict({"solution.py": body(code)}), "crashed")


@pytest.mark.parametrize(
    "files",
    [
        {"conftest.py": "import os\nos._exit(0)\n"},
        {"conftest.py": "def pytest_runtest_makereport():\n    return 1 / 0\n"},
        {"pytest.ini": "[pytest]\naddopts = --collect-only -p nothing\n"},
        {"pyproject.toml": "[tool.pytest.ini_options]\naddopts = '--collect-only'\n"},
        {"tox.ini": "[pytest]\naddopts = --collect-only\n", "setup.cfg": "[tool:pytest]\naddopts = --collect-only\n"},
        {"sitecustomize.py": "import os\nos._exit(0)\n", "usercustomize.py": "import os\nos._exit(0)\n"},
        {
            "json.py": "1 / 0",
            "random.py": "1 / 0",
            "socket.py": "1 / 0",
            "traceback.py": "1 / 0",
            "linecache.py": "1 / 0",
        },
        {"runner/__init__.py": "1 / 0", "pytest.py": "1 / 0", "test_solution.py": "def test_answers(): pass\n"},
        {"evil.pth": "import os; os._exit(0)\n"},
    ],
    ids=lambda files: " ".join(files),
)
def test_files_beside_the_solution_change_nothing(bench, files):
    assert bench.verdict({"solution.py": RIGHT, **files}).passed
    refused(bench.verdict({"solution.py": RIGHT.replace("42", "41"), **files}), "failed")


def test_a_solution_may_import_its_neighbours(bench):
    files = {"solution.py": f"from helper import value\n{RIGHT}".replace("42", "value"), "helper.py": "value = 42\n"}
    assert bench.verdict(files).passed


ENCODINGS: dict[str, bytes] = {
    "UTF-16": RIGHT.encode("utf-16"),
    "a byte that is not UTF-8": b"name = 'caf\xe9'\n" + RIGHT.encode(),
    "an unknown encoding": b"# coding: nonsense\n" + RIGHT.encode(),
    "a null byte": RIGHT.encode() + b"\0",
    "a syntax error": b"def answer(:\n" + RIGHT.encode(),
    "tabs and blanks": b"def a():\n        x = 1\n\treturn x\n" + RIGHT.encode(),
    "half a file": RIGHT.encode()[:10],
}


@pytest.mark.parametrize("how", ENCODINGS)
def test_a_file_that_cannot_be_read_as_python_says_so(tried, how):
    verdict = tried.verdict({"solution.py": ENCODINGS[how]})
    assert statuses(verdict) == {"answers": "crashed", "other": "crashed"}
    assert row(verdict, "expected") == "a file that can be loaded"
    assert "None" not in row(verdict, "where")


@pytest.mark.parametrize(
    "text",
    [
        b"\xef\xbb\xbf" + RIGHT.encode(),
        b"# coding: latin-1\n# caf\xe9\n" + RIGHT.encode(),
        RIGHT.replace("\n", "\r\n").encode(),
    ],
    ids=["byte order mark", "Latin-1 declared", "Windows line ends"],
)
def test_files_that_python_takes_are_taken(bench, text):
    assert bench.verdict({"solution.py": text}).passed


def test_a_syntax_error_names_file_line_and_text(bench):
    verdict = bench.verdict({"solution.py": f"{RIGHT}\nvalue = = 3\n"})
    assert row(verdict, "got").startswith("SyntaxError: invalid syntax")
    assert row(verdict, "where") == "solution.py, line 8: value = = 3"


def test_an_error_names_the_line_of_the_learners_file(bench):
    verdict = bench.verdict({"solution.py": body("values = []\nvalues[3]")})
    assert row(verdict, "where") == "solution.py, line 3"


def test_killing_the_process_above_is_never_a_pass(tried):
    code = "import os, signal\nos.kill(os.getppid(), signal.SIGKILL)\nreturn 41"
    refused(tried.verdict({"solution.py": body(code)}), "failed")


SERVER = """
import os, socket, sys, time
os.setsid()
server = socket.socket()
server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
server.bind(("127.0.0.1", int(sys.argv[1])))
server.listen()
print("listening", flush=True)
time.sleep(3600)
"""
LEAVES_A_SERVER = """
import socket, subprocess, sys
server = subprocess.Popen([sys.executable, "server.py", "{port}"], stdout=subprocess.PIPE)
server.stdout.readline()
socket.create_connection(("127.0.0.1", {port}), timeout=5).close()
"""


def test_a_server_left_behind_is_gone_with_its_port(tried):
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    for _ in range(2):  # the second run finds the port free again
        code = LEAVES_A_SERVER.replace("{port}", str(port))
        verdict = tried.verdict({"solution.py": body(code), "server.py": SERVER})
        assert verdict.passed, verdict.checks

    def is_free() -> bool:
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                return False
            return True

    assert poll(is_free)


def test_a_child_that_holds_our_pipes_is_not_waited_for(tried):
    code = "import subprocess\nsubprocess.Popen(['sleep', '3600'], start_new_session=True)"
    began = time.monotonic()
    assert tried.verdict({"solution.py": body(code)}).passed
    assert time.monotonic() - began < TIMEOUT + BUSY


def test_many_processes_left_behind_are_all_gone(tried, tmp_path):
    mark = f"left by {tmp_path}"
    ignores = (
        "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print(1, flush=True); time.sleep(3600)"
    )
    code = (
        "import subprocess, sys\n"
        "for number in range(16):\n"
        f"    argv = [sys.executable, '-S', '-c', {ignores!r}, {mark!r}]\n"
        "    left = subprocess.Popen(argv, stdout=subprocess.PIPE, start_new_session=number % 2 == 0)\n"
        "    left.stdout.readline()\n"
        "while True:\n    pass"
    )
    with ThreadPoolExecutor() as beside:
        most = beside.submit(poll, lambda: len(processes(mark)) == 16)
        refused(tried.verdict({"solution.py": body(code)}), "timeout")
        assert most.result()
    assert poll(lambda: not processes(mark))


def test_the_output_of_the_program_is_kept_up_to_its_cap(bench):
    verdict = bench.verdict({"solution.py": body("print('seen', chr(0xdc00).encode('utf-8', 'surrogatepass'))")})
    assert verdict.output == "seen b'\\xed\\xb0\\x80'\n"
    long = bench.verdict({"solution.py": body("print('x' * 100_000)")})
    assert long.passed and len(long.output) == 16 * 1024


def test_an_edit_of_the_same_size_in_the_same_second_is_judged_by_the_last_bytes(bench):
    folder = bench.folder({"solution.py": RIGHT, "helper.py": "value = 42\n"})
    stale = folder / "__pycache__"
    from runner.verify.trial import follow

    for number in range(6):
        value = 42 if number % 2 else 41
        (folder / "solution.py").write_text(f"from helper import value\ndef answer():\n    return value\n{OTHER}")
        (folder / "helper.py").write_text(f"value = {value}\n")
        verdict = follow(bench.checker, folder, 1, {}, {})
        assert statuses(verdict)["answers"] == ("passed" if value == 42 else "failed")
    assert not stale.exists()


def test_a_planted_bytecode_file_is_never_judged(bench, tmp_path):
    import py_compile

    lie = tmp_path / "solution.py"
    lie.write_text(RIGHT)
    cached = py_compile.compile(str(lie), invalidation_mode=py_compile.PycInvalidationMode.UNCHECKED_HASH)
    assert cached is not None
    planted = {f"__pycache__/{Path(cached).name}": Path(cached).read_bytes(), "solution.pyc": Path(cached).read_bytes()}
    verdict = bench.verdict({"solution.py": RIGHT.replace("42", "41"), **planted})
    refused(verdict, "failed")


def test_a_second_answer_to_one_call_is_passed_over(tmp_path: Path) -> None:
    checks = '''
def test_first(learner):
    """answer(1) is 1"""
    assert learner.call("one:answer", 1) == 1


def test_second(learner):
    """answer(2) is 2, and nothing that answered the first call stands in for it"""
    assert learner.call("one:answer", 2) == 2
'''
    exercise = write_exercise(tmp_path / "pack", checks)
    bench = Bench(exercise, tmp_path)
    try:
        verdict = bench.verdict({"one.py": "import os\n\n\ndef answer(n):\n    n == 1 and os.fork()\n    return n\n"})
    finally:
        bench.checker.close()
    assert verdict.passed, verdict
