export function transfer(connection, source, target, amount) {
  const run = (sql, ...values) => connection.prepare(sql).run(...values).changes;
  if (!run("UPDATE accounts SET balance = balance - ? WHERE id = ? AND balance >= ?", amount, source, amount)) {
    throw new Error(`account ${source} does not hold ${amount}`);
  }
  if (!run("UPDATE accounts SET balance = balance + ? WHERE id = ?", amount, target)) throw new Error(`no account ${target}`);
  run("INSERT INTO transfers (source, target, amount) VALUES (?, ?, ?)", source, target, amount);
}
