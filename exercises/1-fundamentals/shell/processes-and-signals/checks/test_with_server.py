"""The script starts a server of ours, which keeps a journal of the signals it gets; CMD is ours too.

A script gone wrong may call `pkill -f server` and hit whatever has that name on the computer. So `kill` and its like
are guarded: they reach what this check started, and nothing else.
"""

import contextlib
import os
import re
import shlex
import shutil
import signal
import time

from runner.kit.outcomes import NotYet
from runner.kit.process import PATH

SOON = 1.5
"""Seconds from server.ready to CMD: the brief says 1, a busy computer may take longer."""

LONGEST = 7.0
"""Seconds that the script gets to see that its server is gone: the brief says 5."""

ROUND_THE_GUARD = re.compile(
    r"/bin/(?:p?kill|killall)\w*\b|\b(?:command|builtin|env|sudo|busybox)\s+(?:-p\s+)?(?:p?kill|killall)\b"
    r"|\bPATH=|\bBASH_ENV\b|\bunset\s+-f\b|\b(?:hash|enable)\s+-|\b(?:da)?sh\s+-c\b"
)

SERVER = """nap=@NAP@ alive=@ALIVE@ ours=@OURS@ journal=@JOURNAL@ ready=@READY@ stop=
exec 8<>"$nap" 9>"$alive"
echo $$ >>"$ours"
for name in HUP QUIT USR1 USR2; do trap "echo $name"' >>"$journal"; exit 1' $name; done
trap 'echo URG >>"$journal"' URG
trap 'echo TERM >>"$journal"; stop=yes' TERM
echo start >>"$journal"
read -rt @DELAY@ -u 8 _
if [ @DIES@ ]; then echo dies >>"$journal"; exit 1; fi
if [ ! "$stop" ]; then
    : >"$ready"
    echo ready >>"$journal"
    for ((count = 0; count < 3000; count++)); do
        read -rt 0.01 -u 8 _
        if [ "$stop" ]; then break; fi
    done
fi
read -rt @FINISH@ -u 8 _
/bin/rm -f "$ready"
echo done >>"$journal"
"""

COMMAND = """if [ -e @READY@ ]; then echo "ready $#" ; else echo "early $#"; fi >>@CALLS@
echo "cmd $1"
exit @CODE@
"""

GUARD = """: "${GUARD_ROOT:=$$}"
export GUARD_ROOT
guard_ours() {
    local id=$1 known line
    while read -r known; do
        if [ "$known" = "$id" ]; then return 0; fi
    done <@OURS@
    while [ "$id" -gt 1 ] 2>/dev/null; do
        if [ "$id" = "$GUARD_ROOT" ]; then return 0; fi
        if [ -r "/proc/$id/stat" ]; then
            read -r line <"/proc/$id/stat" || return 1
            line=${line##*) }
            line=${line#* }
            id=${line%% *}
        else
            line=$(PATH=@PATH@ ps -o ppid= -p "$id" 2>/dev/null) || return 1
            id=${line// /}
        fi
    done
    return 1
}
kill() {
    local sign=() ids=() id line wanted=0
    case ${1-} in
        -l* | -L*) builtin kill "$@"; return ;;
        -s | -n) sign=("$1" "${2-}"); shift; shift || : ;;
        --) ;;
        -*) sign=("$1"); shift ;;
    esac
    case "${sign[*]-}" in
        -0 | "-s 0" | "-n 0")
            # Nobody here buries orphans before the run ends, as init does: a dead one is none.
            for id in "$@"; do
                if [[ $id = [1-9]* && -r /proc/$id/stat ]] && read -r line <"/proc/$id/stat"; then
                    if [[ ${line##*) } = Z* ]]; then return 1; fi
                fi
            done
            builtin kill "${sign[@]}" "$@"
            return ;;
    esac
    if [ "${1-}" = -- ]; then shift; fi
    for id in "$@"; do
        wanted=1
        case $id in
            -1) echo "kill $id" >>@REFUSED@ ;;
            -[0-9]* | [1-9]*)
                if guard_ours "${id#-}" || ! builtin kill -0 -- "$id" 2>/dev/null; then
                    ids+=("$id")
                else
                    echo "kill: ($id) - a process of somebody else; a guard of the check left it alone" >&2
                fi ;;
            *) ids+=("$id") ;;
        esac
    done
    if [ "$wanted" = 1 ] && [ "${#ids[@]}" = 0 ]; then return 1; fi
    builtin kill ${sign[@]+"${sign[@]}"} ${ids[@]+-- "${ids[@]}"}
}
"""

