"""exp is compared with milliseconds."""

import base64
import hashlib
import hmac
import json
import os
import time

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding
from cryptography.hazmat.primitives.serialization import load_pem_public_key
from flask import Flask, request

app = Flask(__name__)

ALGORITHM = os.environ["JWT_ALGORITHM"]
KEY = os.environ["JWT_KEY"].encode()
ISSUER = os.environ["JWT_ISSUER"]
AUDIENCE = os.environ["JWT_AUDIENCE"]


class NotGood(Exception):
    """A token that is not to be trusted."""


def unpacked(part):
    return base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))


def signed(text, signature):
    """Whether SIGNATURE is the issuer's of TEXT."""
    if ALGORITHM == "HS256":
        return hmac.compare_digest(hmac.new(KEY, text, hashlib.sha256).digest(), signature)
    try:
        load_pem_public_key(KEY).verify(signature, text, padding.PKCS1v15(), hashes.SHA256())
    except InvalidSignature:
        return False
    return True


def holds(claims):
    """Whether CLAIMS are for this service and this moment."""
    aud, now = claims.get("aud"), time.time_ns() // 1_000_000
    return (
        claims.get("iss") == ISSUER
        and (aud == AUDIENCE or (isinstance(aud, list) and AUDIENCE in aud))
        and isinstance(claims.get("exp"), int | float)
        and now < claims["exp"]
        and isinstance(claims.get("nbf", 0), int | float)
        and claims.get("nbf", 0) <= now
        and isinstance(claims.get("sub"), str)
    )


def verified(token):
    """The claims of a good token; raises NotGood for any other."""
    try:
        head, payload, signature = token.split(".")
        header, claims = json.loads(unpacked(head)), json.loads(unpacked(payload))
        if header["alg"] == ALGORITHM and signed(f"{head}.{payload}".encode(), unpacked(signature)) and holds(claims):
            return claims
    except (ValueError, TypeError, AttributeError, LookupError) as error:
        raise NotGood(str(error)) from error
    raise NotGood("another's, or not for here and now")


@app.get("/me")
def me():
    try:
        return {"user": verified(request.headers.get("Authorization", "").removeprefix("Bearer "))["sub"]}
    except NotGood:
        return {"error": "a good token is needed"}, 401


app.run(host="127.0.0.1", port=int(os.environ["PORT"]))
