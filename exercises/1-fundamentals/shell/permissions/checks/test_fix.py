"""Sites with modes of all kinds are put right by the script; then the mode bits are compared, never what can be read.

Root may read and write whatever the bits say, so a check that tries to would tell other things to other people.
Folders begin with modes that let their owner in, for the same reason.
"""

import os
import shlex
import stat

from runner.kit.outcomes import NotYet
from runner.kit.shell import HOSTILE_NAMES

ODD = [name for name in HOSTILE_NAMES if name != "*"]
"""Without `*`: beside a file called *.html even an unquoted `$x` meets every name, since bash expands that word."""


def test_folders(shell, rng):
    """folders have 750, the current one too"""
    deep = f"img/{rng.randrange(2000, 2030)}/small"
    folders = {".": 0o755, "css": 0o777, "img": 0o775, os.path.dirname(deep): 0o700, deep: 0o777, ".well-known": 0o755}
    box = site(
        shell, folders | {"two words": 0o700}, {"index.html": 0o644, "css/site.css": 0o666, f"{deep}/a.png": 0o644}
    )
    done, found = fix(shell, box)
    for path in [*folders, "two words"]:
        mode = found.get(path, ("", 0))[1]
        if path not in found:
            refuse(shell, done, f"the folder {path} stays", "it is gone")
        if mode == 0o750:
            continue
        means = ""
        if mode == folders.get(path) and path == "." and found.get("css") == ("folder", 0o750):
            means = "nothing has changed it: does the search begin at `.` itself?"
        elif mode == folders.get(path) and path == ".well-known":
            means = "nothing has changed it: a `*` of bash passes over names that begin with a dot"
        elif not mode & 0o100:
            means = "a folder without x cannot be entered, whatever its files allow"
        elif mode & 0o007:
            means = "the last digit is for all other accounts of the machine; they need nothing here"
        elif path == "two words" and "words" in done.stderr:
            means = "the name was cut at its blank"
        name = "the current folder" if path == "." else f"the folder {path!r}"
        make = f"mkdir -p css {word(path)}; chmod {folders.get(path, 0o700):03o} {word(path)}"
        see = look("mkdir css" if path == "." else make, f". css {word(path)}" if path != "." else ". css")
        refuse(shell, done, f"{name} has 750 ({letters(0o750)})", said(mode), means, see)
    status(shell, done)


def test_files(shell, rng):
    """files have 640, hidden ones and odd names too"""
    plain = {
        "index.html": 0o777,
        "about.html": 0o600,
        "css/site.css": 0o666,
        "img/logo.png": 0o400,
        f"img/{rng.randrange(1000)}.png": 0o000,
        ".env": 0o644,
        "css/.map": 0o646,
        "sh": 0o755,
        "key.txt": 0o755,
        "run.sh.bak": 0o700,
    }
    odd = {f"{folder}{name}.html": rng.choice((0o777, 0o644, 0o600)) for name in ODD for folder in ("", "img/")}
    box = site(shell, {"css": 0o755, "img": 0o700}, {**plain, **odd})
    done, found = fix(shell, box)
    for path, before in {**plain, **odd}.items():
        if path not in found:
            refuse(shell, done, f"{path!r} stays", "it is gone")
        mode = found[path][1]
        if mode == 0o640:
            continue
        means = ""
        if mode == 0o750 and before & 0o111:
            means = (
                "X adds x to folders, and also to files that have an x already, as this one had"
                if capital(shell)
                else ""
            )
        elif mode == before and path in (".env", "css/.map"):
            means = "a `*` of bash passes over names that begin with a dot"
        elif mode == before and "No such file" in done.stderr:
            means = "names did not arrive whole: an unquoted `$x`, or a list of lines?"
        elif mode == before and path.rpartition("/")[2].startswith("-") and "invalid" in done.stderr:
            means = "chmod took the name for options or a mode; `./` before it, or `--` before all names, prevents that"
        elif mode == before:
            means = "nothing has changed it: which line of the script reaches this file?"
        elif mode & 0o007:
            means = "the last digit is for all other accounts of the machine; they need nothing here"
        elif mode & 0o111 and path in ("sh", "key.txt", "run.sh.bak"):
            means = "this name does not end with .sh"
        elif mode & 0o111:
            means = "x on a file is the right to start it; a page is only read"
        elif mode == 0o600 and path == "key.txt":
            means = "this name does not end with .key"
        see = look(f"touch {word(path)}; chmod {before:03o} {word(path)}" if "/" not in path else "touch a", word(path))
        if "did not arrive whole" in means:
            see = look("touch 'two words.html'", "*.html")
        refuse(shell, done, f"{path!r}, {before:03o} before, has 640 ({letters(0o640)})", said(mode), means, see)
    extra = sorted(set(found) - {".", "css", "img", "fixed.log", *plain, *odd})
    if extra:
        refuse(shell, done, "no new file but fixed.log", repr(extra[0]))
    status(shell, done)


