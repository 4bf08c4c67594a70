// Money goes from one account to another: the write lock comes first, then there is time to read and decide.

// Take `amount` from the account `source`, add it to `target`, and note it in transfers.
export function transfer(connection, source, target, amount) {
  connection.exec("BEGIN IMMEDIATE"); // from here on nobody else writes, so what is read stays true
  try {
    const read = connection.prepare("SELECT balance FROM accounts WHERE id = ?");
    const [from, to] = [read.get(source), read.get(target)];
    if (!from || !to) throw new Error("no such account");
    if (from.balance < amount) throw new Error(`account ${source} holds ${from.balance}, not ${amount}`);
    const write = connection.prepare("UPDATE accounts SET balance = ? WHERE id = ?");
    write.run(from.balance - amount, source);
    write.run(to.balance + amount, target);
    const note = connection.prepare("INSERT INTO transfers (source, target, amount) VALUES (?, ?, ?)");
    note.run(source, target, amount);
    connection.exec("COMMIT");
  } catch (error) {
    connection.exec("ROLLBACK");
    throw error;
  } finally {
    connection.close();
  }
}
