"""What is stored of passwords: whether it tells anything, what a guess costs, and how old hashes go."""

import base64
import hashlib
import hmac
import re
import statistics
import time
from urllib.parse import quote

import pytest

from runner.kit import not_yet

HASH, LOG_IN = "passwords:hash_password", "passwords:log_in"

SAME = 20
"""Characters from which on a part that two texts of one password share may be a hash; a setting is in all texts."""

FAST = ("md5", "sha1", "sha224", "sha256", "sha384", "sha512", "sha3_256", "sha3_512", "blake2b", "blake2s")

ROUNDS = {"sha1": 1_300_000, "sha256": 600_000, "sha512": 210_000}
"""The least of PBKDF2, by its hash: OWASP's cheat sheet on password storage."""

ARGON2 = 7168 * 5
"""The least KiB times rounds of argon2 that the same sheet has; 19 MiB and 2 rounds are a little more."""

SCRYPT = 16384 * 8
"""The least N times r times p of scrypt: what Node's own scrypt takes where it is not told."""

ENOUGH = 1 / 3
"""The part of the reference's processor time that a guess must cost at least. Measured: 0.5 and more for all that the
contract names, 0.05 for scrypt with N 1024, 0.01 for 1000 rounds of PBKDF2, 0.00002 for SHA-256."""

DRESSED = 1 / 20
"""The same where the text tells its cost: such a text may be written around something cheap."""

MOST_PARTS = 30
"""Pieces of a stored text that are tried as its salt; a known format has five at most."""

ALPHABETS = (b"+/", b"-_")
"""The last two signs of base64, and of base64url."""

LONGEST = 1000
"""Characters of a stored text at most: of a longer key an attacker computes the first block alone."""

TIMED = 3
"""Guesses that are timed; the median counts."""


@pytest.fixture(scope="session")
def kept():
    """What the checks share: each hash takes its time."""
    return {}


@pytest.fixture
def ana(learner, rng, kept):
    """A password and the text that is stored for it."""
    if not kept:
        password = f"{rng.choice(['rain', 'tram', 'kiwi'])}-{rng.randrange(10**9)}-Zürich"
        kept.update(password=password, stored=hashed(learner, password))
    return kept["password"], kept["stored"]


def test_lets_in(learner, ana):
    """the right password is let in, a wrong one is not"""
    password, stored = ana
    if login(learner, password, stored) is None:
        not_yet(expected="a text for the right password", got=none(learner))
    for wrong in (password[:-1], ""):
        refused(learner, wrong, stored)


def test_hidden(learner, ana):
    """the text does not hold the password"""
    password, stored = ana
    for how, text in readable(password):
        if text.lower() in stored.lower():
            not_yet(expected="no way back to the password", got=f"{how}: {learner.literal(stored)}")


def test_salted(learner, ana):
    """the same password twice gives two texts"""
    password, stored = ana
    again = hashed(learner, password)
    means = "equal passwords look equal, and one table of guesses serves for all users"
    if again == stored:
        not_yet(expected="another text the second time", got=f"{learner.literal(again)} both times", means=means)
    same = max(set(parts(stored)) & set(parts(again)), key=len, default="")
    if len(same) >= SAME and same not in parts(hashed(learner, f"another {password}")):
        not_yet(
            call=f"{learner.shown(HASH, [password])}, twice",
            expected="nothing in common but settings",
            got=f"{learner.literal(same)} in both",
            means=means,
        )


def test_slow(learner, ana):
    """each guess costs as much as the contract says"""
    password, stored = ana
    if len(stored) > LONGEST:
        means = "to try a guess, the beginning of a key is enough; were its length and the rounds exchanged?"
        not_yet(expected=f"a text of at most {LONGEST} characters", got=f"{len(stored)} characters", means=means)
    how = fast(password, stored)
    if how:
        not_yet(
            expected="nothing that is computed at once",
            got=f"{how}, in {learner.literal(stored)}",
            means="a graphics card tries billions of these in a second; one slow hash beside it changes nothing",
        )
    told = cost(stored)
    if told and told[0] < told[1]:
        name, least = told[2:]
        not_yet(expected=f"{name} with at least {least}", got=learner.literal(stored))
    floor = DRESSED if told else ENOUGH
    reference, guess = compared(learner, stored)
    if guess < floor * reference:
        reference, guess = compared(learner, stored)  # once more: the machine may have been busy
    if guess < floor * reference:
        not_yet(
            expected=f"about {reference:.0f} ms of processor time for a guess: scrypt with N 16384, r 8 here",
            got=f"{guess:.2g} ms",
            means="who has the texts tries the words of a dictionary at this speed",
        )


def test_all_of_it(learner, rng):
    """every sign of a password counts, up to 100"""
    password = f" {rng.randrange(10**9)} łódź " + "x" * rng.randint(70, 80) + "7 "
    others = {
        "it ends with 8, not 7": (password[:-2] + "8 ", "its end does not count; bcrypt, for one, reads 72 bytes"),
        "it has т for ł": (password.replace("ł", "т"), "signs that are not ASCII are dropped or replaced"),
        "no spaces around it": (password.strip(), "spaces around it are dropped"),
    }
    stored = hashed(learner, password)
    if login(learner, password, stored) is None:
        not_yet(expected="a text for the right password", got=none(learner))
    for differs, (other, means) in others.items():
        refused(learner, other, stored, means, differs)


