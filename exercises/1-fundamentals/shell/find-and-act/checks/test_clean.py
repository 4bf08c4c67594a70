"""Folders are filled with files of known ages, cleaned by the script, and compared path by path."""

import os
import shlex
import time
from collections import Counter

from runner.kit.outcomes import NotYet
from runner.kit.shell import HOSTILE_NAMES, tree

HOUR = 3600
DAY = 24
NAMES = {DAY * 7 + 1: "7 days and 1 hour", DAY * 8 + 1: "8 days and 1 hour", DAY * 7 - 1: "6 days and 23 hours"}
ODD = (*HOSTILE_NAMES, "a  b", "ends\n", "a'b c'd", "50%s", "\\n")


def test_deletes_old(shell, rng):
    """old files called *.tmp are deleted, however deep"""
    top = f"cache-{rng.randrange(100, 1000)}.tmp"
    old = {
        top: DAY * 8 + 1,
        "below/deep/b.tmp": DAY * rng.randrange(20, 300),
        ".hidden.tmp": DAY * 8 + 1,
        "below/edge.tmp": DAY * 7 + 1,
        ".github/ci.tmp": DAY * 9,
        "my.git/c.tmp": DAY * 9,
        "parts.tmp/d.tmp": DAY * 9,
    }
    box = fill(shell, {**old, "notes.txt": DAY * 30})
    done = clean(shell, box)
    left = [path for path in old if path in tree(box)]
    if not left:
        status(shell, done, "", look(top, old[top]))
        return
    means, path, see = "", left[0], ""
    if "paths must precede" in done.stderr or left == [each for each in old if each != top]:
        means = "an unquoted *.tmp is replaced by bash, before find starts, with names of the current folder"
        means = means if calls(shell, "find ") else ""
        see = "(mkdir -p try/x; cd try; touch -d '9 days ago' a.tmp x/b.tmp; bash -x ../clean.sh; ls -lAR)"
    elif "below/edge.tmp" in left and top not in left:
        path = "below/edge.tmp"
        means = "`-mtime` drops the started day, and +7 is more than 7 whole days: it begins at 8 days"
        means = means if calls(shell, "find ") else ""
    elif "below/edge.tmp" not in left and top in left:
        means = "`-mtime 7` without + is 7 whole days exactly: from 7 days to nearly 8" if calls(shell, "find ") else ""
    elif left == list(old):
        stamps = {"-ctime": "the last change of content, name or mode", "-atime": "the last time it was read"}
        used = [option for option in stamps if calls(shell, option)]
        if used:
            means = f"`{used[0]}` looks at {stamps[used[0]]}; the age of the content is `-mtime`"
        elif calls(shell, "-mtime -") or calls(shell, "-mmin -"):
            means = "a - before the number is less than so many; + is more"
        elif "-prune does nothing" in done.stderr:
            means = "find refuses `-prune` beside `-delete`; a test of the path can leave .git out"
    elif left == [".hidden.tmp"]:
        means = "a `*` of bash passes over names that begin with a dot"
    elif set(left) <= {".github/ci.tmp", "my.git/c.tmp"}:
        means = f"{path.split('/')[0]} is another folder than .git; `*.git*` fits both"
    elif left == ["parts.tmp/d.tmp"]:
        means = "a folder called *.tmp was passed over with all that it holds"
    see = see or look(path, old[path])
    refuse(shell, done, f"{path}, {age(old[path])} old, is deleted", "it is still there", means, see)


