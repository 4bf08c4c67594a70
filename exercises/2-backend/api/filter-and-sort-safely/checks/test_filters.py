"""A list that strangers filter and order: what they send is a value or an allowed name, and never SQL."""

import json
import sqlite3
from contextlib import closing

import pytest

from runner.kit import not_yet
from runner.kit.api import same

SCHEMA = """
CREATE TABLE tasks (
    id INTEGER PRIMARY KEY,
    title TEXT NOT NULL,
    status TEXT NOT NULL CHECK (status IN ('open', 'done')),
    due TEXT NOT NULL,
    note TEXT NOT NULL
);
CREATE INDEX tasks_by_due ON tasks (due);
CREATE INDEX tasks_by_status ON tasks (status);
"""
# Through an index rows that are equal come by id upwards or downwards, as it is read: what is not asked shows.

COLUMNS = ("id", "title", "status", "due")

WORDS = ("apple", "bread", "cup", "dress", "egg", "fork", "glass", "honey", "ink", "jam", "kiwi", "lamp", "mint", "nut")
"""Each begins with a letter of its own, so that every way to compare texts gives the same order."""

TITLES = (  # what follows the word
    "for tea",
    "with tea",
    "tea",
    "at noon",
    "100% wool",
    "100 g of wool",
    "a_b",
    "axb",
    "in c:\\temp",
    "in c:temp",
    "at five o'clock",
    "at five oclock",  # codespell:ignore oclock
    "named x'); drop table tasks; --",
    'for !#$&*"+,-./:;<=>?@[]^`{|}~',
)

SIGNS = ("\\t", "\\", "!", "#", "^", "|", "~", "/", "$", "@", "*", "?", "[", ".", "%%", "__")
"""What a pattern of some kind could read as something else; what is chosen as the sign to escape with is in it too."""

INJECTIONS = (
    "zzz' or 1=1 --",
    "zzz') or 1=1 --",
    "zzz' union select id, note, status, due from tasks --",
    "zzz') union select id, note, status, due from tasks --",
)

STACKED = (
    ("q", "'; drop table tasks; --"),
    ("q", "%'; delete from tasks; --"),
    ("q", "'); update tasks set note = ''; --"),
    ("sort", "id; drop table tasks"),
    ("sort", "id; delete from tasks; --"),
    ("status", "open'; delete from tasks; --"),
    ("status", "open'; update tasks set status = 'done"),
)
"""More than one statement where one was meant."""

FOREIGN = (  # sorts that are none, and why each may get through
    ("colour", ""),
    ("note", "note is a column, but none that sort may name: an order tells what a column holds"),
    ("-note", "note is a column, but none that sort may name: an order tells what a column holds"),
    ("rowid", "SQLite knows more names than the table's columns; the contract has four"),
    ("1", "ORDER BY 1 is the first column; no such name is in the contract"),
    ("due desc", "it is SQL, not a name"),
    ("--due", "one - is the sign; all of them were taken away"),
    ("due-", "a - is a sign before the name; here it stands after it"),
    ("(select note from tasks limit 1)", "it is SQL, not a name"),
    ("id; drop table tasks", "it is SQL, not a name"),
    ("constructor", "you did not write that name: a JavaScript object has it anyway"),
    ("-__proto__", "you did not write that name: a JavaScript object has it anyway"),
)

NO_STATUSES = ("closed", "%", "open' --", "zzz' or 1=1 --", "constructor")

BROKE = "a 5xx says that the server is at fault; here it is what the client sent"

NOT_ALLOWED = "what is not allowed was passed over, and the client cannot know that"


