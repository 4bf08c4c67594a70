"""A program of the learner's: run with arguments as from a terminal, and each way in which it can go wrong is told."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from runner.kit.outcomes import CouldNotRun, NotYet, RanTooLong, UsedTooMuch
from runner.kit.program import Program
from tests.kit.conftest import Make

PYTHON = "import os, sys\nprint(sys.argv, os.environ['PET'])\nsys.exit(int(sys.argv[1]))\n"
JAVASCRIPT = "console.log(process.argv.slice(2), process.env.PET);\nprocess.exit(Number(process.argv[2]));\n"


@pytest.fixture
def run(make_context: Make) -> Iterator:
    """Runs a program of these files."""
    made: list[Program] = []

    def new(text: str | None, *arguments: str, language: str = "python", **facts: float):
        name = "main.py" if language == "python" else "main.mjs"
        context = make_context({} if text is None else {name: text}, language=language, **facts)
        program = Program(context)
        made.append(program)
        program.extra["PET"] = "Ada"
        return program.run(*arguments)

    yield new
    for each in made:
        each.close()


@pytest.mark.parametrize("language", ["python", "javascript"])
def test_it_gets_arguments_and_environment_and_its_status_comes_back(run, language: str) -> None:
    ended = run(PYTHON if language == "python" else JAVASCRIPT, "3", "a b", language=language, memory=1024)
    assert ended.code == 3
    assert "a b" in ended.output and "Ada" in ended.output
    assert ended.command == ("python main.py 3 'a b'" if language == "python" else "node main.mjs 3 'a b'")


def test_a_failure_is_told_with_its_last_lines(run) -> None:
    with pytest.raises(NotYet, match=r"exit status 1[^$]*KeyError: 'ada'"):
        run("{}['ada']").well()


def test_one_that_is_not_there_is_told(run) -> None:
    with pytest.raises(CouldNotRun, match=r"a file main\.py"):
        run(None)


def test_one_that_does_not_end_is_ended(run) -> None:
    with pytest.raises(RanTooLong, match="still running"):
        run("import signal\nsignal.pause()", timeout=1.0)


def test_one_that_prints_too_much_is_told(run) -> None:
    with pytest.raises(UsedTooMuch, match="more than that"):
        run("print('x' * 5_000_000)")


def test_it_runs_as_often_as_it_is_asked(make_context: Make) -> None:
    program = Program(make_context({"main.py": "print('hello')"}))
    try:
        assert [program.run().output for _ in range(3)] == ["hello\n"] * 3
    finally:
        program.close()
