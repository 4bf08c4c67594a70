"""Rows go in through the learner's connection, and through one of the check's own, as of another program."""

import itertools
import sqlite3
from contextlib import closing

from runner.kit.learner import Foreign
from runner.kit.outcomes import NotYet
from runner.kit.table import literal, shown

COLUMNS = {
    "books": ("id", "isbn", "title", "copies"),
    "members": ("id", "email"),
    "loans": ("id", "book_id", "member_id", "lent_on", "returned_on"),
}
MOST_STEPS = 2_000
"""Thousands of steps of SQLite that one statement of the check's may take, triggers of the learner's included."""

WHOLE = "copies is an integer from 0"


KINDS = {"python": "a connection of sqlite3", "javascript": "a DatabaseSync of node:sqlite"}
FREE_LOCK = 0.05
"""Seconds in which a lock that nobody holds is got."""

NEW = 'connect("…/new.db"), a file that was not there'


def test_connects_again(learner, sql, rng):
    """connecting makes the tables, and connecting again keeps the rows"""
    library = sql.absent()
    connection = _connect(learner, library, probe=False)  # a statement could end a transaction that was left open
    if not library.path.exists():
        raise NotYet(call=NEW, expected="a database in the file new.db", got="no such file was made there")
    if not _is_free(library):
        means = "your connection is in a transaction that was begun and not ended: COMMIT is missing"
        raise NotYet(call=NEW, expected="other programs can write to it", got="database is locked", means=means)
    found = {name: [row[1] for row in _other(library, f"PRAGMA table_info({name})")] for name in COLUMNS}
    for name, columns in COLUMNS.items():
        lacking = [each for each in columns if each not in map(str.lower, found[name])]
        if lacking:
            raise NotYet(
                call=NEW,
                expected=f"the table {name} with {', '.join(columns)}",
                got=f"no {', '.join(lacking)} in it" if found[name] else "no such table",
            )
    _takes_sql(learner, connection)
    rows = _rows(rng)
    for table in COLUMNS:
        _stores(learner, connection, table, rows[table][0])
    again = 'connect("…/same.db") when the tables are there'
    try:
        _connect(learner, library)
    except NotYet as error:
        means = "the tables were made the first time, and the statement that makes them ran again"
        refused = NotYet(
            call=again,
            expected="a connection",
            got=dict(error.rows).get("got"),
            means=means if "already exists" in str(error) else None,
        )
        raise refused from None
    for table in COLUMNS:
        if not _other(library, f"SELECT 1 FROM {table}"):
            means = "connecting a second time threw the table away and made it anew"
            raise NotYet(call=again, expected=f"{table}: {literal(rows[table][0])}", got="no rows", means=means)


def test_stores_good_rows(learner, sql, rng):
    """good rows are stored as they come"""
    library = sql.absent()
    connection = _connect(learner, library)
    rows = _rows(rng)
    for table in COLUMNS:
        for at, row in enumerate(rows[table]):
            data = f"{table}: {shown(rows[table][:at])}" if at and table == "loans" else None
            _stores(learner, connection, table, row, _good(table, row, rows), data)
        stored = _other(library, f"SELECT {', '.join(COLUMNS[table])} FROM {table} ORDER BY id")
        if [_typed(row) for row in stored] != [_typed(row) for row in rows[table]]:
            raise _changed(table, rows[table], stored)


def test_refuses_bad_rows(learner, sql, rng):
    """the database refuses every bad row, whoever inserts it"""
    library, rows, connection = _filled(learner, sql, rng)
    for table, column, value, rule in _bad(rows):
        row = _changed_row(table, rows, column, value)
        statement, data = _insert(table, row), _context(table, rows, column, value)
        if not _refused(learner, connection, statement):
            got, means = "it was stored", _why_stored(library, table, rows, column, value)
            if not _has(library, table, row):
                got, means = "no error, and the row is not there", "who sent it takes it for stored"
            raise NotYet(call=statement, data=data, expected=f"an error: {rule}", got=got, means=means)
        if not _refused_by_all(library, statement):
            raise NotYet(
                call=statement,
                data=data,
                expected=f"an error: {rule}",
                got="it was stored when another program inserted it",
                means="your connection refuses it, and the tables in the file do not",
            )


