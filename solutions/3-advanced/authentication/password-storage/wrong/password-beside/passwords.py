"""The password is kept for the day when somebody has forgotten it."""

import base64
import hashlib
import hmac
import os
import re

TODAY = (16384, 8, 1)


def digest(password, salt, n, r, p):
    return hashlib.scrypt(password.encode(), salt=salt, n=n, r=r, p=p, maxmem=256 * n * r, dklen=32)


def hash_password(password):
    salt = os.urandom(16)
    n, r, p = TODAY
    return f"scrypt${n}${r}${p}${salt.hex()}${digest(password, salt, n, r, p).hex()}${base64.b64encode(password.encode()).decode()}"


def log_in(password, stored):
    if re.fullmatch(r"[0-9a-f]{64}", stored):
        old = hashlib.sha256(password.encode()).hexdigest()
        return hash_password(password) if hmac.compare_digest(old, stored) else None
    _, n, r, p, salt, wanted, _ = stored.split("$")
    settings = (int(n), int(r), int(p))
    if not hmac.compare_digest(digest(password, bytes.fromhex(salt), *settings), bytes.fromhex(wanted)):
        return None
    return stored if settings == TODAY else hash_password(password)
