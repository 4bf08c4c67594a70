import json


class ConfigError(Exception):
    """A config file that cannot be used; the message says which, and why."""


def load_config(path, ready):
    # TODO(learn): turn whatever is wrong with the file into a ConfigError that helps
    with open(path, encoding="utf-8") as file:
        config = json.load(file)
    ready(config)
    return config
