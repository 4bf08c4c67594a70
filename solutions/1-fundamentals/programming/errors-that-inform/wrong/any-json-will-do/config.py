# What can be parsed is taken for an object.
import json


class ConfigError(Exception):
    pass


def load_config(path, ready):
    try:
        with open(path, encoding="utf-8") as file:
            config = json.load(file)
    except (OSError, ValueError) as error:
        raise ConfigError(f"{path}: {error}") from error
    if isinstance(config, dict):
        for key, kind in (("host", str), ("port", int)):
            if type(config.get(key)) is not kind:
                raise ConfigError(f"{path}: {key} is wrong")
    ready(config)
    return config
