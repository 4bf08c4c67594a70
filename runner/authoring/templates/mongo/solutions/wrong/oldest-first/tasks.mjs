export const openTasks = (db, who) =>
  db.collection("tasks").find({ who, done: false }).sort({ at: 1 }).toArray();
