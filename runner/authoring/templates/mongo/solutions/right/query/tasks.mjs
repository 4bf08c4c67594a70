// The server does both: it sends nothing that is not returned.
export const openTasks = (db, who) =>
  db.collection("tasks").find({ who, done: false }).sort({ at: -1 }).toArray();
