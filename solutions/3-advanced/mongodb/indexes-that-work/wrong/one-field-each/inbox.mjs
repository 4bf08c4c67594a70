// The inbox of a mail program: its indexes and its two lists.

// Make the indexes of mails.
export async function prepare(db) {
  const mails = db.collection("mails");
  await mails.createIndex({ user: 1 });
  await mails.createIndex({ at: -1 });
}

// Return the newest `count` mails in the inbox of `user`, newest first.
export async function newest(db, user, count) {
  const inbox = db.collection("mails").find({ user, folder: "inbox" });
  return inbox.sort({ at: -1 }).limit(count).hint({ user: 1 }).toArray();
}

// Return the newest `count` mails of `user` of size `least` or more, newest first.
export async function large(db, user, least, count) {
  const found = db.collection("mails").find({ user, size: { $gte: least } });
  return found.sort({ at: -1 }).limit(count).toArray();
}
