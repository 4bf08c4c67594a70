import json


class ConfigError(Exception):
    pass


def load_config(path, ready):
    try:
        with open(path, encoding="utf-8") as file:
            config = json.load(file)
    except (OSError, ValueError) as error:
        raise ConfigError(f"cannot load {path}") from error
    if not isinstance(config, dict):
        raise ConfigError(f"cannot load {path}")
    for key, kind in {"host": str, "port": int}.items():
        if key not in config:
            raise ConfigError(f"the key {key} is missing")
        if type(config[key]) is not kind:
            raise ConfigError(f"{key} must be {kind.__name__}, not {config[key]!r}")
    ready(config)
    return config
