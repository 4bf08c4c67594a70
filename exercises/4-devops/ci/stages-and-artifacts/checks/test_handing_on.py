"""One good commit and one with a page that the tests refuse; each build has a stamp, by which it is known again."""

import re

import pytest

from runner.kit import not_yet
from runner.kit.shell import tree

BUILD = """#!/usr/bin/env bash
set -eu
echo "UPLOAD_KEY=$RANDOM$RANDOM$RANDOM" >.env
stamp=$(python3 -c 'import secrets; print(secrets.token_hex(8))')
mkdir -p dist
cp page.html dist/
echo "$stamp" >dist/stamp.txt
echo "built $stamp"
"""

TEST = """#!/usr/bin/env bash
set -eu
grep -q '<h1>.*</h1>' dist/page.html
echo "tested $(cat dist/stamp.txt)"
"""

DEPLOY = """#!/usr/bin/env bash
set -eu
mkdir -p "$DEPLOY_DIR"
cp -R dist/. "$DEPLOY_DIR"
echo "deployed $(cat dist/stamp.txt)"
"""

JOBS = ("build", "test", "deploy")

NO_DIST = re.compile(r"dist\S*: No such file|cannot stat 'dist")

ALONE = "each job has a checkout of its own: it sees what git has, and the artifacts of jobs that it waits for"


class Pushes:
    """The pipelines, both at work at once, and where each deploys."""

    def __init__(self, folder):
        self.folder = folder
        self.running = {}
        self.ended = {}

    def site(self, kind):
        """Where the pipeline of KIND deploys."""
        return self.folder / f"site-{kind}"

    def result(self, kind):
        """The pipeline of the commit of KIND, when it has ended."""
        if kind not in self.ended:
            self.ended[kind] = self.running[kind].wait()
        return self.ended[kind]


@pytest.fixture(scope="session")
def all_pushes(work):
    return Pushes(work.parent)


@pytest.fixture
def pushes(all_pushes, pipeline, rng):
    """Both pipelines, started when the first check asks for one."""
    if not all_pushes.running:
        hour = rng.randint(7, 11)
        pages = {"good": f"<h1>Open from {hour} to 18</h1>\n", "broken": f"<h1>Open from {hour} to\n"}
        for kind, page in pages.items():
            project = {"build.sh": BUILD, "test.sh": TEST, "deploy.sh": DEPLOY, "page.html": page}
            project |= {"dist": None, ".env": None}
            settings = {"DEPLOY_DIR": str(all_pushes.site(kind))}
            all_pushes.running[kind] = pipeline.start(project, variables=settings, isolated=True)
    return all_pushes


def test_good(pushes):
    """a good commit is green: build, test and deploy pass"""
    result = pushes.result("good")
    jobs = [result.job(name) for name in JOBS]
    wrong = next((job for job in jobs if job.state in ("failed", "warned")), None)
    wrong = wrong or next((job for job in jobs if job.state != "passed"), None)
    if wrong or result.code != 0:
        means = f"no job {wrong.name} ran" if wrong and wrong.state == "not run" else ""
        not_yet(
            expected=", ".join(f"{name} passed" for name in JOBS),
            got=result.words,
            printed=f"{wrong.name}: {wrong.last_lines}" if wrong and wrong.log else None,
            means=ALONE if wrong and NO_DIST.search(wrong.log) else means,
        )


def test_same_build(pushes):
    """what is deployed was built once, and tested"""
    result = pushes.result("good")
    site = pushes.site("good")
    deployed = read(site / "stamp.txt")
    built, tested = (stamps(result, word) for word in ("built", "tested"))
    told = f"built {shown(built)}; tested {shown(tested)}; deployed {deployed or 'nothing'}"
    if len(built) != 1:
        where = " and ".join(job for job, _ in built)
        means = f"built in {where}: no two builds are alike" if len(built) > 1 else ""
        not_yet(expected="one build, tested and deployed", got=told, means=means)
    stamp = built[0][1]
    if [each for _, each in tested] != [stamp] or deployed != stamp:
        not_yet(expected=f"built {stamp}; tested {stamp}; deployed {stamp}", got=told)


def test_red_test(pushes):
    """after a red test deploy does not start"""
    result = pushes.result("broken")
    site = pushes.site("broken")
    test, deploy = result.job("test"), result.job("deploy")
    if test.state != "failed" or result.code == 0:
        means = "with allow_failure the job fails and the pipeline goes on" if test.state == "warned" else ""
        not_yet(
            expected="for a broken page: test failed, and the pipeline is red",
            got=f"{result.words}; the pipeline is {'red' if result.code else 'green'}",
            printed=test.last_lines or None,
            means=means,
        )
    if "deploy" in result.names or site.exists():
        means = "deploy does not wait for test, or runs whatever came of it" if "deploy" in result.names else ""
        not_yet(
            expected="for a broken page: build passed, test failed, deploy not started",
            got=f"{result.words}; {'the page was deployed' if site.exists() else 'deploy was started'}",
            printed=deploy.last_lines or None,
            means=means,
        )


def test_artifact(pushes):
    """build's artifact holds dist, and not .env"""
    kept = tree(pushes.result("good").job("build").artifacts)
    files = sorted(path for path, entry in kept.items() if entry.kind != "folder" and not path.startswith(".git/"))
    if "dist/stamp.txt" not in files or "dist/page.html" not in files:
        not_yet(
            expected="dist/page.html and dist/stamp.txt in the artifact of build",
            got=", ".join(files[:8]) or "no artifact",
            means="what another way than an artifact carries is not there on another machine" if not files else "",
        )
    secret = [path for path in files if path.rpartition("/")[2] == ".env"]
    if secret:
        not_yet(
            expected="dist alone, and no .env",
            got=", ".join([*secret, *(path for path in files if path not in secret)][:8]),
            means="whoever can see the project can download an artifact, and now has the key in .env",
        )


def stamps(result, word):
    """The jobs and stamps that stand after WORD in the logs of all jobs that ran."""
    found = []
    for name in result.names:
        found += [(name, stamp) for stamp in re.findall(rf"^{word} ([0-9a-f]{{16}})$", result.job(name).log, re.M)]
    return found


def shown(found):
    return ", ".join(f"{stamp} in {job}" for job, stamp in found) or "nothing"


def read(path):
    return path.read_text(encoding="utf-8", errors="replace").strip() if path.is_file() else ""
