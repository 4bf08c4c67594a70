"""The learner's loader is called by a small service, `service.py` or `service.mjs`, which is laid beside their file."""

import json
import shutil
from pathlib import Path

from runner.kit import not_yet
from runner.kit.learner import Failure
from runner.kit.outcomes import Outcome

PROPER = {"python": "Exception", "javascript": "Error"}
CAUSES = {
    "python": {"missing": "FileNotFoundError", "folder": "IsADirectoryError", "broken": "JSONDecodeError"},
    "javascript": {"missing": "Error", "folder": "Error", "broken": "SyntaxError"},
}
"""By language: the error that reading a file meets."""

TEXTS = ("str", "string")

SLIPS = {
    "python": {
        "file": ('open("audit/no-such.log")', "FileNotFoundError"),
        "key": ('config["hots"]', "KeyError"),
        "number": ('int("many")', "ValueError"),
        "type": ('config["port"] + "0"', "TypeError"),
    },
    "javascript": {
        "file": ('readFileSync("audit/no-such.log")', "Error"),
        "type": ('JSON.parse("{")', "SyntaxError"),
        "key": ("config.hots.length", "TypeError"),
        "number": ("(1).toFixed(1000)", "RangeError"),
    },
}
"""By language: the bugs that the service can have in `ready`, what each one does and its error."""

OWN = "the caller catches ConfigError; an error of another kind goes past them"
NO_OBJECTS = ("holds [", 'holds "', "holds null")
NO_OBJECT = "a list, a text or null is JSON as well, so reading it fails nowhere; but it has no host and no port"
ENDED = "the whole program was ended here; whether to end is for the caller to decide"


def test_hands_over_the_config(learner, work, rng):
    """a good config is given to ready, then returned"""
    _prepare(learner, work)
    port = rng.randrange(1024, 60_000)
    for config in ({"host": f"db-{port % 97}", "port": port}, {"host": "", "port": 0, "debug": False}):
        name = _write(work, rng, config)
        call = _shown(learner, name, config)
        got = _load(learner, call, name)
        if isinstance(got, Failure):
            means = None
            if config["port"] == 0 and _is_config_error(got):
                means = '0 is a whole number and "" is a text, though both count as false in an `if`'
            not_yet(call=call, expected=learner.literal(config), got=str(got), means=means, where=_where(got))
        _same(learner, call, config, got, "")
        heard = learner.call("service:heard")
        if len(heard) != 1:
            not_yet(call=call, expected="one call of `ready`", got=f"{len(heard)} calls")
        _same(learner, call, config, heard[0], "`ready` called with ")


def test_names_the_file(learner, work, rng):
    """a file that cannot be used raises ConfigError, with the path"""
    _prepare(learner, work)
    for name, what in _unusable(work, rng):
        call = _shown(learner, name, what)
        got = _load(learner, call, name)
        _demand(learner, call, got, [name], NO_OBJECT if what.startswith(NO_OBJECTS) else None)
        _unheard(learner, call)


def test_names_the_key(learner, work, rng):
    """a wrong or missing key raises ConfigError, with the path and the key"""
    _prepare(learner, work)
    good = {"host": f"db-{rng.randrange(10, 99)}", "port": rng.randrange(1024, 60_000)}
    wrong = {
        "port": [str(good["port"]), True, good["port"] + 0.5, None],
        "host": [rng.randrange(10, 99), None, [good["host"]]],
    }
    texts = {}
    name = _write(work, rng, good)
    for key in ("port", "host"):
        config = {each: value for each, value in good.items() if each != key}
        (work / name).write_text(json.dumps(config))
        call = _shown(learner, name, config)
        got = _load(learner, call, name)
        late = "the service starts, and fails later, far from the file that is wrong"
        _demand(learner, call, got, [name, key], late)
        _unheard(learner, call)
        texts[key] = got
    if texts["port"].message == texts["host"].message:
        not_yet(
            call=call,
            expected="a message that says which key is missing",
            got=str(texts["host"]),
            means="it is the same text when `port` is missing instead, so it does not tell which one to mend",
            where=_where(texts["host"]),
        )
    for key, values in wrong.items():
        for value in values:
            config = {**good, key: value}
            (work / name).write_text(json.dumps(config))
            call = _shown(learner, name, config)
            _demand(learner, call, _load(learner, call, name), [name, key], _why_taken(learner, value))
            _unheard(learner, call)


def test_keeps_the_cause(learner, work, rng):
    """the error met while reading the file is kept as the cause"""
    _prepare(learner, work)
    causes = CAUSES[learner.language]
    for kind, (name, what) in zip(("missing", "folder", "broken"), _unusable(work, rng)[:3], strict=True):
        call = _shown(learner, name, what)
        got = _load(learner, call, name)
        _demand(learner, call, got, [name])
        if got.cause != causes[kind]:
            place = "cause" if learner.language == "javascript" else "__cause__"
            means = "your error does not say which error it comes from" if got.cause is None else None
            if got.cause in TEXTS:
                means = "a text of an error has lost its kind and its place: keep the error itself"
            not_yet(
                call=call,
                expected=f"a ConfigError whose {place} is the {causes[kind]} that reading met",
                got=f"{got}; its {place} is {'not set' if got.cause is None else f'of the type {got.cause}'}",
                means=means,
                look="learn doc   (how an error keeps its cause)" if got.cause is None else None,
                where=_where(got),
            )


