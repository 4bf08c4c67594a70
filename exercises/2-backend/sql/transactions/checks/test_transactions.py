"""Transfers are watched from another connection: what it sees is what others see, and the lock that it gets is free."""

import sqlite3
from contextlib import closing

from runner.kit.learner import Failure
from runner.kit.outcomes import NotYet
from runner.kit.table import literal, shown

TRANSFER = "bank:transfer"
SCHEMA = """
CREATE TABLE accounts (id INTEGER PRIMARY KEY, balance INTEGER NOT NULL);
CREATE TABLE transfers (source INTEGER NOT NULL, target INTEGER NOT NULL, amount INTEGER NOT NULL);
"""
UNKNOWN = 99
FREE_LOCK = 0.05
"""Seconds in which a lock that nobody holds is got."""

PROPER = {"python": "Exception", "javascript": "Error"}
SLIPS = ("AttributeError", "NameError", "UnboundLocalError", "ReferenceError")
"""Errors that come from a name that does not exist; raising one by accident refuses nothing."""

PROCESSES = 8
PAUSE_MS = 0.5
"""Milliseconds that pass before each write of the crowd, so that others come in between."""

FIRST_MS = 250
"""Milliseconds that each process of the crowd waits once, before it first begins to write: all have looked by then."""

POOR = (11, 12, 13)
"""Accounts that hold one transfer's worth, and that all processes ask."""


def test_moves_money(learner, sql, rng):
    """money moves, and one row of transfers says so"""
    first, second = rng.randrange(100, 500), rng.randrange(100, 500)
    bank = _bank(sql, first, second)
    some = rng.randrange(10, 90)
    all_left = second + some
    for source, target, amount, balances, noted in (
        (1, 2, some, (first - some, all_left), [(1, 2, some)]),
        (2, 1, all_left, (first - some + all_left, 0), [(1, 2, some), (2, 1, all_left)]),
    ):
        before = _state(bank)
        error = _transfer(learner, bank, source, target, amount)
        if error:
            means = None
            if amount == all_left and some != all_left:
                means = "an account may be emptied: the whole balance is not too much"
            if "closed" in error.message or "not open" in error.message:
                means = "the connection belongs to the caller, who goes on with it; it was closed"
            raise _not_yet(learner, before, (source, target, amount), "done", str(error), means, error.where)
        expected = [(1, balances[0]), (2, balances[1])], noted
        if _state(bank) != expected:
            means = None
            if _state(bank) == before and not _is_free(bank):
                means = "the transaction is still open: before COMMIT nobody else sees what it wrote"
            got = _shown(_state(bank))
            raise _not_yet(learner, before, (source, target, amount), _shown(expected), got, means)


def test_all_or_nothing(learner, sql, rng):
    """a failure in the middle leaves everything as it was"""
    for fault in FAULTS:
        bank, call, before = _with_fault(sql, rng, fault)
        error = _transfer(learner, bank, *call)
        _untouched(learner, bank, before, call, error, fault)
        _is_proper(learner, before, call, error, fault)


def test_refuses_what_cannot_be(learner, sql, rng):
    """too little money, or an unknown account, is an error and changes nothing"""
    for name, make in IMPOSSIBLE.items():
        bank, call, before = _impossible(sql, rng, make)
        error = _transfer(learner, bank, *call)
        _untouched(learner, bank, before, call, error, name)
        _is_proper(learner, before, call, error, name)


def test_frees_the_connection(learner, sql, rng):
    """after an error no transaction is open, and the next transfer works"""
    failures = [(name, *_impossible(sql, rng, make)) for name, make in IMPOSSIBLE.items()]
    failures += [(fault, *_with_fault(sql, rng, fault)) for fault in FAULTS]
    for name, bank, call, before in failures:
        _transfer(learner, bank, *call)
        if not _is_free(bank):
            means = f"{name}, the error left the function, and nothing ended the transaction: ROLLBACK is missing"
            if _is_free(bank, "IMMEDIATE"):
                means = "what has read is still open: a transaction without its end, or a query with rows left to take"
            raise _not_yet(learner, before, call, "after the error others can write", "database is locked", means)
        _script(bank, "".join(f"DROP TRIGGER IF EXISTS {each};" for each in TRIGGERS))
        error = _transfer(learner, bank, 1, 2, 1)
        (_, one), (_, two) = before[0]
        if error or _state(bank)[0] != [(1, one - 1), (2, two + 1)]:
            raise _not_yet(
                learner,
                before,
                (1, 2, 1),
                f"done, after {learner.shown(TRANSFER, [bank.handle(), *call])} was an error",
                str(error) if error else _shown(_state(bank)),
                where=error.where if error else None,
            )


