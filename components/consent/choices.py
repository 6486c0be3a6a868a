"""What a person can do about their consent, as verbs that write the record."""

from __future__ import annotations

from ..policy.notice import Notice
from ..policy.pack import MinorsRule, Pack
from .age import AgeBand
from .event import BASE_NOTICE, Cause, Event, IndicatedBy, Layer, NoticeReference, Target
from .gate import Gate, NotPermitted, permission_target, purpose_target
from .ledger import Draft
from .permissions import SystemStatus
from .record import Record
from .transitions import Act, is_allowed, status_after

_SUBJECT, _GUARDIAN = IndicatedBy.SUBJECT, IndicatedBy.GUARDIAN


def reference(notice: Notice, layer: Layer) -> NoticeReference:
    """What the record keeps of the words that were shown."""
    return NoticeReference(notice.notice, notice.version, notice.locale, layer, notice.digest)


class Choices:
    """The person's choices about one pack. Every method is durable when it returns.

    Every event is a transition of :data:`.transitions.TRANSITIONS`. ``indicated_by`` is who
    pressed: the person, or, for a child, their guardian.

    Every method raises LedgerError if the record could not be written; that choice then does not
    hold. Every method raises NotPermitted for a guardian of somebody who is no child; for a child
    who agrees alone; and for what the table of transitions does not allow.
    """

    def __init__(self, pack: Pack, record: Record, gate: Gate) -> None:
        self._pack = pack
        self._record = record
        self._gate = gate

    def accept_notice(
        self,
        notice: Notice,
        *,
        label: str,
        layer: Layer = Layer.FIRST_NOTICE,
        indicated_by: IndicatedBy = _SUBJECT,
    ) -> Event:
        """Somebody agreed to the base notice. No purpose that asks for consent is given by it."""
        self._check_giver(indicated_by)
        return self._base(Act.GIVE, notice, layer, label, indicated_by)

    def refuse_notice(
        self,
        notice: Notice,
        *,
        label: str,
        layer: Layer = Layer.FIRST_NOTICE,
        indicated_by: IndicatedBy = _SUBJECT,
    ) -> Event:
        """Somebody did not agree to the base notice, also to its update: browsing only."""
        return self._base(Act.REFUSE, notice, layer, label, indicated_by)

    def withdraw_notice(
        self, notice: Notice, *, label: str, gesture: str, indicated_by: IndicatedBy = _SUBJECT
    ) -> Event:
        """The agreement to the base notice is taken back: browsing only from now on.

        Raises:
            NotPermitted: The base notice is not accepted.
        """
        if not self._gate.notice_accepted:
            raise NotPermitted("the base notice is not accepted")
        return self._pressed(
            BASE_NOTICE,
            _taking_back(indicated_by),
            reference(notice, Layer.CONSENT_CENTRE),
            label,
            gesture,
            indicated_by,
        )

    def give(
        self,
        purpose_id: str,
        notice: Notice,
        *,
        layer: Layer,
        label: str,
        gesture: str | None,
        indicated_by: IndicatedBy = _SUBJECT,
    ) -> Event:
        """Somebody agreed to a purpose, on those words, with that label.

        Raises:
            NotPermitted: The purpose is unknown, is no matter of consent or not for this minor, or
                the base notice has not been accepted.
        """
        self._check_asked(purpose_id)
        if not self._gate.notice_accepted:
            raise NotPermitted("the base notice comes before every other consent")
        never = self._pack.purposes[purpose_id].minors is MinorsRule.NEVER
        if never and self._gate.age in (AgeBand.CHILD, AgeBand.MINOR):
            raise NotPermitted(f"purpose {purpose_id!r} is not for minors, whoever agrees")
        self._check_giver(indicated_by)
        return self._pressed(
            purpose_target(purpose_id),
            Act.GIVE,
            reference(notice, layer),
            label,
            gesture,
            indicated_by,
        )

    def refuse(
        self,
        purpose_id: str,
        notice: Notice,
        *,
        layer: Layer,
        label: str,
        gesture: str | None,
        indicated_by: IndicatedBy = _SUBJECT,
    ) -> Event:
        """Somebody declined a purpose. Raises NotPermitted for what is no matter of consent."""
        self._check_asked(purpose_id)
        return self._pressed(
            purpose_target(purpose_id),
            Act.REFUSE,
            reference(notice, layer),
            label,
            gesture,
            indicated_by,
        )

    def defer(self, purpose_id: str, notice: Notice, *, layer: Layer, gesture: str | None) -> Event:
        """The question went away without an answer (back, outside tap, restart): not granted.

        Raises:
            NotPermitted: It is no matter of consent, or was agreed to elsewhere in the meantime,
                which a question that goes away does not end.
        """
        self._check_asked(purpose_id)
        self.settle()
        return self._write(
            purpose_target(purpose_id),
            Act.DISMISS,
            Cause.DISMISSED,
            gesture=gesture,
            notice=reference(notice, layer),
        )

    def withdraw(
        self,
        purpose_id: str,
        notice: Notice,
        *,
        label: str,
        gesture: str,
        indicated_by: IndicatedBy = _SUBJECT,
    ) -> Event:
        """A consent is taken back. Always possible, also without network.

        A child may take back what a guardian gave. What a guardian takes back is ``revoked``.

        Raises:
            NotPermitted: There is no such consent to take back.
        """
        self._check_asked(purpose_id)
        target, act = purpose_target(purpose_id), _taking_back(indicated_by)
        if not is_allowed(self._record.status(target), act):
            raise NotPermitted(f"purpose {purpose_id!r} is not consented to")
        return self._pressed(
            target,
            act,
            reference(notice, Layer.CONSENT_CENTRE),
            label,
            gesture,
            indicated_by,
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
            act = Act.SYSTEM_GRANT
        elif gesture is not None:
            # An answer to a question that was just put, so it counts again and cools down anew.
            act = Act.SYSTEM_REFUSE
        elif known.permits:
            act = Act.SYSTEM_REVOKE
        else:
            return None
        return self._write(target, act, Cause.OPERATING_SYSTEM, gesture=gesture)

    def settle(self) -> tuple[Event, ...]:
        """Write down which consents rules have ended: time, age, changed words.

        They permit nothing before this either; it makes the record say so. Call it on start, on
        resume, and when :meth:`.gate.Gate.until_next_change` has passed. What another window wrote
        down already is not written again.

        Raises:
            LedgerError: Not all of it could be written. What is over permits nothing all the same.
        """
        self._record.refresh()
        written: list[Event] = []
        for due in self._gate.overdue():
            # Another window may have been quicker since the list was made.
            self._record.refresh()
            if is_allowed(self._record.status(due.target), due.act):
                written.append(self._write(due.target, due.act, Cause.RULE))
        return tuple(written)

    def _base(
        self, act: Act, notice: Notice, layer: Layer, label: str, indicated_by: IndicatedBy
    ) -> Event:
        return self._pressed(
            BASE_NOTICE,
            act,
            reference(notice, layer),
            label,
            "first-notice.choose" if layer is Layer.FIRST_NOTICE else "update-notice.choose",
            indicated_by,
        )

    def _pressed(
        self,
        target: Target,
        act: Act,
        notice: NoticeReference,
        label: str,
        gesture: str | None,
        indicated_by: IndicatedBy,
    ) -> Event:
        if indicated_by is _GUARDIAN and self._gate.age is not AgeBand.CHILD:
            raise NotPermitted("a guardian decides for a child only")
        # What is over is ended first, so that this act starts from where the consent stands.
        self.settle()
        return self._write(
            target,
            act,
            Cause.PRESSED,
            gesture=gesture,
            notice=notice,
            label=label,
            indicated_by=indicated_by,
        )

    def _write(
        self,
        target: Target,
        act: Act,
        cause: Cause,
        *,
        gesture: str | None = None,
        notice: NoticeReference | None = None,
        label: str | None = None,
        indicated_by: IndicatedBy = _SUBJECT,
    ) -> Event:
        return self._record.append(
            Draft(
                target=target,
                status=status_after(self._record.status(target), act),
                cause=cause,
                gesture=gesture,
                notice=notice,
                label=label,
                indicated_by=indicated_by,
            )
        )

    def _check_giver(self, indicated_by: IndicatedBy) -> None:
        if indicated_by is _SUBJECT and self._gate.age is AgeBand.CHILD:
            raise NotPermitted("a child's guardian has to agree")

    def _check_asked(self, purpose_id: str) -> None:
        purpose = self._pack.purposes.get(purpose_id)
        if purpose is None:
            raise NotPermitted(f"the pack {self._pack.id!r} declares no purpose {purpose_id!r}")
        if not purpose.asks_consent:
            raise NotPermitted(
                f"purpose {purpose_id!r} rests on {purpose.legal_basis}, not consent"
            )


def _taking_back(indicated_by: IndicatedBy) -> Act:
    return Act.GUARDIAN_REVOKE if indicated_by is _GUARDIAN else Act.WITHDRAW
