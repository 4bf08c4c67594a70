export function transfer(connection, source, target, amount) {
  const read = connection.prepare("SELECT balance FROM accounts WHERE id = ?");
  if (!read.get(target) || !(read.get(source)?.balance >= amount)) throw new Error("this cannot be");
  connection.exec("BEGIN IMMEDIATE");
  try {
    connection.prepare("UPDATE accounts SET balance = balance - ? WHERE id = ?").run(amount, source);
    connection.prepare("UPDATE accounts SET balance = balance + ? WHERE id = ?").run(amount, target);
    connection.prepare("INSERT INTO transfers (source, target, amount) VALUES (?, ?, ?)").run(source, target, amount);
    connection.exec("COMMIT");
  } catch (error) {
    connection.exec("ROLLBACK");
    throw error;
  }
}
