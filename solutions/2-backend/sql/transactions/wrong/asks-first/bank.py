def transfer(connection, source, target, amount):
    balances = dict(connection.execute("SELECT id, balance FROM accounts"))
    if target not in balances or balances.get(source, 0) < amount:
        raise ValueError("this cannot be")
    with connection:
        connection.execute("UPDATE accounts SET balance = balance - ? WHERE id = ?", (amount, source))
        connection.execute("UPDATE accounts SET balance = balance + ? WHERE id = ?", (amount, target))
        connection.execute("INSERT INTO transfers (source, target, amount) VALUES (?, ?, ?)", (source, target, amount))
