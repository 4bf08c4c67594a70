"""Folders with odd names are filled, tidied by the script, and compared file by file."""

import hashlib
import os
import re

from runner.kit.outcomes import NotYet
from runner.kit.shell import HOSTILE_NAMES, tree

ODD = [*(name for name in HOSTILE_NAMES if not name.startswith("-")), "ends\n"]
OTHERS = ["notes.txt", "dog.jpg", "dog.jpeg.txt", "notjpeg", "below/deep.jpeg", "below/dog.jpg", "photos/old.jpg"]


def test_moves_photos(shell, rng):
    """NAME.jpeg becomes photos/NAME.jpg, byte for byte"""
    number = rng.randrange(1000, 10_000)
    names = [f"harbour-{number}", f"v1.{number}", f"jpeg-of-a-cat-{number}", f"scan.jpeg.{number}"]
    box, done = tidied(shell, rng, names)
    compare(shell, box, done, names, tame)
    if done.code:
        refuse(shell, done, "exit status 0, for every photo is moved", f"exit status {done.code}", LAST)
    if done.stderr:
        means = "`[ -f *.jpeg ]` asks about one file; with more names it is an error" if "[: " in done.stderr else ""
        look = f"({TRY} touch a.jpeg b.jpeg c.jpeg; bash -x ../tidy.sh)"
        refuse(shell, done, "nothing on stderr, for every photo is moved", "a message there", means, look)


def test_leaves_the_rest(shell, rng):
    """other files, and folders below, stay as they are"""
    box = shell.folder()
    photo = f"cat-{rng.randrange(1000, 10_000)}"
    fill(box, [photo], rng)
    (box / "below").mkdir()
    (box / "photos").mkdir()
    for name in OTHERS:
        (box / name).write_bytes(rng.randbytes(20))
    before = tree(box)
    done = shell.run("tidy.sh", cwd=box)
    after = tree(box)
    if f"photos/{photo}.jpg" not in after:  # the probe works: what is to be moved was moved
        refuse(shell, done, f"{f'{photo}.jpeg'!r} is moved, with photos there already", "it is not in photos")
    for path, entry in before.items():
        if path == f"{photo}.jpeg" or after.get(path) == entry:
            continue
        new = [each for each in after if each not in before and after[each].content == entry.content]
        got = f"it is {new[0]!r} now" if new else "it is changed" if path in after else "it is gone"
        means = ""
        if path == "below/deep.jpeg" and path not in after:
            means = "the search went into the folders below; only the current folder is to be tidied"
        elif path in ("notjpeg", "dog.jpeg.txt") and path not in after:
            means = "`jpeg` somewhere in a name is not the ending `.jpeg`"
        refuse(shell, done, f"{path!r} stays as it is", got, means)
    extra = sorted(set(after) - set(before) - {f"photos/{photo}.jpg"})
    if extra:
        refuse(shell, done, f"one new file, {f'photos/{photo}.jpg'!r}", f"also {extra[0]!r}")


def test_any_name(shell, rng):
    """blanks, newlines, * and other signs in a name arrive whole"""
    number = rng.randrange(100, 1000)
    odd = [*ODD, f"a  b {number}", f"{number}\n\nc", f"{number}?"]
    # Apart: beside a file called *.jpeg even `for f in $(ls)` meets every whole name, since bash expands that word.
    tell(shell, rng, [name for name in odd if not set("*?[") & set(name)], strange)
    tell(shell, rng, [name for name in odd if set("*?[") & set(name)], strange)


def test_leading_dash(shell, rng):
    """a name that begins with - is a name, not an option"""
    odd = [f"-cat-{rng.randrange(100, 1000)}", "-rf", "-n", "--help", "--", "-"]
    tell(shell, rng, odd, dashed)


