"""Which words a record says the person had before them."""

from __future__ import annotations

from typing import Any

from ...policy.notice import notice_for
from ...policy.pack import Pack
from ..event import Event, Layer, NoticeReference
from .context import by_language, language_tag

_LAYERS = {
    Layer.FIRST_NOTICE: ["dpv:ConsentNotice", "dpv:NoticeLayer"],
    Layer.JUST_IN_TIME: ["dpv:ConsentNotice", "dpv:JITNotice"],
    Layer.IN_PLACE: ["dpv:ConsentNotice"],
    Layer.CONSENT_CENTRE: ["dpv:ConsentNotice", "dpv:DashboardNotice"],
    Layer.UPDATE_NOTICE: ["dpv:ConsentNotice", "dpv:NoticeLayer"],
    Layer.SYSTEM: ["dpv:DeviceNotice"],
}


def notices(event: Event, pack: Pack) -> list[dict[str, Any]]:
    """The notice that was shown, if the app showed one, and the full policy it belongs to."""
    return [*([] if event.notice is None else [_shown(event.notice, pack)]), _policy(pack)]


def _shown(notice: NoticeReference, pack: Pack) -> dict[str, Any]:
    described: dict[str, Any] = {
        "@id": f"urn:mingshi:notice:{notice.notice}:{notice.version}:{notice.locale}",
        "@type": _LAYERS[notice.layer],
        "dct:identifier": notice.notice,
        "dct:language": language_tag(notice.locale),
        "mingshi:version": notice.version,
        "mingshi:layer": notice.layer.value,
        "mingshi:digest": notice.digest,
    }
    words = words_shown(notice, pack)
    if words is not None:
        described["mingshi:words"] = list(words)
    return described


def words_shown(notice: NoticeReference, pack: Pack) -> tuple[str, ...] | None:
    """The words that an event stands on, one text a line; None if the pack has others now."""
    if notice.locale not in pack.locales:
        return None
    try:
        words = notice_for(pack, notice.notice, notice.locale, notice.version)
    except KeyError:
        return None
    return words.lines if words.digest == notice.digest else None


def _policy(pack: Pack) -> dict[str, Any]:
    described: dict[str, Any] = {
        "@id": f"urn:mingshi:policy:{pack.id}:{pack.version.id}",
        "@type": ["dpv:PrivacyNotice"],
        "dct:identifier": pack.id,
        "dct:title": by_language(pack.name),
        "dct:language": [language_tag(locale) for locale in pack.locales],
        "mingshi:version": pack.version.id,
    }
    days = {"dct:issued": pack.version.published, "dct:valid": pack.version.effective}
    return described | {term: day.isoformat() for term, day in days.items() if day is not None}
