"""Stage 3: imports that are whole or not there, stats in a fixed number of statements, and tags of versions."""

import re
import threading

from conftest import refused, task_of

from runner.kit import not_yet

LONGEST = 100
"""Characters of a title at most."""

TOO_LARGE = "413 says that the body is too large: Express takes 100 kB unless told, and 500 tasks may be more"


def many(count, project):
    return [{"title": f"t{number}", "project": project, "done": number % 2 == 0} for number in range(count)]


def test_imports(board, rng):
    """POST /tasks/import stores up to 500 tasks and answers their ids in order"""
    project = f"import {rng.randrange(1000)}"
    few = [{"title": f"plant {rng.randrange(1000)}"}, {"title": "b", "due": "2031-03-09T17:30:00Z"}, {"title": "c"}]
    ids = ids_of(board.api.post("/tasks/import", json={"tasks": few}).status(201), 3)
    for number, task in zip(ids, few, strict=True):
        whole = {"id": number, "project": "inbox", "due": None, "done": False, **task}
        board.api.get(f"/tasks/{number}").status(200).equals(whole)
    ids_of(board.api.post("/tasks/import", json={"tasks": few[:1]}).status(201), 1)
    given = [{**each, "title": each["title"].ljust(LONGEST, "é")} for each in many(500, project)]
    reply = board.api.post("/tasks/import", json={"tasks": given})
    ids = ids_of(reply.status(201, means=TOO_LARGE if reply.code == 413 else ""), 500)
    if board.all_of(project=project)[0] != sorted(ids):
        found, reply = board.all_of(project=project)
        raise reply.not_yet("the 500 tasks of the import, over 5 pages", f"{len(found)} tasks")
    number = rng.randrange(400, 500)
    board.api.get(f"/tasks/{ids[number]}").status(200).equals({"id": ids[number], "due": None, **given[number]})
    found, reply = board.find(project=project)
    if len(found) != 20:
        raise reply.not_yet("20 tasks on a page where no limit is given", f"{len(found)} tasks")


def ids_of(reply, count):
    data = reply.json()
    ids = data.get("ids") if isinstance(data, dict) else None
    if not isinstance(ids, list) or not all(type(each) is int for each in ids) or len({*ids}) != count:
        raise reply.not_yet(f'{{"ids": [...]}} with {count} different ids', reply.shown())
    return ids


def test_imports_nothing_by_half(board, rng):
    """an import with a fault stores nothing and says where it is"""
    project = f"half {rng.randrange(1000)}"
    faulty = rng.randrange(20, 30)
    tasks = many(40, project)
    tasks[faulty] = {"title": "t", "project": project, "due": "soon"}
    tasks[faulty + 5] = {"title": ""}
    refused(board.api.post("/tasks/import", json={"tasks": tasks}), 400, field="due", index=faulty)
    found, reply = board.find(project=project, limit=100)
    if found:
        means = f"the import stopped half-way, at task {faulty}" if len(found) == faulty else ""
        raise reply.not_yet("no task of an import that was refused", f"{len(found)} of its tasks", means)
    for body in ({"tasks": []}, {"tasks": many(501, project)}, {"tasks": 5}, {"task": tasks}, tasks[:1]):
        refused(board.api.post("/tasks/import", json=body), 400, field="tasks", index=None)
    board.expect([], project=project)
    ids_of(board.api.post("/tasks/import", json={"tasks": tasks[:faulty]}).status(201), faulty)


def test_killed_import(board, rng):
    """a killed import has stored all or nothing"""
    project = f"killed {rng.randrange(1000)}"
    task = board.add("remember")
    board.remembered = board.api.get(f"/tasks/{task['id']}").status(200)
    instance = board.api.here
    answered = []

    def send():
        try:
            answered.append(instance.post("/tasks/import", json={"tasks": many(500, project)}))
        except BaseException:  # the connection of a service that is killed breaks, which is an outcome of the kit's
            return

    before = commits(board)
    sender = threading.Thread(target=send)
    sender.start()
    while sender.is_alive() and commits(board) == before:
        pass  # as soon as anything is committed, it is ended
    instance.service.kill()
    sender.join()
    if answered:
        answered[0].status(201)
    found, reply = board.all_of(project=project)
    if len(found) not in ((500,) if answered else (0, 500)):
        means = "each task was committed by itself" if 0 < len(found) < 500 else ""
        wanted = "500 tasks, as was answered" if answered else "all 500 tasks of the import that was killed, or none"
        raise reply.not_yet(wanted, f"{len(found)} tasks are stored", means)


