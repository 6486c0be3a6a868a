"""Which tokens prove a login, and which files of issuers are taken."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from joserfc.jwk import ECKey, Key, OctKey

from components.endpoint.links.issuers import LoginIssuers, LoginIssuersUnreadable, canonical
from components.endpoint.links.proof import NotProven, account_of

from .devices import Device
from .logins import (
    AUDIENCE,
    EC,
    ED,
    ISSUER,
    NOW,
    RSA,
    SECOND,
    Claims,
    claims_for,
    token_of,
    write_issuers,
)

SUBJECT = Device().subject
STRANGER = ECKey.generate_key("P-256", {"kid": "ec-1"})


@pytest.fixture
def issuers(tmp_path: Path) -> LoginIssuers:
    return LoginIssuers(write_issuers(tmp_path))


def _account(token: str, issuers: LoginIssuers) -> str:
    return account_of(token, issuers, subject=SUBJECT, now=NOW)


def _written(*parts: object) -> str:
    """A token as it stands there, signed by nobody."""
    texts = [part if isinstance(part, str) else json.dumps(part) for part in parts]
    return ".".join(base64.urlsafe_b64encode(text.encode()).decode().strip("=") for text in texts)


@pytest.mark.parametrize(
    ("key", "algorithm", "header"),
    [
        (EC, "ES256", {}),
        (EC, "ES256", {"typ": "at+jwt", "unheard-of": 1}),
        (ED, "Ed25519", {}),
        (RSA, "RS256", {}),
        # Without a kid the only key of the type is meant.
        (ED, "Ed25519", {"kid": None}),
    ],
)
def test_every_kind_of_key_proves_a_login(
    issuers: LoginIssuers, key: Key, algorithm: str, header: Claims
) -> None:
    account = _account(token_of(claims_for(SUBJECT), key, algorithm, **header), issuers)
    assert account == _account(token_of(claims_for(SUBJECT)), issuers)
    assert len(bytes.fromhex(account)) == 32


@pytest.mark.filterwarnings("ignore:EdDSA is deprecated")
def test_the_old_name_of_ed25519_is_taken(issuers: LoginIssuers) -> None:
    token = token_of(claims_for(SUBJECT), ED, "EdDSA")
    assert _account(token, issuers) == _account(token_of(claims_for(SUBJECT)), issuers)


@pytest.mark.parametrize(
    ("claim", "value"),
    [
        ("iss", "https://other.example"),
        ("iss", None),
        ("iss", f"{ISSUER}/"),
        ("iss", ["a list"]),
        ("aud", "another-endpoint"),
        ("aud", None),
        ("aud", [1, {}]),
        ("sub", None),
        ("sub", ""),
        ("sub", 7),
        ("sub", "x" * 256),
        ("iat", None),
        ("iat", SECOND + 31),
        ("iat", True),
        ("iat", float("nan")),
        ("exp", None),
        ("exp", SECOND - 30),
        ("exp", SECOND + 601),
        ("exp", "soon"),
        ("exp", float("inf")),
        ("nbf", SECOND + 31),
        ("nbf", "later"),
        ("mingshi_subject", None),
        pytest.param("mingshi_subject", Device().subject, id="mingshi_subject-of-another"),
    ],
)
def test_the_wrong_claim_is_named_and_its_value_is_not(
    issuers: LoginIssuers, claim: str, value: object
) -> None:
    with pytest.raises(NotProven) as refused:
        _account(token_of(claims_for(SUBJECT, **{claim: value})), issuers)
    assert str(refused.value).startswith(f"{claim}: ")
    if isinstance(value, str) and value:
        assert value not in str(refused.value)


@pytest.mark.parametrize(
    "changes",
    [
        {"aud": ["another-endpoint", AUDIENCE]},
        {"iat": SECOND + 29},
        {"iat": SECOND - 320, "exp": SECOND - 29},
        {"exp": SECOND + 600},
        {"nbf": SECOND - 0.5},
    ],
)
def test_what_is_just_right_is_taken(issuers: LoginIssuers, changes: Claims) -> None:
    assert _account(token_of(claims_for(SUBJECT, **changes)), issuers)


def test_an_account_is_an_issuer_and_a_name(tmp_path: Path) -> None:
    spelled = "HTTPS://Login.Example/"
    first = LoginIssuers(write_issuers(tmp_path))
    second = LoginIssuers(write_issuers(tmp_path, issuer=spelled))
    third = LoginIssuers(write_issuers(tmp_path, issuer="https://login.example/2"))
    one = _account(token_of(claims_for(SUBJECT)), first)
    assert one == _account(token_of(claims_for(SUBJECT, iss=spelled)), second)
    others = {
        _account(token_of(claims_for(SUBJECT, iss="https://login.example/2")), third),
        _account(token_of(claims_for(SUBJECT, sub="wang-wu")), first),
        _account(token_of(claims_for(SUBJECT, sub="\x00wang-wu")), first),
    }
    assert len(others | {one}) == 4


HALF = claims_for(SUBJECT, sub="\ud800")


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda: _written({"alg": "none"}, claims_for(SUBJECT), ""), "alg: "),
        (lambda: token_of(claims_for(SUBJECT), OctKey.generate_key(256), "HS256"), "alg: "),
        (lambda: token_of(claims_for(SUBJECT), EC, "ES256", alg="ES256")[:-8], "the signature "),
        (lambda: token_of(claims_for(SUBJECT), STRANGER), "the signature "),
        (lambda: token_of(claims_for(SUBJECT), kid="ec-2"), "kid: "),
        (lambda: token_of(claims_for(SUBJECT), ED, "Ed25519", kid="ec-1"), "kid: "),
        (lambda: token_of(claims_for(SUBJECT), RSA, "RS384"), "alg: "),
        (lambda: _written({"alg": "ES256", "kid": ["ec-1"]}, claims_for(SUBJECT), "x"), "kid: "),
        (lambda: _written({"alg": ["ES256"]}, claims_for(SUBJECT), "x"), "alg: "),
        (lambda: _written({"kid": "ec-1"}, claims_for(SUBJECT), "x"), "the token "),
        (
            lambda: _written(
                {"alg": "ES256", "kid": "ec-1", "crit": ["x"], "x": 1}, claims_for(SUBJECT), "x"
            ),
            "the signature ",
        ),
        (lambda: _written({"alg": "ES256", "kid": "ec-1"}, HALF, "x"), "the signature "),
        (lambda: _written({"alg": "ES256"}, [], "x"), "the token "),
        (lambda: _written({"alg": "ES256"}, "no JSON", "x"), "the token "),
        (lambda: _written({"alg": "ES256"}, "[" * 5000, "x"), "the token "),
        (lambda: _written([], claims_for(SUBJECT), "x"), "the token "),
        (lambda: "not.a.token", "the token "),
        (lambda: "not a token", "the token "),
        (lambda: "没有.没有.没有", "the token "),
        (lambda: "\ud800", "the token "),
        (lambda: "a.b.c.d.e", "the token "),
    ],
)
def test_what_is_not_signed_by_the_issuer_proves_nothing(
    issuers: LoginIssuers, make: Callable[[], str], said: str
) -> None:
    with pytest.raises(NotProven) as refused:
        _account(make(), issuers)
    assert str(refused.value).startswith(said)


def test_a_key_is_used_for_nothing_else(tmp_path: Path) -> None:
    keys = [
        {**EC.as_dict(private=False), "kid": "for-es384", "alg": "ES384"},
        {**EC.as_dict(private=False), "kid": "for-secrecy", "use": "enc"},
        {**EC.as_dict(private=False), "kid": "good", "use": "sig", "alg": "ES256"},
    ]
    file = write_issuers(tmp_path)
    (tmp_path / "keys.json").write_text(json.dumps({"keys": keys}), "utf-8")
    issuers = LoginIssuers(file)
    for kid in ("for-es384", "for-secrecy"):
        with pytest.raises(NotProven, match="kid: "):
            _account(token_of(claims_for(SUBJECT), kid=kid), issuers)
    assert _account(token_of(claims_for(SUBJECT), kid="good"), issuers)
    assert _account(token_of(claims_for(SUBJECT), kid=None), issuers)


def test_of_two_keys_one_must_be_named(tmp_path: Path) -> None:
    file = write_issuers(tmp_path)
    keys = [EC.as_dict(private=False), {**STRANGER.as_dict(private=False), "kid": "ec-2"}]
    (tmp_path / "keys.json").write_text(json.dumps({"keys": keys}), "utf-8")
    issuers = LoginIssuers(file)
    with pytest.raises(NotProven, match="kid: "):
        _account(token_of(claims_for(SUBJECT), kid=None), issuers)
    assert _account(token_of(claims_for(SUBJECT), STRANGER, kid="ec-2"), issuers)


def test_an_issuer_is_one_however_it_is_spelled() -> None:
    assert canonical("HTTPS://Login.Example/") == canonical("https://login.example")
    assert canonical("https://login.example/A/") == "https://login.example/A"
    assert canonical("accounts.example") == "accounts.example"


def test_issuers_are_read(tmp_path: Path) -> None:
    issuers = LoginIssuers(write_issuers(tmp_path, audience=["a", "b"]))
    found = issuers.named(ISSUER)
    assert found is not None
    assert found.audiences == ("a", "b")
    assert [key.kid for key in found.keys] == ["ec-1", "ed-1", "rsa-1"]


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"issuer": None}, "write issuer, audience, keys and algorithms"),
        ({"more": "x"}, "write issuer, audience, keys and algorithms"),
        ({"issuer": ""}, "issuer: text"),
        ({"issuer": 3}, "issuer: text"),
        ({"audience": []}, "audience: text"),
        ({"audience": [3]}, "audience: text"),
        ({"algorithms": "ES256"}, "algorithms: text"),
        ({"algorithms": ["ES256", "HS256", "none"]}, "HS256, none is not taken"),
        ({"keys": "missing.json"}, "not a JWKS"),
        ({"keys": "issuers.toml"}, "not a JWKS"),
        ({"keys": ["keys.json", "keys.json"]}, "keys: text"),
    ],
)
def test_a_wrong_file_of_issuers_is_told(tmp_path: Path, changes: Claims, said: str) -> None:
    with pytest.raises(LoginIssuersUnreadable, match=said):
        LoginIssuers(write_issuers(tmp_path, **changes))


@pytest.mark.parametrize("words", ["", "x = 1", "issuers = []", "issuers = 1", "= no TOML"])
def test_a_file_without_issuers_is_told(tmp_path: Path, words: str) -> None:
    file = tmp_path / "issuers.toml"
    file.write_text(words, "utf-8")
    with pytest.raises(LoginIssuersUnreadable, match=r"issuers\.toml"):
        LoginIssuers(file)


def test_the_same_issuer_twice_is_told(tmp_path: Path) -> None:
    file = write_issuers(tmp_path)
    words = file.read_text("utf-8")
    file.write_text(words + "\n" + words.replace(ISSUER, f"{ISSUER}/"), "utf-8")
    with pytest.raises(LoginIssuersUnreadable, match="twice"):
        LoginIssuers(file)


@pytest.mark.parametrize(
    "keys",
    [
        [EC.as_dict(private=True)],
        [EC.as_dict(private=False), OctKey.generate_key(256).as_dict(private=True)],
        [],
        [{"kty": "EC"}],
        ["no key"],
    ],
)
def test_only_public_keys_are_taken(tmp_path: Path, keys: list[object]) -> None:
    file = write_issuers(tmp_path)
    (tmp_path / "keys.json").write_text(json.dumps({"keys": keys}), "utf-8")
    with pytest.raises(LoginIssuersUnreadable, match=r"keys\.json"):
        LoginIssuers(file)