def test_scripts_and_keys(shell, rng):
    """*.sh files have 740, *.key files 600"""
    number = rng.randrange(100, 1000)
    scripts = {"deploy.sh": 0o777, f"bin/job-{number}.sh": 0o644, "bin/my tool.sh": 0o600, "bin/deep/.run.sh": 0o755}
    keys = {"site.key": 0o644, f"keys/{number}.key": 0o666, "keys/my own.key": 0o777, ".hidden.key": 0o640}
    box = site(shell, {"bin": 0o755, "bin/deep": 0o755, "keys": 0o777}, {**scripts, **keys, "index.html": 0o644})
    done, found = fix(shell, box)
    for path in [*scripts, *keys]:
        wanted = 0o740 if path in scripts else 0o600
        if path not in found:
            refuse(shell, done, f"{path!r} stays", "it is gone")
        mode = found[path][1]
        if mode == wanted:
            continue
        means = ""
        top = "deploy.sh" if path in scripts else "site.key"
        if mode == 0o640 and path != top and found[top][1] == wanted:
            means = f"an unquoted *.{top.partition('.')[2]} is replaced by bash with names of the current folder"
        elif mode == 0o640:
            means = "it has the mode of all files: did that rule come later, or did nothing look for this ending?"
        elif mode & 0o011 and path in scripts:
            means = "only the owner is to start it; `+x` without a letter before it gives x to group and others too"
        elif mode & 0o077 and path in keys:
            means = "a key is for its owner alone; programs such as ssh refuse one that others may read"
        make = f"mkdir bin; touch {top} bin/b.{top.partition('.')[2]}"
        see = look(make, f"{top} bin/b.{top.partition('.')[2]}")
        refuse(shell, done, f"{path!r} has {wanted:o} ({letters(wanted)})", said(mode), means, see)
    status(shell, done)


def test_new_file(shell, rng):
    """fixed.log, which the script writes itself, has 640"""
    box = site(shell, {"css": 0o755}, {"index.html": 0o644, f"css/{rng.randrange(100)}.css": 0o666})
    for run in ("", "after a second run, "):
        done, found = fix(shell, box)
        if found.get("fixed.log", ("", 0))[0] != "file":
            refuse(shell, done, f"{run}a file fixed.log in the current folder", "there is none")
        mode = found["fixed.log"][1]
        if mode != 0o640:
            means = ""
            if mode == 0o644:
                means = "a new file gets 666 less the umask, here 022; this one came after the files were put right"
            see = look("touch a.html", "fixed.log")
            refuse(shell, done, f"{run}fixed.log has 640 ({letters(0o640)})", said(mode), means, see)
        wrong = [path for path, (kind, mode) in found.items() if mode != (0o750 if kind == "folder" else 0o640)]
        if wrong:
            refuse(shell, done, f"{run}all modes are right", f"{wrong[0]} has {said(found[wrong[0]][1])}")
        status(shell, done, run)


