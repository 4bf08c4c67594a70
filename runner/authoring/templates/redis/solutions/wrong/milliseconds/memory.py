def remember(client, name, value):
    client.set(f"memory:{name}", value, ex=60 * 1000)


def recall(client, name):
    return client.get(f"memory:{name}")
