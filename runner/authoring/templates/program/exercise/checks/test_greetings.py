"""The program is run with names that are drawn from the seed; its output and its status are looked at."""

from runner.kit import not_yet

NAMES = ("Edsger", "Barbara", "Katherine", "Alan", "Hedy", "Margaret")


def test_greets(program, rng):
    """one name is greeted"""
    compare(program, [f"{rng.choice(NAMES)}{rng.randrange(100)}"])


def test_greets_all(program, rng):
    """each of several names is greeted, in their order"""
    names = [*rng.sample(NAMES, 3), "Ana Maria"]
    compare(program, names, {names[0]: "the first name alone was greeted"})


def test_needs_a_name(program):
    """without a name the program ends with the status 2"""
    ended = program.run()
    if ended.code != 2:
        means = "a script around the program takes 0 for success" if ended.code == 0 else ""
        not_yet(expected="exit status 2", got=f"exit status {ended.code}", stderr=ended.last_lines, means=means)


def compare(program, names, mistakes=None):
    """End the check where NAMES are not greeted; MISTAKES says what it means to greet that name alone."""
    got = program.run(*names).well().output
    if got != lines(names):
        means = next((words for name, words in (mistakes or {}).items() if got == lines([name])), "")
        not_yet(expected=repr(lines(names)), got=repr(got[:200]), means=means)


def lines(names):
    """What the program prints for NAMES."""
    return "".join(f"Hello, {name}!\n" for name in names)
