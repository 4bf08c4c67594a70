"""The script starts a server of ours, which keeps a journal of the signals it gets; CMD is ours too.

A script gone wrong may call `pkill -f server` or `kill -9 -1`. In a room these reach the run's own processes alone, so
nothing is guarded there, and what died is the evidence. Where a run shares the computer's process numbers (level
`group`), an editor that shows with-server.sh has a fitting command line too. There `kill` spares what was there before,
`pkill` reaches the run's own groups and `killall` nothing, as long as they are called by name from bash with the PATH
that it was given. That is against slips: `/bin/kill`, `xargs kill` or `sh -c 'kill ...'` reach what any script does.
"""

import contextlib
import math
import os
import re
import shlex
import shutil
import signal
import subprocess
import time

from runner.kit.outcomes import NotYet
from runner.kit.process import PATH

SOON = 1.5
"""Seconds from server.ready to CMD: the brief says 1, a busy computer may take longer."""

LONGEST = 5.8
"""Seconds that the script gets to see that its server is gone: the brief says 5."""

SLOW = 0.3
"""Seconds after the server's end from which on a script may have slept for a fixed time; then it is tried again."""

BY_NAME = r"pkill|killall|pgrep|pidof|\bps\b"
"""What finds processes by their names, or by a pattern."""

KILLS_ALL = r"\bkill\s+(?:-\S+\s+)+-1\b"
"""`kill -9 -1` and the like."""

ALL = "-1 stands for every process that you may signal: outside of this run, your whole session"

SERVER = """nap=@NAP@ alive=@ALIVE@ journal=@JOURNAL@ ready=@READY@ stop=
exec 8<>"$nap" 9>"$alive"
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
        if read -rt 0.01 -u 8 word; then
            if [ "$word" = end ]; then break; fi
            echo "server: ready"
        fi
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

SPARE = """kill() {
    local word sign=yes words=()
    for word; do
        case "$sign$word" in
            yes-*) ;;
            *) case " -1 @BEFORE@ " in *" $word "* | *" ${word#-} "*)
                    echo "kill: ($word) - not of this run, so it is spared" >&2
                    continue ;;
                esac ;;
        esac
        words+=("$word") sign=
    done
    builtin kill ${words[@]+"${words[@]}"}
}
"""

NARROW = """#!/bin/sh
PATH=@PATH@
if [ "${0##*/}" = killall ]; then
    echo "killall: would reach every process of that name, so it is left out" >&2
    exit 1
fi
for word; do
    case $word in -P* | -[a-z]*P* | -[a-z]*g* | -g* | -s* | --parent* | --pgroup* | --session*) exec pkill "$@" ;; esac
