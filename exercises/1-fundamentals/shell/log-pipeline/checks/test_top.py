"""Small logs with one difficulty each, then two big ones; the lines that the script prints are compared."""

import re
from collections import Counter

from runner.kit.outcomes import NotYet, RanTooLong

LINE = re.compile(r"\s*([0-9]{1,15})\s+(\S+)\s*")
PAGES = ("/", "/shop", "/login", "/api/cart?id=7", "/about")
BIG = 100_000


def test_counts_requests(shell, rng):
    """a client's requests are counted, wherever in the log they stand"""
    first, third = f"10.{rng.randrange(256)}.0.1", "2001:db8::7"
    second = first + "2"
    order = [first, second, first, third, first, second, first]
    done, got = run(shell, rng, order, ways=(third, first))
    look = retry("printf '%s -\\n' " + " ".join(order))
    for client, count in Counter(order).items():
        found = [number for number, name in got if name == client]
        if found == [count]:
            continue
        means, see = "", look
        if len(found) == count:
            means = "`uniq -c` counts equal lines that are neighbours; these stand apart in the log"
        elif client == first and found in ([5], [7]):
            means = f"{first} stands in the request of another client too; only a line's beginning is the client"
            see = "bash top.sh access.log"
        elif client == first and found == [6]:
            means = f"the text {first} also begins {second}; a client ends at the line's first blank"
        elif not found and client == third:
            means = "an address of IPv6 is a client too: all that stands before the first blank"
        shown = ", ".join(f"'{number} {client}'" for number in found) or f"no line for {client}"
        refuse(shell, done, f"one line '{count} {client}'", shown, means, see)
    if len(got) != 3:
        refuse(shell, done, "three lines, for there are three clients", f"{len(got)} lines", "", look)
    status(shell, done)


def test_most_first(shell, rng):
    """the five with the most requests are printed, most first"""
    counts = dict(zip(clients(rng, 8), [10, 2, 9, 30, 1, 8, 100, 7], strict=True))
    order = [client for client, count in counts.items() for _ in range(count)]
    rng.shuffle(order)
    done, got = run(shell, rng, order)
    wanted = best(Counter(order))
    means = ""
    if [number for number, _ in got] == sorted(counts.values(), key=str, reverse=True)[: len(got)]:
        means = "the counts were compared as text, sign by sign: so 9 is more than 10, and 8 more than 30"
    elif [number for number, _ in got] in (sorted(counts.values())[:5], sorted(counts.values())[-5:]):
        means = "the order is that of `sort -n`: the least first"
    elif got[:5] == wanted:
        means = "all clients are here, or as many as `head` shows unless told; five are asked for"
    elif len(got) >= 5 and {number for number, _ in got[:5]} & {1, 2, 7}:
        means = "five lines were taken before the counts were in order"
    compare(shell, done, got, wanted, means, "bash top.sh access.log")
    status(shell, done)


def test_equal_counts(shell, rng):
    """clients with equal counts are in text order"""
    start = f"192.0.{rng.randrange(10, 100)}."
    tied = [f"{start}9", f"{start}10", "2001:db8::3", f"203.0.113.{rng.randrange(10, 99)}", "31.7.0.1"]
    order = [client for client in tied for _ in range(3)] + [f"{start}7"] * 4 + [f"{start}5"]
    rng.shuffle(order)
    done, got = run(shell, rng, order)
    names = [client for _, client in got]
    means = ""
    if len(names) == 5 and names[1:] == sorted(tied, reverse=True)[:4]:
        means = "`-r` for the whole sort turns equal counts round too; `-k 1,1nr` turns that key alone round"
    elif len(names) == 5 and f"{start}10" not in names[: names.index(f"{start}9") if f"{start}9" in names else 5]:
        means = f"as text, sign by sign, {start}10 comes before {start}9, for 1 comes before 9"
    elif {number for number, _ in got} == {3, 4}:
        means = "where counts are equal, a second key has to decide: the client, as text"
    look = retry(f"printf '%s -\\n' {start}9 {start}10 {start}9 {start}10")
    compare(shell, done, got, best(Counter(order)), means, look)
    status(shell, done)


def test_empty_log(shell, rng):
    """an empty log gives no output and exit status 0"""
    done, _ = run(shell, rng, [], whole=True)
    look = ": >try.log; bash top.sh try.log; echo $?"
    if done.stdout:
        refuse(shell, done, "no output for an empty log", f"it printed {done.stdout[:80]!r}", "", look)
    status(shell, done, look)


