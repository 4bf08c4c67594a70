"""Tasks over HTTP in a SQLite file: what each method does to a task and to its neighbour, and what a kill leaves."""

import json
import os
import shutil
import sqlite3
from contextlib import closing, contextmanager, suppress
from urllib.parse import urljoin

import pytest

from runner.kit import not_yet
from runner.kit.api import same

WORDS = ("Ann's tea", "Zoë's call", "Café: it's paid", "Read O'Hara")

BAD = (  # a body that PUT and POST refuse, and what a service overlooked that took it
    ({}, "a task without a title was taken"),
    ({"done": True, "note": "x"}, "a task without a title was taken"),
    ({"title": ""}, "an empty title was taken"),
    ({"title": None}, "null was taken for a title"),
    ({"title": 5}, "a number was taken for a title"),
    ({"title": "x", "done": "false"}, "a text was taken for true or false"),
    ({"title": "x", "done": 1}, "1 was taken for true; SQLite keeps it so, JSON does not"),
    ({"title": "x", "done": None}, "null was taken for a missing done"),
    ({"title": "x", "note": 7}, "a number was taken for a note"),
    (["title"], "an array was taken for a task"),
    (None, "null was taken for a task"),
)

BAD_CHANGES = (  # the same for PATCH
    ({"title": None}, "null was taken for a missing title; it is a value, and none that a title may have"),
    ({"title": ""}, "an empty title was taken, or passed over as if it had not been sent"),
    ({"title": "x", "done": "yes"}, "a text was taken for true or false"),
    ({"title": "x", "note": ["a"]}, "an array was taken for a note"),
    ([], "an array was taken for a change"),
)

BROKEN = '{"title": "tea"'

BROKE = "a 5xx says that the server is at fault; here it is the client's body"

FALSY = "a value that counts as false was taken for a missing one: ask whether the field came, not what it holds"


@pytest.fixture(scope="session")
def tasks(api, work):
    """The service, with a file of this run for its data."""
    folder = work.parent / "data"
    folder.mkdir()
    api.extra["DATABASE_PATH"] = str(folder / "tasks.db")
    return api


def test_creates(tasks, rng):
    """POST answers 201, the task, and its URL in Location"""
    full = {"title": words(rng), "done": True, "note": f"room {rng.randrange(1000)}"}
    for sent in (full, {"title": full["title"]}, {"title": "x", "note": None, "done": False}):
        reply = tasks.post("/tasks", json=sent)
        task = created(reply, sent)
        demand_location(reply, tasks.here.port, f"/tasks/{task['id']}")


def test_reads(tasks, rng):
    """GET answers 200 and one task, or an array sorted by id"""
    before = listed(tasks)
    mine = [add(tasks, title=words(rng), done=done) for done in (True, False)]
    mine.append(add(tasks, title="A title that sorts first", note=""))
    for task in mine:
        reply = tasks.get(f"/tasks/{task['id']}")
        means = "POST told of this task; was it kept, and committed?" if reply.code == 404 else ""
        demand(reply.status(200, means=means), task)
    demand_list(tasks.get("/tasks"), sorted([*before, *mine], key=lambda task: task["id"]))


def test_replaces(tasks, rng):
    """PUT replaces the whole task"""
    task = add(tasks, title=words(rng), done=True, note="old")
    with neighbour(tasks):
        for sent in ({"title": f"New {rng.randrange(1000)}"}, {"title": "Newer", "done": True, "note": "new"}):
            wanted = {"id": task["id"], "done": False, "note": None, **sent}
            reply = tasks.put(f"/tasks/{task['id']}", json=sent)
            kept = {**task, **sent}
            means = "the old done and note were kept, as PATCH does; PUT sends the whole task"
            demand(reply, wanted, {text_of(kept): means} if kept != wanted else {})
            demand(tasks.get(f"/tasks/{task['id']}"), wanted, said_only(task))
            task = wanted