def test_upgrades(learner, rng):
    """a login replaces an old hash, and keeps one of today"""
    password = f"{rng.choice(['moss', 'fern', 'reed'])} {rng.randrange(10**9)}"
    old = hashlib.sha256(password.encode()).hexdigest()
    refused(learner, f"{password}!", old, "a wrong password is taken where the hash is an old one")
    refused(learner, old, old, "who has read the old hashes can log in with one")
    new = login(learner, password, old)
    if new is None:
        not_yet(expected="a text for the right password", got=none(learner), means="who has an old hash is locked out")
    if new == old or fast(password, new):
        not_yet(expected="a text as hash_password returns it", got=learner.literal(new), means="the old hash stays")
    kept = login(learner, password, new)
    if kept != new:
        means = "a text that is of today's cost is stored anew at each login" if kept else ""
        not_yet(expected=f"{learner.literal(new)}, as it was", got=learner.literal(kept), means=means)


def hashed(learner, password):
    """The text for a new PASSWORD; demands that it is one."""
    text = learner.call(HASH, password)
    if not isinstance(text, str) or not text:
        not_yet(expected="a text that can be stored", got=learner.literal(text), means=of_bytes(text))
    return text


def login(learner, password, stored):
    """What a login returns; demands a text or nothing."""
    text = learner.call(LOG_IN, password, stored)
    if text is not None and (not isinstance(text, str) or not text):
        not_yet(expected=f"a text, or {none(learner)}", got=learner.literal(text), means=of_bytes(text))
    return text


def refused(learner, password, stored, means="", differs=""):
    """Demand that PASSWORD, which DIFFERS from the right one, is not let in; MEANS tells what it means that it is."""
    text = login(learner, password, stored)
    if text is not None:
        expected = f"{none(learner)} for a wrong password" + (f": {differs}" if differs else "")
        not_yet(expected=expected, got=learner.literal(text), means=means)


def none(learner):
    return "null" if learner.language == "javascript" else "None"


def of_bytes(value):
    """What is to be done with bytes, where VALUE is shown as such."""
    return "bytes are no text; decode them" if re.match(r"b['\"]|<Buffer|Uint8Array", repr(value)) else ""


def parts(stored):
    """The pieces of a stored text between the signs that formats put between them."""
    return re.findall(r"[\w+/=.-]+", stored)


def readable(password):
    """The ways in which a password may stand in a text, each with its name."""
    data = password.encode()
    yield "as it is", password
    yield "written backwards", password[::-1]
    yield "in hex", data.hex()
    yield "in base64", base64.b64encode(data).decode().rstrip("=")
    yield "in base64url", base64.urlsafe_b64encode(data).decode().rstrip("=")
    yield "percent-encoded", quote(password)


def fast(password, stored):
    """Which fast hash of PASSWORD stands in the text STORED, with or without a salt that stands there; else nothing."""
    data = password.encode()
    pieces = {piece.encode() for piece in parts(stored)[:MOST_PARTS]}
    salts = pieces | {raw for piece in pieces for raw in unpacked(piece)}
    for name in FAST:
        if holds(stored, hashlib.new(name, data).digest()):
            return f"one {shown(name)} of the password"
        for salt in salts:
            mixed = [hashlib.new(name, each).digest() for each in (salt + data, data + salt)]
            keyed = [hmac.digest(*each, name) for each in ((salt, data), (data, salt))]
            if any(holds(stored, each) for each in mixed + keyed):
                return f"one {shown(name)} of salt and password"
    return ""


def shown(name):
    return name.upper().replace("SHA", "SHA-").replace("-3_", "3-")


def unpacked(piece):
    """What PIECE may stand for, as hex or base64."""
    for decode in (
        bytes.fromhex,
        *(lambda text, signs=signs: base64.b64decode(text + "==", signs) for signs in ALPHABETS),
    ):
        try:
            yield decode(piece.decode())
        except ValueError:
            continue


def holds(stored, digest):
    """Whether DIGEST stands in the text STORED."""
    plain, for_urls = base64.b64encode(digest).decode(), base64.urlsafe_b64encode(digest).decode()
    return digest.hex() in stored.lower() or plain.rstrip("=") in stored or for_urls.rstrip("=") in stored


def cost(stored):
    """The cost that a text of a known format tells, the least, the function's name and the least in words."""
    if found := re.match(r"\$2[abxy]?\$(\d\d)\$", stored):
        return int(found[1]), 10, "bcrypt", "cost 10"
    if found := re.match(r"\$argon2(?:id|i|d)\$v=\d+\$m=(\d{1,9}),t=(\d{1,9})", stored):
        return int(found[1]) * int(found[2]), ARGON2, "argon2", "19 MiB and 2 rounds"
    if found := re.match(r"scrypt:(\d{1,9}):(\d{1,9}):(\d{1,9})\$", stored):
        return int(found[1]) * int(found[2]) * int(found[3]), SCRYPT, "scrypt", "N 16384, r 8"
    if found := re.match(r"\$scrypt\$ln=(\d{1,9}),r=(\d{1,9}),p=(\d{1,9})\$", stored):
        return (1 << min(int(found[1]), 64)) * int(found[2]) * int(found[3]), SCRYPT, "scrypt", "N 16384, r 8"
    if found := re.match(r"\$?pbkdf2[-:_](sha1|sha256|sha512)[:$](?:i=)?(\d{1,9})\$", stored):
        return int(found[2]), ROUNDS[found[1]], "PBKDF2", f"{ROUNDS[found[1]]} rounds of {shown(found[1])}"
    return None


def compared(learner, stored):
    """Milliseconds of processor time: of scrypt as the reference, and of a guess; medians, taken in turns."""
    references, guesses = [], []
    for number in range(TIMED):
        began = time.process_time()
        hashlib.scrypt(b"reference", salt=b"0123456789abcdef", n=16384, r=8, p=1)
        references.append((time.process_time() - began) * 1000)
        guesses.append(learner.trace(LOG_IN, f"guess {number}", stored).cpu_ms)
    return statistics.median(references), statistics.median(guesses)