def test_keeps_the_rest(shell, rng):
    """the rest stays: younger files, other names, folders, links, any .git folder"""
    number = rng.randrange(100, 1000)
    rest = {
        "young.tmp": DAY * 7 - 1,
        f"below/young-{number}.tmp": rng.randrange(1, DAY * 6),
        "notes.txt": DAY * 30,
        "a.tmp.txt": DAY * 30,
        "atmp": DAY * 30,
        "parts.tmp/keep.txt": DAY * 30,
        ".git/a.tmp": DAY * 30,
        f".git/objects/{number}/b.tmp": DAY * 30,
        "below/.git/c.tmp": DAY * 30,
    }
    box = fill(shell, {**rest, "gone.tmp": DAY * 8 + 1, "below/gone.tmp": DAY * 30}, folders=["empty.tmp"])
    outside = fill(shell, {"old.tmp": DAY * 30, "notes.txt": DAY * 30})
    for path, target in (("link.tmp", "notes.txt"), ("out.tmp", outside / "notes.txt"), ("linked", outside)):
        (box / path).symlink_to(target)
        made(box / path, DAY * 30)
    before, before_outside = tree(box), tree(outside)
    done = clean(shell, box)
    after = tree(box)
    for path, each in tree(outside).items():
        before_outside.pop(path, None) if before_outside.get(path) == each else None
    if before_outside:
        lost = min(before_outside)
        means = "a link to a folder was followed" if lost == "old.tmp" else "a link's target was changed"
        see = "(mkdir -p try out; cd try; ln -sfn ../out x; touch -d '9 days ago' x/a.tmp; bash ../clean.sh; ls ../out)"
        refuse(shell, done, "files that a link leads to, outside, stay", f"{lost} there is not as it was", means, see)
    for path in ("gone.tmp", "below/gone.tmp"):  # the probe works: what is old goes
        if path in after:
            refuse(shell, done, f"{path}, an old file, is deleted", "it is still there")
    for path in [*rest, *sorted(before)]:
        entry = before[path]
        if after.get(path) == entry or path in ("gone.tmp", "below/gone.tmp"):
            continue
        got = "it is gone" if path not in after else "it is changed"
        means, kind = why(shell, path, rest)
        refuse(shell, done, f"{path}{kind}, stays", got, means, look(path, rest.get(path), entry.kind))
    extra = sorted(set(after) - set(before))
    if extra:
        refuse(shell, done, "nothing new in the folder", f"{extra[0]!r} is new")


def why(shell, path, rest):
    """What a path that should have stayed is, and why it was not to go."""
    if path.startswith(".git"):
        means = "`-prune` has no effect beside `-delete` or `-depth`" if calls(shell, "-prune") else ""
        return means, ", in a .git folder"
    if "/.git" in path:
        return "a .git folder may lie deeper, as that of a submodule; `./.git` is only the first", ", in a .git folder"
    if path in ("empty.tmp", "parts.tmp"):
        return "its name ends with .tmp, and it is a folder: a test for files has to say so", ", a folder"
    if path.startswith("parts.tmp/"):
        return "the folder parts.tmp went with all it held; only files called *.tmp are to go", ", another name"
    if path in ("link.tmp", "out.tmp"):
        return "its name ends with .tmp, and it is a link, no file", ", a link"
    if "young" in path:
        return "", f", {age(rest[path])} old"
    return "", ", another name" if path in rest else ", no old file"


def test_any_name(shell, rng):
    """blanks, newlines, quotes and * in names change nothing of this"""
    odd = [*ODD, f"a b {rng.randrange(100)}"]
    every = [(f"{folder}{name}.tmp", DAY * 9) for name in odd for folder in ("", "two words/")]
    box = fill(shell, dict(every) | {"plain.tmp": 2, "b.tmp": 2, "words.tmp": 2})
    done = clean(shell, box)
    if sorted(path for path, entry in tree(box).items() if entry.kind == "file") == ["b.tmp", "plain.tmp", "words.tmp"]:
        return
    for name in odd:
        piece = (f"{name}.tmp".split() or [name])[-1]
        young = piece if piece not in (f"{name}.tmp", ".tmp") else "young.tmp"
        box = fill(shell, {f"{name}.tmp": DAY * 9, young: 2})
        small = clean(shell, box)
        found = tree(box)
        see = look(f"{name}.tmp", DAY * 9, beside=shlex.quote(young))
        if young not in found:
            means = (
                "the name was cut at its blank or newline, and the last piece is a name too" if piece == young else ""
            )
            means = "as a pattern, the name fits others too: an unquoted `$x` is expanded" if name == "*" else means
            refuse(shell, small, f"{young!r}, 2 hours old, stays beside {f'{name}.tmp'!r}", "it is gone", means, see)
        if f"{name}.tmp" in found:
            means = ""
            if "unmatched" in small.stderr:
                means = "xargs takes a quote for its own, unless names end with a zero byte: -print0 and -0"
            elif len(f"{name}.tmp".split()) > 1 or "\n" in name:
                means = "a blank or a newline does not end a name; only a zero byte does"
            refuse(shell, small, f"{f'{name}.tmp'!r}, 9 days old, is deleted", "it is still there", means, see)
    left = sorted(set(tree(box)) & {path for path, _ in every})
    got = f"{left[0]!r} is still there" if left else "some is gone, or still there, that should not"
    refuse(shell, done, "all old files go, all young ones stay", got)


