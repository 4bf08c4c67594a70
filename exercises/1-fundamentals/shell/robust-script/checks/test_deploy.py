"""The script deploys small sites in a scratch project; its steps are ours, keep a journal, and fail or wait as told.

Beside the project and among the temporary folders lie things of others, which have to stay as they are.

A slip such as `rm -rf "$1"/*` with an empty $1 goes for the whole computer. In a room of its own a run can write to
its folders alone. Where there is no such room, the short list GUARDED stands before what a script calls by name; it
hands on what lies in this check's folders or below /tmp, and notes and refuses all else, so that the learner can be
told. A script that calls /bin/rm goes round it, and does what it would do without us.
"""

import os
import re
import shlex

from runner.kit.outcomes import NotYet
from runner.kit.process import PATH
from runner.kit.shell import tree

GUARDED = ("rm", "mv", "cp", "find", "rsync", "chmod", "chown")
GUARD = """#!/bin/sh
for word do
    case $word in -*) continue ;; */*) place=${word%/*}/ ;; *) place=. ;; esac
    real=$(cd -- "$place" 2>/dev/null && pwd -P) || continue
    case $real/${word##*/} in @ROOT@/?* | /tmp/?* | /private/tmp/?*) continue ;; esac
    printf '%s %s\\n' "${0##*/}" "$word" >>@REFUSED@
    exit 1
done
PATH=@PATH@ exec "${0##*/}" "$@"
"""
STEP = """[ -d "$1" ] || { echo "@NAME@.sh: no folder '$1'" >&2; echo "@NAME@ -" >>@JOURNAL@; exit 1; }
echo "@NAME@ $(cd -- "$1" && pwd)" >>@JOURNAL@
@WORK@
exit @STATUS@
"""


class Project:
    """A project to deploy in, with two sites, two steps, a place for temporary folders, the guards, and canaries."""

    def __init__(self, shell, rng, status=None, slow=False):
        self.shell = shell
        self.root = shell.folder("deploy").resolve()
        self.word = f"w{rng.randrange(10_000, 100_000)}"
        self.folder, self.temporary, self.guard = (self.root / name for name in ("project", "tmp", "guard"))
        self.others = (self.root / "other-project", self.temporary / "tmp.of-others")
        for folder in (self.folder, self.temporary, self.guard, *self.others):
            folder.mkdir()
        for folder in self.others:
            (folder / "notes.txt").write_text(f"kept {self.word}\n", encoding="utf-8")
        for name in ("refused", "journal"):
            (self.root / name).touch()
        for site in ("shop", "blog"):
            (self.folder / "sites" / site / "css").mkdir(parents=True)
            (self.folder / "sites" / site / "old.html").write_text(f"old {site} {self.word}\n", encoding="utf-8")
        os.mkfifo(self.root / "gate")
        work = {"build": f'echo "page {self.word}"\necho "new {self.word}" >"$1/index.html"\n'}
        work["build"] += 'mkdir "$1/img"\necho x >"$1/img/a.txt"\n'
        work["build"] += ": >@INSIDE@\nread -r _ <@GATE@\n" if slow else ""
        work["test"] = f'echo "tested {self.word}"'
        for name, text in work.items():
            step = STEP.replace("@NAME@", name).replace("@WORK@", text)
            self._write(self.folder / f"{name}.sh", step.replace("@STATUS@", str((status or {}).get(name, 0))))
        for name in GUARDED:
            self._write(self.guard / name, GUARD)
        self.before = tree(self.folder)

    def _write(self, path, text):
        for name in ("root", "refused", "journal", "inside", "gate"):
            place = self.root if name == "root" else self.root / name
            text = text.replace(f"@{name.upper()}@", shlex.quote(str(place)))
        path.write_text(text.replace("@PATH@", shlex.quote(PATH)), encoding="utf-8")
        path.chmod(0o755)

    def start(self, *args):
        """Start the script with ARGS."""
        environment = {"PATH": f"{self.guard}:{PATH}", "TMPDIR": str(self.temporary)}
        return self.shell.start("deploy.sh", *args, cwd=self.folder, env=environment)

    def end(self, running):
        """The result of the script; ends the check where it reached for what is not its own."""
        done = running.wait()
        refused = self.lines("refused")
        every = 'where `$x` is empty, "$x"/* is /*: every folder of the computer'
        if refused:
            name, _, word = refused[0].partition(" ")
            root = os.path.dirname(word.rstrip("/")) == "/"
            expected = f"{name} gets paths in the project or in DIR alone"
            self.refuse(done, expected, f"{name} was to get {word}; the check did not let it", every if root else "")
        for folder in self.others:
            if [entry.kind for entry in tree(folder).values()] == ["file"]:
                continue
            where = "beside the project" if folder.parent == self.root else "in $TMPDIR, of another program,"
            means = every if not self.folder.exists() else "only what the script made itself is its own to remove"
            self.refuse(done, "nothing but DIR and sites/NAME is touched", f"the folder {where} is gone", means)
        return done

    def source(self):
        """The script's text without its comment lines."""
        with open(self.shell.script("deploy.sh"), encoding="utf-8", errors="replace") as file:
            return "".join(line for line in file if not line.lstrip().startswith("#"))

    def lines(self, name):
        """The lines of the file NAME that a step or a guard wrote; none where the script removed it."""
        try:
            return (self.root / name).read_text(encoding="utf-8", errors="replace").splitlines()
        except OSError:
            return []

    def ran(self):
        """The names of the steps that were started, in order."""
        return [line.partition(" ")[0] for line in self.lines("journal")]

    def changed(self, but="-"):
        """What is not as it was in the project, except below BUT, as a phrase; empty where all is."""
        after = tree(self.folder)
        for path in sorted({*self.before, *after}):
            if f"{path}/".startswith(f"{but}/"):
                continue
            if path not in after:
                return f"{path} is gone"
            if path not in self.before:
                return f"{path} is new"
            if self.before[path] != after[path]:
                return f"{path} is changed"
        return ""

    def left(self):
        """The temporary folders that are still there."""
        given = [line.partition(" ")[2] for line in self.lines("journal")]
        known = [path for path in given if path.startswith("/") and os.path.lexists(path)]
        inside = self.temporary.iterdir() if self.temporary.is_dir() else ()
        found = [str(path) for path in inside if path not in self.others]
        return sorted({path.replace(str(self.temporary), "$TMPDIR") for path in known + found})

    def refuse(self, done, expected, got, means="", look=""):
        """End the check as not yet passed, with the last lines of what the script wrote to stderr."""
        said = done.stderr.replace(f"{self.shell.work}/", "").replace(str(self.temporary), "$TMPDIR")
        lines = "\n".join(said.strip().splitlines()[-2:])
        raise NotYet(expected=expected, got=got, stderr=lines, means=means, look=look)


