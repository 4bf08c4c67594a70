// The inbox of a mail program: its indexes and its two lists.

// Make the indexes of mails.
export async function prepare(db) {
  // Equality, sort, range. In the first all is equality but the sort; in the second the entries
  // that are too small are passed over in the index, without their mail being read.
  const mails = db.collection("mails");
  await mails.createIndex({ user: 1, folder: 1, at: -1 });
  await mails.createIndex({ user: 1, at: -1, size: 1 });
}

// Return the newest `count` mails in the inbox of `user`, newest first.
export async function newest(db, user, count) {
  const inbox = db.collection("mails").find({ user, folder: "inbox" });
  return inbox.sort({ at: -1 }).limit(count).toArray();
}

// Return the newest `count` mails of `user` of size `least` or more, newest first.
export async function large(db, user, least, count) {
  const found = db.collection("mails").find({ user, size: { $gte: least } });
  return found.sort({ at: -1 }).limit(count).toArray();
}