KILL = """#!/usr/bin/env bash
unset BASH_ENV
. @GUARD@
kill "$@"
"""

BY_NAME = """#!/usr/bin/env bash
unset BASH_ENV
. @GUARD@
sign=-TERM by=${0##*/} words=() exact=() found=1
while [ $# -gt 0 ]; do
    case $1 in
        --signal | -s) if [ "$1$by" = -spkill ]; then words+=("$1"); else sign=-$2; shift; fi ;;
        --signal=*) sign=-${1#*=} ;;
        -[0-9]* | -[A-Z][A-Z]*) sign=$1 ;;
        -e | -q | -w | -I | -v) ;;
        -r) exact=() by=pkill ;;
        *) words+=("$1") ;;
    esac
    shift
done
if [ "$by" = killall ]; then exact=(-x); fi
for id in $(PATH=@PATH@ pgrep "${exact[@]}" "${words[@]}"); do
    if [ "$id" != $$ ] && guard_ours "$id"; then builtin kill "$sign" "$id" 2>/dev/null && found=0; fi
done
exit $found
"""

REFUSE = """#!/bin/sh
echo "${0##*/} $*" >>@REFUSED@
exit 1
"""


class Stage:
    """A server, CMD, and the guards.

    Args:
        delay: seconds until the server is ready.
        finish: seconds that it needs after SIGTERM.
        dies: it ends instead of getting ready.
        code: the exit status of CMD.
    """

    def __init__(self, shell, rng, delay=0.0, finish=0.0, dies=False, code=0):
        self.shell = shell
        self.source = source(shell)
        self.root = shell.folder("server").resolve()
        self.ready = shell.work.resolve() / "server.ready"
        remove(self.ready)
        self.word = f"w{rng.randrange(10_000, 100_000)}"
        guard = self.root / "guard"
        guard.mkdir()
        self.places = {name.upper(): self.root / name for name in ("calls", "ours", "refused")}
        self.places |= {"GUARD": guard / "guard.bash", "PATH": PATH, "READY": self.ready, "CODE": code}
        self.places |= {"DIES": "dies" if dies else "", "DELAY": f"{delay:.2f}", "FINISH": f"{finish:.2f}"}
        for name in ("calls", "ours", "refused"):
            (self.root / name).touch()
        self.server = Server(self, shell.work / "server.sh", self.ready)
        self.write(self.root / "cmd.sh", COMMAND)
        self.write(guard / "guard.bash", GUARD)
        for name, text in {"kill": KILL, "pkill": BY_NAME, "killall": BY_NAME}.items():
            self.write(guard / name, text)
        for name in ("killall5", "skill", "fuser", "xkill"):
            self.write(guard / name, REFUSE)
        self.command = "bash with-server.sh bash cmd.sh"
        self.environment = {"PATH": f"{guard}:{PATH}", "BASH_ENV": str(guard / "guard.bash")}
        self.seen = {}

    def write(self, path, text, **more):
        """Write a program with its places filled in."""
        for name, value in {**self.places, **more}.items():
            text = text.replace(f"@{name}@", shlex.quote(str(value)) if value != "" else "")
        path.write_text(text, encoding="utf-8")
        path.chmod(0o755)

    def neighbour(self):
        """Another server of the same name, ready, in a folder of its own; and its process."""
        folder = self.root / "other"
        folder.mkdir()
        server = Server(self, folder / "server.sh", folder / "server.ready")
        launcher = self.root / "launch.sh"
        launcher.write_text(f"cd {shlex.quote(str(folder))} && exec bash server.sh\n", encoding="utf-8")
        running = self.shell.start(str(launcher))
        await_ours(lambda: "ready" in server.lines(), "the other server was never ready")
        return server, running

    def run(self, seconds, look, called=False):
        """Run the script with CMD; its result.

        Args:
            seconds: how long it may take.
            look: what shows a failure to the learner.
            called: end it as soon as it has run CMD.
        """
        self.look = look
        found = ROUND_THE_GUARD.search(self.source)
        if found:
            raise NotYet(
                expected="kill, pkill and killall called by name alone, PATH unchanged",
                got=f"`{found[0].strip()}` in with-server.sh",
                means="the check guards these names first, so that a slip reaches no other process",
            )
        running = self.shell.start(
            "with-server.sh", "bash", str(self.root / "cmd.sh"), self.word, "two  words", env=self.environment
        )
        began = time.monotonic()
        while not ended(running):
            now = time.monotonic()
            if "ready" in self.server.lines():
                self.seen.setdefault("ready", now)
            if self.calls():
                self.seen.setdefault("called", now)
                if called:
                    running.send(signal.SIGKILL)
                    break
            if now > began + seconds:
                self.refuse(None, *self.hanging(seconds))
            time.sleep(0.005)
        done = running.wait()
        if called:
            running.close()
        for line in lines(self.root / "refused"):
            got = f"`{line}`; a guard of the check stopped it"
            means = "-1 stands for every process that you may signal" if line.endswith(" -1") else ""
            self.refuse(done, "a signal for the server alone", got, means)
        if "server.sh" not in self.source and "start" not in self.server.lines():
            self.refuse(done, "`bash server.sh` is started", "it was not")
        calls = self.calls()
        if calls and not calls[0].endswith(" 2"):
            means = '`"$@"` alone hands each argument on whole'
            self.refuse(done, "CMD gets its 2 arguments as they were", f"it got {calls[0].split()[1]}", means)
        return done

    def hanging(self, seconds):
        """What to say of a script that is still running after SECONDS."""
        journal = self.server.lines()
        if "dies" in journal and not self.calls():
            means = "nothing will make server.ready any more; ask in the loop whether the process is still there"
            return "an end soon after the server is gone", f"still waiting after {seconds:.0f} s", means
        if self.calls() and self.server.alive() and "TERM" not in journal:
            return (
                "an end after CMD",
                f"still running after {seconds:.0f} s; the server got no SIGTERM",
                self.why_no_signal(),
            )
        if "ready" in journal and not self.calls():
            means = "`&` is missing: without it the script waits until the server has ended"
            beside = re.search(r"server\.sh.*&", self.source)
            if beside and "server.ready" not in self.source:
                beside, means = None, "server.ready is the sign to wait for; what a server prints is not promised"
                self.look = ""
            return (
                "CMD is run",
                f"not yet, {seconds:.0f} s after the start; the server is ready",
                "" if beside else means,
            )
        return "an end", f"still running after {seconds:.0f} s", ""

    def calls(self):
        """A line for each time that CMD was run."""
        return lines(self.root / "calls")

    def refuse(self, done, expected, got, means=""):
        """End the check as not yet passed, with the last lines of what the script wrote to stderr."""
        said = done.stderr.replace(f"{self.shell.work}/", "").replace(f"{self.root}/", "") if done else ""
        said = re.sub(r"guard/\S+: line \d+: ", "", said)
        said = "\n".join(said.strip().splitlines()[-2:])
        raise NotYet(command=self.command, expected=expected, got=got, stderr=said, means=means, look=self.look)

    def must_have_run(self, done):
        """End the check where CMD was not run once, its output shown."""
        calls = self.calls()
        if len(calls) != 1:
            self.refuse(done, "CMD is run once", f"{len(calls)} times" if calls else "it was not run")
        if f"cmd {self.word}\n" not in done.stdout:
            self.refuse(done, f"stdout holds CMD's line {'cmd ' + self.word!r}", repr(done.stdout[:120]))

    def must_have_stopped(self, done, about):
        """End the check where the server did not end by SIGTERM and in its own time, before the script did."""
        server = self.server
        journal = server.lines()
        if "TERM" in journal and "done" in journal:
            return
        if "TERM" not in journal and server.alive():
            with contextlib.suppress(RuntimeError):  # the signal may have been sent the moment before
                await_ours(lambda: "TERM" in server.lines() or not server.alive(), "", 0.3)
        expected = f"{about}, the server gets SIGTERM and ends in its own time"
        if "TERM" in server.lines() and "TERM" not in journal:
            journal = [*journal, "TERM"]
        other = [name for name in journal if name in ("HUP", "QUIT", "USR1", "USR2")]
        left = ", and server.ready is left" if self.ready.exists() else ""
        if "TERM" in journal and done.code == -signal.SIGTERM:
            means = "the pattern fits `with-server.sh` too: the script ended itself" if "pkill" in self.source else ""
            self.refuse(done, "the script waits until the server has ended", "SIGTERM ended the script", means)
        finishing = "TERM" in journal and server.alive()
        if finishing:
            with contextlib.suppress(RuntimeError):  # a SIGKILL may be on its way
                await_ours(lambda: "done" in server.lines() or not server.alive(), "", 1.5)
        if finishing and ("done" in server.lines() or server.alive()):
            means = "`kill` sends a signal and returns at once; the server still finished when the script ended"
            got = "it ended while the server still finished"
            self.refuse(done, f"{about}, the script waits until the server has ended", got, means)
        if "TERM" in journal:
            means = "SIGKILL takes a process away in the middle of its work"
            self.refuse(done, expected, f"it got SIGTERM, and was killed before it had finished{left}", means)
        if server.alive():
            self.refuse(done, expected, "the script has ended, the server still runs", self.why_left())
        if other:
            self.refuse(done, expected, f"it got SIG{other[0]}", "SIGTERM is the one that it acts on")
        means = "SIGKILL, 9, gives a process no time to finish and to tidy up"
        self.refuse(done, expected, f"it was killed without a SIGTERM{left}", means)

    def why_no_signal(self):
        """Why a script waits for a server that it did not stop; empty where that cannot be told."""
        if re.search(r"\bkill\b[^\n]*-(?:s\s+|n\s+)?(?:SIG)?(?:INT|2)\b", self.source):
            return "what a script starts with `&` ignores SIGINT, the signal of Ctrl-C"
        if re.search(r"server\.sh[^\n|]*\|[^\n|]*&", self.source):
            return "of `a | b &`, `$!` is the process of b"
        return ""

    def why_left(self):
        """Why the server may still run after CMD failed; empty where that cannot be told."""
        if self.places["CODE"] and re.search(r"^\s*set\s+(-[a-z]*e|-o\s+errexit)", self.source, re.MULTILINE):
            return "`set -e` ended the script where CMD failed; the lines after it were never reached"
        if re.search(r"^\s*exec\s+\"?\$", self.source, re.MULTILINE):
            return "`exec` puts CMD in the place of the script; no line after it is run"
        return self.why_no_signal() or "what was started with `&` goes on when its script ends"


