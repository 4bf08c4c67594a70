import json


class ConfigError(Exception):
    pass


def load_config(path, ready):
    try:
        with open(path, encoding="utf-8") as file:
            config = json.load(file)
        for key, kind in {"host": str, "port": int}.items():
            if type(config[key]) is not kind:
                raise ConfigError(f"{path}: {key} has the wrong type")
        ready(config)
        return config
    except ConfigError:
        raise
    except KeyError as error:
        raise ConfigError(f"{path}: the key {error} is missing") from error
    except (OSError, ValueError, TypeError) as error:
        raise ConfigError(f"{path}: {error}") from error
