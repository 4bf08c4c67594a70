def open_tasks(db, who):
    return list(db.tasks.find({"who": who, "done": False}).sort("at", 1))
