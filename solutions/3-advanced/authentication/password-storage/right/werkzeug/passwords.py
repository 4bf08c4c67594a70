"""What Flask brings along: scrypt with N 32768, its settings and salt in the text. A new werkzeug may ask for more."""

import hashlib
import hmac

from werkzeug.security import check_password_hash, generate_password_hash

TODAY = "scrypt:32768:8:1"


def hash_password(password):
    return generate_password_hash(password, method=TODAY)


def log_in(password, stored):
    if "$" not in stored:
        right = hmac.compare_digest(hashlib.sha256(password.encode()).hexdigest(), stored)
        return hash_password(password) if right else None
    if not check_password_hash(stored, password):
        return None
    return stored if stored.startswith(f"{TODAY}$") else hash_password(password)
