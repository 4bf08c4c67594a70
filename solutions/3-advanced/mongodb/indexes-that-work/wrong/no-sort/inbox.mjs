// The inbox of a mail program: its indexes and its two lists.

// Make the indexes of mails.
export async function prepare(db) {
  const mails = db.collection("mails");
  await mails.createIndex({ user: 1, at: -1 }, { partialFilterExpression: { folder: "inbox" } });
  await mails.createIndex({ user: 1, at: -1, size: 1 });
}

// Return the newest `count` mails in the inbox of `user`, newest first.
export async function newest(db, user, count) {
  return db.collection("mails").find({ user, folder: "inbox" }).limit(count).toArray();
}

// Return the newest `count` mails of `user` of size `least` or more, newest first.
export async function large(db, user, least, count) {
  return db.collection("mails").find({ user, size: { $gte: least } }).limit(count).toArray();
}