def test_deploys(shell, rng):
    """deploy.sh NAME replaces sites/NAME with what the steps made"""
    project = Project(shell, rng)
    done = project.end(project.start("shop"))
    if project.ran() != ["build", "test"]:
        ran = ", then ".join(f"{name}.sh" for name in project.ran()) or "none of them"
        project.refuse(done, "build.sh is started, then test.sh, each once", ran)
    given = [line.partition(" ")[2] for line in project.lines("journal")]
    if given[0] == "-" or given[0] != given[1] or given[0].startswith(str(project.folder / "sites")):
        shown = " and ".join(path.replace(f"{project.root}/", "") for path in given)
        project.refuse(done, "both steps get the same new folder, outside of sites", f"they got {shown}")
    site = project.folder / "sites" / "shop"
    found = sorted(path for path, entry in tree(site).items() if entry.kind == "file")
    if found != ["img/a.txt", "index.html"]:
        project.refuse(done, "sites/shop holds img/a.txt and index.html alone", ", ".join(found) or "no files")
    if (site / "index.html").read_bytes() != f"new {project.word}\n".encode():
        project.refuse(done, "the index.html that build.sh made", "another one")
    other = project.changed(but="sites/shop")
    if other:
        project.refuse(done, "only sites/shop is changed", other)
    line = f"build: page {project.word}"
    if line not in done.stdout.splitlines():
        project.refuse(done, f"the line {line!r} on stdout", f"stdout is {done.stdout[:200]!r}")
    if done.code:
        project.refuse(done, "exit status 0", how(done.code))