def commits(board):
    """What SQLite writes when it commits: the counter in the file's head, and the log beside it. Takes no lock."""
    log = board.database.with_name("tasks.db-wal")
    try:
        with board.database.open("rb", buffering=0) as file:
            file.seek(24)
            return file.read(4), log.stat().st_size if log.exists() else 0
    except OSError:  # either of them can go away meanwhile
        return b"", 0


def test_stats(board, rng):
    """GET /stats counts tasks, those done, those overdue, and by project"""
    project, empty = f"stats {rng.randrange(1000)}", f"empty {rng.randrange(1000)}"
    before = stats_of(board.api.get("/stats").status(200))
    done = rng.randrange(2, 5)
    for number in range(done):
        board.add("count", project=project, done=True, due="2001-01-01T00:00:00Z" if number else None)
    board.add("count", project=project, due="2002-01-01T00:00:00Z")
    board.add("count", project=project, due="2079-01-01T00:00:00Z")
    board.api.delete(f"/tasks/{board.add('count', project=empty)['id']}").status(204)
    reply = board.api.get("/stats").status(200)
    after = stats_of(reply)
    for key, more in (("total", done + 2), ("done", done), ("overdue", 1)):
        if after[key] != before[key] + more:
            wanted = f'"{key}": {before[key] + more}, as {more} of the {done + 2} new tasks count'
            raise reply.not_yet(wanted, f'"{key}": {after[key]}')
    wanted = {**before["projects"], project: {"total": done + 2, "done": done}}
    for name in {**wanted, **after["projects"]}:
        if after["projects"].get(name) != wanted.get(name):
            shown = [
                f'"{name}": {each[name]}' if name in each else f'no "{name}"' for each in (wanted, after["projects"])
            ]
            raise reply.not_yet(*(each.replace("'", '"') for each in shown))
    if sum(each["total"] for each in after["projects"].values()) != after["total"]:
        raise reply.not_yet("projects that hold all tasks", reply.shown())


def stats_of(reply):
    data = reply.json()
    counts = ("total", "done", "overdue")
    if isinstance(data, dict) and data.keys() == {*counts, "projects"} and isinstance(data["projects"], dict):
        rows = [*data["projects"].values()]
        whole = all(isinstance(each, dict) and each.keys() == {"total", "done"} for each in rows)
        numbers = [data[key] for key in counts] + [each[key] for each in rows for key in each] if whole else [None]
        if all(type(each) is int for each in numbers):
            return data
    wanted = '{"total": N, "done": N, "overdue": N, "projects": {NAME: {"total": N, "done": N}}}'
    raise reply.not_yet(wanted, reply.shown())


def test_stats_constant(board, rng):
    """GET /stats runs as many SQL statements for 300 tasks as for a few"""
    board.add("proof")
    if not board.api.here.service.statements():
        not_yet(
            expected="SQL statements through sqlite3, or node:sqlite's exec and prepare",
            got="none was seen",
            means="a file of yours with the name of one of Python's modules can be the reason too",
            command=board.api.here.service.command,
        )
    few, _ = asked(board)
    mark = rng.randrange(1000)
    more = [{"title": "many", "project": f"many {mark}-{number % 150}"} for number in range(300)]
    board.api.post("/tasks/import", json={"tasks": more}).status(201)
    many_, reply = asked(board)
    if len(many_) != len(few) or not few:
        often = max(many_, key=lambda each: sum(shape(each) == shape(one) for one in many_), default="")
        rows = sum(shape(often) == shape(one) for one in many_)
        raise reply.not_yet(
            f"{max(1, len(few))} SQL statements, as many as before 300 tasks in 150 projects came",
            f"{len(many_)} statements"
            + (f"; {rows} of them like: {' '.join(often.split())[:100]}" if rows > 1 else ""),
            "one statement for each of many rows: the more there are, the longer the answer takes" if rows > 9 else "",
        )