def test_big_logs(shell, rng):
    """logs of 100 000 lines give the right five and exit status 0"""
    for many in (rng.randrange(30, 60), rng.randrange(20_000, 30_000)):
        names = clients(rng, many)
        busy = [name for name in names[:9] for _ in range(900 + BIG // many)]
        order = busy + rng.choices(names[9:], k=BIG - len(busy))
        rng.shuffle(order)
        kind = f"{BIG} lines, {len(set(order))} clients"
        try:
            done, got = run(shell, rng, order)
        except RanTooLong as error:
            means = "does the script read the whole log again for each client?"
            rows = dict(error.rows)
            raise RanTooLong(expected=f"an end, for {kind}", got=rows.get("got", ""), means=means) from None
        compare(shell, done, got, best(Counter(order)), "", "", f"{kind}: ")
        means = ""
        if done.code == 141:
            means = "141 is 128 + 13: the reader had its five lines and closed the pipe, so SIGPIPE ended the writer"
            means += ", and `pipefail` made that the script's status"
        status(shell, done, "yes | head -n 1; echo ${PIPESTATUS[@]}", means, f"{kind}: ")


def clients(rng, many):
    """MANY addresses, all different, in no order."""
    starts = rng.sample(range(11, 250), 120)
    ends = rng.sample(range(256 * 256), many)
    return [f"{rng.choice(starts)}.{rng.randrange(256)}.{end // 256}.{end % 256}" for end in ends]


def best(counter):
    """The five lines that are right for the counts in COUNTER."""
    ordered = sorted((-count, client) for client, count in counter.items())
    return [(-count, client) for count, client in ordered[:5]]


def run(shell, rng, order, ways=(), whole=False):
    """Run the script on a log with a request of each of ORDER; its result, and its lines as (count, client).

    Args:
        ways: a client, and the address that its requests name.
        whole: leave the lines as they are.
    """
    box = shell.folder()
    tails = []
    for second in range(10, 60):
        request = f'[14/May/2025:02:13:{second} +0000] "GET {rng.choice(PAGES)} HTTP/1.1"'
        tails.append(f" - - {request} {rng.choice([200, 200, 404, 500])} {rng.randrange(90, 9000)}\n")
    text = "".join(map(str.__add__, order, rng.choices(tails, k=len(order))))
    if ways:
        text = re.sub(rf"^({ways[0]} .*GET) \S+", rf"\1 /whois?client={ways[1]}", text, flags=re.MULTILINE)
    (box / "the log").write_text(text, encoding="utf-8")
    done = shell.run("top.sh", "the log", cwd=box)
    if whole:
        return done, []
    got = []
    for line in done.stdout.splitlines():
        match = LINE.fullmatch(line)
        if not match:
            swapped = re.fullmatch(r"\s*\S+\s+[0-9]+\s*", line)
            means = "the count comes first in a line, then the client" if swapped else ""
            refuse(shell, done, f"a line such as '3 {order[0]}'", f"{line[:90]!r}", means, "bash top.sh access.log")
        got.append((int(match[1]), match[2]))
    if not got:
        means, look = "", "bash top.sh access.log"
        if re.search(r"\bthe\b.*No such file|ambiguous redirect", done.stderr):
            means = "the log's name, 'the log', was cut at its blank: an unquoted `$1` does that"
            look = "cp access.log 'the log'; bash -x top.sh 'the log'"
        refuse(shell, done, "lines of COUNT CLIENT", "nothing on stdout", means, look)
    return done, got


def retry(make):
    """A command that makes a small log and runs the script on it."""
    return f"{make} >try.log; bash top.sh try.log"


def compare(shell, done, got, wanted, means, look, kind=""):
    """End the check at the first line that is not as WANTED."""
    if got == wanted:
        return
    at = next((i for i, (one, other) in enumerate(zip(got, wanted, strict=False)) if one != other), None)
    if at is None:
        shown = f"{len(got)} lines, and the first {min(len(got), len(wanted))} are right"
        refuse(shell, done, f"{kind}{len(wanted)} lines", shown, means, look)
    lines = [", ".join(f"{count} {client}" for count, client in each[at : at + 2]) for each in (wanted, got)]
    refuse(shell, done, f"{kind}from line {at + 1} on: {lines[0]} ...", f"{lines[1]} ...", means, look)


def status(shell, done, look="", means="", kind=""):
    """End the check where the script did not end with 0."""
    if done.code:
        got = f"exit status {done.code}" if done.code > 0 else f"ended by signal {-done.code}"
        refuse(shell, done, f"{kind}exit status 0", got, means, look or "bash top.sh access.log; echo $?")


def refuse(shell, done, expected, got, means="", look=""):
    """End the check as not yet passed, with the first lines of what the script wrote to stderr."""
    said = done.stderr.replace(f"{shell.work}/", "").strip().splitlines()
    raise NotYet(expected=expected, got=got, stderr="\n".join(said[:2]), means=means, look=look)