def test_ties_loans(learner, sql, rng):
    """a loan needs a book and a member that exist"""
    library, rows, first = _filled(learner, sql, rng)
    for connection in (first, _connect(learner, library)):
        for column, table in (("book_id", "books"), ("member_id", "members")):
            absent = max(row[0] for row in rows[table]) + rng.randrange(1, 50)
            statement = _insert("loans", _changed_row("loans", rows, column, absent))
            if not _refused(learner, connection, statement):
                raise NotYet(
                    call=statement,
                    data=f"{table}: {shown(rows[table])}",
                    expected=f"an error: there is no row {absent} in {table}",
                    got="it was stored" if connection is first else "it was stored through the next connection",
                    means=_why_untied(library, statement, column),
                )


def test_observes_deletes(learner, sql, rng):
    """a book with loans stays; a member's loans go with the member"""
    library, rows, connection = _filled(learner, sql, rng)
    loans = rows["loans"]
    book, lonely = loans[0][1], rows["books"][-1][0]
    statement = f"DELETE FROM books WHERE id = {book}"
    if not _refused(learner, connection, statement):
        left = _other(library, "SELECT id FROM loans WHERE book_id = ?", book)
        raise NotYet(
            call=statement,
            data=f"loans: {shown(loans)}",
            expected="an error: this book has loans",
            got=f"it was deleted, and its loans {'are still there' if left else 'with it'}",
            means=None if left else "the loans are the library's memory; deleting a book wiped them out",
        )
    _deletes(learner, connection, f"DELETE FROM books WHERE id = {lonely}", "deleted: this book has no loans")
    member = loans[0][2]
    statement = f"DELETE FROM members WHERE id = {member}"
    _deletes(learner, connection, statement, "deleted, and the member's loans with it", "loans", loans)
    names = ", ".join(COLUMNS["loans"])
    kept = [row for row in loans if row[2] != member]
    left = _other(library, f"SELECT {names} FROM loans ORDER BY id")
    if left != kept or _other(library, "SELECT 1 FROM members WHERE id = ?", member):
        raise NotYet(call=statement, data=f"loans: {shown(loans)}", expected=f"left: {shown(kept)}", got=shown(left))


def _rows(rng):
    """Good rows: each table's own limits, and all that may stand beside each other."""
    first = rng.randrange(10, 400)
    isbns = [f"0{rng.randrange(10**8, 10**9)}" for _ in range(4)]
    titles = rng.sample(["Dune", "Emma", "Ulysses", "Beloved", "Persuasion", "Kim"], 3)
    books = [
        (first, isbns[0], titles[0], rng.randrange(2, 9)),
        (first + 1, isbns[1], titles[1], 0),
        (first + 2, isbns[2], "V", rng.randrange(2, 9)),
        (first + 3, isbns[3], titles[2], rng.randrange(2, 9)),
    ]
    ada, ben = first + 10, first + 11
    members = [(ada, f"ada{first}@example.org"), (ben, f"ben{first}@example.org")]
    days = [f"2026-{month:02}-{rng.randrange(10, 28)}" for month in sorted(rng.sample(range(1, 13), 4))]
    loans = [
        (first + 20, first, ada, days[0], days[1]),
        (first + 21, first, ada, days[2], None),
        (first + 22, first, ben, days[2], None),
        (first + 23, first + 2, ada, days[3], days[3]),
    ]
    return {"books": books, "members": members, "loans": loans}


def _bad(rows):
    """Table, column, value and rule of each bad row: a good one with this column changed."""
    book, member = rows["books"][-1], rows["members"][0]
    day = rows["loans"][3][4]
    before = f"{int(day[:4]) - 1}{day[4:]}"
    return [
        ("books", "id", book[0], "two books have this id"),
        ("books", "isbn", None, "isbn needs a value"),
        ("books", "isbn", book[1], "two books have this isbn"),
        ("books", "title", None, "title needs a value"),
        ("books", "title", "", "a title is not empty"),
        ("books", "copies", -1, WHOLE),
        ("books", "copies", None, "copies needs a value"),
        ("books", "copies", "many", WHOLE),
        ("books", "copies", 2.5, WHOLE),
        ("members", "email", None, "email needs a value"),
        ("members", "email", member[1], "two members have this email"),
        ("members", "id", member[0], "two members have this id"),
        ("loans", "id", rows["loans"][0][0], "two loans have this id"),
        ("loans", "book_id", None, "book_id needs a value"),
        ("loans", "member_id", None, "member_id needs a value"),
        ("loans", "lent_on", None, "lent_on needs a value"),
        ("loans", "returned_on", before, "it was returned before it was lent"),
        ("loans", "book_id", rows["loans"][1][1], "this member has this book out already"),
    ]


