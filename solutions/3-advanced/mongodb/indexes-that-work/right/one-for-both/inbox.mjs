// The inbox of a mail program: its indexes and its two lists.

// Make the indexes of mails.
export async function prepare(db) {
  // One index to write instead of two, walked backwards. The price: newest passes over the entries of
  // other folders, which matters to a user with a large archive.
  const mails = db.collection("mails");
  await mails.createIndex({ user: 1, at: 1, folder: 1, size: 1 });
}

// Return the newest `count` mails in the inbox of `user`, newest first.
export async function newest(db, user, count) {
  const pipeline = [{ $match: { user, folder: "inbox" } }, { $sort: { at: -1 } }, { $limit: count }];
  return db.collection("mails").aggregate(pipeline).toArray();
}

// Return the newest `count` mails of `user` of size `least` or more, newest first.
export async function large(db, user, least, count) {
  const pipeline = [{ $match: { user, size: { $gte: least } } }, { $sort: { at: -1 } }, { $limit: count }];
  return db.collection("mails").aggregate(pipeline).toArray();
}
