"""Small commands run through the script; then both logs and the exit status are looked at."""

import time

from runner.kit.outcomes import NotYet

JOB = 'echo "result $1"\necho "warning $1" >&2\nexit "$2"\n'
LATE = 0.5
"""Seconds that the logs get while somebody still reads the script's output: bash does not wait for a tee in `>( )`."""


def test_splits_the_streams(shell, rng):
    """stdout lands in out.log and stderr in err.log, byte for byte"""
    word = f"w{rng.randrange(10_000, 100_000)}"
    box = shell.folder()
    (box / "job.sh").write_text(JOB, encoding="utf-8")
    wanted = {"out.log": f"result {word}\n", "err.log": f"warning {word}\n"}
    done, logs = run(shell, box, wanted, "bash", "job.sh", word, "0")
    for name in wanted:
        compare(shell, done, logs, name, wanted[name], mixed(word, logs, done) or short(shell))
    box = shell.folder()
    text = f"  {word}   x\n\n\n"
    (box / "text.txt").write_text(text, encoding="utf-8")
    done, logs = run(shell, box, {"out.log": text}, "cat", "text.txt")
    means = ""
    if (logs["out.log"] or "").split() == text.split():
        means = "the words arrived, their layout did not; `$( )`, `read` and an unquoted `$x` change it"
    compare(shell, done, logs, "out.log", text, means, r"rm -f *.log; printf '  a   x\n\n\n' >text.txt")
    box = shell.folder()
    done, logs = run(shell, box, {}, "true")
    for name, got in logs.items():
        if got:
            means = '`echo "$x"` writes a newline also where x is empty' if got == "\n" else ""
            refuse(shell, done, f"nothing in {name}: `true` writes nothing", repr(got), means)


def test_appends(shell, rng):
    """a second run adds to the logs and keeps what they hold"""
    box = shell.folder()
    (box / "job.sh").write_text(JOB, encoding="utf-8")
    words = [f"w{number}" for number in rng.sample(range(10_000, 100_000), 2)]
    wanted = {"out.log": "", "err.log": ""}
    for word in words:
        wanted = {"out.log": wanted["out.log"] + f"result {word}\n", "err.log": wanted["err.log"] + f"warning {word}\n"}
        done, logs = run(shell, box, wanted, "bash", "job.sh", word, "0")
    for name in wanted:
        lost = logs[name] is not None and words[0] not in logs[name] and words[1] in logs[name]
        means = "the second run emptied the file first, as `>` and `tee` without -a do" if lost else ""
        compare(shell, done, logs, name, wanted[name], means, f"bash run.sh bash job.sh {words[0]} 0")


def test_keeps_the_status(shell, rng):
    """the exit status is that of CMD: 0, 3, 127 or another"""
    box = shell.folder()
    (box / "job.sh").write_text(JOB, encoding="utf-8")
    for code in (0, 3, rng.randrange(4, 120)):
        status(shell, shell.run("run.sh", "bash", "job.sh", "hi", str(code), cwd=box), code)
    status(shell, shell.run("run.sh", f"no-such-command-{rng.randrange(1000)}", cwd=box), 127)


def test_keeps_the_arguments(shell, rng):
    """CMD runs once, with its arguments as they were given, blanks and * included"""
    counts, done = tried(shell)
    if len(counts) != 1:
        means = "each line that holds the command runs it; one line can have several redirections"
        look = "bash run.sh bash -c 'date >>runs.txt'; cat runs.txt"
        refuse(shell, done, "CMD runs once", f"it ran {len(counts)} times", means if counts else "", look)
    words = [f"two  words {rng.randrange(1000)}", "*", "", "$HOME", 'a "b"']
    box = shell.folder()
    (box / "notes.txt").write_text("a file for * to meet\n", encoding="utf-8")
    wanted = "".join(f"<{word}>\n" for word in words)
    done, logs = run(shell, box, {"out.log": wanted}, "printf", "<%s>\\n", *words)
    means = ""
    if "<two  words" not in (logs["out.log"] or ""):
        means = '`"$@"` alone hands each argument on whole; here they became other words'
    compare(shell, done, logs, "out.log", wanted, means)