def asked(board):
    """The statements of one GET /stats, after another one has set up what is set up once."""
    board.api.get("/stats").status(200)
    before = len(board.api.here.service.statements())
    reply = board.api.get("/stats").status(200)
    return board.api.here.service.statements()[before:], reply


def shape(statement):
    """A statement without its values."""
    return re.sub(r"'(?:[^']|'')*'|\d+", "?", statement)


def tag_of(reply):
    """The strong tag of REPLY."""
    tag = reply.headers.get("etag", "")
    if not re.fullmatch(r'"[^"]*"', tag):
        means = "frameworks make weak tags of their own; this one is yours to make" if tag.startswith("W/") else ""
        raise reply.not_yet('a header ETag: "..." in quotes, without W/', f"ETag: {tag}" if tag else "no ETag", means)
    return tag


def demand_tag(reply, tag, means):
    if tag_of(reply) != tag:
        raise reply.not_yet(f"ETag: {tag}", f"ETag: {tag_of(reply)}", means)


def test_etags(board, rng):
    """an ETag changes with its task, and only then"""
    made = board.api.post("/tasks", json={"title": f"tag {rng.randrange(1000)}"}).status(201)
    path = f"/tasks/{task_of(made)['id']}"
    tag = tag_of(made)
    board.add("another task")
    demand_tag(board.api.get(path).status(200), tag, "nothing changed since the 201")
    changed = board.api.patch(path, json={"done": True}).status(200)
    if tag_of(changed) == tag:
        raise changed.not_yet(
            f"another ETag than {tag}", f"ETag: {tag}", "a client that knows it would keep the old task"
        )
    demand_tag(board.api.get(path).status(200), tag_of(changed), "nothing changed since the PATCH")
    if board.remembered:  # from before the kill
        then = tag_of(board.remembered)
        now = board.api.get(f"/tasks/{task_of(board.remembered)['id']}").status(200)
        demand_tag(now, then, "the service was started again, and the task is the same")


def test_not_modified(board):
    """If-None-Match with the present tag gets 304 without a body"""
    task = board.add("look again")
    path = f"/tasks/{task['id']}"
    tag = tag_of(board.api.get(path).status(200))
    for value in (tag, f'"another", {tag}', "*"):
        reply = board.api.get(path, headers={"If-None-Match": value}).status(304)
        if reply.content:
            raise reply.not_yet("no body", reply.shown())
        demand_tag(reply, tag, "")
    board.api.get(path, headers={"If-None-Match": '"another"'}).status(200).equals(task)
    task = board.api.patch(path, json={"done": True}).status(200).json()
    board.api.get(path, headers={"If-None-Match": tag}).status(200).equals(task)


def test_if_match(board):
    """If-Match with an old tag gets 412, and nothing changes"""
    task = board.add("edited by two")
    path = f"/tasks/{task['id']}"
    old = {"If-Match": tag_of(board.api.get(path).status(200))}
    task = board.api.patch(path, json={"title": "by one"}).status(200).json()
    reply = board.api.patch(path, json={"title": "by two"}, headers=old)
    refused(reply, 412, "the change of the first one is lost" if reply.code == 200 else "")
    refused(board.api.delete(path, headers=old), 412)
    present = board.api.get(path).status(200).equals(task)
    task |= {"done": True}
    board.api.patch(path, json={"done": True}, headers={"If-Match": tag_of(present)}).status(200).equals(task)
    board.api.patch(path, json={"done": True}, headers={"If-Match": "*"}).status(200)
    now = tag_of(board.api.get(path).status(200))
    board.api.delete(path, headers={"If-Match": now}).status(204)
