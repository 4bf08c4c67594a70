"""The learner's pipeline on a good commit and on bad ones; all are started at once."""

import pytest

from runner.kit import not_yet

CHECK = "echo \"lines: $(wc -l <words.txt)\"\n! grep -n '^$' words.txt\n"


@pytest.fixture(scope="session")
def all_pushes():
    return {}


@pytest.fixture
def pushes(all_pushes, pipeline, rng):
    """The pipelines, started when the first check asks for one, and how many lines the words have."""
    if not all_pushes:
        words = [f"word-{number}" for number in rng.sample(range(1000), rng.randrange(3, 30))]
        good, bad = "\n".join(words) + "\n", "\n".join([words[0], "", *words[1:]]) + "\n"
        files = {"check.sh": CHECK}
        all_pushes["lines"] = len(words)
        all_pushes["good"] = pipeline.start({**files, "words.txt": good}, branch="main")
        all_pushes["bad"] = pipeline.start({**files, "words.txt": bad}, branch="main")
        all_pushes["branch"] = pipeline.start({**files, "words.txt": bad}, branch=f"feature-{rng.randrange(100)}")
    return all_pushes


def test_good(pushes):
    """a good commit is green"""
    result = pushes["good"].wait()
    job = result.job("words")
    if job.state != "passed" or result.code != 0:
        means = "no job words ran" if job.state == "not run" else ""
        not_yet(expected="words passed", got=result.words, printed=job.last_lines or None, means=means)
    if f"lines: {pushes['lines']}" not in job.log:
        means = "the job is green, and the command of the project did not run"
        not_yet(expected=f"the log shows lines: {pushes['lines']}", got="it does not", means=means)


def test_bad(pushes):
    """a bad commit turns words red"""
    red(pushes["bad"].wait())


def test_any_branch(pushes):
    """on another branch it does so, too"""
    red(pushes["branch"].wait())


def red(result):
    """End the check where the pipeline is not red because of the job words."""
    job = result.job("words")
    if job.state == "failed" and result.code != 0:
        return
    means = {
        "passed": "the command failed; what stands around it ends with 0, and GitLab sees that alone",
        "warned": "with allow_failure the job fails and the pipeline stays green",
        "not run": "on this branch no job words ran",
    }
    not_yet(
        expected="words failed, and the pipeline is red",
        got=f"{result.words}; the pipeline is {'red' if result.code else 'green'}",
        means=means.get(job.state),
    )
