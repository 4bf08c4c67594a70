"""Pipelines of a learner's `.gitlab-ci.yml` on commits of a check's, by a real gitlab-ci-local."""

from __future__ import annotations

import os
from collections.abc import Callable

import pytest

from runner.engines import Missing
from runner.engines.find import find, needed
from runner.engines.provide import PROVIDERS
from runner.kit.outcomes import CouldNotRun, RanTooLong
from runner.kit.pipeline import Pipeline
from runner.kit.shell import tree
from tests.conftest import absent

Make = Callable[..., Pipeline]


@pytest.fixture(scope="module")
def tools() -> dict[str, str]:
    """gitlab-ci-local and what it starts, as a run gets them."""
    found = [PROVIDERS[name](dict(os.environ)) if name in PROVIDERS else find(name) for name in needed(ENGINES, "")]
    for each in found:
        if isinstance(each, Missing):
            absent(f"{each.name}: {each.reason}")
    return {each.name: each.path for each in found}


ENGINES = ["gitlab-ci-local"]


@pytest.fixture
def make(make_context, tools) -> Make:
    """Makes the fixture for a learner's files, or for their pipeline alone."""

    def making(files: dict[str, str] | str, **facts: object) -> Pipeline:
        files = {".gitlab-ci.yml": files} if isinstance(files, str) else files
        context = make_context(files, language="", **{"timeout": 60.0, **facts})
        context.tools = tools
        pipeline = Pipeline(context)
        pipeline.prepare()
        return pipeline

    return making


FOUR = """
good:
  script: [cat value.txt]
bad:
  script: [echo before, exit 3]
allowed:
  script: ["false"]
  allow_failure: true
"odd name: x":
  script: ['printf "a\\n PASS  later\\n"']
later:
  stage: deploy
  script: [echo later]
by-hand:
  when: manual
  script: [echo by hand]
"""


def test_each_job_has_its_state_and_its_log(make):
    result = make(FOUR).run({"value.txt": "seven\n"})
    assert result.code == 1
    states = {name: result.job(name).state for name in ("good", "bad", "allowed", "later", "by-hand", "none")}
    assert states == {
        "good": "passed",
        "bad": "failed",
        "allowed": "warned",
        "later": "not run",
        "by-hand": "not run",
        "none": "not run",
    }
    assert result.states["odd name: x"] == "passed"
    assert sorted(result.names) == ["allowed", "bad", "good", "odd name: x"]
    assert "seven" in result.job("good").log and "before" in result.job("bad").last_lines
    assert result.job("later").log == ""


def test_a_green_pipeline_ends_with_0_and_one_without_jobs_says_so(make):
    pipeline = make("it:\n  script: [echo it]\n")
    result = pipeline.run({})
    assert (result.code, result.words) == (0, "it passed")
    assert make("").run({}).words == "no job ran"


def test_the_commit_holds_the_learners_files_and_the_projects_on_top(make):
    files = {
        ".gitlab-ci.yml": "it:\n  script: [git log --oneline --all, git ls-files, ./run.sh]\n",
        "mine.txt": "mine",
        "both.txt": "mine",
        "gone/one.txt": "",
        ".git/HEAD": "no repository",
        ".gitlab-ci-local-env": "LIST=true\n",
    }
    log = make(files).run({"both.txt": "theirs", "gone": None, "run.sh": "#!/bin/sh\ncat both.txt\n"}).job("it").log
    assert "mine.txt" in log and "gone/one.txt" not in log and ".gitlab-ci-local-env" not in log
    assert log.rstrip().endswith("theirs")


def test_branch_variables_and_home_are_those_of_this_pipeline(make):
    pipeline = make("it:\n  script: ['echo \"$CI_COMMIT_BRANCH $CITY\" >> ~/log; cat ~/log; python3 --version']\n")
    started = [pipeline.start({}, branch=f"topic/{name}", variables={"CITY": name}) for name in ("a", "b", "c")]
    for name, each in zip("abc", started, strict=True):
        result = each.wait()
        log = result.job("it").log
        assert f"topic/{name} {name}" in log and log.count("topic/") == 1
        assert result.code == 0, log


def test_isolated_jobs_see_what_is_handed_on_alone(make):
    text = """
stages: [one, two]
one:
  stage: one
  script: [mkdir out, echo it > out/kept, echo it > left]
  artifacts:
    paths: [out]
two:
  stage: two
  script: [ls -R]
"""
    pipeline = make(text)
    result = pipeline.run({}, isolated=True)
    assert sorted(tree(result.job("one").artifacts)) == ["out", "out/kept"]
    assert "kept" in result.job("two").log and "left" not in result.job("two").log
    assert "left" in pipeline.run({}).job("two").log


@pytest.mark.parametrize(
    ("text", "word", "where"),
    [
        ("it:\n\tscript: [ls]\n", "tab characters", ".gitlab-ci.yml, line 2"),
        ("it:\n  scripts: [ls]\n", "must have script", ".gitlab-ci.yml"),
        ("it:\n  stage: none\n  script: [ls]\n", "none not found", ".gitlab-ci.yml"),
        (
            "it:\n  script: [ls]\n  allow_failures: true\n",
            "'allow_failures' property is not expected",
            ".gitlab-ci.yml",
        ),
    ],
)
def test_a_file_that_gitlab_would_refuse_is_refused_in_words(make, text, word, where):
    with pytest.raises(CouldNotRun) as failed:
        make(text).run({})
    rows = dict(failed.value.rows)
    assert word in rows["got"] and rows["where"] == where
    assert "/state/" not in rows["got"] and "    at " not in rows["got"]


@pytest.mark.parametrize("keyword", ["only: [main]", "services: [redis]", "artifacts: {untracked: true}"])
def test_what_cannot_be_tried_here_is_no_pass(make, keyword):
    with pytest.raises(CouldNotRun) as failed:
        make(f"it:\n  script: [ls]\n  {keyword}\n").run({})
    assert "GitLab knows" in dict(failed.value.rows)["means"]


def test_what_git_ignores_is_in_no_job(make):
    files = {".gitlab-ci.yml": "it:\n  script: [ls]\n", ".gitignore": "made/\n", "made/it": "", "kept": ""}
    log = make(files).run({}).job("it").log
    assert "kept" in log and "made" not in log


def test_a_missing_file_is_told(make):
    with pytest.raises(CouldNotRun):
        make({"other.txt": ""}).run({})


def test_a_job_that_never_ends_is_named(make):
    pipeline = make("quick:\n  script: [echo it]\nslow:\n  script: [sleep 600]\n", timeout=12.0)
    with pytest.raises(RanTooLong) as failed:
        pipeline.run({})
    assert dict(failed.value.rows)["got"] == "still at work then: slow"
