"""The id of a request: in its answer, in its log lines, and in nobody else's."""

import json
import re
import time

import httpx

USABLE = re.compile(r"[A-Za-z0-9_-]{1,64}")
FORM = "1 to 64 of a-z A-Z 0-9 - _"
PATIENCE = 2.0
CROWD = 50
SEEN = []
"""The new ids of this run, in the order in which they came."""


def test_every_answer(api, rng):
    """every answer has an X-Request-Id, 404 and 500 too"""
    number = rng.randrange(1000, 10_000)
    api.get(f"/orders/{number}").status(200).equals({"order": str(number)}).header("X-Request-Id")
    for path, code in ((f"/nothing-{number}", 404), ("/broken", 500)):
        reply = api.get(path)
        if reply.code != code:
            raise reply.not_yet(f"status {code}", reply.shown())
        usable(reply.header("X-Request-Id", means="answers without a route, and errors, have no id"))


def test_kept(api, rng):
    """a usable incoming id is kept"""
    for sent in (word(rng, 12), "q", "-" + word(rng, 62) + "_"):
        reply = ask(api, sent)
        reply.header("X-Request-Id", sent, means=made_new(reply, sent))


def test_logs_each_request(api, rng):
    """each request logs its id, method, path and status, once"""
    number = rng.randrange(1000, 10_000)
    for method, path in (("GET", f"/orders/{number}"), ("POST", f"/new-{number}"), ("GET", "/broken")):
        before = len(records(api.here))
        reply = api.request(method, path)
        record = line_of(api.here, reply, path, before)
        for key, wanted in (("method", method), ("path", path), ("status", reply.code)):
            if type(record.get(key)) is not type(wanted) or record[key] != wanted:
                raise reply.not_yet(f'a log line with "{key}": {json.dumps(wanted)}', shown(record))


def test_replaced(api, rng):
    """any other is replaced by a new usable one"""
    tail = word(rng, 6)
    hostile = {
        f"two {tail}": "a space is not among the usable characters",
        f'{tail}"}},{{"admin":"yes': "a quote in an id can end a text in the log and begin another",
        f"{tail}/../x": "a slash and a dot are not among the usable characters",
        f"{tail}\xe9": "é is a letter for \\w in Python, but not one of a-z A-Z",
        "x" * 65: "65 characters are one too many",
        word(rng, 10) * 1000: "10 000 characters of a stranger's would go into every log line",
        "": "an empty id is none",
    }
    for sent, reason in hostile.items():
        reply = ask(api, sent)
        got = reply.header("X-Request-Id").headers["X-Request-Id"]
        if got == sent:
            raise reply.not_yet(f"a new X-Request-Id, {FORM}", f"X-Request-Id: {short(got)}", reason)
        usable(reply)
        line_of(api.here, reply)
        if any(record.get("request_id") == sent for record in records(api.here)):
            raise reply.not_yet("log lines with the new id", f'"request_id": {json.dumps(short(sent))}', reason)


def test_never_repeat(api):
    """new ids never repeat, in two copies either"""
    seen = dict.fromkeys(SEEN, "the first copy")
    for name, copy in (("the first copy", api.here), ("another copy", api.start())):
        for _ in range(4):
            reply = copy.get("/nothing")
            got = usable(reply)
            if got in seen:
                means = "a counter begins anew in every copy" if seen[got] != name else ""
                raise reply.not_yet("an id that no other request has", f"{got}, as {seen[got]} gave before", means)
            seen[got] = name