class Tasks:
    """The file that the service reads, and what it holds."""

    def __init__(self, path):
        self.path = path
        self.rows = []

    def fill(self, rng):
        """Make the file; only the first check of a run does."""
        if self.rows:
            return
        count = len(TITLES)
        words = rng.sample(WORDS, count)
        days = sorted(rng.sample(range(1, 29), 3))
        dues = [f"2026-03-{day:02}" for day in days for _ in range(count // 3 + 1)][:count]
        states = ["open", "done"] * (count // 2)
        titles = list(TITLES)
        for each in (titles, dues, states):
            rng.shuffle(each)
        titles = [f"{word} {title}" for word, title in zip(words, titles, strict=True)]
        for title, state in (("for tea", "open"), ("with tea", "done")):  # so that each filter leaves something out
            states[next(at for at, each in enumerate(titles) if each.endswith(title))] = state
        ids = sorted(rng.sample(range(1, 100), count))
        notes = [f"secret {rng.randrange(16**6):06x}" for _ in ids]
        self.rows = list(zip(ids, titles, states, dues, notes, strict=True))
        with closing(sqlite3.connect(self.path)) as database, database:
            database.executescript(f"PRAGMA synchronous = OFF; {SCHEMA}")
            database.executemany("INSERT INTO tasks VALUES (?, ?, ?, ?, ?)", self.rows)

    def found(self, q="", status=None, sort="id"):
        """The right answer."""
        tasks = [dict(zip(COLUMNS, row, strict=False)) for row in self.rows]
        tasks = [each for each in tasks if q in each["title"] and status in (None, each["status"])]
        name = sort.removeprefix("-")
        return sorted(tasks, key=lambda task: task[name], reverse=sort.startswith("-"))  # stable: equal ones stay by id

    def now(self):
        """The rows that the file holds now, or in words why they cannot be read."""
        try:
            with closing(sqlite3.connect(f"file:{self.path}?mode=ro", uri=True, timeout=1)) as database:
                return database.execute("SELECT id, title, status, due, note FROM tasks ORDER BY id").fetchall()
        except sqlite3.Error as error:
            return f"SQLite says: {error}"


@pytest.fixture(scope="session")
def shelf(api, work):
    """The file, which the service is told of before it starts."""
    folder = work.parent / "data"
    folder.mkdir()
    api.extra["DATABASE_PATH"] = str(folder / "run.db")
    return Tasks(api.extra["DATABASE_PATH"])


@pytest.fixture
def tasks(shelf, rng):
    """The file, filled."""
    shelf.fill(rng)
    return shelf


def test_lists_all(api, tasks):
    """GET /tasks answers 200 and an array of all, by id"""
    reply = api.get("/tasks")
    means = ""
    if "sample: " in reply.text:
        means = "these are the tasks of your own tasks.db; the file to read is the one that DATABASE_PATH names"
    elif "secret " in reply.text:
        means = "note is not for clients: name the columns that you want, * is all of them"
    demand(reply, tasks.found(), means)


def test_filters(api, tasks, rng):
    """q and status filter, alone and together"""
    every = tasks.found()
    word = rng.choice(every)["title"].partition(" ")[0]
    asked = [{"q": word}, {"status": "open"}, {"status": "done"}, {"q": "tea"}, {"q": f"no {word} here"}]
    asked += [{"q": "tea", "status": status} for status in ("open", "done")]
    for names in asked:
        reply = api.get("/tasks", params=names)
        means = {ids_of(every): "nothing was left out"}
        if "q" in names:
            means[()] = "nothing was found; q is a part of the title, wherever in it"
        if len(names) > 1:
            either = [each for each in every if names["q"] in each["title"] or names["status"] == each["status"]]
            one = {ids_of(tasks.found(**{name: value})): f"{name} alone was looked at" for name, value in names.items()}
            means |= {ids_of(either): "a task came that only one of the two is true of", **one}
        demand(reply, tasks.found(**names), means)


def test_sorts(api, tasks, rng):
    """sort orders, equal ones by id upwards"""
    for sort in ("title", "-title", "due", "-due", "status", "-status", "id", "-id"):
        demand_order(api.get("/tasks", params={"sort": sort}), tasks, sort)
    names = {"status": rng.choice(("open", "done")), "q": "a"}
    for sort in ("-due", "title"):
        demand_order(api.get("/tasks", params={**names, "sort": sort}), tasks, sort, **names)


def test_quotes(api, tasks):
    """quotes and SQL in q are text to look for"""
    every = ids_of(tasks.found())
    for q in (*INJECTIONS, "five o'clock", "'", '"', "''", "x'); drop table tasks; --"):
        reply = api.get("/tasks", params={"q": q})
        means = {every: "what stands after the quote was run as SQL: it let every task through"}
        if "secret " in reply.text:
            means = "what stands after the quote was run as SQL, and it read the column note"
        elif reply.code == 200 and ids(reply) == ids_of(tasks.found(q.replace("'", ""))):
            means = "the quotes were taken out of q; they are a part of what the client looks for"
        elif reply.code == 200 and "'" in q and ids(reply) == ids_of(tasks.found(q.replace("'", "''"))):
            means = "each quote was doubled, and the value was bound as well: one of the two is enough"
        elif reply.code >= 500 and damaged(tasks):
            means = "what stands after the quote was run as SQL, and the table is no longer what it was"
        elif reply.code >= 500:
            means = "a quote is a sign like any other; a 5xx says that the server is at fault"
        elif reply.code >= 400:
            means = "q may be any text: what is bound does no harm, whatever it says"
        demand(reply, tasks.found(q), means, q)


def test_every_sign(api, tasks):
    """so are %, _ and every other sign"""
    every = ids_of(tasks.found())
    for q in ("100%", "a_b", "%", "_", *SIGNS):
        reply = api.get("/tasks", params={"q": q})
        means = {every: f"{q} was read as a sign that stands for other text"}
        if q == "100%":
            means[ids_of(tasks.found("100"))] = "in LIKE, % stands for any text, wherever it came from"
        elif q == "a_b":
            means[ids_of([*tasks.found("a_b"), *tasks.found("axb")])] = "in LIKE, _ stands for any one character"
        if q in ("100%", "a_b", "%", "_"):
            means[()] = f"{q} was not found: does ESCAPE name the sign that you escape with, and is each escaped once?"
        if q == "\\t":
            means[ids_of(tasks.found("t"))] = "the sign that you escape with is in q too, and needs one before itself"
        elif len(q) == 1 and q not in "%_":
            means[()] = "the title that holds it was not found; is it the sign that you escape with?"
        demand(reply, tasks.found(q), means, q)


def test_refuses(api, tasks):
    """any other sort or status answers 400"""
    asked = [("sort", value, mistake) for value, mistake in FOREIGN]
    asked += [("status", value, "") for value in NO_STATUSES]
    every = ids_of(tasks.found())
    for name, value, mistake in asked:
        reply = api.get("/tasks", params={name: value})
        means = mistake
        if reply.code >= 500:
            means = BROKE
        elif reply.code == 200 and ids(reply) == every and value in ("colour", *NO_STATUSES):
            means = NOT_ALLOWED
        elif reply.code == 200 and ids(reply) == () and name == "status":
            means = "an empty array says that there are no such tasks; the client does not learn that the word is wrong"
        if reply.code == 200 and ids(reply) is not None:
            raise reply.not_yet("status 400", f"status 200 and an array of {len(ids(reply))} tasks", means)
        reply.status(400, means=means)
    for names in ({"sort": "-due"}, {"status": "done"}):
        demand(api.get("/tasks", params=names), tasks.found(**names), "")


def test_table_unchanged(api, tasks):
    """the table stays as it was"""
    wanted = f"the table tasks, with its {len(tasks.rows)} rows as they were"
    means = "what the client sent was run as SQL"
    if found := damaged(tasks):
        not_yet(expected=wanted, got=found, means=None if "locked" in found else means)
    for name, value in STACKED:
        reply = api.get("/tasks", params={name: value})
        if found := damaged(tasks):
            raise reply.not_yet(wanted, found, "" if "locked" in found else means)
    demand(api.get("/tasks"), tasks.found(), "")


def ids_of(tasks):
    """The ids of tasks, in their order."""
    return tuple(each["id"] for each in tasks)


def ids(reply):
    """The ids in an answer, in their order; None where it is no array of tasks."""
    try:
        found = json.loads(reply.content)
    except (ValueError, RecursionError):
        return None
    if not isinstance(found, list):
        return None
    numbers = tuple(each.get("id") if isinstance(each, dict) else None for each in found)
    return numbers if all(type(each) is int for each in numbers) else None


def demand(reply, wanted, means, q=None):
    """Demand 200 and the tasks WANTED. MEANS is a text, or tells by the ids of a wrong answer what it means."""
    text = means if isinstance(means, str) else means.get(ids(reply), "") if reply.code == 200 else ""
    reply.status(200, means=text)
    demand_tasks(reply, wanted, text, lambda task: json.dumps(task["title"], ensure_ascii=False), q)


def demand_order(reply, tasks, sort, **names):
    """Demand 200 and the tasks that NAMES leave, in the order SORT."""
    wanted = tasks.found(sort=sort, **names)
    name, down = sort.removeprefix("-"), sort.startswith("-")
    reply.status(200)
    got, plain = ids(reply), ids_of(tasks.found(**names))
    by_id = {task["id"]: task for task in wanted}
    means = ""
    if got == plain:
        means = "they came by id, as without sort; a bound value is the same text for every row, and orders nothing"
    elif got == tuple(reversed(ids_of(wanted))) and name in ("id", "title"):
        means = "it is the other way round"
    elif got is not None and sorted(got) == sorted(plain):
        values = [by_id[each][name] for each in got]
        if values == sorted(values, reverse=down):
            means = f"{name} is in order; where it is equal, the id decides, upwards also when {name} goes down"
    demand_tasks(reply, wanted, means, lambda task: str(task[name]))


def demand_tasks(reply, wanted, means, show, q=None):
    """Demand an array of the tasks WANTED; SHOW gives what a message tells of a task beside its id."""
    found = reply.json()
    if same(found, wanted):
        return
    got, numbers = ids(reply), ids_of(wanted)
    if got is None:
        raise reply.not_yet("an array of tasks, each an object with its id", reply.shown(), means)
    if got == numbers:
        one, other = next((one, other) for one, other in zip(wanted, found, strict=True) if not same(one, other))
        raise reply.not_yet(
            f"{json.dumps(one, ensure_ascii=False)} in the array", json.dumps(other, ensure_ascii=False)[:300], means
        )
    equal = next((at for at, pair in enumerate(zip(got, numbers, strict=False)) if pair[0] != pair[1]), 0)
    sought = "" if q is None else f", for q {q}"
    raise reply.not_yet(listed(wanted, show, equal) + sought, listed(found, show, equal), means)


def listed(tasks, show, begin):
    """Tasks for a message; a long list is shown from the place BEGIN on, where it differs."""
    if not tasks:
        return "an empty array"
    shown = [f"{task['id']} {shown_of(task, show)}"[:80] for task in tasks]
    count = f"{len(tasks)} task{'s' * (len(tasks) != 1)}"
    if len(", ".join(shown)) <= 200:
        return f"{count}: {', '.join(shown)}"
    part = f"{count}: " + "… " * (begin > 0) + ", ".join(shown[begin : begin + 4])
    return part + " …" * (begin + 4 < len(shown))


def shown_of(task, show):
    """What SHOW tells of a task; a wrong answer's may lack what it looks for."""
    try:
        return show(task)[:60]
    except KeyError:
        return "?"


def damaged(tasks):
    """How the rows in the file differ from those at the beginning, in words; nothing where they do not."""
    held = tasks.now()
    if held == tasks.rows or isinstance(held, str):
        return "" if held == tasks.rows else held
    if len(held) != len(tasks.rows):
        return f"{len(held)} rows"
    one, other = next((one, other) for one, other in zip(tasks.rows, held, strict=True) if one != other)
    return f"the row {one} is now {other}"
