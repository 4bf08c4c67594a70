def greeting(name):
    print(f"Hello, {name}!")