def test_fifty_at_once(api, rng):
    """of 50 orders at once, each line carries its own id"""
    orders = [str(number) for number in rng.sample(range(10_000, 100_000), CROWD)]
    sent = {order: word(rng, 10) for order in orders[::2]}
    asking = [
        ("GET", f"/orders/{order}", {"headers": {"X-Request-Id": sent[order]}} if order in sent else {})
        for order in orders
    ]
    replies = dict(zip(orders, api.together(asking), strict=True))
    owner = {}
    for order, reply in replies.items():
        got = reply.status(200).header("X-Request-Id").headers["X-Request-Id"]
        if order in sent and got != sent[order]:
            raise reply.not_yet(f"X-Request-Id: {sent[order]}", f"X-Request-Id: {short(got)}", mixed(True))
        if got in owner:
            raise reply.not_yet("an id of its own", f"{short(got)}, as order {owner[got]} has", mixed(True))
        owner[got] = order
    lines = until(lambda: complete(records(api.here), set(owner))) or records(api.here)
    for order, reply in replies.items():
        mine = reply.headers["X-Request-Id"]
        found = [each for each in lines if str(each.get("order")) == order]
        if not found:
            raise reply.not_yet(f'a JSON line in the log with "order": "{order}"', "none")
        for record in found:
            got = record.get("request_id")
            if got != mine:
                other = owner.get(got) if isinstance(got, str) else None
                raise reply.not_yet(
                    f'"request_id": "{mine}" in the line of order {order}',
                    shown(record) + (f"; that is the id of order {other}" if other else ""),
                    mixed(bool(other)),
                )
        ends = [each for each in lines if each.get("request_id") == mine and "status" in each]
        if len(ends) != 1:
            wanted = f'one JSON line in the log with "request_id": "{mine}" and a "status"'
            named = [str(each.get("request_id")) for each in lines if "status" in each]
            crowded = any(named.count(other) > 1 for other in owner)
            raise reply.not_yet(wanted, f"{len(ends)} of them", mixed(crowded))


def complete(lines, ids):
    """The lines, once each of the ids has its last one."""
    return lines if ids <= {str(each.get("request_id")) for each in lines if "status" in each} else []


def ask(api, sent):
    return api.get("/nothing", headers=httpx.Headers({"X-Request-Id": sent}, encoding="latin-1"))


def usable(reply):
    """The reply's id, which must have the form."""
    got = reply.header("X-Request-Id").headers["X-Request-Id"]
    if not USABLE.fullmatch(got):
        raise reply.not_yet(f"an X-Request-Id of {FORM}", f"X-Request-Id: {short(got)}")
    SEEN.append(got)
    return got


def line_of(instance, reply, path="", before=0):
    """The one line of the log that tells the end of the reply's request; PATH and the count BEFORE help to explain."""
    mine = reply.headers["X-Request-Id"]
    wanted = f'one JSON line in the log with "request_id": "{short(mine)}" and a "status"'
    ends = until(lambda: [each for each in records(instance) if each.get("request_id") == mine and "status" in each])
    if len(ends) > 1:
        raise reply.not_yet(wanted, f"{len(ends)} of them, the last {shown(ends[-1])}")
    if not ends:
        near = [each for each in records(instance)[before:] if path and each.get("path") == path and "status" in each]
        means = "the log line has another id than the answer" if near and near[-1].get("request_id") else ""
        mute = [each for each in instance.service.log().splitlines() if mine in each]
        got = shown(near[-1]) if near else f"a line that is not such JSON: {short(mute[-1], 160)}" if mute else "none"
        raise reply.not_yet(wanted, got, means)
    return ends[0]


def records(instance):
    """The JSON objects among the lines of the log."""
    found = []
    for line in instance.service.log().splitlines():
        try:
            value = json.loads(line)
        except (ValueError, RecursionError):
            continue
        if isinstance(value, dict):
            found.append(value)
    return found


def until(look):
    """What LOOK finds, as soon as it finds something: a log line may come a moment after its answer."""
    limit = time.monotonic() + PATIENCE
    while not (found := look()) and time.monotonic() < limit:
        time.sleep(0.01)
    return found


def word(rng, length):
    return "".join(rng.choice("abcdefghijkmnpqrstuvwxyz23456789") for _ in range(length))


def made_new(reply, sent):
    return "the id that came in is not looked at" if reply.headers.get("X-Request-Id", sent) != sent else ""


def mixed(others):
    return "the id is kept in one place for all requests; one that came later overwrote it" if others else ""


def shown(record):
    return short(json.dumps(record, ensure_ascii=False), 160)


def short(text, most=60):
    return text if len(text) <= most else f"{text[:most]} … ({len(text)} characters)"
