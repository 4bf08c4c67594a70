"""Money goes from one account to another."""


def transfer(connection, source, target, amount):
    """Take AMOUNT from the account SOURCE, add it to TARGET, and note it in transfers."""
    # TODO(learn): all of this or nothing, also when something fails or others write at the same time.
    (balance,) = connection.execute("SELECT balance FROM accounts WHERE id = ?", (source,)).fetchone()
    connection.execute("UPDATE accounts SET balance = ? WHERE id = ?", (balance - amount, source))
    connection.commit()
    (balance,) = connection.execute("SELECT balance FROM accounts WHERE id = ?", (target,)).fetchone()
    connection.execute("UPDATE accounts SET balance = ? WHERE id = ?", (balance + amount, target))
    connection.commit()
    connection.execute("INSERT INTO transfers (source, target, amount) VALUES (?, ?, ?)", (source, target, amount))
    connection.commit()
