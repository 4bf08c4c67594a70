export function transfer(connection, source, target, amount) {
  const add = connection.prepare("UPDATE accounts SET balance = balance + ? WHERE id = ?");
  const take = connection.prepare("UPDATE accounts SET balance = balance - ? WHERE id = ? AND balance >= ?");
  if (!take.run(amount, source, amount).changes) throw new Error("too little");
  try {
    if (!add.run(amount, target).changes) throw new Error("no such account");
    connection.prepare("INSERT INTO transfers VALUES (?, ?, ?)").run(source, target, amount);
  } catch (error) {
    add.run(amount, source);
    throw error;
  }
}