def test_nothing_to_move(shell, rng):
    """with nothing to move, a second run too, it changes nothing and says nothing"""
    empty = shell.folder()
    (empty / "notes.txt").write_bytes(rng.randbytes(20))
    quiet(shell, empty, "a folder without any .jpeg")
    full, _ = tidied(shell, rng, ["cat", f"dog-{rng.randrange(100, 1000)}"])
    quiet(shell, full, "a second run in the same folder")


def fill(box, names, rng):
    """Write NAME.jpeg for each of NAMES, each with bytes of its own."""
    for name in names:
        (box / f"{name}.jpeg").write_bytes(rng.randbytes(24))


def tidied(shell, rng, names):
    """A folder with NAMES as photos, after one run of the script there."""
    BEFORE.setdefault("photos", (shell.work / "photos").exists())
    box = shell.folder()
    fill(box, names, rng)
    WANTED[box] = {name: hashlib.sha256((box / f"{name}.jpeg").read_bytes()).hexdigest() for name in names}
    return box, shell.run("tidy.sh", cwd=box)


BEFORE = {}
"""Whether the script's own folder had photos before the first run; learners try things there."""

LAST = "without an `exit`, a script ends with the status of its last command"
TRY = "mkdir -p try; cd try;"

WANTED = {}
"""For each folder the hash of each photo's bytes, by name."""


def first_wrong(box, names):
    """The first of NAMES that is not where it should be, and what there is instead; or None."""
    found = tree(box)
    for name in names:
        here, there = f"{name}.jpeg", f"photos/{name}.jpg"
        moved = found.get(there)
        if moved and moved.kind == "file" and moved.content == WANTED[box][name] and here not in found:
            continue
        same = [path for path, entry in found.items() if entry.content == WANTED[box][name] and path != here]
        if here in found and same == [there]:
            return name, "it is in photos, and in its old place too", same
        if here in found:
            return name, f"it is {same[0]!r} and {here!r}" if same else "it is still in its old place", same
        return name, f"it is {same[0]!r} now" if same else "its content is nowhere any more", same
    return None


def tell(shell, rng, odd, explain):
    """Try all of ODD at once; where one goes wrong, look for the first that goes wrong beside a plain one."""
    names = [*odd, "plain"]
    box, done = tidied(shell, rng, names)
    if first_wrong(box, names) is None:
        return
    for name in odd:
        small, run = tidied(shell, rng, [name, "plain"])
        compare(shell, small, run, [name, "plain"], explain)
    compare(shell, box, done, names, explain)


def compare(shell, box, done, names, explain):
    """End the check at the first of NAMES that is not where it should be."""
    wrong = first_wrong(box, names)
    if wrong is None:
        return
    name, got, same = wrong
    means = elsewhere(shell) or one_word(name, done.stderr) or explain(name, done.stderr, same)
    look = f"({TRY} touch {quoted('./' + name + '.jpeg')} b.jpeg; bash -x ../tidy.sh; ls -R)"
    refuse(shell, done, f"{name + '.jpeg'!r} becomes {'photos/' + name + '.jpg'!r}", got, means, look)


def elsewhere(shell):
    """A diagnosis where the script worked in its own folder instead of the current one."""
    if (shell.work / "photos").exists() and not BEFORE.get("photos"):
        return "the script tidied the folder that it lies in, not the one that it was called from"
    return ""


def one_word(name, stderr):
    """A diagnosis where the name never was a word of its own: several in one, or the sign and letters `$f`."""
    if re.search(r"'\$\{?\w+\}?(\.jpeg)?'", stderr):
        return "between single quotes `$` is only a sign; between double quotes bash puts the value there"
    if ".jpeg'$'\\n''" in stderr:
        return "all the names arrived as one word: quotes around `$( )` keep its lines together"
    return ""


