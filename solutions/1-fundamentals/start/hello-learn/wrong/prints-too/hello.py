def greeting(name):
    text = f"Hello, {name}!"
    print(text)
    return text
