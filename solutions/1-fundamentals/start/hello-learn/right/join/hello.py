# `+` shows each part, and joins texts only: a number has to become one first, str(n).
def greeting(name):
    return "Hello, " + name + "!"
