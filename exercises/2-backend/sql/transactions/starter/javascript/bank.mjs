// Money goes from one account to another.

// Take `amount` from the account `source`, add it to `target`, and note it in transfers.
export function transfer(connection, source, target, amount) {
  // TODO(learn): all of this or nothing, also when something fails or others write at the same time.
  const read = connection.prepare("SELECT balance FROM accounts WHERE id = ?");
  const write = connection.prepare("UPDATE accounts SET balance = ? WHERE id = ?");
  write.run(read.get(source).balance - amount, source);
  write.run(read.get(target).balance + amount, target);
  connection
    .prepare("INSERT INTO transfers (source, target, amount) VALUES (?, ?, ?)")
    .run(source, target, amount);
}
