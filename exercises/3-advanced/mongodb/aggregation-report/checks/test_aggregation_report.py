"""The report is compared with one made here; how it came about is read from MongoDB's profiler."""

from collections import Counter
from datetime import datetime, timedelta

import pytest

from runner.kit import not_yet
from runner.kit.mongodb import documents

CATEGORIES = ("tea", "gifts", "coffee", "books", "Über uns", "10 % off")
TOLERANCE = 1.1
MILLISECOND = timedelta(milliseconds=1)
ZONE = "Asia/Kathmandu"
FIELDS = {"month", "category", "revenue"}
LOOK = {"python": "learn with mongodb python try_it.py", "javascript": "learn with mongodb node try_it.mjs"}


@pytest.fixture
def year(rng):
    return rng.randint(2015, 2030)


def test_adds_up(learner, mongo, rng, year):
    """each row holds what the paid sales of its month and category add up to"""
    for count in (rng.randint(3, 5), rng.randint(150, 250)):
        compare(learner, mongo, year, some_sales(rng, year, count))


def test_no_category(learner, mongo, rng, year):
    """a sale without a category counts as "none\""""
    for name, change in {"categories: []": [], "categories: null": None, "no field categories": ...}.items():
        more = {**sale(rng, random_moment(rng, year)), "status": "paid", "categories": change}
        if change is ...:
            del more["categories"]
        compare(learner, mongo, year, [*some_sales(rng, year, 6), more], f"one of the sales has {name}")


def test_whole_year(learner, mongo, rng, year):
    """the year begins and ends with its first and last millisecond"""
    learner.restart(ZONE)  # where midnight is never that of UTC
    for name, moment in edges(year).items():
        only = {**sale(rng, moment), "status": "paid", "categories": ["tea"]}
        data = f"one sale, {name}: {moment.isoformat(timespec='milliseconds')}Z"
        compare(learner, mongo, year, [only], data, why_edge(moment, year))


def test_empty(learner, mongo, rng, year):
    """a year without sales gives an empty list"""
    compare(learner, mongo, year, [], "no sales")
    others = [sale(rng, random_moment(rng, year + rng.choice([-1, 1]))) for _ in range(9)]
    compare(learner, mongo, year, others, "sales of other years alone")


def test_one_aggregate(learner, mongo, rng, year):
    """one aggregate does it, and sends no more than the rows"""
    rows, operations = watched(learner, mongo, rng, year)
    look = f"{LOOK[learner.language]}   (what the profiler says)"
    sent = sum(seen.returned for seen in operations)
    commands = Counter(seen.name for seen in operations if seen.name != "getmore")
    told = ", ".join(f"{count} x {name}" for name, count in commands.items())
    if sent > len(rows):
        expected, got = f"at most {len(rows)} documents sent, one a row", f"{sent} documents sent, by {told}"
        not_yet(expected=expected, got=got, means="the rest of the work is done in your program", look=look)
    if commands != {"aggregate": 1}:
        means = "each is a way to the server and back" if commands.total() > 1 else ""
        not_yet(expected="one aggregate of sales, and nothing else", got=told, means=means, look=look)


def test_reads_the_year(learner, mongo, rng, year):
    """MongoDB reads that year's sales alone"""
    _, operations = watched(learner, mongo, rng, year)
    read = sum(seen.docs_examined for seen in operations)
    here = mongo.collection("sales").count_documents({"at": in_year(year)})
    if read > TOLERANCE * here:
        means = why_read(operations[0])
        got = f"{read} read (docsExamined), by {operations[0].plan}"
        look = f"{LOOK[learner.language]}   (what the profiler says)"
        not_yet(expected=f"{here} sales read, those of {year}", got=got, means=means, look=look)


def watched(learner, mongo, rng, year):
    """The rows of a report on several years, and what the server did for it."""
    years = [year - 2, year - 1, year, year, year + 1, year + 2]
    fill(mongo, [sale(rng, random_moment(rng, rng.choice(years))) for _ in range(600)])
    mongo.profile()
    rows = documents(learner.call("report:revenue", mongo.handle(), year))
    operations = [seen for seen in mongo.profile() if seen.collection == "sales"]
    if not operations:
        not_yet(expected="an aggregate of sales", got="the server's profiler saw none")
    return rows, operations


