"""The call by which an app learns which version of a policy is in effect, and what changed."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated

import anyio
import anyio.to_thread
from msgspec import UNSET, Meta, Struct, UnsetType
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from ..policy.diff import diff_packs
from ..policy.pack import ChangeKind, Pack, PolicyVersion
from .description import Access, Body, Operation, header, query
from .messages import Digest, encode
from .parameters import path_value
from .problems import Problem, ProblemKind
from .rights.working_days import CHINA
from .services import Services

MAX_AGE_SECONDS = 300
"""How long an answer may be used without asking again."""

_CACHE_CONTROL = f"public, max-age={MAX_AGE_SECONDS}"
_ENTITY_TAG = re.compile(r'(?:W/)?("[\x21\x23-\x7e]*")')

Day = Annotated[str, Meta(extra_json_schema={"format": "date"})]


class VersionMessage(Struct, frozen=True):
    """One version of a policy."""

    version: str
    published: Annotated[Day | None, Meta(description="Null where the policy does not say")]
    effective: Annotated[Day | None, Meta(description="Null where the policy does not say")]
    change: Annotated[ChangeKind, Meta(description="What it says it is to the one before")]


class SinceMessage(Struct, frozen=True):
    """What came after the version that the app has."""

    have: str
    versions: Annotated[list[VersionMessage], Meta(description="Later ones, oldest first")]
    change: Annotated[
        ChangeKind | None,
        Meta(description="All of it together, by what was declared and what changed; null: none"),
    ]
    ask_again: Annotated[
        list[str], Meta(description="Ids of the purposes for which consent is needed anew")
    ]


class PolicyMessage(Struct, frozen=True):
    """A policy as it is in effect now."""

    pack: str
    current: VersionMessage
    default_locale: Annotated[str, Meta(description="Prevails where translations differ")]
    documents: Annotated[
        dict[str, Digest],
        Meta(description="SHA-256 of the normalised full text, by Babel locale id"),
    ]
    since: Annotated[
        SinceMessage | UnsetType | None,
        Meta(
            description="Absent without `have`; null if that version was never in effect: take "
            "everything for changed"
        ),
    ] = UNSET


_READ = Operation(
    path="/v1/policies/{pack}",
    method="GET",
    id="readPolicy",
    summary="The version of a policy that is in effect, and what changed",
    access=Access.ANYONE,
    answer=Body(PolicyMessage),
    problems=(ProblemKind.NOT_FOUND,),
    parameters=(
        query("have", "The version that the app has", {"type": "string"}),
        header("If-None-Match", "Entity tags of answers that the app has", {"type": "string"}),
    ),
    other_answers={304: "The app has this answer already"},
)


def versions_in_effect(pack: Pack, moment: datetime) -> list[PolicyVersion]:
    """The versions that are or were in effect at a moment, oldest first; examples never are.

    A version takes effect as its day begins in China; one without a day always was in effect.
    """
    today = moment.astimezone(CHINA).date()
    return [
        version
        for version in pack.versions
        if not version.example and (version.effective or date.min) <= today
    ]


def pack_in_effect(pack: Pack, moment: datetime) -> Pack:
    """A pack as it is in effect at a moment; as its first version if none is yet."""
    versions = versions_in_effect(pack, moment)
    return pack.at((versions or pack.versions)[-1 if versions else 0].id)


_Key = tuple[str, str, str | UnsetType | None]


@dataclass(frozen=True)
class _Answer:
    body: bytes
    entity_tag: str


class PolicyRoutes:
    """``/v1/policies/{pack}``: public, and the same for everybody.

    Args:
        services: The running endpoint.
    """

    def __init__(self, services: Services) -> None:
        self._services = services
        self._thread = anyio.CapacityLimiter(1)
        # By pack, version in effect and version that the app has: as many as there are versions,
        # whatever is asked for.
        self._made: dict[_Key, _Answer] = {}

    def routes(self) -> list[Route]:
        """The routes, for the application."""
        return [Route(_READ.path, self.read, methods=["GET"], name="read_policy")]

    def operations(self) -> list[Operation]:
        """The same calls, for the OpenAPI document."""
        return [_READ]

    async def read(self, request: Request) -> Response:
        """The version in effect, unless the app has this answer."""
        pack_id = path_value(request, "pack")
        packs = await anyio.to_thread.run_sync(lambda: self._services.packs.by_id)
        pack = packs.get(pack_id)
        versions = [] if pack is None else versions_in_effect(pack, self._services.clock.now())
        if pack is None or not versions:
            raise Problem(ProblemKind.NOT_FOUND, "No such policy is in effect here.")
        asked = request.query_params.get("have")
        known = asked in [version.id for version in versions]
        have = UNSET if asked is None else asked if known else None
        answer = await self._answer(pack, versions, have)
        headers = {"etag": answer.entity_tag, "cache-control": _CACHE_CONTROL}
        if _has(request, answer.entity_tag):
            return Response(status_code=304, headers=headers)
        return Response(answer.body, media_type="application/json", headers=headers)

    async def _answer(
        self, pack: Pack, versions: list[PolicyVersion], have: str | UnsetType | None
    ) -> _Answer:
        key = (pack.id, versions[-1].id, have)
        if key not in self._made:
            await anyio.to_thread.run_sync(
                self._make_once, key, pack, versions, limiter=self._thread
            )
        return self._made[key]

    def _make_once(self, key: _Key, pack: Pack, versions: list[PolicyVersion]) -> None:
        # On one thread: whoever waited for it finds what somebody else had made.
        self._made[key] = self._made.get(key) or _make(pack, versions, key[2])


def _make(pack: Pack, versions: list[PolicyVersion], have: str | UnsetType | None) -> _Answer:
    now = pack.at(versions[-1].id)
    body = encode(
        PolicyMessage(
            pack=pack.id,
            current=_version(now.version),
            default_locale=pack.default_locale,
            documents={locale: now.document(locale).digest for locale in pack.locales},
            since=_since(now, versions, have) if isinstance(have, str) else have,
        )
    )
    return _Answer(body, f'"{hashlib.sha256(body).hexdigest()}"')


def _since(now: Pack, versions: list[PolicyVersion], have: str) -> SinceMessage:
    place = [version.id for version in versions].index(have)
    later = versions[place + 1 :]
    if not later:
        return SinceMessage(have, [], None, [])
    diff = diff_packs(now.at(have), now)
    return SinceMessage(
        have=have,
        versions=[_version(version) for version in later],
        change=diff.verdict.kind,
        ask_again=list(diff.purposes_to_ask_again),
    )


def _version(version: PolicyVersion) -> VersionMessage:
    return VersionMessage(
        version=version.id,
        published=None if version.published is None else version.published.isoformat(),
        effective=None if version.effective is None else version.effective.isoformat(),
        change=version.change,
    )


def _has(request: Request, entity_tag: str) -> bool:
    """Whether If-None-Match names the answer; compared weakly, as RFC 9110 section 13.1.2 says."""
    shown = ",".join(request.headers.getlist("if-none-match")).strip()
    return shown == "*" or entity_tag in _ENTITY_TAG.findall(shown)