class Server:
    """A server of ours in FILE, which makes READY and keeps a journal."""

    def __init__(self, stage, file, ready):
        place = stage.root / f"journal-{len(list(stage.root.glob('journal-*')))}"
        place.mkdir()
        self.journal = place / "journal"
        self.journal.touch()
        for name in ("nap", "alive"):
            os.mkfifo(place / name)
        # As long as the server lives it holds the other end, so reading finds nothing; then the end of the file.
        self.lifeline = os.open(place / "alive", os.O_RDONLY | os.O_NONBLOCK)
        remove(file)
        more = {} if file.parent == stage.shell.work else {"DELAY": "0", "FINISH": "0", "DIES": ""}
        more |= {"NAP": place / "nap", "ALIVE": place / "alive", "JOURNAL": self.journal, "READY": ready}
        stage.write(file, SERVER, **more)

    def lines(self):
        """The journal: start, ready, dies, done, and the names of the signals that came."""
        return lines(self.journal)

    def alive(self):
        """Whether the process is there."""
        try:
            return os.read(self.lifeline, 1) != b""
        except BlockingIOError:
            return True


def test_waits_until_ready(shell, rng):
    """CMD starts within 1 second of server.ready, not before"""
    for delay in (0.0, rng.uniform(1.3, 1.9)):
        stage = Stage(shell, rng, delay)
        look = f"SERVER_DELAY={delay:.1f} bash with-server.sh ls server.ready"
        done = stage.run(8, look, called=True)
        if not stage.calls():
            stage.refuse(done, "CMD is run", "it was not run")
        if stage.calls()[0].startswith("early"):
            means = "a fixed time is too short on some days; look for server.ready itself"
            if not re.search(r"\bsleep\b", stage.source) or "server.ready" in stage.source:
                means = ""
            expected = f"CMD waits for the server, which needs {delay:.1f} s"
            stage.refuse(done, expected, "CMD ran before server.ready was there", means)
        late = stage.seen.get("called", 0) - stage.seen.get("ready", 0)
        if stage.seen.keys() >= {"called", "ready"} and late > SOON:
            means = "" if "server.ready" in stage.source else "a fixed time is too long on most days"
            stage.refuse(done, "CMD starts within 1 s of server.ready", f"{late:.1f} s later", means)