def test_survives_the_crowd(learner, sql, rng):
    """eight processes at once lose no money and overdraw no account"""
    rich = rng.randrange(1000, 2000)
    worth = rng.randrange(20, 90)
    bank = sql.database(SCHEMA, {"accounts": [(1, rich), (2, rich), *((each, worth) for each in POOR)]})
    forth, back = rng.randrange(2, 9), rng.randrange(10, 20)
    handle = bank.handle(pause_ms=PAUSE_MS, first_ms=FIRST_MS)
    calls = []
    for number in range(PROCESSES):
        turns = [[1, 2, forth], [2, 1, back], [1, 2, forth]] if number % 2 else [[2, 1, back]] * len(POOR)
        asked = [[each, 1, worth] for each in POOR]
        calls.append([[handle, *each] for pair in zip(asked, turns, strict=True) for each in pair])
    results = learner.together(TRANSFER, calls)
    asked = [each[1:] for several in calls for each in several]
    told = [each for several in results for each in several]
    crowd = f"{PROCESSES} processes at once, {len(calls[0])} times each: transfer(connection, source, target, amount)"
    _all_that_can_be(crowd, asked, told)
    _nothing_lost(crowd, bank, asked, rich, worth)


TRIGGERS = ("on_update", "on_insert", "on_note")
FULL = "BEGIN SELECT RAISE(ABORT, 'the disk is full'); END"
WRITTEN = """
(SELECT group_concat(balance) FROM (SELECT balance FROM accounts ORDER BY id)) <> '{0},{1}'
OR EXISTS (SELECT 1 FROM transfers)
"""
FAULTS = {
    "the second write failed": f"""
        CREATE TRIGGER on_update BEFORE UPDATE ON accounts WHEN {WRITTEN} {FULL};
        CREATE TRIGGER on_insert BEFORE INSERT ON accounts WHEN {WRITTEN} {FULL};
        CREATE TRIGGER on_note BEFORE INSERT ON transfers WHEN {WRITTEN} {FULL};
    """,
    "the write to transfers failed": f"CREATE TRIGGER on_note BEFORE INSERT ON transfers {FULL};",
}
"""What makes a transfer fail half-way, for an account with {0} and one with {1}."""

IMPOSSIBLE = {
    "the source had too little": lambda one, two: (1, 2, one + 1),
    "the source was unknown": lambda one, two: (UNKNOWN, 2, two),
    "the target was unknown": lambda one, two: (1, UNKNOWN, one - 1),
}
"""Transfers that cannot be, from the balances of two accounts."""


def _bank(sql, first, second):
    return sql.database(SCHEMA, {"accounts": [(1, first), (2, second)]})


def _with_fault(sql, rng, fault):
    """A bank in which FAULT will happen, a transfer, and what the bank holds before it."""
    first, second = rng.randrange(100, 500), rng.randrange(100, 500)
    bank = _bank(sql, first, second)
    _script(bank, FAULTS[fault].format(first, second))
    return bank, (1, 2, rng.randrange(10, 90)), _state(bank)


def _impossible(sql, rng, make):
    """A bank, a transfer that cannot be, and what the bank holds before it."""
    first, second = rng.randrange(100, 500), rng.randrange(100, 500)
    bank = _bank(sql, first, second)
    return bank, make(first, second), _state(bank)


def _transfer(learner, bank, source, target, amount):
    """The error of a transfer, or None."""
    (result,) = learner.call_many(TRANSFER, [[bank.handle(), source, target, amount]])
    return result if isinstance(result, Failure) else None


def _state(bank):
    """The rows of both tables, as others see them."""
    accounts = _seen(bank, "SELECT id, balance FROM accounts ORDER BY id")
    transfers = _seen(bank, "SELECT source, target, amount FROM transfers ORDER BY rowid")
    if any(type(balance) is not int for _, balance in accounts):
        raise NotYet(expected="whole numbers in accounts", got=shown(accounts))
    return accounts, transfers


def _seen(bank, query):
    try:
        with closing(sqlite3.connect(bank.path, timeout=FREE_LOCK)) as other:
            return other.execute(query).fetchall()
    except sqlite3.Error as error:
        means = None
        if "locked" in str(error):
            means = "after the call its transaction is still open, and keeps others out"
        raise NotYet(
            expected=f"others can read: {query}", got=f"{type(error).__name__}: {error}", means=means
        ) from None


def _script(bank, statements):
    """Do STATEMENTS of the check's own."""
    with closing(sqlite3.connect(bank.path)) as other:
        other.execute("PRAGMA synchronous = OFF")
        other.executescript(statements)


def _is_free(bank, lock="EXCLUSIVE"):
    """Whether others get this lock: the exclusive one is free when nothing of the learner's reads or writes."""
    with closing(sqlite3.connect(bank.path, timeout=FREE_LOCK)) as other:
        try:
            other.execute(f"BEGIN {lock}")
        except sqlite3.OperationalError:
            return False
    return True


