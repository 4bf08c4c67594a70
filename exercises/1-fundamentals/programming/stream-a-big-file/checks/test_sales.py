"""Small files show each rule of the format alone; the peak of memory is compared between a small and a big file."""

from runner.kit import not_yet
from runner.kit.learner import Failure
from runner.kit.outcomes import Outcome

TOTAL = "sales:total"
WORDS = ["nail", "hammer", "glue", "plank", "screw", "brush", "paint", "rope", "hinge", "saw"]
BLOCK = 1_000_000
SIZES = {"python": (1, 9), "javascript": (8, 64)}
"""Blocks of the small file and of the big one: Node frees used pieces late, so for it the two lie farther apart."""

LONGEST = {"python": 5, "javascript": 200}
"""Words in the longest note of a big file: rows so short that a list of the numbers alone is nearly as big as the
file in Python; in JavaScript it is not, and short rows would take it seconds."""


def test_sums_the_column(learner, shell, rng):
    """the column is found by its name, and its numbers are added"""
    names = rng.sample(["cents", "fee", "tax"], 3)
    rows = [[rng.randrange(10, 90), rng.randrange(100, 900), -rng.randrange(1000, 9000)] for _ in range(3)]
    text = _lines([names, *rows])
    sums = dict(zip(names, map(sum, zip(*rows, strict=True)), strict=True))

    def why(got):
        others = [name for name in names if name != column and got == sums[name]]
        if others:
            return f"that is the total of {learner.literal(others[0])}; the header tells where the column is"
        if isinstance(got, str) and got.endswith("".join(str(row[names.index(column)]) for row in rows)):
            return "+ joins a text to what stands before it; a field of a file is a text until you make it a number"
        if got == 0 and learner.language == "javascript":
            return "0 comes back where total returns before any line was read: a stream reads later, so wait for it"
        if repr(got) == "undefined":
            return "total itself returned nothing: a `return` in a function inside it returns from that one"
        if isinstance(got, Failure) and column == names[-1] and f"{column!r} is not in list" in got.message:
            return f"a line read from a file still has its line end: {column + chr(10)!r} is not {column!r}"
        unknown = isinstance(got, Failure) or got != got  # an error or NaN
        if unknown and _equal(_answer(learner, shell, text.removesuffix("\n"), column), sums[column]):
            return "what comes after the last line end is an empty text, and no row: it has no field to add"
        return None

    for column in names:
        _try(learner, shell, text, column, sums[column], why)


def test_reads_quoted_fields(learner, shell, rng):
    """inside quotes a comma separates nothing, and "" is one quote"""
    a, b, c = rng.sample(range(10, 1000), 3)
    one, two = rng.sample(WORDS, 2)

    def comma(got):
        return "a comma inside quotes was taken for the end of a field" if got == 7 + b else None

    _try(learner, shell, _lines([["item", "cents"], [f'"{one}, 7, {two}"', a], [two, b]]), "cents", a + b, comma)

    def doubled(got):
        return '"" inside quotes is one quote of the text; the quoted field goes on after it'

    rows = [["item", "cents"], [f'"{one} ""{two}, 7, {one}"", new"', a], [two, b]]
    _try(learner, shell, _lines(rows), "cents", a + b, doubled)
    rows = [[f'"{one}, {two}"', '"net, cents"'], [two, f'"{a}"'], [two, f'"-{b}"'], ['""', c]]
    _try(learner, shell, _lines(rows), "net, cents", a - b + c, lambda got: None)
    name = f'6" {one}s'
    rows = [[f'"6"" {one}s"', two], [a, b], [c, 7]]
    _try(learner, shell, _lines(rows), name, a + c, lambda got: f"the header's first name is {name}, with one quote")
    name = f'{one} "{two}" {one}'
    rows = [[two, f'"{one} ""{two}"" {one}"'], [a, b], [7, c]]
    each = 'the header\'s last name holds "" twice, and each of them is one quote'
    _try(learner, shell, _lines(rows), name, b + c, lambda got: each)


def test_reads_any_line_end(learner, shell, rng):
    """a CRLF line end, or none after the last line, changes nothing"""
    rows = [[rng.choice(WORDS), rng.randrange(10, 1000)] for _ in range(3)]
    total, last = sum(row[1] for row in rows), rows[-1][1]

    def why(got):
        if got == total - last:
            return "the last line has no line end here, and it was left out"
        if ends == "\r\n":
            return 'every line ends in \\r\\n here: cut at \\n alone, the last name of the header is "cents\\r"'
        return None

    for ends in ("\n", "\r\n"):
        text = _lines([["item", "cents"], *rows], ends)
        for written in (text, text.removesuffix(ends)):
            _try(learner, shell, written, "cents", total, why)


