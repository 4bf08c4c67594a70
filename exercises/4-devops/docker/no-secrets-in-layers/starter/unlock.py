"""Unlock the price list while the image is built: python unlock.py FILE, where FILE holds the token.

It is finished. It reads catalog.locked, which the token opens, and writes catalog.json.
"""

import hashlib
import sys
from pathlib import Path

token = Path(sys.argv[1]).read_text().strip()
locked = Path("catalog.locked").read_bytes()
key = hashlib.shake_256(token.encode()).digest(len(locked))
plain = bytes(one ^ other for one, other in zip(locked, key))
if not plain.startswith(b'{"catalog":'):
    sys.exit("unlock: this token does not open catalog.locked")
Path("catalog.json").write_bytes(plain)