def _changed_row(table, rows, column, value):
    """A further good row for TABLE whose COLUMN is VALUE."""
    number = rows[table][-1][0] + 1
    good = {
        "books": (number, f"1{rows['books'][0][1][1:]}", "Silas Marner", 3),
        "members": (number, f"cleo{number}@example.org"),
        "loans": (number, rows["books"][2][0], rows["members"][0][0], rows["loans"][3][4], None),
    }[table]
    return tuple(value if name == column else each for name, each in zip(COLUMNS[table], good, strict=True))


def _context(table, rows, column, value):
    """The rows that a message shows: those that the bad one stands beside, where that is what makes it bad."""
    beside = value is not None and column in ("id", "isbn", "email", "book_id")
    return f"{table}: {shown(rows[table])}" if beside else None


def _filled(learner, sql, rng):
    """A new library with good rows, the rows, and the connection that made it."""
    library, rows = sql.absent(), _rows(rng)
    connection = _connect(learner, library)
    for table in COLUMNS:
        for row in rows[table]:
            _stores(learner, connection, table, row)
    return library, rows, connection


def _connect(learner, library, probe=True):
    """What the learner's `connect` returns; with PROBE, once it is sure that it takes SQL."""
    connection = learner.call("library:connect", str(library.path))
    if not isinstance(connection, Foreign) or repr(connection) == "undefined":
        got = " ".join(learner.literal(connection).split())
        raise NotYet(call=NEW, expected=KINDS[learner.language], got=got)
    if probe:
        _takes_sql(learner, connection)
    return connection


def _takes_sql(learner, connection):
    try:
        learner.execute(connection, "SELECT 1")
    except NotYet as error:
        expected = f"{KINDS[learner.language]} that is open"
        raise NotYet(call=NEW, expected=expected, got=dict(error.rows).get("got")) from None


def _is_free(library):
    """Whether other programs can write: no transaction of the learner's holds the lock."""
    try:
        with closing(sqlite3.connect(library.path, timeout=FREE_LOCK)) as connection:
            connection.execute("BEGIN IMMEDIATE")
    except sqlite3.OperationalError as error:
        return "locked" not in str(error)
    except sqlite3.Error:
        return True  # that it is no database is told by who reads it
    return True


def _stores(learner, connection, table, row, why="", data=None):
    """Insert a good row through the learner's connection."""
    statement = _insert(table, row)
    try:
        learner.execute(connection, statement)
    except NotYet as error:
        told = dict(error.rows).get("got") or ""
        means = _why_refused(why, told)
        raise NotYet(call=statement, data=data, expected="the row is stored", got=told, means=means) from None


def _deletes(learner, connection, statement, expected, table="", rows=()):
    try:
        learner.execute(connection, statement)
    except NotYet as error:
        told = dict(error.rows).get("got") or ""
        data = f"{table}: {shown(rows)}" if rows else None
        means = None
        if rows and "FOREIGN KEY" in told:
            means = "the loans hold the member: without a rule, what others refer to cannot be deleted"
        elif rows and "NOT NULL" in told:
            means = "SET NULL empties loans.member_id, which needs a value; the loans are to go instead"
        raise NotYet(call=statement, data=data, expected=expected, got=told, means=means) from None


def _refused(learner, connection, statement):
    """Whether the learner's connection refuses STATEMENT; if not, it is done."""
    try:
        learner.refused(connection, statement)
    except NotYet:
        return False
    return True


def _refused_by_all(library, statement):
    """Whether the database refuses STATEMENT on a connection of another program; nothing is kept of it."""
    try:
        _run(library, statement, keep=False)
    except sqlite3.IntegrityError:
        return True
    return False


def _other(library, statement, *parameters):
    """The rows of STATEMENT, which a connection of another program runs."""
    try:
        return _run(library, statement, *parameters)
    except sqlite3.IntegrityError as error:
        raise NotYet(call=statement, expected="no error", got=f"IntegrityError: {error}") from None


def _run(library, statement, *parameters, keep=True):
    """The rows of STATEMENT on a connection of the check's own, which enforces foreign keys.

    Raises:
        sqlite3.IntegrityError: a rule of the database refuses it.
    """
    steps = itertools.count()
    try:
        with closing(sqlite3.connect(library.path, timeout=1)) as connection:
            connection.set_progress_handler(lambda: next(steps) > MOST_STEPS, 1000)
            connection.execute("PRAGMA foreign_keys = ON")
            rows = connection.execute(statement, parameters).fetchall()
            if keep:
                connection.commit()
            return rows
    except sqlite3.IntegrityError:
        raise
    except (sqlite3.Error, sqlite3.Warning) as error:
        means = None
        if "locked" in str(error):
            means = "your connection is in a transaction that was begun and not ended: COMMIT is missing"
        raise NotYet(
            call=statement,
            expected="a database that other programs can use",
            got=f"{type(error).__name__}: {error}",
            means=means,
        ) from None


