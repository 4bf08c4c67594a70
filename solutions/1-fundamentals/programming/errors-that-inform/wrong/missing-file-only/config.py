import json


class ConfigError(Exception):
    pass


def load_config(path, ready):
    try:
        with open(path, encoding="utf-8") as file:
            config = json.load(file)
    except FileNotFoundError as error:
        raise ConfigError(f"{path} does not exist") from error
    except json.JSONDecodeError as error:
        raise ConfigError(f"{path} is no JSON: {error}") from error
    if not isinstance(config, dict):
        raise ConfigError(f"{path} holds no object")
    if not isinstance(config.get("host"), str):
        raise ConfigError(f"{path}: host must be a text")
    if type(config.get("port")) is not int:
        raise ConfigError(f"{path}: port must be a whole number")
    ready(config)
    return config
