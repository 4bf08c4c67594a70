"""Stage 1: tasks are stored, read, changed and deleted, faulty ones refused, and a kill loses none."""

from conftest import refused, task_of, tasks_of

from runner.kit import not_yet

TITLE = "water the plants"
FAULTS = [
    ({}, "title", ""),
    ({"title": ""}, "title", "1 character is the least"),
    ({"title": "   "}, "title", "blanks alone are no title"),
    ({"title": "x" * 101}, "title", "100 characters are the most"),
    ({"title": 5}, "title", "a number was taken for a text"),
    ({"title": None}, "title", "null is no text"),
    ({"title": TITLE, "project": ""}, "project", "1 character is the least"),
    ({"title": TITLE, "project": "x" * 31}, "project", "30 characters are the most"),
    ({"title": TITLE, "project": None}, "project", "a key that is null is not a key that is left out"),
    ({"title": TITLE, "due": "soon"}, "due", ""),
    ({"title": TITLE, "due": ""}, "due", "an empty text is no time, and not null"),
    ({"title": TITLE, "due": 20310309}, "due", "a number is no time"),
    ({"title": TITLE, "due": "2031-03-09"}, "due", "a day without a time of day"),
    ({"title": TITLE, "due": "2031-03-09T17:30:00+00:00"}, "due", "the same time, in another form"),
    ({"title": TITLE, "due": "2031-02-30T17:30:00Z"}, "due", "February has no 30th; the form alone does not tell"),
    ({"title": TITLE, "due": "2031-03-09T25:00:00Z"}, "due", "no day has a 25th hour; the form alone does not tell"),
    ({"title": TITLE, "done": 1}, "done", "1 is not true"),
    ({"title": TITLE, "done": "false"}, "done", "a text was taken for true or false"),
    ({"title": TITLE, "done": None}, "done", "a key that is null is not a key that is left out"),
    ({"title": TITLE, "id": 7}, "id", "the id is made by you"),
    ({"title": TITLE, "owner": "ana"}, "owner", "a key that no task has"),
]
NO_OBJECTS = ['{"title": "wa', '[{"title": "sweep"}]', '"sweep"', "5", "null"]


def test_creates(board, rng):
    """POST /tasks answers 201 with the whole task and its Location"""
    title = f"call {rng.randrange(1000)} people"
    due = f"20{rng.randrange(40, 60)}-02-28T0{rng.randrange(10)}:59:00Z"
    whole = {"title": title, "project": f"p{rng.randrange(100)}", "due": due, "done": True}
    for given in ({"title": title}, whole):
        reply = board.api.post("/tasks", json=given).status(201)
        task = task_of(reply)
        reply.equals({"id": task["id"], "project": "inbox", "due": None, "done": False, **given})
        reply.header("Location", f"/tasks/{task['id']}")


def test_reads(board, rng):
    """GET answers what was stored, one task and all of them"""
    made = [board.add(f"read page {rng.randrange(1000)}", done=number == 1) for number in range(3)]
    for task in made:
        board.api.get(f"/tasks/{task['id']}").status(200).equals(task)
    reply = board.api.get("/tasks").status(200)
    tasks = tasks_of(reply)
    ids = [each["id"] for each in tasks]
    if ids != sorted(ids):
        raise reply.not_yet("the tasks by id", f"the ids {ids}")
    missing = [each for each in made if each not in tasks]
    if missing or len(tasks) != 5:
        raise reply.not_yet("5 tasks, as they were stored", reply.shown())


def test_refuses_faults(board):
    """a faulty task gets 400 with its field, and is not stored"""
    before = board.find()[0]
    for task, field, note in FAULTS:
        reply = board.api.post("/tasks", json=task)
        refused(reply, 400, note if reply.code == 201 else "", field=field)
    found, reply = board.find()
    if found != before:
        raise reply.not_yet(f"no new task: the ids {before}", f"the ids {found}", "400 was answered, and all the same")
    longest = {"title": "x" * 100, "project": "y" * 30, "due": "2032-02-29T23:59:59Z"}
    for task in (longest, {"title": "z", "project": "y", "due": None}):
        reply = board.api.post("/tasks", json=task)
        reply.status(201, means="at the edge of what is allowed, and still allowed")


def test_refuses_other_bodies(board):
    """a body that is no JSON object gets 400"""
    there = board.add()
    kind = {"Content-Type": "application/json"}
    for body in NO_OBJECTS:
        refused(board.api.post("/tasks", content=body, headers=kind), 400, field=None)
    refused(board.api.patch(f"/tasks/{there['id']}", content="[]", headers=kind), 400, field=None)


