"""Accounts are looked at from outside: the balance and the history, before and after each step."""

from runner.kit.learner import Foreign
from runner.kit.outcomes import NotYet

ACCOUNT = "account:Account"
FREE = 1_000_000
"""A limit that no step of these checks reaches."""

PROPER = {"python": "Exception", "javascript": "Error"}
ALL_OF_IT = "a may give all that it has: 0 is in the range still"
SLIPS = ("AttributeError", "NameError", "ReferenceError")
"""Errors that come from a name that does not exist; raising one by accident refuses nothing."""


def test_books_money(learner, rng):
    """deposits and withdrawals change the balance and stand in the history"""
    account = learner.new(ACCOUNT, FREE)
    _expect(learner, "a new account", _state(account), 0, [])
    first, second = rng.randrange(2_000, 9_000), rng.randrange(100, 900)
    _goes_through(f"account.deposit({first})", account.deposit, first)
    _expect(learner, f"account.deposit({first})", _state(account), first, [first])
    steps = f"account.deposit({first}); account.withdraw({second})"
    _goes_through(steps, account.withdraw, second)
    _expect(learner, steps, _state(account), first - second, [first, -second])


def test_accounts_are_separate(learner, rng):
    """two accounts share nothing"""
    cents = rng.randrange(2_000, 9_000)
    limit = cents // 2
    a, b = _one_used(learner, cents, limit)
    seen, new = _state(b), (0, [])
    if seen != new:
        learner.restart()  # the same again with no account before these two, to show the smallest case
        a, b = _one_used(learner, cents, limit)
        seen = _state(b) if _state(b) != new else seen
    _expect(learner, f"a.deposit({cents}); then look at b", seen, *new, lambda got: _shared(got, cents))
    c = learner.new(ACCOUNT, limit)
    steps = f"a.deposit({cents}); make another account c; then look at"
    _expect(learner, f"{steps} c", _state(c), *new, lambda got: _shared(got, cents))
    _expect(learner, f"{steps} a", _state(a), cents, [cents])


def test_keeps_its_range(learner, rng):
    """what would leave the range raises an error and changes nothing"""
    limit = rng.randrange(2_000, 9_000)
    had = limit - rng.randrange(100, 900)
    account = learner.new(ACCOUNT, limit)
    account.deposit(had)
    steps = f"limit {limit}; account.deposit({had})"
    refused = {
        "withdraw": [had + 1, -rng.randrange(1, 50), 0],
        "deposit": [limit - had + 1, -rng.randrange(1, 50), 0],
    }
    for method, amounts in refused.items():
        for cents in amounts:
            call = f"account.{method}({cents})"
            _refused(learner, f"{steps}; {call}", account, method, [cents], {"account": (account, had, [had])})
    steps += f"; account.deposit({limit - had})"
    _goes_through(steps, account.deposit, limit - had, means=f"{limit} is in the range still: it includes its ends")
    _expect(learner, steps, _state(account), limit, [had, limit - had])
    steps += f"; account.withdraw({limit})"
    _goes_through(steps, account.withdraw, limit, means="0 is in the range still: it includes its ends")
    _expect(learner, steps, _state(account), 0, [had, limit - had, -limit])
    for call, method in (("deposit", account.deposit), ("withdraw", account.withdraw)):
        steps += f"; account.{call}(1)"
        _goes_through(steps, method, 1, means="1 is above 0, so it is an amount")
    _expect(learner, steps, _state(account), 0, [had, limit - had, -limit, 1, -1])


def test_transfers_whole_or_not_at_all(learner, rng):
    """a transfer changes both accounts, or raises an error and changes neither"""
    limit = rng.randrange(3_000, 9_000)
    mine, theirs = rng.randrange(1_000, 2_000), limit - rng.randrange(100, 900)
    room = limit - theirs
    a, full, empty = (learner.new(ACCOUNT, most) for most in (FREE, limit, FREE))
    a.deposit(mine)
    full.deposit(theirs)
    for b, had, most, amounts in (
        (full, [theirs], f"{theirs} and the limit {limit}", [room + 1, -rng.randrange(1, 50), 0]),
        (empty, [], "0", [mine + 1]),
    ):
        for cents in amounts:
            steps = f"a has {mine}, b has {most}; a.transfer(b, {cents})"
            both = {"a": (a, mine, [mine]), "b": (b, sum(had), had)}
            _refused(learner, steps, a, "transfer", [b, cents], both)
    steps = f"a has {mine}, b has {theirs} and the limit {limit}; a.transfer(b, {room})"
    _goes_through(steps, a.transfer, full, room)
    _expect(learner, f"{steps}; then look at a", _state(a), mine - room, [mine, -room])
    _expect(learner, f"{steps}; then look at b", _state(full), limit, [theirs, room])
    left = mine - room - 1
    for had, cents, means in ((mine - room, 1, "1 is above 0, so it is an amount"), (left, left, ALL_OF_IT)):
        steps = f"a has {had}; a.transfer(c, {cents})"
        _goes_through(steps, a.transfer, empty, cents, means=means)
    _expect(learner, f"{steps}; then look at a", _state(a), 0, [mine, -room, -1, -left])
    _expect(learner, f"{steps}; then look at c", _state(empty), left + 1, [1, left])