done
sign=-TERM
case ${1-} in -[0-9]* | -[A-Z][A-Z]*) sign=$1; shift ;; esac
exec pkill "$sign" -g "0$(cat @GROUPS@)" "$@"
"""


class Stage:
    """A server, and CMD.

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
        self.places = {"CALLS": self.root / "calls", "READY": self.ready, "CODE": code}
        self.places |= {"DIES": "dies" if dies else "", "DELAY": f"{delay:.2f}", "FINISH": f"{finish:.2f}"}
        self.server = Server(self, shell.work / "server.sh", self.ready)
        self.write(self.root / "cmd.sh", COMMAND)
        self.groups = self.root / "groups"
        self.groups.touch()
        self.environment = {} if os.getpid() == 1 else self.guarded()
        self.command = "bash with-server.sh bash cmd.sh"
        self.seen = {}

    def guarded(self):
        """Where the run is not the first process of its room: what keeps a slip from the computer's other processes."""
        guard = self.root / "guard"
        guard.mkdir()
        self.write(guard / "guard.bash", SPARE.replace("@BEFORE@", " ".join(processes())))
        for name in ("pkill", "killall"):
            self.write(guard / name, NARROW, PATH=PATH, GROUPS=self.groups)
        return {"PATH": f"{guard}:{PATH}", "BASH_ENV": str(guard / "guard.bash")}

    def write(self, path, text, **more):
        """Write a program with its places filled in."""
        for name, value in {**self.places, **more}.items():
            text = text.replace(f"@{name}@", shlex.quote(str(value)) if value != "" else "")
        path.write_text(text, encoding="utf-8")
        path.chmod(0o755)

    def start(self, *words, **more):
        """Start a script, in a group that a narrowed `pkill` reaches."""
        running = self.shell.start(*words, **more)
        with self.groups.open("a", encoding="utf-8") as file:
            file.write(f",{running.pid}")
        return running

    def neighbour(self):
        """Another server of the same name, ready, in a folder of its own; and its process."""
        folder = self.shell.folder("other").resolve()
        server = Server(self, folder / "server.sh", folder / "server.ready")
        launcher = folder.with_name(f"{folder.name}.launch")
        launcher.write_text(f"cd {shlex.quote(str(folder))} && exec bash server.sh\n", encoding="utf-8")
        running = self.start(str(launcher))
        await_ours(lambda: "ready" in server.lines(), "the other server was never ready")
        return server, running

    def run(self, seconds, look, called=False, meanwhile=lambda: None):
        """Run the script with CMD; its result.

        Args:
            seconds: how long it may take.
            look: what shows a failure to the learner.
            called: of interest is only how it runs CMD; it may tidy up, but what it does then is not looked at.
            meanwhile: is called again and again.
        """
        self.look = look
        running = self.start(
            "with-server.sh", "bash", str(self.root / "cmd.sh"), self.word, "two  words", env=self.environment
        )
        self.began = time.monotonic()
        while not running.ended():
            self.watch()
            meanwhile()
            if called and time.monotonic() > self.seen.get("called", math.inf) + 0.5:
                running.send(signal.SIGKILL)
                break
            if time.monotonic() > self.began + seconds:
                self.refuse(None, *self.hanging())
            time.sleep(0.005)
        self.watch()
        self.seen["end"] = time.monotonic()
        done = running.wait()
        if called:
            with contextlib.suppress(RuntimeError):  # it may have started and not said so yet
                await_ours(lambda: self.calls() or "start" in self.server.lines(), "", 0.3)
            running.close()
            self.server.tell("end")
            with contextlib.suppress(RuntimeError):
                await_ours(lambda: not self.server.alive(), "", 1)
        calls = self.calls()
        if calls and not calls[0].endswith(" 2"):
            means = '`"$@"` alone hands each argument on whole'
            self.refuse(done, "CMD gets its 2 arguments as they were", f"it got {calls[0].split()[1]}", means)
        return done

    def watch(self):
        """Note when something was seen for the first time."""
        now = time.monotonic()
        for name in [*self.server.lines(), *(["called"] if self.calls() else [])]:
            self.seen.setdefault(name, now)

    def hanging(self):
        """What to say of a script that is still running."""
        now = time.monotonic()
        after = f"after {now - self.began:.0f} s"
        journal = self.server.lines()
        if "dies" in journal and not self.calls():
            means = "nothing will make server.ready any more; ask in the loop whether the process is still there"
            got = f"still waiting {now - self.seen.get('dies', now):.1f} s after that"
            return "an end soon after the server is gone", got, means
        if self.calls() and self.server.alive() and "TERM" not in journal:
            return "an end after CMD", f"still running {after}; the server got no SIGTERM", self.why_no_signal()
        if "ready" in journal and not self.calls():
            got = f"not yet, {now - self.seen.get('ready', now):.1f} s after server.ready"
            return "CMD is run", got, self.why_no_call()
        return "an end", f"still running {after}", ""

    def why_no_call(self):
        """What a script is waiting for that doesn't see server.ready; empty where that cannot be told."""
        for word, means in (
            ("say", "server.ready is the sign to wait for; what a server prints is not promised"),
            ("end", "`&` is missing: without it the script waits until the server has ended"),
        ):
            self.server.tell(word)
            with contextlib.suppress(RuntimeError):
                await_ours(self.calls, "", 0.7)
                self.look = "" if word == "say" else self.look
                return means
        return ""

    def calls(self):
        """A line for each time that CMD was run."""
        return lines(self.root / "calls")

    def refuse(self, done, expected, got, means=""):
        """End the check as not yet passed, with the last lines of what the script wrote to stderr."""
        said = done.stderr.replace(f"{self.shell.work}/", "").replace(f"{self.root}/", "") if done else ""
        said = re.sub(r"\S*guard/\S+: line \d+: ", "", said)
        said = "\n".join(said.strip().splitlines()[-2:])
        look = "" if re.search(KILLS_ALL, self.source) else self.look  # it would end the learner's session
        raise NotYet(command=self.command, expected=expected, got=got, stderr=said, means=means, look=look)

    def must_have_run(self, done):
        """End the check where CMD was not run once, its output shown."""
        calls = self.calls()
        if len(calls) != 1:
            self.refuse(done, "CMD is run once", f"{len(calls)} times" if calls else "it was not run")
        if f"cmd {self.word}\n" not in done.stdout:
            self.refuse(done, f"stdout holds CMD's line {'cmd ' + self.word!r}", repr(done.stdout[:120]))

    def must_have_stopped(self, done, about, means=""):
        """End the check where the server did not end by SIGTERM and in its own time, before the script did.

        Args:
            about: when it should have.
            means: why the script did not wait long enough, where that is known.
        """
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
            means = ""
            if re.search(BY_NAME, self.source):
                means = "the name or pattern fits `bash with-server.sh` too: the script ended itself"
                self.look = "bash with-server.sh pgrep -fl server.sh"
            self.refuse(done, "the script waits until the server has ended", "SIGTERM ended the script", means)
        finishing = "TERM" in journal and server.alive()
        if finishing:
            with contextlib.suppress(RuntimeError):  # a SIGKILL may be on its way
                await_ours(lambda: "done" in server.lines() or not server.alive(), "", 1.5)
        if finishing and ("done" in server.lines() or server.alive()):
            means = means or "`kill` sends a signal and returns at once; it is `wait` that waits"
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
        means = ALL if re.search(KILLS_ALL, self.source) else means
        self.refuse(done, expected, f"it was killed without a SIGTERM{left}", means)

    def why_others(self):
        """Why other servers were hit; empty where that cannot be told."""
        if re.search(KILLS_ALL, self.source):
            return ALL
        if re.search(BY_NAME, self.source):
            return "a name, or a pattern, fits every such process on the computer; `$!` names your own alone"
        return ""

    def why_no_signal(self):
        """Why a script waits for a server that it did not stop; empty where that cannot be told."""
        if re.search(KILLS_ALL, self.source):
            return ALL
        if self.environment and re.search(r"\bkillall\b", self.source):
            return "`killall` would reach every process of that name, so the check left it out"
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
        self.nap = place / "nap"
        more = {} if file.parent == stage.shell.work else {"DELAY": "0", "FINISH": "0", "DIES": ""}
        more |= {"NAP": self.nap, "ALIVE": place / "alive", "JOURNAL": self.journal, "READY": ready}
        stage.write(file, SERVER, **more)

    def lines(self):
        """The journal: start, ready, dies, done, and the names of the signals that came."""
        return lines(self.journal)

    def tell(self, word):
        """While it starts: be ready. Later: `say` that you are, or `end`."""
        with contextlib.suppress(OSError):  # it is gone
            pipe = os.open(self.nap, os.O_WRONLY | os.O_NONBLOCK)
            os.write(pipe, f"{word}\n".encode())
            os.close(pipe)

    def alive(self):
        """Whether the process is there."""
        try:
            return os.read(self.lifeline, 1) != b""
        except BlockingIOError:
            return True


