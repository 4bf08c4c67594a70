"""Money goes from one account to another: the statement that takes it also asks whether it is there."""


def transfer(connection, source, target, amount):
    """Take AMOUNT from the account SOURCE, add it to TARGET, and note it in transfers."""
    if amount > 0:
        taken = connection.execute(
            "UPDATE accounts SET balance = balance - ? WHERE id = ? AND balance >= ?", (amount, source, amount)
        )
        if not taken.rowcount:
            raise ValueError(f"account {source} does not hold {amount}")
        connection.commit()
        put = connection.execute("UPDATE accounts SET balance = balance + ? WHERE id = ?", (amount, target))
        connection.commit()
        if not put.rowcount:
            raise ValueError(f"no account {target}")
        connection.execute("INSERT INTO transfers (source, target, amount) VALUES (?, ?, ?)", (source, target, amount))
        connection.commit()
