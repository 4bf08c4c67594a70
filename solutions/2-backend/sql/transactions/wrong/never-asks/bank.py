"""Money goes from one account to another: the statement that takes it also asks whether it is there."""


def transfer(connection, source, target, amount):
    """Take AMOUNT from the account SOURCE, add it to TARGET, and note it in transfers."""
    # `with` commits at its end, or rolls back when an error leaves it. sqlite3 begins before the first write, and
    # that write waits for the lock: nothing was read before that could be old.
    with connection:
        taken = connection.execute(
            "UPDATE accounts SET balance = balance - ? WHERE id = ?", (amount, source)
        )
        if not taken.rowcount:
            raise ValueError(f"account {source} does not hold {amount}")
        put = connection.execute("UPDATE accounts SET balance = balance + ? WHERE id = ?", (amount, target))
        if not put.rowcount:
            raise ValueError(f"no account {target}")
        connection.execute("INSERT INTO transfers (source, target, amount) VALUES (?, ?, ?)", (source, target, amount))
