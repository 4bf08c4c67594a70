import json


class ConfigError(Exception):
    pass


def load_config(path, ready):
    try:
        with open(path, encoding="utf-8") as file:
            config = json.load(file)
    except (OSError, ValueError) as error:
        raise ConfigError(f"{path}: {error}") from error
    if not isinstance(config, dict):
        raise ConfigError(f"{path}: not an object")
    for key, kind in (("host", str), ("port", int)):
        if not isinstance(config.get(key), kind):
            raise ConfigError(f"{path}: {key} is missing or no {kind.__name__}")
    ready(config)
    return config