def test_stops_gracefully(shell, rng):
    """the server gets SIGTERM and time to finish, and the script waits for it"""
    stage = Stage(shell, rng, finish=rng.uniform(0.3, 0.5))
    done = stage.run(6, "bash with-server.sh true; ls server.ready")
    stage.must_have_run(done)
    stage.must_have_stopped(done, "after CMD")


def test_spares_others(shell, rng):
    """other processes of the same name go on"""
    stage = Stage(shell, rng)
    other, process = stage.neighbour()
    done = stage.run(6, "(exec -a 'bash server.sh' sleep 9) & bash with-server.sh true; kill -0 $!")
    process.send(signal.SIGURG)  # its answer comes after what it got before
    with contextlib.suppress(RuntimeError):
        await_ours(lambda: "URG" in other.lines() or not other.alive(), "", 3)
    journal = other.lines()
    got = [name for name in journal if name in ("TERM", "HUP", "QUIT", "USR1", "USR2")]
    if got or not other.alive():
        means = "a name, or a pattern, fits every such process on the computer; `$!` names your own alone"
        if not re.search(r"pkill|killall|pgrep|pidof|\bps\b", stage.source):
            means = ""
        what = f"it got SIG{got[0]}" if got else "it was killed"
        stage.refuse(done, "another `bash server.sh`, in another folder, goes on", what, means)
    if "URG" not in journal:
        raise RuntimeError("the other server lives, and did not answer")


