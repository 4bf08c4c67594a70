// Money goes from one account to another: what was read is compared in the write, and if it is old all begins again.
// No lock is held while this thinks. Where many meet at one account, the tries that come to nothing cost more than a lock.

// Take `amount` from the account `source`, add it to `target`, and note it in transfers.
export function transfer(connection, source, target, amount) {
  while (!tried(connection, source, target, amount));
}

// Do the transfer, or nothing, when the balance of `source` changed meanwhile.
function tried(connection, source, target, amount) {
  const run = (sql, ...values) => connection.prepare(sql).run(...values).changes;
  const found = connection.prepare("SELECT balance FROM accounts WHERE id = ?").get(source);
  if (!found || found.balance < amount) throw new Error(`account ${source} does not hold ${amount}`);
  connection.exec("BEGIN");
  try {
    const { balance } = found;
    const taken = run("UPDATE accounts SET balance = ? WHERE id = ? AND balance = ?", balance - amount, source, balance);
    if (taken) {
      if (!run("UPDATE accounts SET balance = balance + ? WHERE id = ?", amount, target)) {
        throw new Error(`no account ${target}`);
      }
      run("INSERT INTO transfers (source, target, amount) VALUES (?, ?, ?)", source, target, amount);
    }
    connection.exec("COMMIT");
    return taken > 0;
  } catch (error) {
    connection.exec("ROLLBACK");
    throw error;
  }
}
