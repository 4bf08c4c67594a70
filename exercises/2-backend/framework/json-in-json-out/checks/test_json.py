"""One route that takes a JSON object: what is right comes back, and each single fault is refused for itself."""

import json

WORDS = ("Buy tea", "Wash up", "Café: pay", "Call Zoë", "Mañana ✓")

BROKE = "a 5xx says that the server is at fault; here it is the client's body"

NOT_JSON = ('{"title": "Buy tea", "priority": 3', "title=Buy+tea&priority=3", "{'title': 'Buy tea', 'priority': 3}", "")

NO_OBJECTS = ([], ["title", "priority"], 5, "Buy tea", True, None)

OTHER_TYPES = ("text/plain", "application/x-www-form-urlencoded", "application/json-seq", None)

KINDS = (  # a field, a value that it must not have, and what a service overlooked that took it
    ("priority", "5", 'a text of digits is not a number: "5" was converted, or never asked for its kind'),
    ("priority", True, "true passed for 1: bounds alone do not tell a number from true"),
    ("priority", 2.5, "a number that is not whole passed"),
    ("priority", 0, "0 lies below the bounds"),
    ("priority", 6, "6 lies above the bounds"),
    ("priority", None, "null passed; it is a value, and not the same as a missing field"),
    ("priority", [3], "an array of one number is not a number"),
    ("title", "", "an empty text passed"),
    ("title", "x" * 81, "a text of 81 characters passed"),
    ("title", 7, "a number passed for a text"),
    ("title", ["Buy tea"], "an array has a length as a text has: bounds alone do not tell them apart"),
    ("title", None, "null passed; it is a value, and not the same as a missing field"),
    ("done", 1, "1 passed for true"),
    ("done", 0, "0 passed for false: it counts as false, and equals False in Python"),
    ("done", "false", "a text passed, and it counts as true, whatever it says"),
    ("done", None, "null passed for a missing done"),
    ("done", {}, "an object passed for true or false"),
)


def test_takes_a_task(api, rng):
    """a right task answers 201 and its three fields as JSON"""
    numbers = rng.sample((2, 3, 4), 3)
    tasks = [{"title": rng.choice(WORDS), "priority": each, "done": each == numbers[0]} for each in numbers]
    edges = [{"title": "x" * 80, "priority": 1, "done": True}, {"title": "x", "priority": 5, "done": False}]
    for task in (*tasks, *edges):
        reply = api.post("/tasks", json=task)
        reply.status(201, means=unread(reply, task)).equals(task)
    content = "application/json; charset=utf-8"
    reply = api.post("/tasks", content=text_of(tasks[0]), headers={"Content-Type": content})
    reply.status(201, means="a parameter after the semicolon does not change the type" if reply.code == 415 else "")
    reply.equals(tasks[0])


def test_default_done(api, rng):
    """a missing done comes back as false"""
    task = {"title": rng.choice(WORDS), "priority": rng.randint(1, 5)}
    api.post("/tasks", json=task).status(201).equals({**task, "done": False})


def test_no_object(api):
    """what is no JSON object answers 400"""
    for body in (*NOT_JSON, *(json.dumps(each) for each in NO_OBJECTS)):
        refused(api.post("/tasks", content=body, headers={"Content-Type": "application/json"}), 400)


def test_other_types(api, rng):
    """a Content-Type other than application/json answers 415"""
    task = {"title": rng.choice(WORDS), "priority": rng.randint(1, 5)}
    for kind in OTHER_TYPES:
        reply = api.post("/tasks", content=text_of(task), headers={"Content-Type": kind} if kind else {})
        has = f"its Content-Type is {kind}" if kind else "it has no Content-Type"
        reply.status(415, means=unseen(reply, task["title"], has))


def test_fields(api, rng):
    """a missing field, or one too many, answers 400"""
    task = {"title": rng.choice(WORDS), "priority": rng.randint(1, 5), "done": True}
    for name in ("title", "priority"):
        refused(api.post("/tasks", json={key: task[key] for key in task if key != name}), 400)
    for name in (rng.choice(("colour", "owner", "due")), "Done", "toString"):
        reply = api.post("/tasks", json={**task, name: rng.randint(1, 99)})
        means = "an extra field was dropped without a word; a misspelt name goes unnoticed"
        if name == "toString":
            means = 'an extra field passed: `in`, or a look-up by name, also finds what every object has, as "toString"'
        refused(reply, 400, means)


def test_kinds(api, rng):
    """a value of the wrong kind or size answers 400"""
    task = {"title": rng.choice(WORDS), "priority": rng.randint(1, 5), "done": True}
    for name, value, mistake in KINDS:
        refused(api.post("/tasks", json={**task, name: value}), 400, mistake)


def refused(reply, status, mistake=""):
    """Demand STATUS; MISTAKE tells what was overlooked where the body was taken instead."""
    reply.status(status, means=BROKE if reply.code >= 500 else mistake if reply.code < 300 else "")


def unseen(reply, title, has):
    """How a body of another type got as far as it did, where the answer tells."""
    if reply.code >= 500:
        return BROKE
    if reply.code == 400:
        return f"400 blames what a body says; here {has}, and so nobody should read it"
    if reply.code >= 300:
        return ""
    if title in reply.text or json.dumps(title) in reply.text:
        return f"the body was read as JSON, but {has}"
    return f"the route ran on a body that nobody had read: {has}"


def unread(reply, task):
    """Why a right task should have got another status."""
    if reply.code == 200:
        return "201 says that something was created"
    return "the title has 80 characters, which are allowed" if len(task["title"]) == 80 else ""


def text_of(task):
    """A task as JSON, its letters as they are."""
    return json.dumps(task, ensure_ascii=False)
