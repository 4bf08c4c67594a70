# The text reads as it will look, and a value of any kind can stand in the braces.
def greeting(name):
    return f"Hello, {name}!"
