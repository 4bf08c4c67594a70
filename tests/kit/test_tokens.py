"""The corpus of tokens: good ones pass a verifier, and each bad one fails on the one thing that its name tells."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import random
import time
from typing import Any

import jwt
import pytest

from runner.kit.tokens import LIFE, Issuer, Token, Tokens

CLAIMS_OF = {  # what a verifier of PyJWT's says of each whose claims are wrong
    "expired": jwt.ExpiredSignatureError,
    "too early": jwt.ImmatureSignatureError,
    "other issuer": jwt.InvalidIssuerError,
    "almost the issuer": jwt.InvalidIssuerError,
    "other audience": jwt.InvalidAudienceError,
    "other audiences": jwt.InvalidAudienceError,
    "almost the audience": jwt.InvalidAudienceError,
    "exp as text": jwt.DecodeError,
    "without exp": jwt.MissingRequiredClaimError,
    "without iss": jwt.MissingRequiredClaimError,
    "without aud": jwt.MissingRequiredClaimError,
    "without sub": jwt.MissingRequiredClaimError,
}


@pytest.fixture(params=["HS256", "RS256"])
def issuer(request: pytest.FixtureRequest) -> Issuer:
    return Tokens(random.Random(7)).issuer(request.param, "https://login.example", "https://notes.example")


def verify(issuer: Issuer, token: str, **changed: Any) -> dict[str, Any]:
    rules = {"issuer": issuer.name, "audience": issuer.audience, "options": {"require": ["exp", "iss", "aud", "sub"]}}
    return jwt.decode(token, issuer.key, **{"algorithms": [issuer.algorithm], **rules, **changed})


def named(tokens: Any) -> dict[str, Token]:
    return {each.name: each for each in tokens}


def test_good_tokens_pass(issuer: Issuer) -> None:
    good = issuer.good("zoë")
    assert len({each.text for each in good}) == len(good) >= 4
    for token in good:
        assert not token.wrong
        assert verify(issuer, token.text)["sub"] == "zoë"


def test_bad_tokens_fail_and_say_why(issuer: Issuer) -> None:
    bad = issuer.bad("ana")
    assert len({each.name for each in bad}) == len({each.text for each in bad}) == len(bad)
    for token in bad:
        assert token.name and token.wrong
        with pytest.raises(jwt.InvalidTokenError):
            verify(issuer, token.text)


def test_those_that_are_badly_signed_claim_nothing_wrong(issuer: Issuer) -> None:
    for token in issuer.badly_signed("ana"):
        part = token.text.split(".")[1]
        claims = json.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)))
        again = issuer.mint(claims)
        assert verify(issuer, again)["sub"].startswith("ana")


def test_those_with_wrong_claims_are_signed_well_and_wrong_in_one(issuer: Issuer) -> None:
    tokens = named(issuer.badly_claimed("ana"))
    assert tokens.keys() == CLAIMS_OF.keys()
    for name, token in tokens.items():
        jwt.PyJWS().decode(token.text, issuer.key, [issuer.algorithm])
        with pytest.raises(CLAIMS_OF[name]):
            verify(issuer, token.text)


def test_what_is_signed_but_no_claims_is_signed_well(issuer: Issuer) -> None:
    signed = [each for each in issuer.malformed("ana") if each.name.startswith("signed ")]
    assert len(signed) == 4
    for token in signed:
        jwt.PyJWS().decode(token.text, issuer.key, [issuer.algorithm])


def test_the_other_algorithm_is_signed_with_the_right_key(issuer: Issuer) -> None:
    token = named(issuer.badly_signed("ana"))["other algorithm"]
    assert verify(issuer, token.text, algorithms=["HS512", "RS512"])["sub"] == "ana"


def test_its_own_key_verifies_the_token_that_brings_it_along(issuer: Issuer) -> None:
    token = named(issuer.badly_signed("ana"))["own key"]
    own = jwt.PyJWK(jwt.get_unverified_header(token.text)["jwk"], issuer.algorithm)
    assert jwt.decode(token.text, own, [issuer.algorithm], audience=issuer.audience)["sub"] == "ana"


def test_a_verifier_that_asks_the_header_is_deceived_by_the_public_key() -> None:
    issuer = Tokens(random.Random(7)).issuer("RS256", "https://login.example", "https://notes.example")
    text = named(issuer.badly_signed("ana"))["public key as secret"].text
    signed, _, signature = text.rpartition(".")
    digest = hmac.new(issuer.key.encode(), signed.encode(), hashlib.sha256).digest()
    assert base64.urlsafe_b64encode(digest).rstrip(b"=").decode() == signature


def test_the_same_seed_gives_the_same_secret_and_another_another() -> None:
    one, same, other = (Tokens(random.Random(seed)).issuer("HS256", "i", "a").key for seed in (1, 1, 2))
    assert one == same != other


def test_times_are_counted_from_where_a_check_says(issuer: Issuer) -> None:
    later = time.time() + 40 * LIFE
    claims = issuer.claims("ana", later)
    assert (claims["iat"], claims["exp"]) == (int(later), int(later) + LIFE)
    with pytest.raises(jwt.ImmatureSignatureError):
        verify(issuer, issuer.mint({**claims, "nbf": claims["iat"]}))
