"""Why no record can be made of an event."""

from __future__ import annotations


class CannotRecord(ValueError):
    """No consent record can be made of this event with this pack."""


class FactsMissing(CannotRecord):
    """The pack does not say what ISO/IEC TS 27560 wants said.

    Attributes:
        pack: Its id.
        missing: What is missing, each as the place in the pack where it would stand, for example
            ``controller`` or ``purposes.marketing.retention``; what is there and wrong is told in
            brackets behind it.
    """

    def __init__(self, pack: str, missing: tuple[str, ...]) -> None:
        super().__init__(f"the policy {pack} does not say: {', '.join(missing)}")
        self.pack = pack
        self.missing = missing


class NotOfThisPolicy(CannotRecord):
    """The event is about a policy, a version, a purpose or a permission that the pack lacks."""
