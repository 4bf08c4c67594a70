"""Tokens of an issuer that the checks play: good ones, and such that are wrong in one way each."""

import pytest

ISSUER = "https://login.example"
AUDIENCE = "https://notes.example"

NO_TOKENS = ({}, {"Authorization": "Bearer"}, {"Authorization": "Basic YW5hOnBlbg=="})

SIGNATURE_UNSEEN = "nobody looked at the signature: whoever can write JSON can be anybody"

CHOSEN = "the token's own header chose how it was verified; only JWT_ALGORITHM may"

MEANS = {
    "other key": SIGNATURE_UNSEEN,
    "other claims": SIGNATURE_UNSEEN,
    "alg none": CHOSEN,
    "alg nOnE": CHOSEN,
    "own key": "the key was taken from the token itself; who writes a token chooses what stands in it",
    "other algorithm": "other algorithms are taken, too; JWT_ALGORITHM names the only one",
    "public key as secret": CHOSEN,
    "expired": "exp is not compared with the time of now",
    "too early": "nbf is not compared with the time of now",
    "other issuer": "iss is not compared with JWT_ISSUER",
    "almost the issuer": "the beginning of iss was compared, not the whole",
    "other audience": "aud is not compared with JWT_AUDIENCE: tokens for any other service open this one",
    "other audiences": "any list is taken for aud; it has to hold JWT_AUDIENCE",
    "almost the audience": "JWT_AUDIENCE was looked for inside a text; it has to be the whole",
    "without exp": "a token without exp would be good for ever",
    "exp as text": "what is no number cannot be compared with the time",
}

BROKE = "what was sent is at fault, not the service: 401, whatever comes"

NOT_FOR_ALL = "aud may be a list, and JWT_AUDIENCE one of its texts"

MILLISECONDS = "exp counts seconds; here it was compared with milliseconds"

STANDS_STILL = "20 minutes have passed for the service; does it read the time once, at its start?"

REMEMBERED = "it was good 20 minutes ago; is what was found out then remembered?"


@pytest.fixture(scope="session")
def issuer(api, tokens):
    """Whose tokens the first instance takes."""
    made = tokens.issuer("HS256", ISSUER, AUDIENCE)
    api.extra.update(names(made))
    return made


def test_good(api, issuer, rng):
    """a good token gets 200 and its user"""
    user = drawn(rng)
    plain, *others = issuer.good(user)
    reply = ask(api, plain.text)
    means = MILLISECONDS if reply.code == 401 and in_milliseconds(api, issuer, user) else ""
    demand_user(reply, plain, user, means)
    for token in others:
        demand_user(ask(api, token.text), token, user, NOT_FOR_ALL if token.name == "for two audiences" else "")
    other = drawn(rng)
    demand_user(ask(api, issuer.good(other)[0].text), plain, other)


def test_signature(api, issuer, rng):
    """a token that the issuer did not sign gets 401"""
    refuse_all(api, issuer.badly_signed(drawn(rng)))
    still_open(api, issuer, rng)


def test_claims(api, issuer, rng):
    """a token for another time, issuer or service gets 401"""
    refuse_all(api, issuer.badly_claimed(drawn(rng)))
    still_open(api, issuer, rng)


def test_no_token(api, issuer, rng):
    """no token, and what is none, get 401"""
    for headers in NO_TOKENS:
        demand_401(api.get("/me", headers=headers), "there is no token", "")
    refuse_all(api, issuer.malformed(drawn(rng)))
    still_open(api, issuer, rng)


def test_public_key(api, tokens, rng):
    """with RS256 the public key verifies, and is no secret"""
    issuer = tokens.issuer("RS256", ISSUER, AUDIENCE)
    instance = api.start(**names(issuer))
    user = drawn(rng)
    for token in issuer.good(user):
        demand_user(ask(instance, token.text), token, user)
    refuse_all(instance, issuer.badly_signed(user))
    still_open(instance, issuer, rng)


def test_later(api, issuer, clock, rng):
    """a good token gets 401 once it has expired"""
    user, other = drawn(rng), drawn(rng)
    token = issuer.good(user)[0]
    demand_user(ask(api, token.text), token, user)
    clock.forward(minutes=20)
    claims = issuer.claims(other, clock.now())
    fresh = ask(api, issuer.mint({**claims, "nbf": claims["iat"] - 60}))
    old = ask(api, token.text)
    if fresh.code != 200:
        means = STANDS_STILL if old.code == 200 else ""
        raise fresh.not_yet("status 200 for a token that was signed 20 minutes later", fresh.shown(), means)
    demand_401(old, "it has expired since it was first sent", REMEMBERED)


def names(issuer):
    """What the contract of the exercise has in the environment."""
    return {
        "JWT_ALGORITHM": issuer.algorithm,
        "JWT_KEY": issuer.key,
        "JWT_ISSUER": issuer.name,
        "JWT_AUDIENCE": issuer.audience,
    }


def drawn(rng):
    """A user whom no answer knows."""
    return f"{rng.choice(['ana', 'bo', 'zoë', '谢'])}-{rng.randrange(10_000)}"


def ask(service, token):
    return service.get("/me", headers={"Authorization": f"Bearer {token}"})


def demand_user(reply, token, user, means=""):
    """Demand 200 and the USER for the good TOKEN."""
    kind = "a good token" if token.name == "good" else f"a good token ({token.name})"
    if reply.code >= 500:
        reply.status(200)
    if reply.code != 200:
        raise reply.not_yet(f"status 200 for {kind}", reply.shown(), means)
    reply.equals({"user": user})


def refuse_all(service, tokens):
    """Demand 401 for each of TOKENS."""
    for token in tokens:
        demand_401(ask(service, token.text), token.wrong, MEANS.get(token.name, ""))


def demand_401(reply, wrong, means):
    """Demand 401 for what is WRONG; MEANS tells what it means that it was taken."""
    if reply.code >= 500:
        reply.status(401, means=f"{wrong}; {BROKE}")
    if reply.code != 401:
        raise reply.not_yet(f"status 401: {wrong}", reply.shown(), means if reply.code == 200 else "")


def still_open(service, issuer, rng):
    """Demand that a good token is taken after all that was refused."""
    user = drawn(rng)
    token = issuer.good(user)[0]
    demand_user(ask(service, token.text), token, user)


def in_milliseconds(service, issuer, user):
    """Whether a token is taken whose exp counts milliseconds."""
    claims = issuer.claims(user)
    return ask(service, issuer.mint({**claims, "exp": claims["exp"] * 1000})).code == 200