def _untouched(learner, bank, before, call, error, name):
    """Demand that a failed transfer changed nothing."""
    state = _state(bank)
    if state == before:
        return
    source, target, amount = call
    out = dict(state[0]).get(source, 0) - dict(before[0]).get(source, 0)
    into = dict(state[0]).get(target, 0) - dict(before[0]).get(target, 0)
    means = None
    if (out, into) == (-amount, 0):
        means = f"{amount} left account {source} and reached nobody"
        means += ": it was committed before the rest was sure" if error else ": an UPDATE of no row is no error"
    elif (out, into) == (0, amount):
        means = f"account {target} got {amount} that nobody paid"
    elif (out, into) == (-amount, amount) and not state[1]:
        means = "the money moved, and nothing in transfers says so: that row is a part of the transfer too"
    elif (out, into) == (-amount, amount) and dict(state[0]).get(source, 0) < 0:
        means = f"account {source} is below 0: nobody asked whether it holds {amount}"
    elif state[0] == before[0]:
        means = "no money moved, and transfers says that it did"
    got = f"{_told(error)}; {_shown(state)}"
    raise _not_yet(learner, before, call, f"an error; {_shown(before)}", got, means, fault=name)


def _is_proper(learner, before, call, error, name):
    """Demand an error that the caller can tell from a slip."""
    if error is None:
        means = "nothing changed, and the caller takes it for done"
        raise _not_yet(learner, before, call, "an error", "no error", means, fault=name)
    if PROPER[learner.language] not in error.bases or error.type in SLIPS:
        verb = "thrown" if learner.language == "javascript" else "raised"
        expected = f"an {PROPER[learner.language]} that is {verb} on purpose"
        means = (
            "a thrown text has no `message`, and tells nobody where it came from" if error.type == "string" else None
        )
        raise _not_yet(learner, before, call, expected, str(error), means, error.where, fault=name)


def _all_that_can_be(crowd, asked, told):
    """Demand that each transfer between accounts with enough money was done."""
    failed = [result for each, result in zip(asked, told, strict=True) if each[0] not in POOR and _failed(result)]
    locked = [each for each in told if _failed(each) and ("locked" in each.message or "busy" in each.message)]
    if not failed and not locked:
        return
    error = (locked or failed)[0]
    means = None
    if locked:
        means = (
            "who reads in a transaction and writes later is refused when another wrote in between; "
            "take the write lock at the start"
        )
    raise NotYet(
        call=crowd,
        expected="no error where the source has enough",
        got=f"{len(locked or failed)} of {len(asked)} raised, such as {error}",
        where=error.where,
        means=means,
    )


def _nothing_lost(crowd, bank, asked, rich, worth):
    """Demand the balances that follow from the transfers: each of the poor accounts could pay once."""
    balances, noted = _state(bank)
    data = f"accounts at first: {shown([(1, rich), (2, rich), *((each, worth) for each in POOR)])}"
    expected = {1: rich + worth * len(POOR), 2: rich, **dict.fromkeys(POOR, 0)}
    for source, target, amount in asked:
        if source not in POOR:
            expected[source] -= amount
            expected[target] += amount
    below = [each for each in balances if each[1] < 0]
    if below:
        account, balance = below[0]
        times = sum(each[0] == account for each in noted)
        raise NotYet(
            call=crowd,
            data=data,
            expected=f"of {PROCESSES} that ask account {account} for {worth} one gets it",
            got=f"{times} got it; its balance is {balance}",
            means="several asked whether the money is there before the first of them took it",
        )
    if dict(balances) != expected:
        means = "two read the same balance, and the one that wrote later wiped out what the other had written"
        raise NotYet(
            call=crowd,
            data=data,
            expected=f"{shown(sorted(expected.items()))}, sum {sum(expected.values())}",
            got=f"{shown(balances)}, sum {sum(each[1] for each in balances)}",
            means=None if _kept_by_notes(balances, noted, rich, worth) else means,
        )
    wanted = sum(each[0] not in POOR for each in asked) + len(POOR)
    if len(noted) != wanted:
        raise NotYet(call=crowd, expected=f"{wanted} rows in transfers", got=f"{len(noted)}")


def _kept_by_notes(balances, noted, rich, worth):
    """Whether the balances are those that the rows of transfers make."""
    made = {1: rich, 2: rich, **dict.fromkeys(POOR, worth)}
    for source, target, amount in noted:
        made[source] = made.get(source, 0) - amount
        made[target] = made.get(target, 0) + amount
    return dict(balances) == made


def _failed(result):
    return isinstance(result, Failure)


def _told(error):
    return "an error" if error else "no error"


def _shown(state):
    accounts, transfers = state
    return f"accounts {shown(accounts)}; transfers {shown(transfers)}"


def _not_yet(learner, before, call, expected, got, means=None, where=None, fault=""):
    """The outcome for a transfer of the bank that was in the state BEFORE."""
    shown_call = f"transfer(connection, {literal(call)[1:-1]})"
    data = f"accounts {shown(before[0])}" + (f"; {fault}" if fault in FAULTS else "")
    return NotYet(call=shown_call, data=data, expected=expected, got=got, means=means, where=where)