def test_dry_run(shell, rng):
    """--dry-run prints what would be deleted, and deletes nothing"""
    number = rng.randrange(100, 1000)
    old = {f"a-{number}.tmp": DAY * 8 + 1, "below/two  words.tmp": DAY * 7 + 1, "below/*.tmp": DAY * 30}
    old |= {
        ".hidden.tmp": DAY * 30,
        "line\nbreak.tmp": DAY * 30,
        "back\\nslash.tmp": DAY * 30,
        "parts.tmp/d.tmp": DAY * 9,
    }
    rest = {"young.tmp": DAY * 7 - 1, "notes.txt": DAY * 30, "parts.tmp/keep.txt": DAY * 30}
    rest |= {".git/a.tmp": DAY * 30, "below/.git/b.tmp": DAY * 30}
    box = fill(shell, {**old, **rest})
    (box / "link.tmp").symlink_to("notes.txt")
    made(box / "link.tmp", DAY * 30)
    before = tree(box)
    done = clean(shell, box, "--dry-run")
    after = tree(box)
    see = look(f"a-{number}.tmp", DAY * 8 + 1, option=" --dry-run")
    if after != before:
        lost = sorted(set(before) - set(after))
        refuse(
            shell, done, "a dry run deletes nothing", f"{lost[0]!r} is gone" if lost else "a file was changed", "", see
        )
    wanted = Counter(line for path in old for line in path.split("\n"))
    got = Counter(
        line.removeprefix("./") for line in done.stdout.split("\n")[: -1 if done.stdout[-1:] == "\n" else None]
    )
    for path in old:
        missing = [line for line in path.split("\n") if got[line] < wanted[line]]
        if missing:
            lines = done.stdout.split("\n")
            near = next((line for line in lines if path in line), "")
            means = "the paths alone are asked for, one a line" if near else ""
            if not done.stdout and path in done.stderr:
                means = "the paths went to stderr; they are what was asked for, so they belong on stdout"
            shown = f"{len(lines) - 1} lines, and not this one" if done.stdout else "nothing on stdout"
            shown = repr(near[:70]) if near else shown
            refuse(shell, done, f"a line {'./' + path!r}, for that file would go", shown, means, see)
    more = [line for line in got if got[line] > wanted[line]]
    if more:
        path = more[0]
        means = "without --dry-run this one stays: the two ways have different tests" if path in before else ""
        means = "it was printed twice" if path in wanted else means
        kind = f", {age(rest[path])} old" if path in rest and "young" in path else ""
        see = look(path, rest[path], option=" --dry-run") if path in rest else see
        refuse(shell, done, f"no line but the {len(old)} paths", f"also {path[:90]!r}{kind}", means, see)
    status(shell, done, "a dry run: ", see)


def test_nothing_to_delete(shell, rng):
    """with nothing to delete, a second run too, stderr stays empty"""
    box = fill(shell, {"notes.txt": DAY * 30, "young.tmp": rng.randrange(1, DAY * 6), "a b.tmp": DAY * 9})
    clean(shell, box)
    for where, folder in (("a second run", box), ("an empty folder", shell.folder())):
        for args in ((), ("--dry-run",)):
            before = tree(folder)
            done = clean(shell, folder, *args)
            if tree(folder) != before:
                refuse(shell, done, f"{where}: nothing changes", "something did")
            means = "rm without a name is an error; `xargs -r` does not start it, nor does find's -exec"
            means = means if "missing operand" in done.stderr else ""
            if "unary operator" in done.stderr:
                means = 'without quotes an empty `$1` is no word at all, so `[` misses one; `"$1"` is an empty word'
            see = f"(mkdir -p try2; cd try2; {done.command.replace('clean.sh', '../clean.sh')}; echo $?)"
            if done.stderr:
                refuse(shell, done, f"{where}: stderr stays empty", "a message", means, see)
            if args and done.stdout.strip():
                refuse(shell, done, f"{where}: --dry-run prints no path", repr(done.stdout[:80]), "", see)
            status(shell, done, f"{where}: ", see)


