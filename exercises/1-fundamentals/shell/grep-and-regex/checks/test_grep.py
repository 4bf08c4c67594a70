"""Logs with lines that count and lines that look like them; where one goes wrong, the guilty line is looked for."""

import re

from runner.kit.outcomes import NotYet

HEX = "0123456789abcdef"


def test_counts_errors(shell, rng):
    """count.sh counts the ERROR lines of db.shop"""
    many = rng.randrange(11, 30)
    lines = [line(rng, "ERROR", "db.shop", f"query {number} failed") for number in range(many)]
    lines.append(line(rng, "ERROR", "db.shop", "ERROR after ERROR on db.shop"))
    lines += [line(rng, rng.choice(("INFO", "WARN")), host(rng), "all is well") for _ in range(40)]
    rng.shuffle(lines)
    done = run(shell, "count.sh", lines)
    got = done.stdout.strip()
    if got == str(many + 1):
        status(shell, done)
        return
    means = ""
    if "db.shop" in got:
        means = "these are the lines; their number is asked for"
    elif got == str(many + 3):
        means = "a line with ERROR three times was counted three times; lines are to be counted"
    shown = "nothing on stdout" if not got else shorten(got)
    refuse(shell, done, f"{many + 1}, for a log with so many of these lines", shown, means, "bash count.sh app.log")


def test_leaves_lookalikes_out(shell, rng):
    """count.sh leaves out lines that only look like them"""
    other = rng.choice(("web.shop", "mail.shop"))
    decoys = [
        (line(rng, "ERRORLESS", "db.shop", "512 queries"), "ERRORLESS begins with ERROR and is another level"),
        (line(rng, "NOERROR", "db.shop", "512 queries"), "NOERROR ends with ERROR and is another level"),
        (line(rng, "INFO", "db.shop", "ERROR page shown"), "here ERROR is a word of the text; the level is INFO"),
        (
            line(rng, "error", "db.shop", "a test"),
            "`error` in small letters is another level; -i makes no difference of it",
        ),
        (line(rng, "ERROR", "db-shop", "disk 1 is full"), "a `.` in a pattern matches any sign; `\\.` is a dot"),
        (line(rng, "ERROR", "db7shop", "disk 1 is full"), "a `.` in a pattern matches any sign; `\\.` is a dot"),
        (line(rng, "ERROR", "db.shop.test", "a test"), "db.shop is only the beginning of this host's name"),
        (line(rng, "ERROR", "old.db.shop", "a test"), "db.shop is only the end of this host's name"),
        (
            line(rng, "ERROR", "db.shop-2", "a test"),
            "`-w` and `\\b` take the - for the end of a word; a blank ends HOST",
        ),
        (line(rng, "ERROR", other, "no answer of db.shop yet"), "here db.shop is in the text; the host is another"),
        (
            line(rng, "INFO", other, "retry after ERROR db.shop timeout"),
            f"ERROR and db.shop stand in the text here; the level is INFO and the host {other}",
        ),
        (line(rng, "ERROR", other, "ERROR db.shop timeout"), "ERROR db.shop stands in the text here, not behind TIME"),
    ]
    real = [line(rng, "ERROR", "db.shop", f"query {number} failed") for number in range(rng.randrange(3, 9))]
    lines = [text for text, _ in decoys] + real
    rng.shuffle(lines)
    done = run(shell, "count.sh", lines)
    if done.stdout.strip() == str(len(real)):
        return
    for text, means in decoys:
        small = run(shell, "count.sh", [text, real[0]])
        if small.stdout.strip() != "1":
            means = means if small.stdout.strip() == "2" else ""
            tell(shell, small, "count.sh", [text, real[0]], "1 for the two lines of `look`", means)
    refuse(shell, done, str(len(real)), shorten(done.stdout.strip()) or "nothing on stdout")


