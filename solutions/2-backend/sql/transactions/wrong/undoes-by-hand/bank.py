def transfer(connection, source, target, amount):
    add = "UPDATE accounts SET balance = balance + ? WHERE id = ?"
    with connection:
        taken = connection.execute(f"{add} AND balance >= ?", (-amount, source, amount))
    if not taken.rowcount:
        raise ValueError("too little")
    try:
        with connection:
            if not connection.execute(add, (amount, target)).rowcount:
                raise ValueError("no such account")
            connection.execute("INSERT INTO transfers VALUES (?, ?, ?)", (source, target, amount))
    except Exception:
        with connection:
            connection.execute(add, (amount, source))
        raise
