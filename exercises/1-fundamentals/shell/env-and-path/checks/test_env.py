"""A copy of env.sh that lies elsewhere is sourced; then bash writes down what it and the programs it starts find."""

import re
import shlex

from runner.kit.outcomes import CouldNotRun, NotYet, Outcome
from runner.kit.process import PATH

GREET = """#!/bin/sh
# greet NAME: says hello with the word that it finds in its environment
echo "${GREETING-(no GREETING)}, $1"
"""
UNSET = "(unset)"
PROBE = """cd @PROJECT@ || exit
. ./env.sh
set +euf
echo yes >@FACTS@/back
printf %s "${GREETING-@UNSET@}" >@FACTS@/greeting
printf %s "$PATH" >@FACTS@/path
type -t greet >@FACTS@/kind
alias greet >@FACTS@/alias 2>&1
cd @ELSEWHERE@ || exit
greet Ada >@FACTS@/greet 2>&1
/usr/bin/env greet Ada >@FACTS@/program 2>&1
"$BASH" -c 'printf %s "${GREETING-@UNSET@}"' >@FACTS@/inherited
ls @FACTS@/back >@FACTS@/ls 2>&1
@TOOL@ >@FACTS@/tool 2>&1
"""


TERMINALS = {}
"""Those of this run by what GREETING was: unset, empty or words. The checks look at the same three."""


def terminal_with(shell, rng, greeting):
    """A terminal with GREETING `unset`, `empty` or `words`."""
    if greeting not in TERMINALS:
        words = f"Good  day * {rng.randrange(10_000, 100_000)}"
        TERMINALS[greeting] = Terminal(shell, rng, {"unset": None, "empty": "", "words": words}[greeting])
    return TERMINALS[greeting]


class Terminal:
    """A bash that has sourced env.sh, with GREETING given or not; what it found lies in files."""

    def __init__(self, shell, rng, greeting):
        self.root = shell.folder("env").resolve()
        self.project, self.facts, elsewhere, tools = (
            self.root / name for name in ("my project", "facts", "elsewhere", "tools")
        )
        for folder in (self.project / "bin", self.facts, elsewhere, tools):
            folder.mkdir(parents=True)
        self.word = f"w{rng.randrange(10_000, 100_000)}"
        self.tool = f"tool-{self.word}"
        program(self.project / "bin" / "greet", f'#!/bin/sh\necho "{self.word} $1"\n')
        program(tools / self.tool, f"#!/bin/sh\necho {self.word}\n")
        (self.project / "env.sh").write_bytes(source(shell).encode("utf-8", "surrogateescape"))
        places = {"project": self.project, "facts": self.facts, "elsewhere": elsewhere, "tool": self.tool}
        text = PROBE.replace("@UNSET@", UNSET)
        for name, place in places.items():
            text = text.replace(f"@{name.upper()}@", shlex.quote(str(place)))
        probe = self.root / "probe.sh"
        program(probe, 'exec "$BASH" -c "$1" bash\n')  # $0 is `bash`, as in a terminal
        self.greeting = greeting
        self.path = f"{tools}:{PATH}"
        self.given = "unset GREETING" if greeting is None else f"GREETING={shlex.quote(greeting)}"
        environment = {"PATH": self.path, **({} if greeting is None else {"GREETING": greeting})}
        try:
            self.done = shell.run(str(probe), text, env=environment)
        except Outcome as error:
            error.add([("command", f"{self.given}; . ./env.sh")])
            raise
        if not self.fact("back"):
            leaves = re.search(r"^\s*exit\b", source(shell), re.MULTILINE)
            means = "`exit` in a sourced file ends the shell that reads it, so your terminal" if leaves else ""
            look = "bash -c '. ./env.sh; echo on'"
            self.refuse("the shell goes on after `. ./env.sh`", "it ended there", means, look)

    def fact(self, name):
        """What the probe found under NAME, or an empty text."""
        try:
            return (self.facts / name).read_bytes().decode("utf-8", "backslashreplace").removesuffix("\n")
        except OSError:
            return ""

    def said(self, name):
        """What a command wrote to the file NAME, for a message."""
        return re.sub(r"^bash: line \d+: ", "", self.shown(self.fact(name))) or "nothing is printed"

    def added(self):
        """The entries of PATH that were not in it before."""
        before = self.path.split(":")
        return [entry for entry in self.fact("path").split(":") if entry not in before]

    def shown(self, text):
        """TEXT with this check's own places shortened, on one line."""
        for place, name in ((self.project, "/.../my project"), (self.root, "/...")):
            text = text.replace(str(place), name)
        return " / ".join(text.split("\n"))[:200]

    def refuse(self, expected, got, means="", look="", after=""):
        """End the check as not yet passed."""
        said = self.shown("\n".join(self.done.stderr.strip().splitlines()[:2]))
        command = f"{self.given}; . ./env.sh{after}"
        raise NotYet(command=command, expected=expected, got=got, stderr=said, means=means, look=look)


def test_greet_is_a_command(shell, rng):
    """greet is a command in every folder, and for programs started there"""
    terminal = terminal_with(shell, rng, "unset")
    wanted = f"{terminal.word} Ada"
    look = "bash -c '. ./env.sh; cd /; type -a greet; env greet Ada; echo \"$PATH\"'"
    for fact, command in (("greet", "greet Ada"), ("program", "env greet Ada")):
        if terminal.fact(fact) != wanted:
            expected = "the program bin/greet runs, in another folder"
            got = terminal.said(fact)
            means = wrong_path(terminal)
            if fact == "program":
                expected = "a program that is started there finds greet too"
                if terminal.fact("kind") == "function":
                    means = "a function is known to the shell alone; programs look through the folders in PATH"
            elif terminal.fact("alias").startswith("alias "):
                means = "an alias is for lines that you type; scripts and programs do not know it"
            terminal.refuse(expected, got, means, look, after=f"; cd /elsewhere; {command}")