def test_changes(tasks, rng):
    """PATCH keeps what is not sent"""
    task = add(tasks, title=words(rng), done=True, note=f"room {rng.randrange(1000)}")
    with neighbour(tasks):
        for sent in ({"title": "New"}, {"note": ""}, {"done": False}, {}, {"done": True, "note": "x"}, {"note": None}):
            wanted = {**task, **sent}
            emptied = {"id": task["id"], "title": None, "done": None, "note": None, **sent}
            reset = {**emptied, "done": sent.get("done", False)}
            guesses = {
                text_of(each): "what was not sent was changed: a missing field is not null"
                for each in (emptied, reset, {**reset, "title": task["title"]})
            }
            if len(sent) > 1:
                guesses = {}
            elif sent:
                guesses[text_of(task)] = FALSY if not any(sent.values()) else "the answer shows the task as it was"
            reply = tasks.patch(f"/tasks/{task['id']}", json=sent)
            reply.status(200, means=not_sent(reply, sent))
            demand(reply, wanted, {each: means for each, means in guesses.items() if each != text_of(wanted)})
            demand(tasks.get(f"/tasks/{task['id']}"), wanted, said_only(task))
            task = wanted


def test_deletes(tasks, rng):
    """DELETE answers 204, and it is gone"""
    task = add(tasks, title=words(rng))
    with neighbour(tasks):
        path = f"/tasks/{task['id']}"
        last = add(tasks, title="Last")
        for each in (last, task):
            reply = tasks.delete(f"/tasks/{each['id']}")
            means = "204 says that all went well and that there is no body" if reply.code == 200 else ""
            reply.status(204, means=means)
        reply = tasks.get(path)
        still = reply.code == 200 and task["title"] in reply.text
        reply.status(404, means="the answer said that it was deleted; it is still there" if still else empty(reply))
        reply = tasks.get("/tasks").status(200)
        if any(each["id"] == task["id"] for each in objects(reply)):
            raise reply.not_yet(f"a list without the task {task['id']}, which was deleted", reply.shown())
        tasks.delete(path).status(404, means="it was gone already; how many rows did the statement delete?")
        demand_new_id(tasks, last["id"])


def test_unknown(tasks, rng):
    """an unknown id answers 404"""
    known = add(tasks, title=words(rng))
    number = known["id"] + rng.randint(1000, 9999)
    with neighbour(tasks):
        before = listed(tasks)
        for path in (f"/tasks/{number}", "/tasks/first"):
            reply = tasks.get(path)
            reply.status(404, means=empty(reply))
            for method, sent in (("PUT", {"title": "x"}), ("PATCH", {"title": "x"}), ("DELETE", None)):
                reply = tasks.request(method, path, **({} if sent is None else {"json": sent}))
                means = ""
                if reply.code == 201:
                    means = "PUT changes what is there; ids are given out by the service alone"
                elif reply.code < 300:
                    means = "the statement ran and met no row; how many rows it changed tells"
                reply.status(404, means=means)
        demand_list(tasks.get("/tasks"), before, "a request that answered 404 changed something")


def test_refuses(tasks, rng):
    """a bad body answers 400 and changes nothing"""
    task = add(tasks, title=words(rng), done=True, note="kept")
    path = f"/tasks/{task['id']}"
    before = listed(tasks)
    kind = {"Content-Type": "application/json"}
    for method, target, bodies in (("POST", "/tasks", BAD), ("PUT", path, BAD), ("PATCH", path, BAD_CHANGES)):
        for body, mistake in bodies:
            reply = tasks.request(method, target, content=json.dumps(body), headers=kind)
            reply.status(400, means=BROKE if reply.code >= 500 else mistake if reply.code < 300 else "")
        reply = tasks.request(method, target, content=BROKEN, headers=kind)
        reply.status(400, means=BROKE if reply.code >= 500 else "")
        demand(tasks.get(path), task, refused_but_changed=method)
        demand_list(tasks.get("/tasks"), before, f"a {method} that answered 400 changed something")


