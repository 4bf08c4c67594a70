// Money goes from one account to another: the statement that takes it also asks whether it is there.

// Take `amount` from the account `source`, add it to `target`, and note it in transfers.
export function transfer(connection, source, target, amount) {
  const run = (sql, ...values) => connection.prepare(sql).run(...values).changes;
  connection.exec("BEGIN"); // no lock yet: the first statement is a write, which waits for it and has read nothing
  try {
    if (!run("UPDATE accounts SET balance = balance - ? WHERE id = ? AND balance >= ?", amount, source, amount)) {
      throw new Error(`account ${source} does not hold ${amount}`);
    }
    if (!run("UPDATE accounts SET balance = balance + ? WHERE id = ?", amount, target)) {
      throw new Error(`no account ${target}`);
    }
    run("INSERT INTO transfers (source, target, amount) VALUES (?, ?, ?)", source, target, amount);
    connection.exec("COMMIT");
  } catch (error) {
    connection.exec("ROLLBACK");
    throw error;
  }
}
