export const openTasks = (db, who) =>
  db.collection("tasks").find({ done: false }).sort({ at: -1 }).toArray();
