// The inbox of a mail program: its indexes and its two lists.

// Make the indexes of mails.
export async function prepare(db) {
  // TODO(learn): indexes by which both lists below are found, and found in their order.
  await db.collection("mails").createIndex({ folder: 1 });
}

// Return the newest `count` mails in the inbox of `user`, newest first.
export async function newest(db, user, count) {
  // TODO(learn): let MongoDB choose, order and limit.
  const mails = await db.collection("mails").find({ user }).toArray();
  const inbox = mails.filter((mail) => mail.folder === "inbox");
  return inbox.sort((one, other) => other.at - one.at).slice(0, count);
}

// Return the newest `count` mails of `user` of size `least` or more, newest first.
export async function large(db, user, least, count) {
  // TODO(learn): let MongoDB choose, order and limit.
  const mails = await db.collection("mails").find({ user }).toArray();
  return mails
    .filter((mail) => mail.size >= least)
    .sort((one, other) => other.at - one.at)
    .slice(0, count);
}