def test_lets_bugs_through(learner, work, rng):
    """an error in ready reaches the caller as it is"""
    _prepare(learner, work)
    config = {"host": "db", "port": rng.randrange(1024, 60_000)}
    name = _write(work, rng, config)
    for slip, (does, error) in SLIPS[learner.language].items():
        call = f"{_shown(learner, name, 'is good')}, but `ready` does {does}"
        got = _load(learner, call, name, slip)
        learner.call("service:heard")
        if not isinstance(got, Failure):
            not_yet(
                call=call,
                expected=f"{error}, as it comes out of `ready`",
                got=f"no error: it returned {learner.literal(got)}",
                means="your code caught a bug that is not its own, and nobody ever hears of it",
            )
        if got.type != error:
            means = "`ready` ran inside your `try`: a bug in it is reported as a bad file, though the file is good"
            not_yet(
                call=call,
                expected=f"{error}, as it comes out of `ready`",
                got=str(got),
                means=means if _is_config_error(got) else None,
                where=_where(got),
            )


def _prepare(learner, work):
    """Lay the service beside the learner's file, and see that this can be loaded and has the function."""
    suffix, anything = ("mjs", "toString") if learner.language == "javascript" else ("py", "__repr__")
    try:
        learner.call_many(f"config:load_config.{anything}", [[]])  # loads the file; a method that all functions have
    except Outcome as outcome:
        outcome.rows = [row for row in outcome.rows if row != ("expected", "a value") and row[0] != "call"]
        call = f"{learner.named('load_config')}(path, ready)"
        outcome.add([("call", call), ("expected", f"a file config.{suffix} that can be loaded")])
        raise
    shutil.copy(Path(__file__).parent / f"service.{suffix}", work / f"service.{suffix}")


def _load(learner, call, name, slip=None):
    """What loading the file NAME came to: the config or a `Failure`."""
    try:
        return learner.call_many("service:start", [[name, slip]])[0]
    except Outcome as outcome:
        ended = "ended with exit status" in dict(outcome.rows).get("got", "")
        outcome.add([("call", call), ("means", ENDED if ended else "")])
        raise


def _free(work, rng):
    """The name of a config file that is not there yet."""
    while True:
        name = f"app-{rng.randrange(100, 1000)}.json"
        if not (work / name).exists():
            return name


def _write(work, rng, config):
    name = _free(work, rng)
    (work / name).write_text(json.dumps(config))
    return name


def _unusable(work, rng):
    """Paths that no config can be read from, with what is there: missing, a folder, broken JSON, others, an image."""
    missing, folder = f"no-{_free(work, rng)}", _free(work, rng)
    (work / folder).mkdir()
    found = [(missing, "does not exist"), (folder, "is a folder")]
    host = f"db-{rng.randrange(10, 99)}"
    for text in (f'{{"host": "{host}",', "", f'["{host}", 80]', f'"{host}"', "null"):
        name = _free(work, rng)
        (work / name).write_text(text)
        found.append((name, f"holds {text}" if text else "is empty"))
    image = _free(work, rng)
    (work / image).write_bytes(b"\x89PNG\r\n\x1a\n" + rng.randbytes(8))
    return [*found, (image, "is an image, whose bytes are no UTF-8")]


def _shown(learner, name, what):
    """The call as a learner writes it, and what the file holds."""
    words = what if isinstance(what, str) else f"holds {json.dumps(what)}"
    return f"{learner.named('load_config')}({learner.literal(name)}, ready); the file {words}"


def _where(failure):
    """Where FAILURE came from, told only where that is in the learner's file."""
    return failure.where if failure.where.startswith("config.") else None


def _same(learner, call, config, got, where):
    if not isinstance(got, dict) or got != config:
        not_yet(call=call, expected=f"{where}{learner.literal(config)}", got=f"{where}{learner.literal(got)}")


def _is_config_error(failure):
    return "ConfigError" in [failure.type, *failure.bases]


def _demand(learner, call, got, parts, why_taken=None):
    """Demand that GOT is a ConfigError whose message holds each of PARTS, the path and perhaps the key."""
    named = " and ".join(learner.literal(part) for part in parts)
    expected = f"ConfigError with {named} in its message"
    if not isinstance(got, Failure):
        means = why_taken
        if got is None or str(got) == "undefined":
            means = "nothing was said: the caller goes on, without a config and without an error"
        not_yet(call=call, expected=expected, got=f"no error: it returned {learner.literal(got)}", means=means)
    if not _is_config_error(got):
        not_yet(
            call=call,
            expected=expected,
            got=str(got),
            means=ENDED if got.type == "SystemExit" else OWN,
            where=_where(got),
        )
    if PROPER[learner.language] not in got.bases:
        base = PROPER[learner.language]
        not_yet(call=call, expected=f"a ConfigError that is an {base} itself", got=str(got), where=_where(got))
    if parts[0] not in got.message:
        means = "a service reads more than one file; who reads this has to guess which"
        not_yet(call=call, expected=expected, got=str(got), means=means, where=_where(got))
    if parts[-1] not in got.message:
        means = "the message leads to the file, but not to the line to mend"
        not_yet(call=call, expected=expected, got=str(got), means=means, where=_where(got))


def _unheard(learner, call):
    if learner.call("service:heard"):
        not_yet(
            call=call,
            expected="`ready` is not called",
            got="`ready` was called",
            means="the service went on with a config that was refused after that",
        )


def _why_taken(learner, value):
    """What it means that a VALUE of a wrong type was taken."""
    if value is True and learner.language == "python":
        return "in Python `isinstance(True, int)` is true: a bool is an int as well"
    if isinstance(value, float) and learner.language == "javascript":
        return 'in JavaScript `typeof 80.5` is "number" as well'
    if isinstance(value, str):
        return f"{json.dumps(value)} in quotes is a text, though of digits; the contract asks for a whole number"
    if value is None:
        return "null in the file is a value: the key is there, but its type is wrong"
    return None
