"""What a person can do about their consent, as verbs that write the record."""

from __future__ import annotations

from ..policy.notice import Notice
from ..policy.pack import Pack
from .event import BASE_NOTICE, Cause, Event, Layer, NoticeReference
from .gate import Gate, NotPermitted, permission_target, purpose_target
from .ledger import Draft
from .permissions import SystemStatus
from .record import Record
from .status import ConsentStatus


def reference(notice: Notice, layer: Layer) -> NoticeReference:
    """What the record keeps of the words that were shown."""
    return NoticeReference(notice.notice, notice.version, notice.locale, layer, notice.digest)


class Choices:
    """The person's choices about one pack. Every method is durable when it returns.

    Every method raises LedgerError if the record could not be written; nothing has then changed.
    """

    def __init__(self, pack: Pack, record: Record, gate: Gate) -> None:
        self._pack = pack
        self._record = record
        self._gate = gate

    def accept_notice(self, notice: Notice, *, label: str) -> Event:
        """The person agreed to the base notice. No purpose that asks for consent is given by it."""
        return self._base(notice, ConsentStatus.GIVEN, label)

    def refuse_notice(self, notice: Notice, *, label: str) -> Event:
        """The person did not agree to the base notice."""
        return self._base(notice, ConsentStatus.REFUSED, label)

    def withdraw_notice(self, notice: Notice, *, label: str, gesture: str) -> Event:
        """The person takes back their agreement to the base notice: browsing only from now on.

        Raises:
            NotPermitted: The base notice is not accepted.
        """
        if not self._gate.notice_accepted:
            raise NotPermitted("the base notice is not accepted")
        return self._record.append(
            Draft(
                target=BASE_NOTICE,
                status=ConsentStatus.WITHDRAWN,
                cause=Cause.PRESSED,
                gesture=gesture,
                notice=reference(notice, Layer.CONSENT_CENTRE),
                label=label,
            )
        )

    def give(
        self, purpose_id: str, notice: Notice, *, layer: Layer, label: str, gesture: str | None
    ) -> Event:
        """The person agreed to a purpose, on those words, with that label.

        Raises:
            NotPermitted: The purpose is unknown, is no matter of consent, or the base notice has
                not been accepted.
        """
        self._check_asked(purpose_id)
        if not self._gate.notice_accepted:
            raise NotPermitted("the base notice comes before every other consent")
        return self._purpose(purpose_id, ConsentStatus.GIVEN, notice, layer, label, gesture)

    def refuse(
        self, purpose_id: str, notice: Notice, *, layer: Layer, label: str, gesture: str | None
    ) -> Event:
        """The person declined a purpose. Raises NotPermitted for what is no matter of consent."""
        self._check_asked(purpose_id)
        return self._purpose(purpose_id, ConsentStatus.REFUSED, notice, layer, label, gesture)

    def defer(self, purpose_id: str, notice: Notice, *, layer: Layer, gesture: str | None) -> Event:
        """The question went away without an answer (back, outside tap, restart): not granted."""
        self._check_asked(purpose_id)
        return self._record.append(
            Draft(
                target=purpose_target(purpose_id),
                status=ConsentStatus.DEFERRED,
                cause=Cause.DISMISSED,
                gesture=gesture,
                notice=reference(notice, layer),
            )
        )

    def withdraw(self, purpose_id: str, notice: Notice, *, label: str, gesture: str) -> Event:
        """The person withdrew a consent. Always possible, also without network.

        Raises:
            NotPermitted: There is no such consent to withdraw.
        """
        self._check_asked(purpose_id)
        if not self._record.status(purpose_target(purpose_id)).permits:
            raise NotPermitted(f"purpose {purpose_id!r} is not consented to")
        return self._purpose(
            purpose_id, ConsentStatus.WITHDRAWN, notice, Layer.CONSENT_CENTRE, label, gesture
        )

    def mirror(
        self, permission_id: str, system: SystemStatus, *, gesture: str | None = None
    ) -> Event | None:
        """Write down what the operating system says of a permission, if that is news.

        With a gesture it is the system's answer to a question; without, its settings as found.

        The system's setting is mirrored into the record, never the other way round. Nothing is
        written about a permission that was never in question here.
        """
        target = permission_target(permission_id)
        known = self._record.status(target)
        if system is SystemStatus.GRANTED:
            if known.permits or gesture is None:
                return None
            status = ConsentStatus.GIVEN
        elif gesture is not None:
            # An answer to a question that was just put, so it counts again and cools down anew.
            status = ConsentStatus.REFUSED
        elif known.permits:
            status = ConsentStatus.REVOKED
        else:
            return None
        return self._record.append(
            Draft(target=target, status=status, cause=Cause.OPERATING_SYSTEM, gesture=gesture)
        )

    def _base(self, notice: Notice, status: ConsentStatus, label: str) -> Event:
        return self._record.append(
            Draft(
                target=BASE_NOTICE,
                status=status,
                cause=Cause.PRESSED,
                gesture="first-notice.choose",
                notice=reference(notice, Layer.FIRST_NOTICE),
                label=label,
            )
        )

    def _purpose(
        self,
        purpose_id: str,
        status: ConsentStatus,
        notice: Notice,
        layer: Layer,
        label: str,
        gesture: str | None,
    ) -> Event:
        return self._record.append(
            Draft(
                target=purpose_target(purpose_id),
                status=status,
                cause=Cause.PRESSED,
                gesture=gesture,
                notice=reference(notice, layer),
                label=label,
            )
        )

    def _check_asked(self, purpose_id: str) -> None:
        purpose = self._pack.purposes.get(purpose_id)
        if purpose is None:
            raise NotPermitted(f"the pack {self._pack.id!r} declares no purpose {purpose_id!r}")
        if not purpose.asks_consent:
            raise NotPermitted(
                f"purpose {purpose_id!r} rests on {purpose.legal_basis}, not consent"
            )
