"""The fixture `tokens`: JWTs as an issuer signs them, and those that are wrong in exactly one way each.

What is right is minted by PyJWT. It refuses to make most of what is wrong, so these are put together here from their
parts, as RFC 7515 has it: `base64url(header).base64url(payload).base64url(signature)`.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import random
import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import jwt
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, generate_private_key
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

MINUTE = 60

LIFE = 10 * MINUTE
"""Seconds that a token is good for, and by which one is too old or too early: no busy machine comes near it."""

OTHER_ALGORITHM = {"HS256": "HS512", "RS256": "RS512"}
"""One that the same key can sign with, by the algorithm that is meant."""

Claims = dict[str, Any]


def new_pair() -> RSAPrivateKey:
    """A new private key with its public one; size and exponent as RFC 7518, 3.3 and `cryptography` ask for."""
    return generate_private_key(public_exponent=65537, key_size=2048)


OURS, STRANGERS = new_pair(), new_pair()
"""The keys of RSA, of the issuer and of somebody else: made once for a checker, since it takes a tenth of a second."""


@dataclass(frozen=True)
class Token:
    """A token, and what is wrong with it.

    Args:
        name: a name in a few words, such as `expired`.
        wrong: a sentence without its dot, such as `it expired 10 minutes ago`; empty for a good one.
        text: as it stands in a header.
    """

    name: str
    wrong: str
    text: str


class Tokens:
    """Makes issuers; secrets and subjects come from the check's random numbers."""

    def __init__(self, rng: random.Random) -> None:
        self._rng = rng

    def issuer(self, algorithm: str, name: str, audience: str) -> Issuer:
        """An issuer called NAME (`iss`) that signs by ALGORITHM, `HS256` or `RS256`, for AUDIENCE (`aud`)."""
        return Issuer(algorithm, name, audience, self._rng)


