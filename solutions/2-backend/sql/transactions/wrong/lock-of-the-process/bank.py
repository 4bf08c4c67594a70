import threading

LOCK = threading.Lock()


def transfer(connection, source, target, amount):
    with LOCK:
        balances = dict(connection.execute("SELECT id, balance FROM accounts"))
        if source not in balances or target not in balances or balances[source] < amount:
            raise ValueError("this cannot be")
        with connection:
            write = "UPDATE accounts SET balance = ? WHERE id = ?"
            connection.execute(write, (balances[source] - amount, source))
            connection.execute(write, (balances[target] + amount, target))
            connection.execute("INSERT INTO transfers VALUES (?, ?, ?)", (source, target, amount))
