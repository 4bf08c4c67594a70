def open_tasks(db, who):
    # TODO(learn): the tasks of this person that are not done, the newest first
    return []
