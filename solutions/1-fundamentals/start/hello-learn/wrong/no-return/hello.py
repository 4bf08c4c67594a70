def greeting(name):
    text = "Hello, " + name + "!"