def test_changes(board, rng):
    """PATCH changes what it names and keeps the rest"""
    task = board.add(f"paint {rng.randrange(100)} walls", project="flat", due="2033-01-31T08:00:00Z")
    path = f"/tasks/{task['id']}"
    changes = ({"done": True}, {"title": "paint all", "project": "house"}, {"due": None}, {"done": False})
    for change in changes:
        means = "null is a value here: it takes the due time away" if "due" in change else ""
        task |= change
        board.api.patch(path, json=change).status(200).equals(task, means=means)
    faulty = ({"title": ""}, "title"), ({"done": True, "due": "soon"}, "due"), ({"id": 1}, "id"), ({"x": 1}, "x")
    for change, field in faulty:
        refused(board.api.patch(path, json=change), 400, field=field)
    means = "a PATCH that is refused changes nothing, not even what was right in it"
    board.api.get(path).status(200).equals(task, means=means)


def test_unknown_ids(board, rng):
    """an id that no task has gets 404"""
    there = board.add()
    unknown = there["id"] + rng.randrange(1000, 2000)
    for method, body in (("GET", {}), ("PATCH", {"json": {"done": True}}), ("DELETE", {})):
        refused(board.api.request(method, f"/tasks/{unknown}", **body), 404)
    refused(board.api.get("/tasks/abc"), 404)
    reply = board.api.get("/tasks/99999999999999999999")
    means = "SQLite's whole numbers end at 9223372036854775807; no task has a greater one" if reply.code >= 500 else ""
    refused(reply, 404, means)


def test_deletes(board):
    """DELETE answers 204, and the id is never given again"""
    kept, gone = board.add("stay"), board.add("go")
    reply = board.api.delete(f"/tasks/{gone['id']}").status(204)
    if reply.content:
        raise reply.not_yet("no body", reply.shown())
    refused(board.api.get(f"/tasks/{gone['id']}"), 404)
    refused(board.api.delete(f"/tasks/{gone['id']}"), 404)
    board.api.get(f"/tasks/{kept['id']}").status(200).equals(kept)
    new_id(board, gone)


def new_id(board, gone):
    reply = board.api.post("/tasks", json={"title": "come"}).status(201)
    if task_of(reply)["id"] == gone["id"]:
        raise reply.not_yet(
            f"another id than {gone['id']}",
            reply.shown(),
            f"{gone['id']} was the id of a deleted task; a bookmark of that one now leads to this one",
        )


def test_survives(board, rng):
    """what was answered with 201 or 200 survives a kill"""
    task, gone = board.add(f"survive {rng.randrange(1000)}"), board.add("go")
    killed(board)
    board.api.patch(f"/tasks/{task['id']}", json={"done": True}).status(200)
    killed(board)  # at once: a later change would commit this one, too
    board.api.delete(f"/tasks/{gone['id']}").status(204)
    in_the_database(board)
    before = board.api.get("/tasks").status(200)
    board.api.here.service.kill()
    year, end = rng.randrange(2040, 2060), rng.choice(["05-31T23:30:00Z", "02-28T00:10:00Z", "12-31T12:00:00Z"])
    board.move_to("second", now=f"{year}-{end}")  # the second stage asks for this time
    demand_same(board, before)
    refused(board.api.get(f"/tasks/{gone['id']}"), 404)
    new_id(board, gone)


def killed(board):
    """Kill the service; demand that its list is the same afterwards."""
    before = board.api.get("/tasks").status(200)
    board.api.here.service.kill()
    demand_same(board, before)


def demand_same(board, before):
    """Demand the tasks of BEFORE, an answer from before a kill."""
    reply = board.api.get("/tasks").status(200)
    if tasks_of(reply) != tasks_of(before):
        means = "what was answered has to be in the file by then: was it committed?"
        raise reply.not_yet(f"as before the kill: {before.shown()}", reply.shown(), means)


def in_the_database(board):
    """Demand that there is a database where the contract says."""
    command = board.api.here.service.command
    try:
        head = board.database.read_bytes()[:15]
    except OSError:
        not_yet(
            command=command,
            expected=f"an SQLite file {board.database} (DATABASE_PATH), with the tasks that were stored",
            got="no such file",
        )
    if head != b"SQLite format 3":
        not_yet(
            command=command,
            expected=f"an SQLite file {board.database} (DATABASE_PATH)",
            got=f"a file that begins with {head!r}",
        )
