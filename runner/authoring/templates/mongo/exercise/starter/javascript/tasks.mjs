export async function openTasks(db, who) {
  // TODO(learn): the tasks of this person that are not done, the newest first
  return [];
}