def tame(name, stderr, same):
    """Why a name without odd signs went wrong; empty where that cannot be told."""
    path = same[0] if same else ""
    here = f"{name}.jpeg"
    if "jpeg" in name and path in ("photos/" + here.replace(old, new, many) for old, new, many in SWAPS):
        return "the first `jpeg` in the name was replaced, or every one; only the ending is to change"
    if "." in name and path == f"photos/{name.partition('.')[0]}.jpg":
        return "the name was cut at its first dot instead of its last"
    if path == f"photos/{here}":
        return "the file was moved, but its ending is still .jpeg"
    if path == "photos":
        return "with no folder photos there, mv gave the file that name, and each next file took its place"
    return ""


SWAPS = [("jpeg", "jpg", 1), (".jpeg", ".jpg", 1), ("jpeg", "jpg", -1), (".jpeg", ".jpg", -1)]


def strange(name, stderr, same):
    """Why an odd name went wrong; empty where that cannot be told."""
    pieces, path = name.split(), same[0] if same else ""
    if path == f"photos/{name.rstrip(chr(10))}.jpg" and name.endswith("\n"):
        return "`$( )` takes newlines off the end of what it hands back"
    if name == "*" and not stderr and not same:
        return "it was passed over: here `*.jpeg` is a file, not a glob without a match; ask whether it exists"
    if f"{name}.jpeg" in stderr or "$'" in stderr:
        return ""
    if "\\" in name and name.replace("\\", "") in stderr:
        return "the backslash was eaten on the way, as `read` does without -r"
    if name != name.lstrip() and pieces[0] in stderr:
        return "the blank at its beginning was cut off: an unquoted `$f` does that, and `read` without IFS="
    if len(pieces) > 1 and any(piece in stderr for piece in pieces):
        sign = "newline" if "\n" in name and " " not in name else "tab" if "\t" in name else "blank"
        return f"the name was cut in pieces at its {sign}"
    return ""


def dashed(name, stderr, same):
    """Why a name with a leading dash went wrong; empty where that cannot be told."""
    if "option" in stderr or name == "--help":
        return "a program took the name for options; `./` before it, or `--` before it, prevents that"
    return ""


def quiet(shell, box, where):
    """Run where nothing is to be moved: nothing may change but an empty folder photos, and nothing be said."""
    before = tree(box)
    done = shell.run("tidy.sh", cwd=box)
    after = tree(box)
    after.pop("photos", None)
    before.pop("photos", None)
    means = ""
    if "no match" in done.stderr:
        means = "with failglob a glob without a match is an error; nothing to move is none"
    elif "*.jpeg" in done.stderr or any("*" in path for path in after):
        means = "a glob without a match is handed on as it is written, as the text *.jpeg"
    elif "mkdir" in done.stderr and "xists" in done.stderr:
        means = "mkdir fails where the folder is there already"
    if after != before:
        path = min(set(before.items()) ^ set(after.items()), key=lambda item: item[0])[0]
        refuse(shell, done, f"{where}: nothing changes", f"{path!r} is not as it was", means)
    if done.stderr:
        refuse(shell, done, f"{where}: nothing on stderr", "a message on stderr", means)
    if done.code:
        look = "(mkdir -p empty; cd empty; bash -x ../tidy.sh; echo status $?)"
        refuse(shell, done, f"{where}: exit status 0", f"exit status {done.code}", means or LAST, look)


def refuse(shell, done, expected, got, means="", look=""):
    """End the check as not yet passed, with the first lines of what the script wrote to stderr."""
    said = done.stderr.replace(f"{shell.work}{os.sep}", "").strip().splitlines()
    raise NotYet(expected=expected, got=got, stderr="\n".join(said[:2]), means=means, look=look)


def quoted(name):
    """NAME as bash reads it, with newlines and tabs to be seen."""
    if name.isprintable():
        return "'" + name.replace("'", "'\\''") + "'"
    return "$'" + "".join(ESCAPES.get(sign, sign) for sign in name) + "'"


ESCAPES = {"\n": "\\n", "\t": "\\t", "'": "\\'", "\\": "\\\\"}
