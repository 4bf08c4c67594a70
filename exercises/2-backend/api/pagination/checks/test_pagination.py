"""Pages of a list that others change between two of them; the checks write into the file, as these others do."""

import base64
import json
import re
import sqlite3
from contextlib import closing

import pytest

from runner.kit import not_yet
from runner.kit.api import same

WORDS = ("Wash up", "Call Zoë", "Buy tea", "Café: pay")

NO_LIMITS = ("0", "-1", "abc", "2.5", "5x", "null", "²")
"""The last one is a digit to `str.isdigit`, and no number to `int`."""

NO_CURSORS = ("abc", "null", "-", "é%")

LOOKED_UP = "is the task of the cursor looked up? it is deleted; a cursor holds values, and needs no row"

COUNTED = "is the place counted, as OFFSET does? it counts the tasks of now, not of the page before"

DATE = re.compile(r"\d{4}-\d\d-\d\d")

BROKE = "a 5xx says that the server is at fault; here it is what the client sent"


@pytest.fixture(scope="session")
def tasks(api, work):
    """The service, with a file of this run that has the table."""
    folder = work.parent / "data"
    folder.mkdir()
    api.extra["DATABASE_PATH"] = str(folder / "tasks.db")
    columns = "id INTEGER PRIMARY KEY, title TEXT NOT NULL, due TEXT NOT NULL"
    write(api, (f"CREATE TABLE tasks ({columns})", [[]]))
    return api


def test_page(tasks, rng):
    """a page holds limit tasks in order, 20 if limit is missing"""
    rows = fill(tasks, rng, 30)
    demand(tasks.get("/tasks"), rows[:20], True)
    for limit in (1, rng.randint(5, 9)):
        demand(tasks.get("/tasks", params={"limit": limit}), rows[:limit], True)


def test_limits(tasks, rng):
    """limit over 100 counts as 100; what is no limit answers 400"""
    rows = fill(tasks, rng, 105)
    for limit in (100, 101, rng.randint(500, 5000)):
        reply = tasks.get("/tasks", params={"limit": limit})
        means = "a larger limit is no mistake here; it counts as 100" if reply.code == 400 else ""
        reply.status(200, means=means)
        found = shape(reply)
        if len(found) != 100:
            means = "one client can ask for the whole table at once" if len(found) > 100 else ""
            raise reply.not_yet("100 tasks", f"{len(found)} tasks", means)
        demand(reply, rows[:100], True)
    for limit in NO_LIMITS:
        reply = tasks.get("/tasks", params={"limit": limit})
        demand_400(reply, lambda found, limit=limit: taken(found, limit))


def test_walk(tasks, rng):
    """a walk meets each task once, and next is null at its end"""
    limit = rng.randint(3, 5)
    for count in (limit * 4, limit * 3 + 1):  # a last page that is full, and one that is not
        Walk(tasks, fill(tasks, rng, count), limit).to_the_end()
    for count in (limit, limit - 1, 0):
        rows = fill(tasks, rng, count)
        demand(tasks.get("/tasks", params={"limit": limit}), rows, False)


def test_added(tasks, rng):
    """new tasks shift no page"""
    walk = Walk(tasks, fill(tasks, rng, 17), rng.randint(3, 4))
    for number in (1001, 1002):
        walk.step()
        write(tasks, ("INSERT INTO tasks VALUES (?, 'New', '2025-12-31')", [[number]]))
        walk.happened = f"task {number} was added, in front of those shown"
    walk.to_the_end()


def test_deleted(tasks, rng):
    """deleted tasks shift no page"""
    walk = Walk(tasks, fill(tasks, rng, 17), rng.randint(3, 4))
    page = walk.step()
    walk.delete(page[0], "shown on the page before")
    walk.step()
    walk.delete(walk.rows[len(walk.seen) + 1], "not shown yet")
    page = walk.step()
    walk.delete(page[-1], "shown as the last of the page before")
    walk.last_is_gone = True
    walk.to_the_end()


def test_other_copy(tasks, rng):
    """a cursor works again, also in another copy of the service"""
    walk = Walk(tasks, fill(tasks, rng, 13), rng.randint(3, 4))
    walk.step()
    other = tasks.start()
    walk.twice("the same cursor leads to the same page, however often it is sent")
    walk.api = other
    walk.happened = "this cursor was given by another copy of the service"
    walk.step("the copy that gave it keeps something which the cursor does not hold")
    walk.to_the_end()


def test_damaged(tasks, rng):
    """a damaged cursor answers 400"""
    rows = fill(tasks, rng, 13)
    walk = Walk(tasks, rows, 4)
    walk.step()
    cursor = walk.cursor
    walk.step()
    for bad in (*NO_CURSORS, *damaged(cursor)):
        reply = tasks.get("/tasks", params={"limit": 4, "cursor": bad})
        demand_400(reply, lambda found: misread(found, rows[:4]))


