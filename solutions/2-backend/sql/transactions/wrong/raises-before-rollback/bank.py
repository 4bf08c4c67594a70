"""Money goes from one account to another: the statement that takes it also asks whether it is there."""

import sqlite3


def transfer(connection, source, target, amount):
    """Take AMOUNT from the account SOURCE, add it to TARGET, and note it in transfers."""
    try:
        taken = connection.execute(
            "UPDATE accounts SET balance = balance - ? WHERE id = ? AND balance >= ?", (amount, source, amount)
        )
        if not taken.rowcount:
            raise ValueError(f"account {source} does not hold {amount}")
        put = connection.execute("UPDATE accounts SET balance = balance + ? WHERE id = ?", (amount, target))
        if not put.rowcount:
            raise ValueError(f"no account {target}")
        connection.execute("INSERT INTO transfers (source, target, amount) VALUES (?, ?, ?)", (source, target, amount))
        connection.commit()
    except sqlite3.Error:
        connection.rollback()
        raise