def test_extracts_ids(shell, rng):
    """ids.sh prints each id, in the log's order, and nothing else"""
    ids = [number(rng) for _ in range(12)]
    ids += [ids[0], "00000000", "deadbeef", f"1234567{rng.choice('abcdef')}"]
    rng.shuffle(ids)
    texts = ["req={} GET /cart", "retry of req={} in 5 s", "gave up, req={}"]
    good = [(line(rng, rng.choice(("INFO", "ERROR")), host(rng), rng.choice(texts).format(each)), each) for each in ids]
    good[:3] = [(line(rng, "INFO", host(rng), text.format(ids[at])), ids[at]) for at, text in enumerate(texts)]
    bad = [
        (line(rng, "INFO", "web.shop", "req=none health check"), "`none` is not made of eight signs 0-9 a-f"),
        (line(rng, "INFO", "web.shop", "req= was empty"), "there is no sign behind req= here"),
        (line(rng, "INFO", "web.shop", f"req={number(rng)[:7]} too short"), "seven signs are no id; eight are"),
        (line(rng, "INFO", "web.shop", f"req={number(rng)}7 too long"), "nine signs are no id; what ends it?"),
        (line(rng, "INFO", "web.shop", f"req={number(rng)[:7]}g a g"), "g is none of 0-9 a-f"),
        (line(rng, "INFO", "web.shop", f"prereq={number(rng)} met"), "prereq is another word that ends with req"),
        (
            line(rng, "INFO", "web.shop", f"req={number(rng)}-2 sent again"),
            "`-w` and `\\b` take the - for the end of a word; a blank ends it",
        ),
        (
            line(rng, "INFO", "web.shop", f"sub-req={number(rng)} slow"),
            "the word is sub-req=...; it begins behind the blank",
        ),
        (
            line(rng, "INFO", "web.shop", f"trace={number(rng)} slow"),
            "eight signs, but req= does not stand before them",
        ),
        (line(rng, "INFO", "web.shop", "all is well"), "there is no id in this line"),
    ]
    at = sorted(rng.sample(range(len(ids)), len(bad)), reverse=True)
    mixed = [text for text, _ in good]
    for place, (text, _) in zip(at, bad, strict=True):
        mixed.insert(place, text)
    done = run(shell, "ids.sh", mixed)
    got = done.stdout.splitlines()
    if got == ids:
        status(shell, done)
        return
    if not got:
        refuse(shell, done, f"{len(ids)} ids, one a line", "nothing on stdout", "", "bash ids.sh app.log")
    for text, each in good:
        small = run(shell, "ids.sh", [text])
        found = small.stdout.splitlines()
        if found != [each]:
            means = ""
            if found and f"req={each}" in found[0]:
                means = "the id alone is asked for, without req= and the rest of the line"
            elif found and found[0].startswith(f"{each} "):
                means = "what stands behind the id was printed too"
            elif [word.strip() for word in found] == [each]:
                means = "a blank beside the id was printed too"
            elif not found and " retry of " in text:
                means = "an id may be any word of TEXT, not the first one alone"
            elif not found and text.endswith(each):
                means = "here the id is the last word: no blank follows it"
            elif not found and run(shell, "ids.sh", [text.replace(" INFO ", " ERROR ")]).stdout.strip() == each:
                means = "ids of all lines are asked for, whatever their level"
            tell(shell, small, "ids.sh", [text], each, means)
    for text, means in bad:
        small = run(shell, "ids.sh", [text, good[0][0]])
        if small.stdout.splitlines() != [good[0][1]]:
            extra = len(small.stdout.splitlines()) == 2
            tell(shell, small, "ids.sh", [text, good[0][0]], f"{good[0][1]} alone", means if extra else "")
    means = ""
    if got == sorted(set(ids)):
        means = "they were sorted, and doubles are gone; each id is asked for, as the log has them"
    elif sorted(got) == sorted(ids):
        means = "all are there; their order is not the log's"
    elif set(got) == set(ids):
        means = "an id that stands in two lines is asked for twice"
    shown = f"{len(got)} lines: {shorten(' '.join(got))}"
    refuse(shell, done, f"{len(ids)} ids: {shorten(' '.join(ids))}", shown, means, "bash ids.sh app.log")


def test_nothing_matches(shell, rng):
    """where nothing matches, they print 0 and nothing, and exit 0"""
    lines = [line(rng, "INFO", "web.shop", "all is well") for _ in range(5)]
    for log, kind in ((lines, "a log without any match"), ([], "an empty log")):
        for name, wanted in (("count.sh", "0"), ("ids.sh", "")):
            done = run(shell, name, log)
            got = done.stdout.strip()
            look = f"{make(log[:1])}; bash {name} try.log; echo $?"
            if got != wanted:
                means = "`grep -c` has printed 0 already and then ended with 1; so the 0 after `||` is a second one"
                means = means if got.split() == ["0", "0"] else ""
                shown = repr(got[:90]) if got else "nothing"
                refuse(shell, done, f"{kind}: {wanted or 'no output'}", shown, means, look)
            means = "grep, as `[[ ]]`, ends with 1 where nothing matches; a script has the status of its last command"
            status(shell, done, f"{kind}: ", means if done.code == 1 and not done.stderr else "", look)


def line(rng, level, place, text):
    """A line of a log."""
    return f"2025-05-{rng.randrange(10, 30)}T02:{rng.randrange(10, 60)}:{rng.randrange(10, 60)}Z {level} {place} {text}"


def host(rng):
    """The name of some host."""
    return rng.choice(("web.shop", "db.shop", "mail.shop"))


def number(rng):
    """Eight signs 0-9 a-f, with a letter and a digit at least."""
    return "".join(rng.choices(HEX, k=6)) + rng.choice("abcdef") + rng.choice("0123456789")


def run(shell, name, lines):
    """Run the script NAME on a log of LINES."""
    box = shell.folder()
    (box / "app.log").write_text("".join(f"{each}\n" for each in lines), encoding="utf-8")
    return shell.run(name, "app.log", cwd=box)


def make(lines):
    """A command that writes LINES to the log try.log."""
    quoted = " ".join("'" + each.replace("'", "'\\''") + "'" for each in lines)
    return f"printf '%s\\n' {quoted} >try.log" if lines else ": >try.log"


def tell(shell, done, name, lines, wanted, means):
    """End the check with a log as small as it gets."""
    got = done.stdout.strip("\n")
    look = f"{make(lines)}; bash {name} try.log"
    many = f"{got.count(chr(10)) + 1} lines: " if "\n" in got else ""
    shown = many + shorten(got) or "nothing on stdout"
    refuse(shell, done, wanted, shown, means, look, where=f"the log's line `{lines[0]}`")


def status(shell, done, kind="", means="", look=""):
    """End the check where a script did not end with 0."""
    if done.code:
        got = f"exit status {done.code}" if done.code > 0 else f"ended by signal {-done.code}"
        refuse(shell, done, f"{kind}exit status 0", got, means, look)


def shorten(text):
    """TEXT on one line, cut where it is long."""
    text = re.sub(r"\s*\n\s*", " | ", text)
    return text if len(text) <= 90 else f"{text[:90]} ..."


def refuse(shell, done, expected, got, means="", look="", where=""):
    """End the check as not yet passed, with the first lines of what the script wrote to stderr."""
    said = "\n".join(done.stderr.replace(f"{shell.work}/", "").strip().splitlines()[:2])
    raise NotYet(command=done.command, expected=expected, got=got, stderr=said, where=where, means=means, look=look)