def test_survives_a_kill(tasks, rng):
    """tasks survive kill -9, in DATABASE_PATH alone"""
    kept, gone = [add(tasks, title=words(rng), done=True, note=f"n {rng.randrange(1000)}") for _ in range(2)]
    demand_survives(tasks, gone)
    for method in ("PATCH", "PUT"):  # each the last before a kill: a later change would commit an earlier one
        before, sent = kept, {"title": f"Changed {rng.randrange(10_000)}", "done": method == "PUT", "note": method}
        kept = {**kept, **sent}
        demand(tasks.request(method, f"/tasks/{kept['id']}", json=sent), kept)
        lost = f"after kill -9 and a new start it is as before the {method}: was that committed?"
        demand_survives(tasks, kept, {text_of(before): lost})
    tasks.delete(f"/tasks/{gone['id']}").status(204)
    tasks.here.service.kill()
    means = "it was deleted before the kill; the deletion has not reached the file"
    tasks.get(f"/tasks/{gone['id']}").status(404, means=means)
    demand_new_id(tasks, gone["id"])
    other = tasks.start(DATABASE_PATH=f"{tasks.extra['DATABASE_PATH']}-2")
    reply = other.get("/tasks").status(200)
    means = "a service with another, new DATABASE_PATH shows tasks of the first: they also lie somewhere else"
    reply.equals([], means=means if objects(reply) else "")


def words(rng):
    """A title that this run alone knows, with a sign that SQL reads as its own."""
    return f"{rng.choice(WORDS)} {rng.randrange(10_000)}"


def text_of(value):
    """A JSON value as text; the same for equal values, and another for true than for 1."""
    return json.dumps(value, sort_keys=True)


def said_only(before):
    """What it means that GET still shows BEFORE."""
    return {text_of(before): "the answer before told of a change; what is kept is as it was"}


def demand(reply, task, guesses=None, refused_but_changed=""):
    """Demand 200 and TASK; GUESSES tells by an answer's text what it means."""
    reply.status(200)
    found = reply.json()
    means = (guesses or {}).get(text_of(found), "") or kinds_of(found, task)
    if refused_but_changed and not means:
        means = f"a {refused_but_changed} that answered 400 changed the task"
    reply.equals(task, means=means)


def kinds_of(found, task):
    """What is wrong with the kinds of the values in an answer, where it tells."""
    if not isinstance(found, dict):
        return ""
    if type(found.get("done")) is int and found["done"] == task["done"]:
        return "SQLite keeps true and false as 1 and 0; turn them back on the way out"
    absent = sorted(task.keys() - found.keys())
    return f"{' and '.join(absent)} must be there, also with the value it has when nothing was sent" if absent else ""


def created(reply, sent):
    """Demand an answer to a POST of SENT, and give the new task."""
    means = "201 says that something was created" if reply.code == 200 else ""
    reply.status(201, means=means)
    found = reply.json()
    wanted = {"title": sent["title"], "done": sent.get("done", False), "note": sent.get("note")}
    number = found.get("id") if isinstance(found, dict) else None
    if type(number) is not int:
        shown = json.dumps({"id": "...", **wanted}, ensure_ascii=False).replace('"..."', "a whole number", 1)
        raise reply.not_yet(shown, reply.shown(), "")
    wanted = {"id": number, **wanted}
    reply.equals(wanted, means=kinds_of(found, wanted))
    return wanted


def add(api, **fields):
    """Create a task."""
    return created(api.post("/tasks", json=fields), fields)


def objects(reply):
    """The tasks of a list, whatever else a wrong answer holds."""
    found = reply.json()
    found = found if isinstance(found, list) else []
    return [each for each in found if isinstance(each, dict) and type(each.get("id")) is int]


def listed(api):
    """All tasks; demands an array of objects."""
    reply = api.get("/tasks").status(200)
    found = reply.json()
    if not isinstance(found, list) or len(objects(reply)) != len(found):
        raise reply.not_yet("an array of tasks", reply.shown(), "")
    return found