class Walk:
    """A client that goes from page to page and knows what each must hold."""

    def __init__(self, api, rows, limit):
        self.api = api
        self.limit = limit
        self.cursor = None
        self.happened = ""
        self.last_is_gone = False
        self.rows = rows
        self.seen = []

    def step(self, means=""):
        """Take the next page; MEANS tells what a wrong one means."""
        wanted = self.rows[len(self.seen) :][: self.limit]
        follows = len(self.seen) + len(wanted) < len(self.rows)
        more = {} if self.cursor is None else {"cursor": self.cursor}
        reply = self.api.get("/tasks", params={"limit": self.limit, **more})
        refused = LOOKED_UP if self.last_is_gone and reply.code in (400, 404) else means if reply.code == 400 else ""
        demand(reply, wanted, follows, lambda found: means or self._why(found, wanted), self.happened, refused)
        self.seen += wanted
        self.cursor = shape_of(reply)["next"]
        self.happened, self.last_is_gone = "", False
        return wanted

    def delete(self, row, place):
        """Delete ROW, which is at PLACE in the words of a message."""
        write(self.api, ("DELETE FROM tasks WHERE id = ?", [[row["id"]]]))
        self.rows = [each for each in self.rows if each in self.seen or each != row]
        self.happened = f"task {row['id']}, {place}, was deleted"

    def twice(self, means):
        """Take the next page, and once more; MEANS tells what it means that the second differs."""
        cursor, seen = self.cursor, list(self.seen)
        self.step()
        self.cursor, self.seen = cursor, seen
        self.step(means)

    def to_the_end(self):
        """Take all pages that are left."""
        while self.cursor is not None or not self.seen:
            self.step()

    def _why(self, found, wanted):
        """What a page means that is wrong, where it tells."""
        if found is None or not wanted or not self.seen:
            return ""
        last = self.seen[-1]
        if not found and self.last_is_gone:
            return LOOKED_UP
        if found and found == self.rows[: len(found)]:
            return "this is the first page again"
        if found and found[0] in self.seen:
            return COUNTED if self.happened else "the page begins with tasks that were shown already"
        missed = next((row for row in wanted if row not in found), None)
        if missed is None:
            return ""
        if self.happened:
            return COUNTED if found and missed == wanted[0] and found[0] in self.rows else ""
        if missed["due"] == last["due"]:
            return f"task {missed['id']} is due on the same day as task {last['id']}, which ended the page before"
        smaller = ", and its id is smaller" if missed["id"] < last["id"] else ""
        return f"task {missed['id']} is left out; it is due later than task {last['id']}{smaller}"


def fill(api, rng, count):
    """COUNT new tasks in place of all that were there; returned in the order of the list.

    One is first, seven are due on the day after it, more than a page holds; the task with the smallest id follows.
    """
    days = [f"2026-{rng.randint(1, 9):02}-{day:02}" for day in sorted(rng.sample(range(1, 29), 6))]
    days.sort()
    dues = [days[0], *[days[1]] * 7, days[2], *(rng.choice(days[2:]) for _ in range(count))][:count]
    smallest, *ids = sorted(rng.sample(range(1, 1000), max(count, 1)))
    rng.shuffle(ids)
    ids.insert(8, smallest)
    rows = [{"id": one, "title": f"{rng.choice(WORDS)} {one}", "due": due} for one, due in zip(ids, dues, strict=False)]
    rng.shuffle(rows)
    write(api, ("DELETE FROM tasks", [[]]), ("INSERT INTO tasks VALUES (:id, :title, :due)", rows))
    return sorted(rows, key=lambda row: (row["due"], row["id"]))


def write(api, *steps):
    """Run STEPS on the file in one transaction, as another program would: each a statement and the values it gets."""
    try:
        with closing(sqlite3.connect(api.extra["DATABASE_PATH"], timeout=1)) as database, database:
            for statement, values in steps:
                database.executemany(statement, values)
    except sqlite3.Error as error:
        not_yet(
            expected="a table that others can write to between two requests",
            got=f"SQLite says: {error}",
            means="the service holds a statement or a transaction open" if "locked" in str(error) else "",
        )


def demand(reply, wanted, follows, why=lambda found: "", happened="", refused=""):
    """Demand a page with the tasks WANTED, and a next if something FOLLOWS."""
    reply.status(200, means=refused)
    found = shape(reply)
    if not same([each.get("id") for each in found], [each["id"] for each in wanted]):
        expected = shown(wanted) + (f" ({happened})" if happened else "")
        more = f"the page holds {len(found)} tasks, not {len(wanted)}" if found[: len(wanted)] == wanted else ""
        raise reply.not_yet(expected, shown(found), why(sound(found)) or more or order_of(found))
    for one, other in zip(found, wanted, strict=True):
        if not same(one, other):
            both = [json.dumps(each, ensure_ascii=False)[:300] for each in (other, one)]
            raise reply.not_yet(both[0], both[1], "")
    after = shape_of(reply)["next"]
    if follows and after is None:
        raise reply.not_yet("a text as next", "next: null", "tasks follow, and the client cannot get at them")
    if not follows and after is not None:
        got = f"next: {json.dumps(after)[:200]}"
        raise reply.not_yet("next: null", got, "what follows is empty; one row more than the page needs tells")