def test_history_is_a_copy(learner, rng):
    """editing the list from history() does not edit the account"""
    first, second = rng.randrange(2_000, 9_000), rng.randrange(100, 900)
    account = learner.new(ACCOUNT, FREE)
    account.deposit(first)
    account.hold("history").spoil()
    emptied = "list.length = 0" if learner.language == "javascript" else "list.clear()"
    steps = f"account.deposit({first}); list = account.history(); {emptied}"
    own = "history() hands out the account's own list, so whoever calls it can change the account"
    _expect(learner, steps, _state(account), first, [first], lambda got: own if got[1] == [] else None)
    account.deposit(second)
    _expect(learner, f"{steps}; account.deposit({second})", _state(account), first + second, [first, second])


def _state(account):
    """What an account shows: its balance and its history."""
    balance = account.get("balance")
    try:
        return balance, account.history()
    except NotYet as raised:
        seen = dict(raised.rows)
        means = None
        uncalled = seen.get("got", "").endswith(("'list' object is not callable", "history is not a method of Account"))
        if uncalled and isinstance(account.get("history"), list):
            means = "`history` is a list here; callers call it: name the list otherwise, and write a method"
        rows = {"call": "account.history()", "expected": "the list of the changes", "means": means}
        raise NotYet(**rows, got=seen.get("got"), where=seen.get("where")) from None


def _words(learner, balance, history):
    return f"balance {learner.literal(balance)}, history {learner.literal(history)}"


def _one_used(learner, cents, limit):
    """Two accounts, the second with LIMIT, and CENTS in the first."""
    a, b = learner.new(ACCOUNT, FREE), learner.new(ACCOUNT, limit)
    steps = f"a has the limit {FREE}, b was made after it with the limit {limit}; a.deposit({cents})"
    _goes_through(steps, a.deposit, cents)
    return a, b


def _shared(state, cents):
    """What it means that an account which never got CENTS has them."""
    if state[0] == cents or state[1] == [cents]:
        return "what went into a is here too: all accounts use one value that was made outside the constructor"
    return None


def _goes_through(steps, method, *args, means=None):
    """Call METHOD, the last of STEPS, which nothing forbids."""
    try:
        method(*args)
    except NotYet as raised:
        seen = dict(raised.rows)
        got, where = seen.get("got"), seen.get("where")
        raise NotYet(call=steps, expected="no error", got=got, where=where, means=means) from None


def _expect(learner, steps, got, balance, history, why=lambda got: None):
    """Compare the state that an account shows after STEPS with what it should; WHY says what a wrong one means."""
    if got == (balance, history):
        return
    means = why(got)
    if isinstance(got[0], Foreign) and repr(got[0]).startswith(("<bound method", "[Function", "[AsyncFunction")):
        means = "`balance` is a method here; callers read it without (): make it an attribute or a getter"
    raise NotYet(call=steps, expected=_words(learner, balance, history), got=_words(learner, *got), means=means)


def _refused(learner, steps, account, method, args, accounts):
    """Have METHOD of ACCOUNT refused, the last of STEPS, and ACCOUNTS (object, balance, history) left as they were."""
    accepted = ""
    try:
        failure = account.refuses(method, *args)
    except NotYet as no_error:
        accepted = dict(no_error.rows).get("got", "no error")
    after = {name: _state(each) for name, (each, _, _) in accounts.items()}
    changed = [name for name, state in after.items() if state != accounts[name][1:]]
    gains = [_gain(state, accounts[name][1]) for name, state in after.items()]
    now = "".join(f"; {name}: {_words(learner, *after[name])}" for name in changed)
    before = "".join(f"; {name}: {_words(learner, *accounts[name][1:])}" for name in changed)
    if accepted:
        means = None if changed else "it was not done, but the caller goes on as if it were: only an error stops it"
        if changed and args[-1] < 0:
            means = f"an amount below 0 turns {method} into its opposite"
        elif len(accounts) > 1 and changed:
            means = _why_changed(gains)
        raise NotYet(call=steps, expected=f"an error{before}", got=f"{accepted}{now}", means=means)
    if PROPER[learner.language] not in failure.bases or failure.type in SLIPS:
        means = "a thrown text is no Error: it has no message, and does not tell where it was thrown"
        means = means if failure.type == "string" else None
        expected = "an error that you raise on purpose"
        if learner.language == "javascript":
            expected = "an Error that you throw on purpose"
        raise NotYet(call=steps, expected=expected, got=str(failure), where=failure.where, means=means)
    if changed:
        means = _why_changed(gains)
        raise NotYet(call=steps, expected=f"an error{before}", got=f"an error{now}", means=means)


def _gain(state, before):
    return state[0] - before if isinstance(state[0], int | float) else None


def _why_changed(gains):
    """What it means that accounts differ after a refused call, from the GAINS of each: one account, or a and b."""
    if set(gains) == {0}:
        return "the balance is as before, but the history shows what was refused"
    if len(gains) == 1:
        return "the change came before the question: who catches the error goes on with a broken account"
    if None not in gains and gains[0] < 0 and gains[1] == 0:
        return f"{-gains[0]} left a and never reached b: ask both accounts first, then change both"
    if None not in gains and gains[0] == 0 and gains[1] > 0:
        return f"b got {gains[1]} that nobody paid: ask both accounts first, then change both"
    return None
