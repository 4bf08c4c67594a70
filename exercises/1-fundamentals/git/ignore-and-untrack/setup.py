"""A repository that tracks too much: a key in .env, and what a program makes in build/."""

import hashlib
import random
from pathlib import Path

from runner.kit.git_builder import Builder, Draft

README = """# The shop's pages

`python3 src/build.py` writes them to `build/`. Copy `.env.example` to `.env`
and put your own key in.
"""
BUILD = '''"""Makes the pages: python3 src/build.py"""

from pathlib import Path

from pages import PAGES

folder = Path("build")
folder.mkdir(exist_ok=True)
for name, text in PAGES.items():
    (folder / f"{name}.html").write_text(f"<h1>{text}</h1>\\n")
'''
PAGES = 'PAGES = {"index": "The shop", "about": "About us"}\n'
CSS = "h1 {{ color: #{color:06x} }}\n"


def setup(folder: Path, rng: random.Random) -> dict:
    repo = Builder(folder / "repo")
    kept = {
        "README.md": README,
        "src/build.py": BUILD,
        "src/pages.py": PAGES,
        ".env.example": "PAYMENT_KEY=\n",
    }
    gone = {
        ".env": f"PAYMENT_KEY=live-{rng.randrange(16**12):012x}\n",
        "build/index.html": "<h1>The shop</h1>\n",
        "build/about.html": "<h1>About us</h1>\n",
        f"build/css/style.{rng.randrange(16**6):06x}.css": CSS.format(color=rng.randrange(16**6)),
    }
    drafts = [
        Draft("Make the shop's pages", {**kept, ".gitignore": "# what programs tell\n*.log\n"}),
        Draft("Add what was missing", gone),
    ]
    *_, base = repo.history(drafts)
    repo.run("reset", "--quiet", "--hard")
    repo.write("build.log", "2 pages\n")
    return {"base": base, "date": repo.now, "kept": blobs(kept), "gone": blobs(gone)}


def blobs(files: dict[str, str]) -> dict[str, str]:
    """The hash that git gives to each of FILES."""
    return {
        path: hashlib.sha1(b"blob %d\0%b" % (len(text.encode()), text.encode())).hexdigest()
        for path, text in files.items()
    }