def demand_list(reply, wanted, means=""):
    """Demand an array of the tasks WANTED; shows what differs and no more."""
    reply.status(200)
    found = reply.json()
    if same(found, wanted):
        return
    ids = [each["id"] for each in wanted]
    tasks = objects(reply)
    got = [each["id"] for each in tasks]
    if not isinstance(found, list) or len(tasks) != len(found):
        raise reply.not_yet("an array of tasks", reply.shown(), "")
    if not same(got, ids):
        same_ids = sorted(map(text_of, got)) == sorted(map(text_of, ids))
        means = "the tasks are all there, in another order" if same_ids else means
        raise reply.not_yet(f"an array of the tasks {numbers(ids)}", f"an array of the tasks {numbers(got)}", means)
    one, other = next((one, other) for one, other in zip(tasks, wanted, strict=True) if not same(one, other))
    shown = [json.dumps(each, ensure_ascii=False) for each in (other, one)]
    raise reply.not_yet(f"{shown[0]} in the array", f"{shown[1][:300]}", kinds_of(one, other) or means)


def numbers(ids):
    """Ids for a message."""
    return ", ".join(map(text_of, ids))[:200] or "none"


@contextmanager
def neighbour(api):
    """A task that nothing in a block is meant for."""
    task = add(api, title="Leave me", done=True, note="as I am")
    yield
    means = "this is another task than the requests before were for"
    api.get(f"/tasks/{task['id']}").status(200, means=means).equals(task, means=means)


def demand_location(reply, port, path):
    """Demand that Location leads to PATH, in full or beginning at any part of it."""
    base = f"http://127.0.0.1:{port}/tasks"
    means = "the body tells of the new task; Location says where it is" if "location" not in reply.headers else ""
    reply.header("Location", means=means)
    try:
        found = urljoin(base, reply.headers["location"])
    except ValueError:
        found = ""
    if found not in (urljoin(base, path), f"http://localhost:{port}{path}"):
        raise reply.not_yet(f"Location: {path}", f"Location: {reply.headers['location']}", "")


def demand_survives(api, task, guesses=None):
    """Kill the service; demand that its file holds TASK, and that GET shows it; GUESSES as in `demand`."""
    service = api.here.service
    service.kill()
    missing = missing_in(api.extra["DATABASE_PATH"], task["title"])
    reply = api.get(f"/tasks/{task['id']}")
    lost = f"after kill -9 and a new start it is gone; {missing or 'the file held it until the start'}"
    reply.status(200, means=lost if reply.code == 404 else "")
    demand(reply, task, guesses)
    if missing:
        wanted = f"a SQLite file at DATABASE_PATH that holds {json.dumps(task['title'])}"
        not_yet(expected=wanted, got=missing, means="the tasks are kept somewhere else", command=service.command)


def demand_new_id(api, used):
    """Demand that a new task gets another id than USED."""
    reply = api.post("/tasks", json={"title": "After it"})
    if created(reply, {"title": "After it"})["id"] == used:
        means = "whoever kept the address of the deleted task meets another one there"
        raise reply.not_yet(f"an id that no task has had; {used} was deleted", reply.shown(), means)


def not_sent(reply, sent):
    """Why a PATCH was refused that is right, where it tells."""
    if reply.code == 400 and "title" not in sent:
        return "a title was asked for, as in PUT; PATCH sends the changes alone"
    return ""


def empty(reply):
    """What an answer of success means where nothing is to be found."""
    return "nothing was found, and the status tells of success" if reply.code == 200 else ""


def missing_in(path, title):
    """Why TITLE is not to be found in the database PATH, in words; nothing where it is.

    Looks at a copy, with what SQLite keeps beside it: opening the file itself could change it.
    """
    copy = f"{path}-copy"
    for suffix in ("", "-wal", "-journal"):
        with suppress(OSError):
            shutil.copyfile(path + suffix, copy + suffix)
    if not os.path.isfile(copy):
        return "there is no file at DATABASE_PATH"
    try:
        with closing(sqlite3.connect(copy, timeout=1)) as database:
            database.text_factory = bytes
            tables = database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
            names = [name.decode() for (name,) in tables]
            rows = [row for name in names for row in database.execute(f'SELECT * FROM "{name}"')]
    except (sqlite3.Error, ValueError) as error:
        return f"SQLite says of the file at DATABASE_PATH: {error}"
    if any(title.encode() in cell for row in rows for cell in row if isinstance(cell, bytes)):
        return ""
    held = "no table" if not names else "no row" if not rows else "not that"
    return f"the file at DATABASE_PATH holds {held}: was it committed?"
