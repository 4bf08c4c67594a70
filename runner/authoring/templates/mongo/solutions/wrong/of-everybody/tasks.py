def open_tasks(db, who):
    return list(db.tasks.find({"done": False}).sort("at", -1))
