"""PBKDF2: it is everywhere, and needs many more rounds, since it takes no memory and runs well on graphics cards."""

import hashlib
import hmac
import secrets

ROUNDS = 600_000


def digest(password, salt, rounds):
    return hashlib.pbkdf2_hmac("sha256", password.encode(), salt.encode(), rounds).hex()


def hash_password(password):
    salt = secrets.token_urlsafe(16)
    return f"pbkdf2:sha256:{ROUNDS}${salt}${digest(password, salt, ROUNDS)}"


def log_in(password, stored):
    if not stored.startswith("pbkdf2:"):
        right = hmac.compare_digest(hashlib.sha256(password.encode()).hexdigest(), stored)
        return hash_password(password) if right else None
    name, salt, wanted = stored.split("$")
    rounds = int(name.split(":")[2])
    if not hmac.compare_digest(digest(password, salt, rounds), wanted):
        return None
    return stored if rounds >= ROUNDS else hash_password(password)
