"""One question to a person: what it is about, and the exact words and labels it is put in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from .consent.event import IndicatedBy, Layer
from .consent.gate import Initiative
from .policy.notice import Notice, PromptForm, prompt_notice, purpose_notice
from .policy.pack import ConsentKind, Pack, Permission
from .policy.texts import PromptText

if TYPE_CHECKING:
    from .kit import ConsentKit


@dataclass(frozen=True)
class Question:
    """What is asked.

    Attributes:
        purpose_id: The purpose that would be agreed to.
        notice: The words, as they are hashed.
        layer: Where they stand.
        accept: Label of the choice to agree; the only label of the neutral form.
        refuse: Label of the choice not to.
        gesture: What the person did that calls for it; None if the app asks by itself.
        permission: The permission that goes with it, if any.
        asked: Who is asked.
        text: The prompt; None for a purpose that is explained by what is declared of it.
        form: How it is answered.
    """

    purpose_id: str
    notice: Notice
    layer: Layer
    accept: str
    refuse: str
    gesture: str | None
    permission: Permission | None
    asked: IndicatedBy
    text: PromptText | None
    form: PromptForm = PromptForm.CHOICE

    @property
    def initiative(self) -> Initiative:
        """Who set it going: without a gesture, the app."""
        return Initiative.APP if self.gesture is None else Initiative.PERSON


def can_be_put(pack: Pack, purpose_id: str) -> bool:
    """Whether the pack has the words to ask for a purpose.

    A separate consent takes necessity and impact (PIPL art. 30), which only prompts say.
    """
    purpose = pack.purposes[purpose_id]
    return purpose.consent is not ConsentKind.SEPARATE or pack.prompt_of(purpose_id) is not None


def about_permission(
    kit: ConsentKit,
    permission: Permission,
    layer: Layer,
    gesture: str | None,
    asked: IndicatedBy,
    form: PromptForm = PromptForm.CHOICE,
) -> Question:
    """The question of a permission, in the words of its prompt.

    Raises:
        LookupError: It has no prompt, or serves no purpose.
    """
    if permission.prompt is None:
        raise LookupError(f"permission {permission.id!r} has no just-in-time prompt")
    if permission.purpose is None:
        raise LookupError(f"permission {permission.id!r} serves no purpose")
    text = kit.texts.prompts[permission.prompt]
    return Question(
        purpose_id=permission.purpose,
        notice=prompt_notice(kit.pack, text.id, kit.language.locale, form=form),
        layer=layer,
        accept=text.neutral if form is PromptForm.NEUTRAL else text.accept,
        refuse=text.refuse,
        gesture=gesture,
        permission=permission,
        asked=asked,
        text=text,
        form=form,
    )


def about_purpose(
    kit: ConsentKit, purpose_id: str, layer: Layer, gesture: str | None, asked: IndicatedBy
) -> Question:
    """The question of a purpose, in the words of its prompt if it has one."""
    prompt_id = kit.pack.prompt_of(purpose_id)
    if prompt_id is None:
        say = kit.language.gettext
        return Question(
            purpose_id=purpose_id,
            notice=purpose_notice(kit.pack, purpose_id, kit.language.locale),
            layer=layer,
            accept=say("Agree"),
            refuse=say("Not now"),
            gesture=gesture,
            permission=None,
            asked=asked,
            text=None,
        )
    text = kit.texts.prompts[prompt_id]
    return Question(
        purpose_id=purpose_id,
        notice=prompt_notice(kit.pack, text.id, kit.language.locale),
        layer=layer,
        accept=text.accept,
        refuse=text.refuse,
        gesture=gesture,
        permission=None,
        asked=asked,
        text=text,
    )
