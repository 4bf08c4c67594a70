"""Databases made by a check, the learner's SQL on them, and connections handed to the learner's code."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from runner.engines import held
from runner.kit.learner import Failure, Learner
from runner.kit.outcomes import CouldNotRun, NotYet, RanTooLong, UsedTooMuch
from runner.kit.sql import Sql
from tests.kit.conftest import server_of

SCHEMA = "CREATE TABLE pets (id INTEGER PRIMARY KEY, name TEXT, weight REAL);"
PETS = [(1, "Ada", 4.5), (2, None, 0.1 + 0.2), (3, "O'Neil", None)]
FOREVER = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT count(*) FROM n"

PYTHON = """
import sqlite3

def connect(path):
    return sqlite3.connect(path)

def move(connection, source, target, amount):
    with connection:
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("UPDATE accounts SET sum = sum - ? WHERE id = ?", (amount, source))
        connection.execute("UPDATE accounts SET sum = sum + ? WHERE id = ?", (amount, target))

def read_then_write(connection, source, target, amount):
    sums = dict(connection.execute("SELECT id, sum FROM accounts"))
    with connection:
        connection.execute("UPDATE accounts SET sum = ? WHERE id = ?", (sums[source] - amount, source))
        connection.execute("UPDATE accounts SET sum = ? WHERE id = ?", (sums[target] + amount, target))
"""
JAVASCRIPT = """
import { DatabaseSync } from "node:sqlite";

export const connect = (path) => new DatabaseSync(path);

export function move(connection, source, target, amount) {
  connection.exec("BEGIN IMMEDIATE");
  connection.prepare("UPDATE accounts SET sum = sum - ? WHERE id = ?").run(amount, source);
  connection.prepare("UPDATE accounts SET sum = sum + ? WHERE id = ?").run(amount, target);
  connection.exec("COMMIT");
}