def some_sales(rng, year, count):
    """COUNT sales of a year and some of the years next to it."""
    others = [random_moment(rng, year + rng.choice([-1, 1])) for _ in range(count // 3)]
    return [sale(rng, moment) for moment in (*(random_moment(rng, year) for _ in range(count)), *others)]


def sale(rng, moment):
    status = rng.choice(["paid", "paid", "paid", "open", "cancelled"])
    categories = rng.sample(CATEGORIES, rng.choice([1, 1, 2, 3]))
    return {"at": moment, "status": status, "amount": rng.randint(1, 5000), "categories": categories}


def random_moment(rng, year):
    return datetime(year, rng.randint(1, 12), rng.randint(1, 28), rng.randrange(24), rng.randrange(60))


def edges(year):
    """The moments at both ends of a year, by what they are."""
    return {
        "in the last millisecond before the year": datetime(year, 1, 1) - MILLISECOND,
        "in the first millisecond of the year": datetime(year, 1, 1),
        "in the evening of the last day": datetime(year, 12, 31, 20, 15),
        "in the last millisecond of the year": datetime(year + 1, 1, 1) - MILLISECOND,
        "in the first millisecond after the year": datetime(year + 1, 1, 1),
    }


def why_edge(moment, year):
    """What it means that a sale of this moment is on the wrong side."""
    if moment.year < year:
        return f"is your year one in UTC? here it is tried on a machine in {ZONE}, where it begins 5:45 hours earlier"
    if moment.year > year:
        return "the first moment of the next year belongs to that year"
    return (
        "the year goes on until the first moment of the next one" if moment.month == 12 and moment.year == year else ""
    )


def in_year(year):
    return {"$gte": datetime(year, 1, 1), "$lt": datetime(year + 1, 1, 1)}


def fill(mongo, sales):
    mongo.fill("sales", sales).create_index("at")


def reference(sales, year):
    """The rows that SALES make, in the order asked for."""
    sums = Counter()
    for each in sales:
        if each["status"] == "paid" and each["at"].year == year:
            for category in each.get("categories") or ["none"]:
                sums[each["at"].month, category] += each["amount"]
    # MongoDB compares texts byte by byte, as UTF-8.
    keys = sorted(sums, key=lambda key: (key[0], key[1].encode()))
    return [{"month": month, "category": category, "revenue": sums[month, category]} for month, category in keys]


def compare(learner, mongo, year, sales, data="", means=""):
    """Demand the report of SALES; DATA says what is special about them, MEANS what a wrong report means."""
    fill(mongo, sales)
    rows = documents(learner.call("report:revenue", mongo.handle(), year))
    wanted = reference(sales, year)
    if rows == wanted:
        return
    call = learner.shown("report:revenue", [mongo.handle(), year]) + (f"   ({data})" if data else "")
    for row in rows:
        if set(row) != FIELDS:
            means = "the key of a $group stays in _id until a stage takes it away" if "_id" in row else ""
            not_yet(call=call, expected="documents of month, category and revenue", got=f"{row}"[:200], means=means)
    if same(rows, wanted):
        not_yet(call=call, expected=f"in this order: {shown(wanted)}", got=shown(rows))
    extra = [row for row in rows if row not in wanted]
    missing = [row for row in wanted if row not in rows]
    expected, got = row_of(missing, extra, "no more rows"), row_of(extra, missing, "no such row")
    not_yet(call=call, expected=expected, got=got, means=means or why(sales, year, rows, missing))


def row_of(some, others, nothing):
    """The first of SOME rows, or what stands in its place beside the first of OTHERS."""
    if not some:
        return nothing
    same = next(
        (
            each
            for one in others[:1]
            for each in some
            if (each["month"], each["category"]) == (one["month"], one["category"])
        ),
        some[0],
    )
    return text(same)


def text(row):
    return f"month {row['month']}, {row['category']}: {row['revenue']}"[:120]


def shown(rows):
    return "; ".join(text(row) for row in rows[:5]) + (f"; … {len(rows)} rows" if len(rows) > 5 else "")


def why(sales, year, rows, missing):
    """What a wrong report was made of, where another reading of the sales gives the very same rows."""
    readings = {
        "sales that are not paid are counted": [{**each, "status": "paid"} for each in sales],
        "sales of other years are counted": [{**each, "at": each["at"].replace(year=year)} for each in sales],
        "of several categories one is counted": [
            {**each, "categories": (each.get("categories") or [])[:1]} for each in sales
        ],
        "sales are counted, their amounts are not added": [{**each, "amount": 1} for each in sales],
    }
    for means, reading in readings.items():
        if same(rows, reference(reading, year)):
            return means
    if same(rows, reference([each for each in sales if each.get("categories")], year)):
        return "the sale without a category is dropped on the way: by a loop or an $unwind that finds nothing in it"
    if any(row["category"] == "none" for row in missing) and any(row["category"] is None for row in rows):
        return "the sale is kept, and its category is missing: give it a name"
    return ""


def same(rows, others):
    """Whether these are the same rows, in whatever order."""
    return sorted(map(text, rows)) == sorted(map(text, others))


def why_read(seen):
    """Why more than a year was read, where it tells."""
    if "COLLSCAN" in seen.plan:
        return "the index on at serves a range of at; a value that is computed, such as $year, is no range"
    return ""
