"""iOS: why a permission is wanted, in the words of the pack's prompts, language by language."""

from __future__ import annotations

import plistlib

from ..i18n import Language, available_locales
from ..policy.pack import Pack, Permission
from .declaring import NotDeclarable, requested

LOCALIZATIONS = "CFBundleLocalizations"
_NOT_SAFE = frozenset("<>&{}")
# The template writes a value into XML and into Jinja as it is.


def info_plist(pack: Pack) -> dict[str, str | list[str]]:
    """What ``[tool.flet.ios.info]`` has to say.

    Each purpose string is in every language of the pack, the prevailing one first: it is what
    people see whose language has no ``InfoPlist.strings`` of its own, or before these are there.

    Raises:
        NotDeclarable: A text has a character that the build's template cannot carry.
    """
    locales = [pack.default_locale, *(it for it in pack.locales if it != pack.default_locale)]
    values: dict[str, str | list[str]] = {
        key: "\n".join(purpose_strings(pack, locale)[key] for locale in locales)
        for key in purpose_strings(pack, pack.default_locale)
    }
    values[LOCALIZATIONS] = [apple_code(locale) for locale in available_locales()]
    return values


def purpose_strings(pack: Pack, locale: str) -> dict[str, str]:
    """Why each permission is wanted, by its Info.plist key, in one language of the pack.

    Raises:
        NotDeclarable: A text has a character that the build's template cannot carry.
    """
    words: dict[str, str] = {}
    for permission in requested(pack):
        if permission.ios is None:
            continue
        said = _reason(pack, permission, locale)
        for character in sorted(_NOT_SAFE & set(said)):
            raise NotDeclarable(
                f"the words for the permission {permission.id!r} in {locale} have a "
                f"{character!r}, which the build's template cannot carry. Reword "
                f"{permission.prompt or 'its description'!r}."
            )
        before = words.get(permission.ios)
        words[permission.ios] = said if before is None else f"{before}\n{said}"
    return words


def info_plist_strings(pack: Pack) -> dict[str, bytes]:
    """Each language's ``InfoPlist.strings`` as a property list, by its path in the bundle."""
    return {
        f"{apple_code(locale)}.lproj/InfoPlist.strings": plistlib.dumps(
            purpose_strings(pack, locale)
        )
        for locale in pack.locales
    }


def apple_code(locale: str) -> str:
    """What Apple calls a locale: ``zh-Hans`` for ``zh_Hans``."""
    return locale.replace("_", "-")


def _reason(pack: Pack, permission: Permission, locale: str) -> str:
    """What for, and what is used: the prompt's words, which the person has seen just before."""
    if permission.prompt is None:
        return pack.text(permission.description, locale)
    prompt = pack.texts_for(locale).prompts[permission.prompt]
    if locale not in available_locales():
        return f"{prompt.feature}\n{prompt.data}"
    say = Language.of(locale).gettext
    return "\n".join(
        (
            say("{what}: {words}", what=say("What for"), words=prompt.feature),
            say("{what}: {words}", what=say("What is used"), words=prompt.data),
        )
    )
