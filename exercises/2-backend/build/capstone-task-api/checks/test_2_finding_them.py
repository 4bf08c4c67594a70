"""Stage 2: filters, pages, and what is due by the time in NOW."""

import datetime

from conftest import next_of, refused

FORM = "%Y-%m-%dT%H:%M:%SZ"


def test_pages(board, rng):
    """limit and after lead through all tasks, each of them once"""
    project = f"pages {rng.randrange(1000)}"
    made = []
    for number in range(6):
        made.append(board.add(f"page {number}", project=project))
        if number % 2:
            board.add("between", project="other")
    for limit, sizes in ((3, [3, 3]), (4, [4, 2]), (6, [6]), (100, [6])):
        after, rest = None, list(made)
        for size in sizes:
            params = {"project": project, "limit": limit, **({} if after is None else {"after": after})}
            reply = board.expect(rest[:size], **params)
            rest = rest[size:]
            after = next_of(reply)
            if (after is None) != (not rest):
                wanted = "a number as `next`, since more tasks follow" if rest else "`next` null: no task follows"
                means = "" if rest or size < limit else "the last page is full, and still the last"
                raise reply.not_yet(wanted, f'"next": {"null" if after is None else after}', means)


def test_filters(board, rng):
    """filters hold together, and pages are cut from what they leave"""
    home, work = f"home {rng.randrange(1000)}", f"home {rng.randrange(1000, 2000)} b"
    due = "2070-01-01T00:00:00Z"
    first = [board.add("tidy", project=home, due=due) for _ in range(3)]
    done = [board.add("tidy", project=home, done=True) for _ in range(3)]
    other = board.add("tidy", project=work, done=True)
    board.expect([*first, *done], project=home)
    board.expect([other], project=work)
    board.expect(done, project=home, done="true")
    board.expect(first, project=home, done="false")
    board.expect(done, project=home, due="none")
    board.expect([], project=home, due="none", done="false")
    reply = board.expect(
        done[:2],
        lambda found: "the page was cut first and filtered after that" if len(found) < 2 else "",
        project=home,
        done="true",
        limit=2,
    )
    board.expect(done[2:], project=home, done="true", limit=2, after=next_of(reply) or 0)
    board.expect([], "a text of a parameter became part of the statement", project="x' OR '1'='1")


def test_searches(board, rng):
    """q finds a text in titles as it stands"""
    project = f"search {rng.randrange(1000)}"
    titles = ["Pay 100% of it", "pay 1000 euros", "mend snake_case", "mend snakeXcase", "call O'Brien", "path C:\\tmp"]
    made = [board.add(title, project=project) for title in titles]
    wanted = {
        "PAY": [0, 1],
        "end": [2, 3],
        "100%": [0],
        "e_c": [2],
        "o'b": [4],
        ":\\T": [5],
        "%": [0],
        "'; DROP TABLE tasks; --": [],
    }
    for text, numbers in wanted.items():
        right = [made[number] for number in numbers]

        def means(found, text=text, right=right):
            sign = next((each for each in "%_" if each in text), "")
            more = sign and len(found) > len(right)
            return f"{sign} stands for anything in LIKE, unless it is escaped" if more else ""

        board.expect(right, means, project=project, q=text)
    board.expect(made, project=project)


def test_overdue(board, rng):
    """due=overdue goes by NOW, and leaves out what is done"""
    project = f"overdue {rng.randrange(1000)}"
    now = datetime.datetime.strptime(board.now, FORM)
    second = datetime.timedelta(seconds=1)
    times = [now - second, now, now + second, datetime.datetime(2001, 1, 1)]
    before, at, _, long_ago = [board.add("due", project=project, due=each.strftime(FORM)) for each in times]
    done = board.add("due", project=project, due=times[0].strftime(FORM), done=True)
    board.add("due", project=project)
    wanted = [before, long_ago]

    def means(found):
        if found == [long_ago["id"]]:
            return f"the clock was asked; now is {board.now}, as NOW says"
        if at["id"] in found:
            return f"what is due at {board.now}, which is now, is not overdue yet"
        return "what is done is not overdue" if done["id"] in found else ""

    board.expect(wanted, means, project=project, due="overdue")
    board.expect([], project=project, due="overdue", done="true")


def test_today(board, rng):
    """due=today is the day of NOW in UTC"""
    project = f"today {rng.randrange(1000)}"
    day = datetime.datetime.strptime(board.now, FORM).replace(hour=0, minute=0, second=0)
    second, whole = datetime.timedelta(seconds=1), datetime.timedelta(days=1)
    times = [day - second, day, day + whole - second, day + whole]
    _, first, last, _ = [board.add("due", project=project, due=each.strftime(FORM)) for each in times]
    done = board.add("due", project=project, due=times[1].strftime(FORM), done=True)

    def means(found):
        return f"now is {board.now}, as NOW says" if not found else ""

    board.expect([first, last, done], means, project=project, due="today")


def test_refuses_parameters(board, rng):
    """a wrong parameter gets 400 with its name"""
    wrong = [
        ("limit", "0"),
        ("limit", "101"),
        ("limit", "ten"),
        ("limit", "2.5"),
        ("limit", ""),
        ("after", "-1"),
        ("after", "x"),
        ("done", "yes"),
        ("done", "overdue"),
        ("done", "today"),
        ("done", "none"),
        ("due", "soon"),
        ("due", "true"),
        (f"page{rng.randrange(100)}", "2"),
    ]
    for name, value in wrong:
        refused(board.api.get("/tasks", params={name: value}), 400, field=name)