def test_waits_until_ready(shell, rng):
    """CMD starts within 1 second of server.ready, not before"""
    # A script that waits for a fixed time does so twice, and the second time that is too short.
    took = must_call_in_time(Stage(shell, rng), 0.0)
    delay = min(max(rng.uniform(1.2, 1.5), took + rng.uniform(0.3, 0.5)), 2.0)
    must_call_in_time(Stage(shell, rng, delay), delay)


def must_call_in_time(stage, delay):
    """End the check where CMD is not run soon after server.ready; the seconds from the script's start to it."""
    done = stage.run(5.5, f"SERVER_DELAY={delay:.1f} bash with-server.sh ls server.ready", called=True)
    calls, seen = stage.calls(), stage.seen
    if "start" not in stage.server.lines() and not (calls and "server.sh" in stage.source):
        stage.refuse(done, "`bash server.sh` is started", "it was not")
    if not calls and "ready" not in seen:
        got = f"the script ended after {seen['end'] - stage.began:.1f} s, with {how(done.code)}"
        means = "the server may need up to 2 s to get ready" if delay else ""
        stage.refuse(done, f"CMD waits for the server, which needs {delay:.1f} s", got, means)
    if not calls:
        stage.refuse(done, "CMD is run", "it was not run")
    if calls[0].startswith("early"):
        means = "a fixed time is too short on some days; look for server.ready itself"
        if not re.search(r"\bsleep\b", stage.source) or "server.ready" in stage.source:
            means = ""
        got = "CMD ran before server.ready was there"
        stage.refuse(done, f"CMD waits for the server, which needs {delay:.1f} s", got, means)
    late = seen["called"] - seen.get("ready", seen["called"])
    if late > SOON:
        means = "" if "server.ready" in stage.source else "a fixed time is too long on most days"
        stage.refuse(done, "CMD starts within 1 s of server.ready", f"{late:.1f} s later", means)
    return seen["called"] - stage.began