def test_refuses_no_name(shell, rng):
    """without a NAME, or an empty one: usage on stderr, exit 64, nothing touched"""
    for args in ((), ("",)):
        project = Project(shell, rng)
        done = project.end(project.start(*args))
        look = f"{done.command}; echo $?; ls -R sites"
        means = ""
        if args:
            means = "an empty argument is an argument: `$#` counts it, and `set -u` lets it pass"
        elif "unbound variable" in done.stderr and project.ran():
            means = "`set -u` stops at the line that uses `$1`; every line before it has run"
        elif "unbound variable" in done.stderr:
            means = "`set -u` stops the script too, with status 1 and no word of how to call it"
        elif done.code == 1 and "usage" in done.stderr.lower():
            means = "the words are right; the status is that of any failure, and a caller cannot tell this one apart"
        changed = project.changed()
        if changed:
            emptied = not any((project.folder / "sites" / site / "old.html").exists() for site in ("shop", "blog"))
            every = 'with an empty `$1`, "sites/$1"/* is sites//*: every site' if emptied else means
            project.refuse(done, "nothing is touched", changed, every, look)
        if project.ran():
            project.refuse(done, "no step is started", f"{project.ran()[0]}.sh was started", means, look)
        if done.code != 64:
            project.refuse(done, "exit status 64", how(done.code), means, look)
        if "usage" not in done.stderr.lower():
            where = "it is on stdout, where a caller expects results" if "usage" in done.stdout.lower() else ""
            project.refuse(done, "a line with `usage` on stderr", "no such line", where, look)
        if project.left():
            project.refuse(done, "no temporary folder is left", f"{project.left()[0]} is there", "", look)


def test_stops_at_failure(shell, rng):
    """a step that fails stops the rest: exit not 0, the old site stays"""
    for step in ("build", "test"):
        code = rng.randrange(2, 60)
        project = Project(shell, rng, status={step: code})
        done = project.end(project.start("shop"))
        look = f"{step.upper()}_STATUS={code} bash deploy.sh shop; echo $?; ls sites/shop"
        failed = f"after {step}.sh failed with status {code}"
        if step not in project.ran():
            project.refuse(done, f"{step}.sh is started", "it was not", "", look)
        means = ""
        if re.search(rf"\b{step}\.sh\b[^\n]*[^|]\|[^|]", project.source()):
            means = (
                "the status of `a | b` is that of b, unless `set -o pipefail` is on: then a failure of `a` is one "
                "of the pipeline, and `set -e`, `||` or `if` can act on it"
            )
        if step == "build" and "test" in project.ran():
            project.refuse(done, f"{failed}, test.sh is not started", "it was started", means, look)
        changed = project.changed()
        if changed:
            new = (project.folder / "sites" / "shop" / "index.html").exists()
            why = means if new else "the old site was removed before the new one was known to be good"
            project.refuse(done, f"{failed}, the project is as before", changed, why, look)
        if done.code == 0:
            project.refuse(done, f"{failed}, an exit status other than 0", "exit status 0", "", look)


def test_cleans_up(shell, rng):
    """DIR is gone after a success and after a failure"""
    for status, end in (({}, "a success"), ({"test": rng.randrange(2, 60)}, "test.sh failed")):
        project = Project(shell, rng, status=status)
        done = project.end(project.start("shop"))
        if project.left():
            means = "the line that removes it was never reached; a trap runs however the script ends" if status else ""
            look = f"mkdir -p tmp; TEST_STATUS={status.get('test', 0)} TMPDIR=$PWD/tmp bash deploy.sh shop; ls tmp"
            project.refuse(done, f"after {end}, DIR is gone", f"{project.left()[0]} is still there", means, look)


def test_cleans_up_when_stopped(shell, rng):
    """on SIGTERM: no further step, DIR gone, exit not 0, the old site stays"""
    project = Project(shell, rng, slow=True)
    gate = os.open(project.root / "gate", os.O_RDWR | os.O_NONBLOCK)
    try:
        running = project.start("shop")
        shell.until((project.root / "inside").exists, "build.sh is started")
        running.send()
        os.write(gate, b"go\n")
        done = project.end(running)
    finally:
        os.close(gate)
    look = "mkdir -p tmp; BUILD_SECONDS=5 TMPDIR=$PWD/tmp bash deploy.sh shop & sleep 1; kill $!; wait $!; ls tmp"
    means = "a trap for TERM that does not call `exit` lets the script go on where it was"
    if "test" in project.ran():
        project.refuse(done, "SIGTERM while build.sh ran: test.sh is not started", "it was started", means, look)
    changed = project.changed()
    if changed:
        project.refuse(done, "SIGTERM while build.sh ran: the project is as before", changed, means, look)
    if project.left():
        means = "SIGTERM ended the script before its last lines; only a trap runs then" if done.code == -15 else ""
        got = f"{project.left()[0]} is still there"
        project.refuse(done, "SIGTERM while build.sh ran: DIR is gone", got, means, look)
    if done.code == 0:
        means = "a deploy that was stopped half-way told its caller that all went well"
        project.refuse(done, "SIGTERM while build.sh ran: an exit status other than 0", "exit status 0", means, look)


def how(code):
    """An exit status in words."""
    return f"exit status {code}" if code >= 0 else f"ended by signal {-code}"
