"""Money goes from one account to another: the write lock comes first, then there is time to read and decide."""


def transfer(connection, source, target, amount):
    """Take AMOUNT from the account SOURCE, add it to TARGET, and note it in transfers."""
    connection.execute("BEGIN IMMEDIATE")  # from here on nobody else writes, so what is read stays true
    try:
        balances = dict(connection.execute("SELECT id, balance FROM accounts WHERE id IN (?, ?)", (source, target)))
        if source not in balances or target not in balances:
            raise LookupError("no such account")
        if balances[source] < amount:
            raise ValueError(f"account {source} holds {balances[source]}, not {amount}")
        write = "UPDATE accounts SET balance = ? WHERE id = ?"
        connection.execute(write, (balances[source] - amount, source))
        connection.execute(write, (balances[target] + amount, target))
        connection.execute("INSERT INTO transfers (source, target, amount) VALUES (?, ?, ?)", (source, target, amount))
        connection.commit()
    except BaseException:
        connection.rollback()
        raise
    finally:
        connection.close()
