def remember(client, name, value):
    client.set("memory", value, ex=60)


def recall(client, name):
    return client.get("memory")
