import json


class ConfigError(Exception):
    """A config file that cannot be used; the message says which, and why."""


def load_config(path, ready):
    try:
        with open(path, encoding="utf-8") as file:
            text = file.read()
    except OSError as error:
        raise ConfigError(f"{path} cannot be read: {error}") from error
    try:
        config = json.loads(text)
    except json.JSONDecodeError as error:
        raise ConfigError(f"{path} is no JSON: {error}") from error
    if not isinstance(config, dict):
        raise ConfigError(f"{path} holds a {type(config).__name__}, not an object")
    if not isinstance(config.get("host"), str):
        raise ConfigError(f'{path}: "host" must be a text')
    port = config.get("port")
    if not isinstance(port, int) or isinstance(port, bool):
        raise ConfigError(f'{path}: "port" must be a whole number')
    ready(config)
    return config
