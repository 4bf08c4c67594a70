while True:
    print("x" * 8192)
