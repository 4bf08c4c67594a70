export const openTasks = (db, who) =>
  db.collection("tasks").find({ who }).sort({ at: -1 }).toArray();
