import json


class ConfigError(Exception):
    pass


def load_config(path, ready):
    try:
        with open(path, encoding="utf-8") as file:
            config = json.load(file)
        if not isinstance(config["host"], str) or type(config["port"]) is not int:
            raise ConfigError(f"{path}: host or port is wrong")
        ready(config)
        return config
    except:
        return None