def clean(shell, box, *args):
    """Run the script in BOX, which has to be there afterwards; folders that it closed are opened for us."""
    done = shell.run("clean.sh", *args, cwd=box)
    if not box.is_dir():
        refuse(shell, done, "the current folder stays", "it is gone")
    box.chmod(0o755)
    for place, names, _ in os.walk(box):
        for path in (os.path.join(place, name) for name in names):
            if not os.path.islink(path) and os.lstat(path).st_mode & 0o700 != 0o700:
                os.chmod(path, 0o755)
    return done


def fill(shell, files, folders=()):
    """A new folder with FILES, each with its age in hours, and empty FOLDERS; folders are old."""
    box = shell.folder()
    for path in folders:
        (box / path).mkdir(parents=True)
    for path in files:
        (box / path).parent.mkdir(parents=True, exist_ok=True)
        (box / path).write_text(f"{path}\n", encoding="utf-8")
    for path, hours in files.items():
        made(box / path, hours)
    for place, names, _ in os.walk(box):
        for name in names:
            made(os.path.join(place, name), DAY * 30)
    return box


def made(path, hours):
    """Have PATH look last changed HOURS ago, and read now."""
    now = time.time()
    os.utime(path, (now, now - hours * HOUR), follow_symlinks=False)


def age(hours):
    """HOURS in words."""
    return NAMES.get(hours) or (f"{hours} hours" if hours < DAY * 3 else f"{hours // DAY} days")


def look(path, hours, kind="file", option="", beside=""):
    """A command that makes PATH with its age and cleans there."""
    word = (
        shlex.quote(path)
        if path.isprintable()
        else "$'" + path.encode("unicode_escape").decode().replace("'", "\\'") + "'"
    )
    folder = os.path.dirname(path)
    word = f"./{word}" if path.startswith("-") else word
    also = f" {shlex.quote(folder)}" if folder.endswith(".tmp") else ""  # the folder's own age counts too
    when = f"'{hours or DAY * 30} hours ago'"
    how = "-hd" if kind == "link" else "-d"  # with -h touch makes no file
    make = f"mkdir -p {shlex.quote(folder)}; " if folder else ""
    make += f"mkdir -p {word}; " if kind == "folder" else f"ln -sfn x {word}; " if kind == "link" else ""
    make += f"touch {beside}; " if beside else ""
    return f"(mkdir -p try; cd try; {make}touch {how} {when} {word}{also}; bash ../clean.sh{option}; ls -lAR)"


def calls(shell, word):
    """Whether WORD stands in the script, apart from its comments; for a diagnosis alone."""
    with open(shell.script("clean.sh"), encoding="utf-8", errors="replace") as file:
        return any(word in line.partition("#")[0] for line in file)


def status(shell, done, kind="", see=""):
    """End the check where the script did not end with 0."""
    if done.code:
        got = f"exit status {done.code}" if done.code > 0 else f"ended by signal {-done.code}"
        means = ""
        if done.code == 1 and not done.stderr:
            means = "a script has the status of its last command; a false `[ ]` is 1"
        refuse(shell, done, f"{kind}exit status 0", got, means, see.replace("; ls -lAR", "; echo $?"))


def refuse(shell, done, expected, got, means="", see=""):
    """End the check as not yet passed, with the first lines of what the script wrote to stderr."""
    said = done.stderr.replace(f"{shell.work}/", "").strip().splitlines()
    said = [line if len(line) < 160 else f"{line[:160]} ..." for line in said[:2]]
    raise NotYet(command=done.command, expected=expected, got=got, stderr="\n".join(said), means=means, look=see)
