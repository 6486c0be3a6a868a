"""A login service of the tests: an issuer that the endpoint knows, and its tokens."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path

from joserfc import jws
from joserfc.jwk import OKPKey

ISSUER = "https://login.example"
AUDIENCE = "mingshi-tests"


class Logins:
    """Makes tokens; ``issuers`` is the file that the endpoint reads.

    Args:
        folder: Where the file and its keys are written.
    """

    def __init__(self, folder: Path) -> None:
        self._key = OKPKey.generate_key("Ed25519", {"kid": "one", "use": "sig"}, private=True)
        folder.mkdir(parents=True, exist_ok=True)
        keys = {"keys": [self._key.as_dict(private=False)]}
        (folder / "keys.json").write_text(json.dumps(keys), "utf-8")
        self.issuers = folder / "issuers.toml"
        self.issuers.write_text(
            f'[[issuers]]\nissuer = "{ISSUER}"\naudience = "{AUDIENCE}"\n'
            'keys = "keys.json"\nalgorithms = ["Ed25519"]\n',
            "utf-8",
        )

    def token(self, login: str, subject: str, now: datetime) -> str:
        """Proof that ``login`` is logged in on the installation ``subject``."""
        claims = {
            "iss": ISSUER,
            "aud": AUDIENCE,
            "sub": login,
            "iat": int(now.timestamp()),
            "exp": int(now.timestamp()) + 300,
            "mingshi_subject": subject,
        }
        header = {"alg": "Ed25519", "kid": "one"}
        return jws.serialize_compact(
            header, json.dumps(claims).encode(), self._key, algorithms=["Ed25519"]
        )