def tried(shell):
    """How many arguments a command got from `run.sh ./count.sh a b`, each time that it ran; and the run."""
    box = shell.folder()
    (box / "count.sh").write_text('#!/bin/sh\necho "$#" >>ran\n', encoding="utf-8")
    (box / "count.sh").chmod(0o755)
    done = shell.run("run.sh", "./count.sh", "a", "b", cwd=box)
    return (content(box / "ran") or "").split(), done


def short(shell):
    """A diagnosis where CMD is run, but without its arguments."""
    counts, _ = tried(shell)
    return "CMD ran without its arguments: `$1` is the first word alone" if set(counts) == {"0"} else ""


def run(shell, box, wanted, *command):
    """Run COMMAND through the script in BOX; its result, and what the logs hold, which should be as WANTED."""
    running = shell.start("run.sh", *command, cwd=box)
    limit = time.monotonic() + LATE
    while any(content(box / name) != text for name, text in wanted.items()) and time.monotonic() < limit:
        time.sleep(0.005)
    done = running.wait()
    return done, {name: content(box / name) for name in ("out.log", "err.log")}


def content(path):
    """The text of a file, or None where there is no such file."""
    try:
        return path.read_bytes().decode("utf-8", "backslashreplace") if path.is_file() else None
    except OSError:
        return None


def mixed(word, logs, done):
    """Which way the streams of job.sh went, where that can be told."""
    out, err = logs["out.log"] or "", logs["err.log"] or ""
    result, warning = f"result {word}", f"warning {word}"
    if f"bash job.sh {word} 0:" in done.stderr + err:
        return '`"$*"` is one word made of all arguments, and no command has that name'
    if warning in out:
        return "both streams went to out.log" if result in out else "the streams changed places"
    if warning in done.stdout and warning not in err:
        return "`2>&1` sends 2 where 1 goes at that moment; before `>>out.log` that is still the terminal"
    if warning in done.stderr and warning not in err:
        return "stderr, stream 2, still goes to the terminal alone"
    if result in err:
        return "both streams went to err.log"
    return ""


def status(shell, done, code):
    """End the check where the script did not end with CODE."""
    means = ""
    if done.code == 0:
        means = "a script, and a pipeline, has the status of its last part; here that was not CMD"
    elif done.code == 1 and code > 1:
        means = "1 for any failure: the caller can no longer tell them apart"
    if done.code != code:
        refuse(shell, done, f"exit status {code}, as CMD had", how(done.code), means, f"{done.command}; echo $?")


def how(code):
    """An exit status in words."""
    return f"exit status {code}" if code >= 0 else f"ended by signal {-code}"


def compare(shell, done, logs, name, wanted, means, before="rm -f *.log"):
    """End the check where the log NAME does not hold what is WANTED."""
    if logs[name] == wanted:
        return
    got = f"no file {name}" if logs[name] is None else f"it holds {logs[name][:200]!r}" if logs[name] else "it is empty"
    if name == "out.log" and not logs[name] and logs["err.log"] and wanted not in logs["err.log"]:
        first = logs["err.log"].replace(f"{shell.work}/", "").splitlines()[0]
        got += f"; err.log begins {first[:120]!r}"
    refuse(shell, done, f"{name} holds {wanted!r}", got, means, f"{before}; {done.command}; head *.log")


def refuse(shell, done, expected, got, means="", look=""):
    """End the check as not yet passed, with the first lines of what the script itself wrote to stderr."""
    said = done.stderr.replace(f"{shell.work}/", "").strip().splitlines()
    raise NotYet(command=done.command, expected=expected, got=got, stderr="\n".join(said[:2]), means=means, look=look)
