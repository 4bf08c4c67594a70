export function transfer(connection, source, target, amount) {
  const read = connection.prepare("SELECT balance FROM accounts WHERE id = ?");
  const [from, to] = [read.get(source), read.get(target)];
  if (!from || !to) throw new Error("no such account");
  if (from.balance < amount) throw new Error("too little");
  connection.exec("BEGIN IMMEDIATE");
  try {
    const write = connection.prepare("UPDATE accounts SET balance = ? WHERE id = ?");
    write.run(from.balance - amount, source);
    write.run(to.balance + amount, target);
    connection.prepare("INSERT INTO transfers (source, target, amount) VALUES (?, ?, ?)").run(source, target, amount);
    connection.exec("COMMIT");
  } catch (error) {
    connection.exec("ROLLBACK");
    throw error;
  }
}
