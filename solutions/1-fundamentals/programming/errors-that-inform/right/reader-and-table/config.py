# The keys and their rules are data, and reading is a function of its own: its one `try` may hold
# all of it, because nobody else's code runs in there.
import json


class ConfigError(Exception):
    def __init__(self, path, problem, key=None):
        self.path, self.key = path, key
        super().__init__(f"{path}{f', key {key}' if key else ''}: {problem}")


KEYS = {"host": (str, "a text"), "port": (int, "a whole number")}


def _read(path):
    try:
        with open(path, encoding="utf-8") as file:
            return json.load(file)
    except (OSError, ValueError) as error:
        raise ConfigError(path, str(error)) from error


def load_config(path, ready):
    config = _read(path)
    if type(config) is not dict:
        raise ConfigError(path, "an object is needed")
    for key, (kind, words) in KEYS.items():
        try:
            value = config[key]
        except KeyError as error:
            raise ConfigError(path, "it is missing", key) from error
        if type(value) is not kind:
            raise ConfigError(path, f"{value!r} is not {words}", key)
    ready(config)
    return config
