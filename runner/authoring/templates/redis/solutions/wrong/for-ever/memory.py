def remember(client, name, value):
    client.set(f"memory:{name}", value)


def recall(client, name):
    return client.get(f"memory:{name}")