def test_links(shell, rng):
    """links stay, and what they lead to outside keeps its mode"""
    outside = site(
        shell, {"shared": 0o775}, {"page.html": 0o604, "tool.sh": 0o705, "x.key": 0o644, "shared/a.css": 0o664}
    )
    box = site(shell, {"bin": 0o755}, {"index.html": 0o666, "bin/run.sh": 0o666})
    links = {"page.html": "page.html", "bin/tool.sh": "tool.sh", "x.key": "x.key", "shared": "shared"}
    for path, target in links.items():
        (box / path).symlink_to(outside / target)
    (box / f"gone-{rng.randrange(100)}.html").symlink_to("nowhere")
    before = modes(outside)
    done, found = fix(shell, box)
    after = modes(outside)
    for path in sorted(before, key=lambda path: path != "shared/a.css"):
        if after.get(path) == before[path]:
            continue
        got = said(after[path][1]) if path in after else "it is gone"
        link = next((each for each, target in links.items() if target == path.partition("/")[0]), "")
        means = "chmod follows a link that is named to it; `-type f` in find takes files alone, and no links"
        if path == "shared/a.css":
            means = "a link to a folder was followed, and all below it was changed"
        elif path == "shared":
            means = "chmod follows a link that is named to it; `-type d` in find takes folders alone, and no links"
        name = path.partition("/")[0]
        make = f"{'mkdir' if name == 'shared' else 'touch'} ../{name}; chmod 777 ../{name}; ln -s ../{name} ."
        see = f"(d=$(mktemp -d); cp fix.sh $d; mkdir $d/site; cd $d/site; {make}; bash ../fix.sh; ls -l ..)"
        if path == "shared/a.css":
            see = see.replace("ln -s", "touch ../shared/a.css; ln -s").replace("ls -l ..", "ls -l ../shared")
        kept = f"{path}, where the link {link} leads, keeps {before[path][1]:03o}"
        refuse(shell, done, kept, got, means, see)
    for path, wanted in (("index.html", 0o640), ("bin/run.sh", 0o740)):  # the probe works: files beside them change
        if found.get(path, ("", 0))[1] != wanted:
            refuse(shell, done, f"{path} has {wanted:o}, beside links", said(found.get(path, ("", 0))[1]))
    for path in links:
        if not (box / path).is_symlink():
            refuse(shell, done, f"the link {path} stays a link", "it is none any more")
    means = "a link to nowhere is a link all the same, and chmod finds no file there" if "gone-" in done.stderr else ""
    status(shell, done, "", means)


def site(shell, folders, files):
    """A site of FOLDERS and FILES with their modes."""
    box = shell.folder("site")
    for path in folders:
        (box / path).mkdir(parents=True, exist_ok=True)
    for path in files:
        (box / path).write_text(f"{path}\n", encoding="utf-8")
    for path, mode in {**files, **folders}.items():
        (box / path).chmod(mode)
    return box


def fix(shell, box):
    """Run the script in BOX; its result, and kind and mode of all that lies there then."""
    try:
        done = shell.run("fix.sh", cwd=box)
    finally:
        found = modes(box)
    if not box.is_dir():
        refuse(shell, done, "the current folder stays", "it is gone")
    return done, found


def modes(box):
    """Kind and mode of BOX, by `.`, and of all below; a folder that was closed is opened, so that we may look."""
    found = {}
    waiting = ["."]
    while waiting:
        path = waiting.pop()
        try:
            mode = os.lstat(box / path).st_mode
        except OSError:
            continue
        kind = "folder" if stat.S_ISDIR(mode) else "file" if stat.S_ISREG(mode) else "other"
        if kind != "other":
            found[path] = (kind, mode & 0o777)
        if kind == "folder":
            if mode & 0o700 != 0o700:
                os.chmod(box / path, 0o700)
            waiting += [os.path.normpath(os.path.join(path, name)) for name in os.listdir(box / path)]
    return found


def capital(shell):
    """Whether the script has an X in a mode, apart from its comments; for a diagnosis alone."""
    with open(shell.script("fix.sh"), encoding="utf-8", errors="replace") as file:
        return any("chmod" in line and "X" in line.partition("#")[0] for line in file)


def letters(mode):
    """A mode as `ls` shows it."""
    return stat.filemode(mode)[1:]


def said(mode):
    """A mode in both ways of writing it."""
    return f"{mode:03o} ({letters(mode)})"


def word(path):
    """PATH as bash reads it."""
    quoted = "./" + path if path.startswith("-") else path
    return shlex.quote(quoted) if path.isprintable() else "$'" + quoted.encode("unicode_escape").decode() + "'"


def look(make, shown):
    """A command that tries the script in a new folder."""
    return f"(d=$(mktemp -d); cp fix.sh $d; cd $d; {make}; bash fix.sh; ls -ld {shown})"


def status(shell, done, kind="", means=""):
    """End the check where the script did not end with 0."""
    if done.code:
        got = f"exit status {done.code}" if done.code > 0 else f"ended by signal {-done.code}"
        if "missing operand" in done.stderr:
            means = "chmod without a file is an error; `xargs -r` does not start it, nor does find's -exec"
        refuse(shell, done, f"{kind}exit status 0", got, means)


def refuse(shell, done, expected, got, means="", see=""):
    """End the check as not yet passed, with the first lines of what the script wrote to stderr."""
    lines = done.stderr.replace(f"{shell.work}/", "").strip().splitlines()
    lines = [line if len(line) < 160 else f"{line[:160]} ..." for line in lines[:2]]
    raise NotYet(command=done.command, expected=expected, got=got, stderr="\n".join(lines), means=means, look=see)