class Issuer:
    """Mints tokens.

    Args:
        algorithm: `HS256` or `RS256`.
        name: the claim `iss`.
        audience: the claim `aud`.
    """

    def __init__(self, algorithm: str, name: str, audience: str, rng: random.Random) -> None:
        self.algorithm = algorithm
        self.name = name
        self.audience = audience
        self._rng = rng
        secret, other = (rng.randbytes(32).hex() for _ in range(2))
        self._key: Any = secret if algorithm == "HS256" else OURS
        self._other: Any = other if algorithm == "HS256" else STRANGERS

    @property
    def key(self) -> str:
        """What tokens are verified with: the secret (HS256), or the public key as PEM (RS256)."""
        if self.algorithm == "HS256":
            return str(self._key)
        public: bytes = self._key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
        return public.decode()

    def claims(self, subject: str, at: float | None = None) -> Claims:
        """What a good token says of SUBJECT; its times are counted from AT, in seconds since 1970, or from now."""
        now = int(time.time() if at is None else at)
        return {"iss": self.name, "aud": self.audience, "sub": subject, "iat": now, "exp": now + LIFE}

    def mint(self, claims: Claims, algorithm: str = "", key: Any = None, **header: Any) -> str:
        """CLAIMS as a token, by the issuer's own algorithm and key unless told, with more in its HEADER."""
        return jwt.encode(claims, key or self._key, algorithm or self.algorithm, header)

    def good(self, subject: str) -> list[Token]:
        """Tokens for SUBJECT that must be taken."""
        claims = self.claims(subject)
        now = claims["iat"]
        variants: dict[str, Claims] = {
            "good": {},
            "for two audiences": {"aud": ["https://elsewhere.example", self.audience]},
            "valid since a minute ago": {"nbf": now - MINUTE},
            "with further claims": {"role": "reader", "jti": self._rng.randbytes(8).hex()},
        }
        return [Token(name, "", self.mint({**claims, **more})) for name, more in variants.items()]

    def bad(self, subject: str) -> list[Token]:
        """Tokens for SUBJECT that are wrong in one way each, and texts that are no tokens."""
        return [*self.badly_signed(subject), *self.badly_claimed(subject), *self.malformed(subject)]

    def badly_signed(self, subject: str) -> Iterator[Token]:
        """Good claims, and a signature that proves nothing; first those whom only a missing look at it lets in."""
        claims = self.claims(subject)
        good = self.mint(claims)
        header, payload, signature = good.split(".")
        yield Token("other key", "it is signed with another key", self.mint(claims, key=self._other))
        yield Token("other claims", "its signature is that of other claims", self._swapped(claims, good))
        for name in ("none", "nOnE"):
            unsigned = compact({"alg": name, "typ": "JWT"}, dumped(claims), b"")
            yield Token(f"alg {name}", f'its header says "alg": "{name}", and there is no signature', unsigned)
        yield Token("signature left out", "its signature is empty", f"{header}.{payload}.")
        embedded = self.mint(claims, key=self._other, jwk=self._public(self._other))
        yield Token("own key", "it is signed with another key, which its own header gives", embedded)
        yield Token("cut", "a part of its signature is cut off", f"{header}.{payload}.{signature[:-8]}")
        other = OTHER_ALGORITHM[self.algorithm]
        says = f"it is signed by {other}, not by {self.algorithm}"
        yield Token("other algorithm", says, self.mint(claims, algorithm=other))
        yield self._confused(claims)

    def _swapped(self, claims: Claims, good: str) -> str:
        """A good token whose claims were exchanged for CLAIMS with another subject."""
        header, _, signature = good.split(".")
        payload = encoded(dumped({**claims, "sub": f"{claims['sub']}-and-admin"}))
        return f"{header}.{payload}.{signature}"

    def _public(self, key: Any) -> Claims:
        """The KEY that a verifier needs, as the header `jwk` holds it."""
        if self.algorithm == "HS256":
            return {"kty": "oct", "k": encoded(key.encode())}
        return dict(jwt.algorithms.RSAAlgorithm.to_jwk(key.public_key(), as_dict=True))

    def _confused(self, claims: Claims) -> Token:
        """Signed by the other kind of algorithm, with a key that anybody has."""
        if self.algorithm == "HS256":
            text = self.mint(claims, algorithm="RS256", key=STRANGERS)
            return Token("RSA instead of a secret", "it is signed by RS256, with a key of somebody else's", text)
        signed = compact({"alg": "HS256", "typ": "JWT"}, dumped(claims), self.key.encode())
        says = "it is signed by HS256, with the public key as the secret, and anybody can have that"
        return Token("public key as secret", says, signed)

    def badly_claimed(self, subject: str) -> Iterator[Token]:
        """A good signature of claims that do not hold here and now."""
        claims = self.claims(subject)
        now = claims["iat"]
        early = now + LIFE
        changes: list[tuple[str, str, Claims]] = [
            ("expired", "it expired 10 minutes ago", {"iat": now - 2 * LIFE, "exp": now - LIFE}),
            ("too early", "it begins to be valid in 10 minutes (nbf)", {"nbf": early, "exp": early + LIFE}),
            ("other issuer", "it was issued by another (iss)", {"iss": "https://elsewhere.example"}),
            ("almost the issuer", "its iss begins like the right one and goes on", {"iss": f"{self.name}.example"}),
            ("other audience", "it is meant for another service (aud)", {"aud": "https://elsewhere.example"}),
            ("other audiences", "it is meant for two other services (aud)", {"aud": ["a.example", "b.example"]}),
            ("almost the audience", "its aud holds the right one as a part", {"aud": f"{self.audience}-admin"}),
            ("exp as text", "its exp is a text and no number", {"exp": "tomorrow"}),
        ]
        for name, wrong, change in changes:
            yield Token(name, wrong, self.signed(dumped({**claims, **change})))
        for missing in ("exp", "iss", "aud", "sub"):
            rest = {name: value for name, value in claims.items() if name != missing}
            yield Token(f"without {missing}", f"it has no {missing}", self.signed(dumped(rest)))

    def malformed(self, subject: str) -> Iterator[Token]:
        """What is no JWT at all, or is one by its signature alone."""
        header, payload, signature = self.mint(self.claims(subject)).split(".")
        for name, inside in (("an array", b"[]"), ("null", b"null"), ("a text", b'"admin"'), ("no JSON", b"\xff{")):
            yield Token(f"signed {name}", f"what is signed is {name} and no claims", self.signed(inside))
        listed = f"{encoded(b'[]')}.{payload}.{signature}"
        yield Token("header that is an array", "its header is an array", listed)
        nameless = compact({"typ": "JWT"}, dumped(self.claims(subject)), b"")
        yield Token("header without alg", "its header names no algorithm", nameless)
        yield Token("two parts", "it has two parts and no third", f"{header}.{payload}")
        yield Token("five parts", "it has five parts", f"{header}.{payload}.{signature}.{payload}.{signature}")
        for text in ("garbage", "..", "a.b.c", "%%%.%%%.%%%", f"{header}.%%%.{signature}", "x" * 4000):
            shown = text if len(text) < 20 else f"{text[:12]}…"
            yield Token(f"garbage {shown}", "it is no token", text)

    def signed(self, payload: bytes) -> str:
        """PAYLOAD, whatever it is, with the issuer's own signature."""
        return jwt.PyJWS().encode(payload, self._key, self.algorithm, {"typ": "JWT"})


def dumped(claims: Claims) -> bytes:
    """CLAIMS as JSON."""
    return json.dumps(claims, separators=(",", ":")).encode()


def encoded(data: bytes) -> str:
    """DATA as base64url without its padding (RFC 7515, 2)."""
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def compact(header: Claims, payload: bytes, key: bytes) -> str:
    """A token with this HEADER, whatever it says, signed by HMAC-SHA256 with KEY; not signed where that is empty."""
    text = f"{encoded(dumped(header))}.{encoded(payload)}"
    signature = hmac.new(key, text.encode(), hashlib.sha256).digest() if key else b""
    return f"{text}.{encoded(signature)}"