def sound(rows):
    """ROWS, if each has an id and a due that can be compared; else nothing."""
    return rows if all(isinstance(row.get("due"), str) and type(row.get("id")) is int for row in rows) else None


def shape_of(reply):
    """The body; demands an object of tasks and next."""
    body = reply.json()
    wanted = '{"tasks": [...], "next": text or null}'
    if not isinstance(body, dict) or body.keys() != {"tasks", "next"}:
        held = f"an object of {', '.join(sorted(body)) or 'nothing'}" if isinstance(body, dict) else reply.shown()
        raise reply.not_yet(wanted, held, "")
    if not isinstance(body["tasks"], list) or not all(isinstance(each, dict) for each in body["tasks"]):
        raise reply.not_yet("an array of objects as tasks", f"tasks: {json.dumps(body['tasks'])[:200]}", "")
    if body["next"] is not None and (not isinstance(body["next"], str) or not body["next"]):
        raise reply.not_yet("a text or null as next", f"next: {json.dumps(body['next'])[:200]}", "")
    return body


def shape(reply):
    """The tasks of a page."""
    return shape_of(reply)["tasks"]


def shown(rows):
    """Tasks for a message, those of one day together: `2026-03-04: 7, 12; 2026-03-05: 3`."""
    days = []
    for row in rows[:25]:
        due, number = str(row.get("due"))[:20], json.dumps(row.get("id"))[:20]
        if not days or days[-1][0] != due:
            days.append((due, []))
        days[-1][1].append(number)
    text = "; ".join(f"{due}: {', '.join(numbers)}" for due, numbers in days)
    more = f" and {len(rows) - 25} more" if len(rows) > 25 else ""
    return f"tasks {text}{more}" if rows else "no tasks"


def order_of(found):
    """What is wrong with the order of a page, where it tells."""
    keys = [(each.get("due"), each.get("id")) for each in found]
    if not all(isinstance(due, str) and type(number) is int for due, number in keys) or keys == sorted(keys):
        return ""
    days = [due for due, _ in keys]
    return "tasks of the same due go by id" if days == sorted(days) else "the list goes by due first, then by id"


def demand_400(reply, why):
    """Demand 400; WHY tells by the tasks of a page what the request was taken for."""
    if reply.code == 200:
        found = shape(reply)
        raise reply.not_yet("status 400", f"status 200, {shown(found)}", why(found))
    reply.status(400, means=BROKE if reply.code >= 500 else "")


def taken(found, limit):
    """What a limit that is none was taken for."""
    return f"{limit} was passed over, as if limit were missing" if len(found) == 20 else ""


def misread(found, first):
    """What a damaged cursor was taken for."""
    if not found:
        return "the walk ends here, and the client takes it for the whole list"
    if same(found, first):
        return "the walk begins anew, and the client cannot tell"
    return "it was taken for a place in the list"


def damaged(cursor):
    """What may become of CURSOR: cut, lengthened, and, where one can look inside, with other values."""
    yield cursor[: len(cursor) // 2]
    yield f"x{cursor}"
    for decode, encode in CODES:
        try:
            text = decode(cursor)
            if encode(text) != cursor:
                continue
        except ValueError:
            continue
        yield from (encode(each) for each in damaged_text(text))
        return


def damaged_text(text):
    """What may become of the text inside a cursor."""
    yield text[: len(text) // 2]
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        yield "".join("x" if each.isdigit() else each for each in text)
        return
    yield from ("[]", "{}", "null")
    if isinstance(value, dict | list):
        keys = list(value) if isinstance(value, dict) else range(len(value))
        for key in keys:
            kept = value[key]
            for other in (None, [], {}, 7 if DATE.fullmatch(str(kept)) else "x"):
                value[key] = other
                yield json.dumps(value)
            value[key] = kept


def from_base64(text):
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)).decode()


def as_it_is(text):
    if not DATE.search(text):
        raise ValueError
    return text


CODES = (  # how a text may be hidden in a cursor: back, and there
    (from_base64, lambda text: base64.urlsafe_b64encode(text.encode()).decode()),
    (from_base64, lambda text: base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")),
    (lambda text: base64.b64decode(text).decode(), lambda text: base64.b64encode(text.encode()).decode()),
    (lambda text: bytes.fromhex(text).decode(), lambda text: text.encode().hex()),
    (as_it_is, str),
)
