"""The image is built again after an edit; the layers' ids tell what was made anew.

A layer's id is the hash of its content, times included: an install that ran again is another layer. Only what the
learner edits is random here, since all else would be built anew at each save.
"""

import io
import zipfile

import pytest

from runner.kit import not_yet

PORT = 8000
MODULE = "/greeting/__init__.py"
LATER, WORDS = "1.1", "Good evening"
METADATA = "Metadata-Version: 2.1\nName: greeting\nVersion: {}\n"
WHEEL = "Wheel-Version: 1.0\nGenerator: learn\nRoot-Is-Purelib: true\nTag: py3-none-any\n"

BESIDE = {
    ".env": "DATABASE_PASSWORD=mark-7c1f-env\n",
    ".git/config": "[remote] url = mark-7c1f-git\n",
    "web/node_modules/pad/index.js": "// mark-7c1f-node\n",
}
"""What lies in the folder at each build, beside the learner's files."""

MARKS = {"mark-7c1f-env": ".env", "mark-7c1f-git": ".git", "mark-7c1f-node": "web/node_modules"}
"""A word that is in each of them and nowhere else, and what a message calls it."""

ANEW = "a step is run again as soon as a file has changed that it, or a step before it, copies"
REMOVED = "a file that a later step removes stays in the layer before it, and travels with the image"


@pytest.fixture(scope="session")
def first(image):
    """The image as the learner's files make it."""
    return image.build(BESIDE)


@pytest.fixture(scope="session")
def installed(first):
    """The layers that hold the installed package, each with its instruction."""
    found = {each.id: each.made_by for each in first.saved()[0] if holds_module(each)}
    if not found:
        not_yet(expected="a layer that holds the installed package greeting", got="none", command=first.command)
    return found


def test_serves(first, container, work):
    """GET / answers with the page and the installed package's words"""
    answered(container, first, read(work, "page.txt"), "Hello")


def test_source_edit(image, container, installed, work, rng):
    """after an edit of app.py and page.txt the package's layer is the same"""
    page = f"page {rng.randrange(100_000)}\n"
    second = edited(image, work, page)
    answered(container, second, page, "Hello")
    for layer, made_by in installed.items():
        if layer not in second.layers:
            not_yet(
                command=second.command,
                expected=f"the layer of {short(made_by)} as before: the package has not changed",
                got="it was made again",
                means=ANEW,
                look="docker build .   (twice, with an edit of page.txt between: which steps are CACHED?)",
            )


def test_manifest_edit(image, container, installed, work):
    """after an edit of requirements.txt it is another, with the new package"""
    files = {"requirements.txt": f"greeting=={LATER}\n", f"vendor/greeting-{LATER}-py3-none-any.whl": wheel()}
    third = image.build({**BESIDE, **files})
    answered(container, third, read(work, "page.txt"), WORDS)
    kept = [made_by for layer, made_by in installed.items() if layer in third.layers]
    if len(kept) == len(installed):
        not_yet(
            command=third.command,
            expected="another layer with the package",
            got=f"the layer of {short(kept[0])} as before",
        )


def test_clean(image, work, rng):
    """no layer holds .env, .git or web/node_modules"""
    page = f"page {rng.randrange(100_000)}\n"
    built = edited(image, work, page)
    if not built.search(page.strip()):
        not_yet(expected="page.txt in the image", got="no layer holds it", command=built.command)
    for mark, name in MARKS.items():
        for place in built.search(mark):
            not_yet(
                command=built.command,
                expected=f"no layer with {name}",
                got=f"the layer of {short(place.made_by)} holds {place.file}",
                means=REMOVED if place.file.lstrip("/") not in built.files() else None,
            )


def edited(image, work, page):
    """The image after an edit of both source files."""
    return image.build({**BESIDE, "app.py": f"{read(work, 'app.py')}# {page}", "page.txt": page})


def read(work, name):
    """The text of a file of the learner's."""
    try:
        return (work / name).read_text(encoding="utf-8", errors="replace")
    except OSError as error:
        not_yet(expected=f"the file {name}, as the exercise gave it", got=error.strerror)


def answered(container, built, page, words):
    """Demand the answer of a container of BUILT."""
    means = "this page was in the image before the edit" if page.startswith("page ") else ""
    reply = container.start(built, env={"HOST": "0.0.0.0"}, port=PORT).get("/").status(200)
    found = reply.json()
    stale = isinstance(found, dict) and found.get("page") != page
    reply.equals({"page": page, "greeting": words}, means=means if stale else "")


def holds_module(layer):
    """Whether a layer has the package as pip installs it."""
    return any(file.endswith(MODULE) for file in layer.holding(MODULE[1:].encode()))


def short(made_by):
    """An instruction in a message."""
    return made_by if len(made_by) <= 60 else f"{made_by[:57]}..."


def wheel():
    """A later version of the package."""
    file = io.BytesIO()
    info = f"greeting-{LATER}.dist-info"
    parts = {MODULE[1:]: f'WORDS = "{WORDS}"\n', f"{info}/METADATA": METADATA.format(LATER), f"{info}/WHEEL": WHEEL}
    with zipfile.ZipFile(file, "w") as archive:
        for name, text in {**parts, f"{info}/RECORD": "".join(f"{each},,\n" for each in parts)}.items():
            archive.writestr(zipfile.ZipInfo(name), text)  # with a fixed time: the same bytes at each run
    return file.getvalue()