def test_keeps_path(shell, rng):
    """what PATH found before, such as ls, is still found"""
    terminal = terminal_with(shell, rng, "unset")
    means = ""
    kept = [entry for entry in terminal.path.split(":") if entry in terminal.fact("path").split(":")]
    if "PATH" in terminal.added():
        means = "`PATH` is the word itself; `$PATH` is its value"
    elif not kept:
        means = "the new value took the place of all folders that PATH held before"
    look = 'bash -c \'echo "$PATH"; . ./env.sh; echo "$PATH"\''
    if terminal.fact("ls") != str(terminal.facts / "back"):
        terminal.refuse("ls is found", terminal.said("ls"), means, look, after="; ls")
    if terminal.fact("tool") != terminal.word:
        expected = "every folder that PATH held before is still in it"
        if kept:
            means = "each computer has other folders in PATH; `$PATH` holds those of this one"
        terminal.refuse(expected, "/.../tools, the first one before, is gone", means, look, after='; echo "$PATH"')


def test_default_greeting(shell, rng):
    """GREETING is Hello where it was unset or empty"""
    for before in ("unset", "empty"):
        terminal = terminal_with(shell, rng, before)
        got = terminal.fact("greeting")
        if got == "Hello":
            continue
        means = ""
        if before == "empty" and got == "":
            means = (
                "where it was unset it is Hello; but an empty one counts as set, unless `:` stands before `-` or `=`"
            )
        elif changed(shell):
            means = "a default in bin/greet is known to that one program; env.sh is to set the variable"
        look = f"{'env -u GREETING' if before == 'unset' else 'GREETING='} bash -c '. ./env.sh; echo \"<$GREETING>\"'"
        terminal.refuse(f"GREETING, {before} before, is 'Hello'", shown(got), means, look, '; echo "$GREETING"')


def test_keeps_greeting(shell, rng):
    """a GREETING that was set stays as it was"""
    terminal = terminal_with(shell, rng, "words")
    greeting, got = terminal.greeting, terminal.fact("greeting")
    means = ""
    if got == "Hello":
        means = "the default took the place of a value that somebody had set"
    elif got.split(" ")[:1] == ["Good"]:
        means = "an unquoted `$GREETING` or `$( )` was cut at blanks, or its * became file names"
    if got != greeting:
        look = "GREETING='Good  day *' bash -c '. ./env.sh; echo \"<$GREETING>\"'"
        terminal.refuse(f"GREETING is still {greeting!r}", shown(got), means, look, '; echo "$GREETING"')
    exported = terminal_with(shell, rng, "unset").fact("inherited") == "Hello"
    if terminal.done.stderr and exported:  # else another check has more to tell
        means = "`[` got several words where it takes one: an unquoted `$GREETING` is cut at its blanks"
        means = means if "[: " in terminal.done.stderr else ""
        look = "GREETING='Good  day *' bash -c '. ./env.sh'"
        terminal.refuse("nothing on stderr", "a message there", means, look)


def test_reaches_programs(shell, rng):
    """programs started afterwards get GREETING"""
    for before in ("unset", "empty", "words"):
        terminal = terminal_with(shell, rng, before)
        got = terminal.fact("inherited")
        wanted = terminal.greeting or "Hello"
        if got == wanted:
            continue
        means = ""
        if got == UNSET and terminal.fact("greeting") != UNSET:
            means = "GREETING belongs to the shell alone; only exported variables are handed to programs"
        look = "env -u GREETING bash -c '. ./env.sh; env | grep GREETING'"
        expected = f"a program gets GREETING with the value {wanted!r}"
        terminal.refuse(expected, "it gets none" if got == UNSET else shown(got), means, look, "; env")


def wrong_path(terminal):
    """Why PATH does not lead to greet; empty where that cannot be told."""
    folder = str(terminal.project / "bin")
    if folder in terminal.added():
        return ""
    for entry in terminal.added():
        if entry == f"{folder}/greet":
            return "PATH got the file bin/greet; it lists folders"
        if entry == str(terminal.project):
            return "PATH got the folder of env.sh; greet lies in the folder bin there"
        if entry.endswith(folder) or entry.startswith(folder):
            return f"a colon is missing in PATH: {terminal.shown(entry)!r} is one entry"
        if not entry.startswith("/"):
            return f"{entry!r} in PATH is looked up from the folder you are in; a full path holds everywhere"
        if not entry.startswith(str(terminal.root)):
            return f"PATH got {entry}; the folder lay elsewhere this time, and $PWD tells where"
    return "" if terminal.added() or terminal.fact("kind") else "PATH got no new folder"


def changed(shell):
    """Whether the learner's bin/greet is another than that of the starter."""
    try:
        return (shell.work / "bin" / "greet").read_text(encoding="utf-8", errors="replace") != GREET
    except OSError:
        return False


def shown(value):
    """A value of GREETING for a message."""
    return "it is unset" if value == UNSET else f"it is {value[:200]!r}"


def source(shell):
    """The text of the learner's env.sh."""
    try:
        with open(shell.script("env.sh"), encoding="utf-8", errors="surrogateescape", newline="") as file:
            return file.read()
    except OSError as error:
        raise CouldNotRun(expected="a file env.sh that can be read", got=str(error.strerror)) from None


def program(path, text):
    """Write TEXT to PATH as a program."""
    path.write_text(text, encoding="utf-8")
    path.chmod(0o755)