def _has(library, table, row):
    """Whether ROW is in TABLE."""
    wanted = " AND ".join(f"{name} IS ?" for name in COLUMNS[table])
    return bool(_other(library, f"SELECT 1 FROM {table} WHERE {wanted}", *row))


def _insert(table, row):
    names = ", ".join(COLUMNS[table])
    return f"INSERT INTO {table} ({names}) VALUES {literal(row)}"


def _typed(row):
    """ROW so that equal means the same values of the same types: '080' is not 80."""
    return [(type(each).__name__, each) for each in row]


def _changed(table, rows, stored):
    """The message for rows that are not what was inserted."""
    for row, got in itertools.zip_longest(rows, stored):
        if row is None or got is None or _typed(row) != _typed(got):
            pairs = list(zip(row or (), got or (), strict=False))
            means = None
            if any(isinstance(text, str) and isinstance(number, int | float) for text, number in pairs):
                means = "the column's type made a number of the text, and zeros in front are gone"
            return NotYet(
                call=_insert(table, row) if row else f"SELECT * FROM {table}",
                expected=f"{table}: {literal(row)}" if row else "no more rows",
                got=literal(got) if got else "no such row",
                means=means,
            )
    return NotYet(call=f"SELECT * FROM {table}", expected=shown(rows), got=shown(stored))


def _good(table, row, rows):
    """What a good row shows, for the case that it is refused."""
    if table == "books" and row[3] == 0:
        return "0 is a number of copies that a library can have"
    if table != "loans":
        return ""
    at = rows["loans"].index(row)
    return [
        "",
        "the member brought the book back before, and takes it again: only a loan that is out counts",
        "another member has this book out, and the library may own several copies",
        "a book may come back on the day that it was lent",
    ][at]


def _why_refused(why, told):
    """WHY, where the error TOLD is one of a rule."""
    return why if why and ("constraint" in told.lower() or "Integrity" in told) else None


def _why_stored(library, table, rows, column, value):
    """What it means that the row with VALUE in COLUMN was stored; None where that is not known."""

    def refuses(name, other):
        return _refused_by_all(library, _insert(table, _changed_row(table, rows, name, other)))

    if column == "copies" and value is None and refuses("copies", -5):
        return "a CHECK refuses what is false, and NULL >= 0 is not false but NULL"
    if column == "copies" and value == "many" and refuses("copies", -5):
        return "a type in SQLite is a preference: the text was stored as it is, and any text is above any number"
    if column == "copies" and value == 2.5 and refuses("copies", -5):
        return "a type in SQLite is a preference: 2.5 does not fit INTEGER and was stored as it is"
    if value == "" and refuses("title", None):
        return "the empty text is a value, so NOT NULL takes it"
    if column in ("book_id", "member_id") and value is None and _refused_by_all(library, _untied(rows, column)):
        return "a foreign key lets NULL pass; the column has to refuse it itself"
    if table == "loans" and column == "book_id" and value is not None and _unique_with_end(library, rows):
        return "to UNIQUE no NULL equals another, so two loans that are out do not count as the same"
    return None


def _untied(rows, column):
    """A statement that inserts a loan whose COLUMN names no row."""
    return _insert("loans", _changed_row("loans", rows, column, 10**9))


def _unique_with_end(library, rows):
    """Whether the database refuses the same loan twice where it has ended, on the same day."""
    number, *rest = rows["loans"][0]
    return _refused_by_all(library, _insert("loans", (number + 90, *rest)))


def _why_untied(library, statement, column):
    """What it means that the learner's connection took a loan of nothing."""
    number = statement.partition("VALUES (")[2].partition(",")[0]
    try:
        _run(library, f"DELETE FROM loans WHERE id = {number}")
    except sqlite3.IntegrityError:
        return None
    if _refused_by_all(library, statement):
        return (
            "the reference is declared, and this connection does not enforce it: "
            "in SQLite PRAGMA foreign_keys is a setting of each connection, the file does not keep it"
        )
    return f"no rule in the tables says that {column} is the id of a row elsewhere"