export function readThenWrite(connection, source, target, amount) {
  const rows = connection.prepare("SELECT id, sum FROM accounts").all();
  const sums = Object.fromEntries(rows.map((row) => [row.id, row.sum]));
  connection.exec("BEGIN IMMEDIATE");
  connection.prepare("UPDATE accounts SET sum = ? WHERE id = ?").run(sums[source] - amount, source);
  connection.prepare("UPDATE accounts SET sum = ? WHERE id = ?").run(sums[target] + amount, target);
  connection.exec("COMMIT");
}
"""


@pytest.fixture
def sql_of(make_context) -> Iterator[Callable[..., Sql]]:
    """Makes the fixture `sql` for a learner whose file `answer.sql` holds a text."""
    made: list[Sql] = []

    def make(text: str, **facts: Any) -> Sql:
        made.append(Sql(make_context({"answer.sql": text}, language="", **facts)))
        return made[-1]

    yield make
    for each in made:
        each.close()


@pytest.fixture(params=["python", "javascript"])
def learner(request, make_learner) -> Learner:
    return make_learner({"python": PYTHON, "javascript": JAVASCRIPT}[request.param], language=request.param)


def test_the_rows_of_a_query_are_compared_as_sql_does(sql_of):
    sql = sql_of("-- what they weigh\nSELECT name, weight FROM pets;")
    table = sql.database(SCHEMA, {"pets": PETS}).ask("answer.sql")
    table.named("NAME", "weight").equals([("O'Neil", None), ("Ada", 4.5), (None, 0.3)])
    with pytest.raises(NotYet) as raised:
        table.equals([("Ada", 4.5), (None, 0.3)], means="why")
    assert raised.value.rows == [
        ("query", "answer.sql"),
        ("data", "pets: (1, 'Ada', 4.5), (2, NULL, 0.30000000000000004), (3, 'O''Neil', NULL)"),
        ("expected", "('Ada', 4.5), (NULL, 0.3)"),
        ("got", "('Ada', 4.5), (NULL, 0.30000000000000004), ('O''Neil', NULL)"),
        ("means", "why"),
    ]


@pytest.mark.parametrize("rows", [[("4",)], [(4,), (4,)], [], [(None,)]], ids=str)
def test_types_and_how_often_a_row_is_there_count(sql_of, rows):
    table = sql_of("SELECT 4").database().ask("answer.sql")
    table.equals([(4,)]).equals([(4.0,)])
    with pytest.raises(NotYet):
        table.equals(rows)


def test_order_counts_where_it_is_asked_for(sql_of):
    table = sql_of("SELECT id FROM pets ORDER BY id DESC").database(SCHEMA, {"pets": PETS}).ask("answer.sql")
    table.equals([(1,), (2,), (3,)]).equals([(3,), (2,), (1,)], ordered=True)
    with pytest.raises(NotYet, match="in this order"):
        table.equals([(1,), (2,), (3,)], ordered=True)


def test_of_many_rows_those_are_told_that_differ(sql_of):
    rows = [(number, f"name {number}", 1.0) for number in range(300)]
    table = sql_of("SELECT id FROM pets WHERE id <> 7").database(SCHEMA, {"pets": rows}).ask("answer.sql")
    with pytest.raises(NotYet) as raised:
        table.equals([(number,) for number in range(300)])
    assert raised.value.rows == [
        ("query", "answer.sql"),
        ("expected", "(7) among 300 rows"),
        ("got", "299 rows"),
    ]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("SELECT colour", "no such column"),
        ("SELEC 1", "syntax error"),
        ("SELECT 1; SELECT 2", "one statement"),
        ("DELETE FROM pets", "readonly"),
        ("-- TODO(learn)\n ; \n", "nothing but comments"),
        ("ATTACH 'x.db' AS x; SELECT 1", "one statement"),
        ("SELECT load_extension('evil')", "not authorized"),
        ("SELECT :missing", "binding"),
        ("SELECT '\ufffd' \x00", "null character"),
    ],
    ids=str,
)
def test_what_sqlite_refuses_could_not_run_and_the_next_query_does(sql_of, text, words):
    sql = sql_of(text)
    database = sql.database(SCHEMA, {"pets": PETS})
    with pytest.raises(CouldNotRun, match=words):
        database.ask("answer.sql")
    assert database.rows("SELECT count(*) FROM pets") == [(3,)]


def test_a_long_row_is_cut(sql_of):
    with pytest.raises(NotYet) as raised:
        sql_of("SELECT hex(zeroblob(1000)), 1").database().ask("answer.sql").equals([(1, 1)])
    assert dict(raised.value.rows)["got"] == "('" + "0" * 238 + " ... among 1 rows"


def test_a_missing_file_is_told(sql_of):
    with pytest.raises(CouldNotRun, match="no such file"):
        sql_of("SELECT 1").database().ask("other.sql")


def test_a_query_without_end_is_ended_and_the_next_one_runs(sql_of):
    sql = sql_of(FOREVER, timeout=1.0)
    database = sql.database()
    with pytest.raises(RanTooLong) as raised:
        database.ask("answer.sql")
    assert raised.value.rows[0] == ("query", "answer.sql")
    sql._context.work.joinpath("answer.sql").write_text("SELECT 1")
    database.ask("answer.sql").equals([(1,)])


def test_a_query_cannot_take_all_memory(sql_of):
    text = "SELECT group_concat(hex(zeroblob(30000000))) FROM (SELECT 1 UNION ALL SELECT 2 UNION ALL SELECT 3)"
    with pytest.raises((UsedTooMuch, CouldNotRun)):
        sql_of(text, memory=200).database().ask("answer.sql")


def test_parameters_and_plans(sql_of):
    sql = sql_of("SELECT id FROM pets WHERE name = :name")
    database = sql.database(SCHEMA + "CREATE INDEX by_name ON pets (name);", {"pets": PETS})
    database.ask("answer.sql", name="Ada").equals([(1,)])
    assert database.plan("answer.sql", name="Ada") == ["SEARCH pets USING COVERING INDEX by_name (name=?)"]


def test_a_script_changes_the_database(sql_of):
    sql = sql_of("CREATE TABLE a (x); INSERT INTO a VALUES (1), (2);")
    database = sql.database()
    database.apply("answer.sql")
    assert database.rows("SELECT sum(x) FROM a") == [(3,)]


def test_datasets_tell_the_right_query_from_each_wrong_one(sql_of):
    sql, rng = sql_of("SELECT 1"), random.Random(1)
    right, wrong = "SELECT id FROM pets WHERE name IS NULL", ["SELECT id FROM pets WHERE name = NULL"]

    def make():
        return {"pets": [(number, rng.choice([None, "a"]), None) for number in range(2)]}

    for database in sql.telling(SCHEMA, make, right, wrong, count=4):
        assert database.rows(right) != database.rows(wrong[0])
    with pytest.raises(RuntimeError, match="do not tell"):
        sql.telling(SCHEMA, make, right, [right])


def test_datasets_tell_wrong_queries_from_each_other_and_order_where_it_counts(sql_of):
    sql, rng = sql_of("SELECT 1"), random.Random(1)
    right, names = "SELECT name FROM pets ORDER BY name", "SELECT name FROM pets ORDER BY id"

    def make():
        return {"pets": [(number, rng.choice("ab"), None) for number in range(2)]}

    (database,) = sql.telling(SCHEMA, make, right, [names], 1, ordered=True)
    assert database.rows("SELECT name FROM pets ORDER BY id") == [("b",), ("a",)]
    with pytest.raises(RuntimeError, match="do not tell"):
        sql.telling(SCHEMA, make, right, [names], 1)
    with pytest.raises(RuntimeError, match="do not tell"):
        sql.telling(SCHEMA, make, "SELECT 1", [right, names], 1)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("SELECT name FROM pets WHERE name = NULL", "no name equals NULL"),
        ("SELECT name FROM pets WHERE id = 7", ""),
        ("SELECT id FROM pets WHERE name IS NULL", ""),
    ],
    ids=str,
)
def test_a_question_names_the_mistake_whose_rows_were_returned(sql_of, text, words):
    rng = random.Random(1)

    def make():
        return {"pets": [(7, "a", None), *((number, rng.choice([None, "a"]), None) for number in range(4))]}

    def ask(sql):
        right, wrong = "SELECT name FROM pets WHERE name IS NULL", "SELECT name FROM pets WHERE name = NULL"
        sql.question("answer.sql", ["name"], SCHEMA, make, right, {wrong: "no name equals NULL"})

    ask(sql_of("SELECT name FROM pets WHERE name IS NULL"))
    with pytest.raises(NotYet) as raised:
        ask(sql_of(text))
    assert dict(raised.value.rows).get("means", "") == words


def test_a_question_shows_no_more_data_than_makes_the_query_fail(sql_of):
    rng = random.Random(1)
    schema = SCHEMA + "CREATE TABLE visits (id INTEGER PRIMARY KEY, pet INTEGER REFERENCES pets (id));"

    def make():
        visits = [(number, rng.choice([None, 1, 2, 3])) for number in range(1, 31)]
        return {"pets": [(number, "a", None) for number in (1, 2, 3)], "visits": visits}

    joined = "SELECT name FROM pets JOIN visits ON pet = pets.id"
    sql = sql_of(f"{joined} WHERE visits.id > 0")
    with pytest.raises(NotYet) as raised:
        sql.question("answer.sql", ["name"], schema, make, f"{joined} AND pets.id = 3", {joined: "", "SELECT 1": ""})
    data = dict(raised.value.rows)["data"]
    assert data.startswith("pets: (") and data.count("(") == 4, "two pets and a visit of each"


def test_a_database_is_handed_over_as_a_connection_whose_statements_are_counted(learner, sql_of):
    database = accounts(sql_of)
    learner.call("solution:move", database.handle(), 1, 2, 30)
    assert database.rows("SELECT sum FROM accounts") == [(70,), (130,)]
    assert [each.split()[0] for each in learner.statements()] == ["BEGIN", "UPDATE", "UPDATE", "COMMIT"]
    assert learner.statements() == []


def test_several_processes_at_once_meet_in_one_database(learner, sql_of):
    right, wrong = accounts(sql_of), accounts(sql_of)
    for database, function in ((right, "solution:move"), (wrong, "solution:read_then_write")):
        calls = [[[database.handle(pause_ms=1), 1 + turn % 2, 2 - turn % 2, 1] for turn in range(9)] for _ in range(4)]
        results = learner.together(function, calls)
        assert [len(each) for each in results] == [9, 9, 9, 9]
        assert not [each for several in results for each in several if isinstance(each, Failure)]
    assert right.rows("SELECT sum FROM accounts") == [(96,), (104,)]
    assert wrong.rows("SELECT sum FROM accounts") != [(96,), (104,)]


def test_statements_go_through_a_connection_of_the_learners(learner, sql_of):
    database = accounts(sql_of)
    connection = learner.call("solution:connect", str(database.path))
    assert learner.execute(connection, "SELECT sum FROM accounts WHERE id = ?", 1) == [[100]]
    assert learner.execute(connection, "UPDATE accounts SET sum = 7 WHERE id = 1") == []
    assert "no such table" in learner.refused(connection, "SELECT * FROM dogs").message
    with pytest.raises(NotYet, match="an error"):
        learner.refused(connection, "SELECT 1")
    assert database.rows("SELECT sum FROM accounts") == [(7,), (100,)]


def test_a_database_of_the_learners_is_not_locked_by_a_refused_statement(learner, sql_of):
    database = sql_of("SELECT 1").absent()
    assert not database.path.exists()
    connection = learner.call("solution:connect", str(database.path))
    learner.execute(connection, "CREATE TABLE pets (id INTEGER PRIMARY KEY)")
    database.rows("INSERT INTO pets VALUES (1)")
    assert "UNIQUE" in learner.refused(connection, "INSERT INTO pets VALUES (1)").message
    database.rows("INSERT INTO pets VALUES (2)")
    assert learner.execute(connection, "SELECT id FROM pets") == [[1], [2]]


def accounts(sql_of):
    schema = "CREATE TABLE accounts (id INTEGER PRIMARY KEY, sum INTEGER);"
    return sql_of("SELECT 1").database(schema, {"accounts": [(1, 100), (2, 100)]})


@pytest.fixture(scope="module")
def server() -> Iterator[held.Held]:
    """PostgreSQL, as it is installed here."""
    with server_of("postgresql") as engine:
        yield engine


@pytest.fixture
def postgresql_of(sql_of, server) -> Callable[..., Any]:
    """Makes a database on PostgreSQL for a learner whose file `answer.sql` holds a text."""

    def make(text: str, **facts: Any) -> Any:
        sql = sql_of(text, servers={"postgresql": server.address}, **facts)
        return sql.postgresql(SCHEMA, {"pets": PETS[:1] + PETS[2:]})

    return make


def test_on_postgresql_rows_are_compared_in_the_same_way(postgresql_of):
    table = postgresql_of("SELECT name, weight * 2, count(*) FROM pets GROUP BY 1, 2").ask("answer.sql")
    table.equals([("Ada", 9, 1), ("O'Neil", None, 1)])
    postgresql_of("SELECT avg(id), DATE '2026-02-01' FROM pets").ask("answer.sql").equals([(2, "2026-02-01")])


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("SELECT name, max(weight) FROM pets", "must appear in the GROUP BY clause"),
        ("SELECT 1; SELECT 2", "multiple commands"),
        ("COMMIT; DROP TABLE pets", "multiple commands"),
        ("DELETE FROM pets", "read-only"),
        ("COPY pets TO PROGRAM 'id'", "external program"),
        ("SELECT pg_read_file('/etc/passwd')", "permission denied"),
    ],
    ids=str,
)
def test_what_postgresql_refuses_could_not_run(postgresql_of, text, words):
    database = postgresql_of(text)
    with pytest.raises(CouldNotRun, match=words) as raised:
        database.ask("answer.sql")
    assert raised.value.rows[0] == ("query", "answer.sql")


def test_on_postgresql_too_a_query_without_end_is_ended(postgresql_of):
    with pytest.raises(RanTooLong):
        postgresql_of("SELECT pg_sleep(60)", timeout=0.6).ask("answer.sql")


def test_a_plan_of_postgresql(postgresql_of):
    assert postgresql_of("SELECT * FROM pets").plan("answer.sql")["Node Type"] == "Seq Scan"


def test_nothing_of_a_run_stays_on_the_server(sql_of, server):
    import psycopg

    sql = sql_of("SELECT 1", servers={"postgresql": server.address})
    sql.postgresql(SCHEMA, {"pets": PETS})
    sql.close()
    address = server.address
    login = {"user": address["user"], "password": address["password"], "dbname": address["database"]}
    with psycopg.connect(host=address["socket"], **login) as connection:
        names = connection.execute("SELECT nspname FROM pg_namespace WHERE nspname LIKE 'learn_%'").fetchall()
    assert names == []
