"""A longer hash, as fast and as unsalted as the old one."""

import hashlib


def hash_password(password):
    return hashlib.sha512(password.encode()).hexdigest()


def log_in(password, stored):
    if len(stored) == 64:
        return hash_password(password) if hashlib.sha256(password.encode()).hexdigest() == stored else None
    return stored if hash_password(password) == stored else None
