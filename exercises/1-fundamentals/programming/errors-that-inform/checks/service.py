"""A service that loads its config with the learner's code; the check lays it beside theirs."""

import config

HEARD = []


def start(path, slip=None):
    """Load PATH; where SLIP is told, the service has that bug in the function that it hands in."""

    def ready(settings):
        HEARD.append(settings)
        if slip == "key":
            settings["hots"]
        elif slip == "number":
            int("many")
        elif slip == "file":
            open("audit/no-such.log")  # noqa: SIM115
        elif slip == "type":
            settings["port"] + "0"

    return config.load_config(path, ready)


def heard():
    """What `ready` was called with since the last time."""
    calls = list(HEARD)
    HEARD.clear()
    return calls