def test_keeps_the_status(shell, rng):
    """the exit status is CMD's; the server is stopped also where CMD fails"""
    for code in (0, rng.randrange(2, 100)):
        stage = Stage(shell, rng, code=code)
        done = stage.run(6, f"bash with-server.sh bash -c 'exit {code}'; echo $?; ls server.ready")
        stage.must_have_run(done)
        stage.must_have_stopped(done, f"after CMD ended with {code}")
        means = ""
        if done.code == 0:
            means = "the script has the status of its last command, or of its `exit`; here that was not CMD's"
        elif done.code in (143, 137):
            means = f"{done.code} is 128 + {done.code - 128}: the status of a process ended by that signal"
        elif done.code == 1:
            means = "1 for any failure: the caller can no longer tell them apart"
        if done.code != code:
            stage.refuse(done, f"exit {code}, as CMD", how(done.code), means)


def test_server_that_dies(shell, rng):
    """the server dies early: no CMD, exit not 0 within 5 seconds"""
    stage = Stage(shell, rng, delay=rng.uniform(0.1, 0.3), dies=True)
    done = stage.run(LONGEST, "SERVER_FAILS=1 bash with-server.sh echo CMD; echo $?")
    if stage.calls():
        stage.refuse(done, "CMD is not run: the server ended before it was ready", "CMD was run")
    if done.code == 0:
        means = "the caller takes it for a success of CMD, which never ran"
        stage.refuse(done, "an exit status other than 0: the server ended before it was ready", "exit 0", means)


def ended(running):
    """Whether a program that was started has ended; its status can still be asked for."""
    if not hasattr(os, "waitid"):  # an old macOS: then wait() finds out
        return True
    return os.waitid(os.P_PID, running.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is not None


def await_ours(condition, problem, seconds=8.0):
    """Wait for something that our own programs do; what does not come is our fault."""
    limit = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > limit:
            raise RuntimeError(problem)
        time.sleep(0.005)


def lines(path):
    """The lines of a file; none where the script removed it."""
    return read(path).splitlines()


def read(path):
    """The text of a file; none where the script removed it."""
    try:
        return path.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""


def remove(path):
    """Remove what lies at PATH, be it a file, a link or a folder."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path, ignore_errors=True)
    with contextlib.suppress(OSError):
        path.unlink()


def source(shell):
    """The script's text without its comment lines."""
    with open(shell.script("with-server.sh"), encoding="utf-8", errors="replace") as file:
        return "".join(line for line in file if not line.lstrip().startswith("#"))


def how(code):
    """An exit status in words."""
    return f"exit {code}" if code >= 0 else f"ended by signal {-code}"
