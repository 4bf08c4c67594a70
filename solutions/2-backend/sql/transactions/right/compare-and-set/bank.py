"""Money goes from one account to another: what was read is compared in the write, and if it is old all begins again.

No lock is held while this thinks. Where many meet at one account, the tries that come to nothing cost more than a lock.
"""


def transfer(connection, source, target, amount):
    """Take AMOUNT from the account SOURCE, add it to TARGET, and note it in transfers."""
    while not _try(connection, source, target, amount):
        pass


def _try(connection, source, target, amount):
    """Do the transfer, or nothing, when the balance of SOURCE changed meanwhile."""
    found = connection.execute("SELECT balance FROM accounts WHERE id = ?", (source,)).fetchone()
    if found is None or found[0] < amount:
        raise ValueError(f"account {source} does not hold {amount}")
    with connection:
        taken = connection.execute(
            "UPDATE accounts SET balance = ? WHERE id = ? AND balance = ?", (found[0] - amount, source, found[0])
        )
        if not taken.rowcount:
            return False
        put = connection.execute("UPDATE accounts SET balance = balance + ? WHERE id = ?", (amount, target))
        if not put.rowcount:
            raise ValueError(f"no account {target}")
        connection.execute("INSERT INTO transfers (source, target, amount) VALUES (?, ?, ?)", (source, target, amount))
    return True
