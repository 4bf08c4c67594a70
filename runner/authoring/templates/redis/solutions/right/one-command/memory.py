# The value and its end in one command: no moment in which one is there without the other.
def remember(client, name, value):
    client.set(f"memory:{name}", value, ex=60)


def recall(client, name):
    return client.get(f"memory:{name}")
