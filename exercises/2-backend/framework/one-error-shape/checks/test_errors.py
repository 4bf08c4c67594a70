"""Failures of every side, the service's, the framework's and a broken route's: one shape, the reason in the log."""

import json
import time

NAMES = {1: "tea", 2: "cup", 3: "oak table"}

CODES = {400: "bad_request", 404: "not_found", 405: "method_not_allowed", 500: "internal"}

BROKEN = '{"name": "tea"'

HAS = {"/items/2": "GET", "/items": "POST", "/report": "GET"}
"""The method that each path has."""

OTHERS = ("DELETE", "PUT", "PATCH")

PATIENCE = 2.0
"""Seconds that a line may take to reach the log."""


def test_works_as_before(api, rng):
    """what worked before works as before"""
    for number, name in NAMES.items():
        api.get(f"/items/{number}").status(200).equals({"id": number, "name": name})
    name = f"lamp {rng.randrange(1000)}"
    api.post("/items", json={"name": name}).status(201).equals({"id": 4, "name": name})


def test_bad_request(api, rng):
    """a bad id or a bad body answers 400 in the shape"""
    shaped(api.get(f"/items/{rng.choice(('tea', 'first', 'x1'))}"), 400)
    shaped(api.post("/items", json={"title": "tea"}), 400)
    shaped(api.post("/items", json=[]), 400)
    shaped(api.post("/items", content=BROKEN, headers={"Content-Type": "application/json"}), 400)


def test_not_found(api, rng):
    """an unknown item or path answers 404 in the shape"""
    shaped(api.get(f"/items/{rng.randint(100, 999)}"), 404)
    for method in ("GET", "POST", "DELETE"):
        reply = api.request(method, f"/nowhere-{rng.randrange(1000)}")
        shaped(reply, 404, "405 is for a path that is there; this one is not" if reply.code == 405 else "")


def test_wrong_method(api, rng):
    """another method answers 405 in the shape, with Allow"""
    for path, has in HAS.items():
        method = rng.choice(OTHERS)
        reply = api.request(method, path)
        shaped(reply, 405, f"the path is there, for {has}; 404 denies that" if reply.code == 404 else "")
        demand_allow(reply, has)
    api.get("/items/2").status(200)


def test_internal(api):
    """a failing route answers 500 in the shape"""
    shaped(api.get("/report"), 500)
    api.get("/items/1").status(200)


def test_reason_in_log(api, rng):
    """the reason is in the log, and not in the answer"""
    host = f"db-{rng.randrange(16**6):06x}.internal"
    copy = api.start(DATABASE_HOST=host)
    reply = copy.get("/report")
    shaped(reply, 500)
    told = [*reply.headers.values(), reply.text]
    if any(host in each for each in told):
        raise reply.not_yet(
            f"an answer without {host}",
            reply.shown(),
            "what the exception says is for you; to strangers it names your machines",
        )
    until = time.monotonic() + PATIENCE
    while host not in copy.service.log():
        if time.monotonic() > until:
            raise reply.not_yet(
                f"a line in the log that holds {host}, which connect has in its exception",
                last_line(copy.service.last_lines()),
                "a handler of your own takes the exception over: unless it logs it, nobody learns why",
            )
        time.sleep(0.005)


def shaped(reply, status, means=""):
    """Demand STATUS, and the body that every error has."""
    reply.status(status, means=means or stayed(reply, status))
    error = reply.json(means=own_page(reply))
    wanted = json.dumps({"error": {"code": CODES[status], "message": "..."}})
    if not isinstance(error, dict) or list(error) != ["error"]:
        raise reply.not_yet(wanted, reply.shown(), more(error))
    inner = error["error"]
    if not isinstance(inner, dict) or set(inner) != {"code", "message"}:
        raise reply.not_yet(wanted, reply.shown(), more(inner))
    if inner["code"] != CODES[status]:
        raise reply.not_yet(wanted, reply.shown(), "")
    if not isinstance(inner["message"], str) or not inner["message"].strip():
        raise reply.not_yet(wanted, reply.shown(), "the message is a text, with something in it")


def demand_allow(reply, has):
    """Demand an Allow that names the method HAS, and none that the path refuses; HEAD and OPTIONS are free."""
    named = {each.strip().upper() for each in reply.headers.get("allow", "").split(",") if each.strip()}
    too_many = sorted(named - {has, "HEAD", "OPTIONS"})
    if has in named and not too_many:
        return
    means = "the answer says no, but not what would work"
    if too_many:
        means = f"this path refuses {', '.join(too_many)}: Allow is for one path, not for the service"
    got = f"Allow: {reply.headers['allow']}" if "allow" in reply.headers else "no header Allow"
    raise reply.not_yet(f"the header Allow: {has}", got, means)


def stayed(reply, status):
    """Why the status is another, where it tells."""
    if reply.code == 200 and reply.text.startswith('{"error'):
        return "the body tells of an error and the status of success; programs look at the status first"
    if reply.code == 500 and status < 500:
        return "500 says that the server is at fault; here it is the request"
    return ""


def own_page(reply):
    """Whose words a body is that is not JSON, where it tells."""
    if "<html" in reply.text:
        return "this page is the framework's own; nobody has told it about your shape"
    if reply.text.lstrip().startswith("{"):
        return "the body reads as JSON, but its Content-Type says something else, and that is what clients go by"
    return ""


def more(found):
    """What an answer tells beside the error, where it does."""
    extra = found.keys() - {"error", "code", "message"} if isinstance(found, dict) else set()
    return f"it also holds {', '.join(sorted(extra))}" if {"error", "message"} & set(found or ()) and extra else ""


def last_line(lines):
    """The last of what a service printed, for a message."""
    return f"the last line of it is: {lines.splitlines()[-1]}" if lines else "no line holds it"
