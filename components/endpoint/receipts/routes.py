"""The calls for receipts: one receipt, and the public keys that verify them."""

from __future__ import annotations

from datetime import timedelta
from typing import Literal

import anyio.to_thread
from msgspec import Struct
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from ...consent.receipts import CannotRecord
from ...consent.receipts.receipt import ALGORITHM, SIGNED_MEDIA_TYPE
from ..authentication import authenticated_subject
from ..description import Access, Body, Operation
from ..messages import encode
from ..parameters import path_value
from ..problems import Problem, ProblemKind
from ..services import Services
from .issuing import Stored, find, receipt_of
from .keys import MAX_AGE, SigningKeys
from .signing import signed

KEY_SET_MEDIA_TYPE = "application/jwk-set+json"


class PublicKey(Struct, frozen=True):
    """An Ed25519 key that verifies receipts (RFC 8037)."""

    kid: str
    x: str
    kty: Literal["OKP"] = "OKP"
    crv: Literal["Ed25519"] = "Ed25519"
    alg: Literal["Ed25519"] = ALGORITHM
    use: Literal["sig"] = "sig"


class PublicKeys(Struct, frozen=True):
    """Every key that a receipt of this endpoint may be signed with, oldest first (RFC 7517)."""

    keys: list[PublicKey]


_RECEIPT = Operation(
    path="/v1/subjects/{subject}/receipts/{event}",
    method="GET",
    id="readReceipt",
    summary="The signed receipt of one event",
    description="A compact JWS. Its payload is a dpv:ConsentReceipt in JSON-LD with the consent "
    "record (ISO/IEC TS 27560) in it. The same event gives the same receipt whenever it is asked "
    "for, until the signing key changes.",
    access=Access.DEVICE,
    answer=Body(None, SIGNED_MEDIA_TYPE),
    problems=(ProblemKind.ERASED,),
)
_KEYS = Operation(
    path="/.well-known/jwks.json",
    method="GET",
    id="readKeys",
    summary="The public keys that verify receipts, retired ones included",
    access=Access.ANYONE,
    answer=Body(PublicKeys, KEY_SET_MEDIA_TYPE),
)


class ReceiptRoutes:
    """The routes about receipts. An endpoint without signing keys has them, and issues none.

    Args:
        services: The running endpoint.

    Raises:
        KeysUnreadable: The folder of keys cannot be used.
        OSError: It cannot be read, or a first key not be written.
    """

    def __init__(self, services: Services) -> None:
        self._services = services
        folder = services.settings.signing_keys
        self._keys = None if folder is None else SigningKeys(folder, services.clock)

    def routes(self) -> list[Route]:
        """The routes, for the application."""
        return [
            Route(_RECEIPT.path, self.receipt, methods=["GET"], name="read_receipt"),
            Route(_KEYS.path, self.keys, methods=["GET"], name="read_keys"),
        ]

    def operations(self) -> list[Operation]:
        """The same calls, for the OpenAPI document."""
        return [_RECEIPT, _KEYS]

    async def receipt(self, request: Request) -> Response:
        """The receipt of an event."""
        subject = authenticated_subject(request)
        event_id = path_value(request, "event")
        keys = self._keys
        if keys is None:
            raise Problem(ProblemKind.NOT_FOUND, "This endpoint issues no receipts.")
        stored = await self._services.database.reading(
            lambda connection: find(connection, subject, event_id)
        )
        issued = await anyio.to_thread.run_sync(self._issued, stored, keys)
        return Response(issued, media_type=SIGNED_MEDIA_TYPE, headers={"cache-control": "no-store"})

    def _issued(self, stored: Stored, keys: SigningKeys) -> bytes:
        try:
            receipt = receipt_of(stored, self._services.packs.by_id)
        except CannotRecord as error:
            raise Problem(ProblemKind.NOT_FOUND, f"No receipt can be made: {error}.") from None
        return signed(receipt, keys.signing())

    async def keys(self, _request: Request) -> Response:
        """The public keys."""
        files = [] if self._keys is None else await anyio.to_thread.run_sync(self._keys.all)
        public = [PublicKey(file.kid, str(file.key.as_dict(private=False)["x"])) for file in files]
        seconds = MAX_AGE // timedelta(seconds=1)
        return Response(
            encode(PublicKeys(public)),
            media_type=KEY_SET_MEDIA_TYPE,
            headers={"cache-control": f"public, max-age={seconds}"},
        )