def test_adds_every_row(learner, shell, rng):
    """every row of a 1 MB file counts once"""
    path, size, total, rows = _big(shell, rng, 1, LONGEST[learner.language])
    got = learner.call_many(TOTAL, [[str(path), "cents"]])[0]
    if not _equal(got, total):
        not_yet(
            call=f"{learner.shown(TOTAL, ['big.csv', 'cents'])} with {rows} rows, {size} bytes",
            expected=str(total),
            got=_shown(learner, got),
            where=got.where if isinstance(got, Failure) else None,
            means="a file of four lines is right; of this one, read in pieces, a piece may end in the middle of a row",
        )


def test_stays_small(learner, shell, rng):
    """when the file grows, the memory grows at most half as much"""
    seed = rng.random()
    files = []
    for blocks in SIZES[learner.language]:
        rng.seed(seed)
        files.append(_big(shell, rng, blocks, LONGEST[learner.language]))
    least = None
    extra = (files[1][1] - files[0][1]) / 1_000_000
    for _ in range(2):  # what frees memory runs beside the program, and late on a busy machine
        peaks = [_peak(learner, *file) for file in files]
        if least is None or peaks[1] - peaks[0] < least[1] - least[0]:
            least = peaks
        if least[1] - least[0] < extra / 2:
            return
        learner.restart()
    grown = least[1] - least[0]
    small, big = (f"{file[1] / 1_000_000:.0f} MB" for file in files)
    not_yet(
        call=learner.shown(TOTAL, ["big.csv", "cents"]),
        expected=f"at most {extra / 2:.0f} MB more memory for a file of {big} than for one of {small}",
        got=f"{grown:.0f} MB more: {least[0]:.0f} MB at the peak for {small}, {least[1]:.0f} MB for {big}",
        means=_why_grown(learner) if grown > extra or learner.language == "python" else None,
    )


def _why_grown(learner):
    means = "memory grows with the file: all of it, or something made of each row, is held at once"
    if learner.language == "javascript":
        means += ", or it is read in pieces far larger than 64 KB, which Node frees late"
    return means


def _lines(rows, ends="\n"):
    return "".join(",".join(map(str, row)) + ends for row in rows)


def _big(shell, rng, blocks, longest):
    """A file of so many BLOCKS of rows, none LONGEST words long, its size, its total, and how many rows it has."""
    rows, size, total = [], 0, 0
    while size < BLOCK:
        note = " ".join(rng.choices(WORDS, k=rng.randrange(2, longest)))
        cents = rng.randrange(-500, 9000)
        rows.append(f'"{note}, ü, ""{rng.choice(WORDS)}""",{cents},{rng.randrange(100)}\n')
        size += len(rows[-1])
        total += cents
    block = "".join(rows).encode()
    path = shell.folder("sales") / "big.csv"
    with path.open("wb") as file:
        file.write(b"note,cents,id\n")
        for _ in range(blocks):
            file.write(block)
    return path, len(block) * blocks, total * blocks, len(rows) * blocks


def _peak(learner, path, size, total, rows):
    """The most memory that was taken up to the end of a call with the file; the answer must be right."""
    got = learner.call(TOTAL, str(path), "cents")
    if not _equal(got, total):
        call = f"{learner.shown(TOTAL, ['big.csv', 'cents'])} with {rows} rows, {size / 1_000_000:.0f} MB"
        not_yet(call=call, expected=str(total), got=_shown(learner, got))
    return learner.peak()


def _equal(got, total):
    return isinstance(got, int | float) and not isinstance(got, bool) and got == total


def _shown(learner, got):
    return str(got) if isinstance(got, Failure) else learner.literal(got)


def _answer(learner, shell, text, column):
    """What total makes of a file with this TEXT: a value or a `Failure`."""
    path = shell.folder("sales") / "sales.csv"
    path.write_bytes(text.encode())
    return learner.call_many(TOTAL, [[str(path), column]])[0]


def _try(learner, shell, text, column, total, why):
    call = learner.shown(TOTAL, ["sales.csv", column])
    try:
        got = _answer(learner, shell, text, column)
    except Outcome as outcome:
        outcome.rows = [row for row in outcome.rows if row[0] != "call"]  # the path of this run's file says nothing
        outcome.add([("call", call)])
        raise
    if not _equal(got, total):
        not_yet(
            call=f"{call} with {_told(learner, text)}",
            expected=str(total),
            got=_shown(learner, got),
            where=got.where if isinstance(got, Failure) else None,
            means=why(got),
        )


def _told(learner, text):
    """A file's TEXT in words: its lines as they are, unless it is about their ends."""
    if "\r" in text or not text.endswith("\n"):
        return f"the file {learner.literal(text)}"
    return f"these lines, \\n after each:\n{text.removesuffix(chr(10))}"
