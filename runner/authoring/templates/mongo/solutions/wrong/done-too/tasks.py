def open_tasks(db, who):
    return list(db.tasks.find({"who": who}).sort("at", -1))