def test_stops_gracefully(shell, rng):
    """the server gets SIGTERM and time to finish, and the script waits for it"""
    look = "bash with-server.sh true; ls server.ready"
    finish = rng.uniform(0.3, 0.5)
    stage = Stage(shell, rng, finish=finish)
    done = stage.run(6, look)
    stage.must_have_run(done)
    stage.must_have_stopped(done, "after CMD")
    late = stage.seen["end"] - stage.seen.get("done", stage.seen["end"])
    if late > SLOW:  # it slept: for a fixed time, or between two looks at the server
        finish += late + SLOW
        stage = Stage(shell, rng, finish=finish)
        done = stage.run(6 + late, look)
        stage.must_have_run(done)
        stage.must_have_stopped(
            done, f"after CMD (the server needs {finish:.1f} s to finish)", "a fixed time is too short on some days"
        )


def test_spares_others(shell, rng):
    """other processes of the same name go on"""
    stage = Stage(shell, rng, delay=8)
    others = [stage.neighbour()]
    older = "(exec -a 'bash server.sh' sleep 9) & bash with-server.sh true; kill -0 $!"
    newer = "bash with-server.sh bash -c \"(exec -a 'bash server.sh' sleep 9) &\""

    def go_on():
        if "start" in stage.seen and len(others) == 1:  # one is older than the script's server, the other newer
            others.append(stage.neighbour())
            stage.server.tell("go on")
        for (other, _), stage.look in zip(others, (older, newer), strict=False):
            got = [name for name in other.lines() if name in ("TERM", "HUP", "QUIT", "USR1", "USR2")]
            if got or not other.alive():
                expected = "another `bash server.sh`, in another folder, goes on"
                stage.refuse(None, expected, f"it got SIG{got[0]}" if got else "it was killed", stage.why_others())

    stage.run(6, older, meanwhile=go_on)
    for _, process in others:
        process.send(signal.SIGURG)  # its answer comes after what it got before
    with contextlib.suppress(RuntimeError):
        await_ours(lambda: all("URG" in other.lines() or not other.alive() for other, _ in others), "", 3)
    go_on()
    if len(others) != 2 or not all("URG" in other.lines() for other, _ in others):
        raise RuntimeError("the other servers live, and did not answer")


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


def processes():
    """The numbers of all processes of the computer; none below 100, which `kill -n` takes for signals."""
    with contextlib.suppress(OSError):
        found = subprocess.run(["ps", "-A", "-o", "pid="], capture_output=True, text=True, check=False).stdout
        return [word for word in found.split() if len(word) > 2]
    return []


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
