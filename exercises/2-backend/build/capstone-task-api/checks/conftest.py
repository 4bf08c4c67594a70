"""The board: the learner's service with a database of this run's, and what the checks ask of its answers."""

import json

import pytest

FIRST_NOW = "2039-11-30T12:00:00Z"


class Board:
    """The service, the folder of its database, and the time that it is told."""

    def __init__(self, api, place):
        self.api = api
        self.place = place
        self.now = FIRST_NOW
        self.remembered = None
        self.move_to("first")
        api.traced = True

    @property
    def database(self):
        """The file in DATABASE_PATH."""
        return self.folder / "tasks.db"

    def move_to(self, name, now=FIRST_NOW):
        """From the next start on the database is in the folder NAME, with all that was in the one before."""
        before = getattr(self, "folder", None)
        self.folder = self.place / name
        self.now = now
        if before:
            before.rename(self.folder)
        else:
            self.folder.mkdir()
        self.api.extra = {"DATABASE_PATH": str(self.database), "NOW": now}

    def add(self, title="sweep", **keys):
        """Store a task; returns it as it was answered."""
        return task_of(self.api.post("/tasks", json={"title": title, **keys}).status(201))

    def find(self, **params):
        """The ids of the tasks on the page with PARAMS, and the answer."""
        reply = self.api.get("/tasks", params=params).status(200)
        return [each["id"] for each in tasks_of(reply)], reply

    def all_of(self, **params):
        """The ids of all tasks with PARAMS, page after page of a hundred, and the last answer."""
        found, after = [], 0
        for _ in range(10):
            page, reply = self.find(**params, limit=100, after=after)
            found += page
            after = next_of(reply)
            if after is None:
                break
        return found, reply

    def expect(self, wanted, means="", **params):
        """Demand that the tasks WANTED, and no others, are those found with PARAMS."""
        found, reply = self.find(**params)
        ids = [each["id"] for each in wanted]
        if found != ids:
            missing = [f"without {json.dumps(each)}" for each in wanted if each["id"] not in found]
            more = [f"with {json.dumps(each)}" for each in tasks_of(reply) if each["id"] not in ids]
            got = "; ".join([f"the tasks {found}", *missing[:1], *more[:1]])
            raise reply.not_yet(f"the tasks {ids}", got, means(found) if callable(means) else means)
        return reply


@pytest.fixture(scope="session")
def board(api, work):
    """The one board of a run."""
    place = work.parent / "data"
    place.mkdir()
    return Board(api, place)


def task_of(reply):
    """The task that REPLY is: an object with a whole number as its id."""
    task = reply.json()
    if not isinstance(task, dict) or type(task.get("id")) is not int:
        raise reply.not_yet("a task, with a whole number as its id", reply.shown())
    return task


def tasks_of(reply):
    """The tasks that REPLY lists."""
    data = reply.json()
    tasks = data.get("tasks") if isinstance(data, dict) else None
    if not isinstance(tasks, list) or not all(isinstance(each, dict) and type(each.get("id")) is int for each in tasks):
        raise reply.not_yet('{"tasks": [...]} with the tasks', reply.shown())
    return tasks


def next_of(reply):
    """What REPLY gives as `next`: a whole number or None."""
    data = reply.json()
    if not isinstance(data, dict) or "next" not in data or type(data["next"]) not in (int, type(None)):
        raise reply.not_yet("`next`, a whole number or null, beside `tasks`", _end_of(reply))
    return data["next"]


def refused(reply, code, means="", **keys):
    """Demand an error: CODE, and a JSON object with `error`, a text, and KEYS."""
    reply.status(code, means=means)
    data = reply.json()
    known = {key: value for key, value in data.items() if key != "error"} if isinstance(data, dict) else None
    same = known == keys and all(type(known[key]) is type(keys[key]) for key in keys)
    if not same or not isinstance(data.get("error"), str):
        wanted = ", ".join(['"error": TEXT', *(f'"{key}": {json.dumps(value)}' for key, value in keys.items())])
        raise reply.not_yet(f"{{{wanted}}}", reply.shown(), means)


def _end_of(reply):
    """The status and the end of a long body: what stands beside a list comes last."""
    return reply.shown() if len(reply.text) < 300 else f"status {reply.code}, … {reply.text.strip()[-200:]}"
