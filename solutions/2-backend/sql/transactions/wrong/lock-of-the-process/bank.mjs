let last = Promise.resolve();

export function transfer(connection, ...call) {
  const next = last.then(() => move(connection, ...call));
  last = next.catch(() => {});
  return next;
}

async function move(connection, source, target, amount) {
  const rows = connection.prepare("SELECT id, balance FROM accounts").all();
  const balances = new Map(rows.map(({ id, balance }) => [id, balance]));
  if (!balances.has(target) || !(balances.get(source) >= amount)) throw new Error("this cannot be");
  connection.exec("BEGIN IMMEDIATE");
  try {
    const write = connection.prepare("UPDATE accounts SET balance = ? WHERE id = ?");
    write.run(balances.get(source) - amount, source);
    write.run(balances.get(target) + amount, target);
    connection.prepare("INSERT INTO transfers VALUES (?, ?, ?)").run(source, target, amount);
    connection.exec("COMMIT");
  } catch (error) {
    connection.exec("ROLLBACK");
    throw error;
  }
}
