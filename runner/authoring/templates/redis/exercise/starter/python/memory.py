def remember(client, name, value):
    """Keep the text VALUE under NAME for a minute."""
    # TODO(learn)


def recall(client, name):
    """What is kept under NAME; None where nothing is."""
    # TODO(learn)
