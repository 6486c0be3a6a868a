"""Third-party SDKs that run only while a purpose of theirs is permitted."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass

from ..policy.pack import Pack
from .gate import Gate

logger = logging.getLogger(__name__)


@dataclass
class _Registered:
    start: Callable[[], None]
    stop: Callable[[], None]
    running: bool = False


class SdkRegistry:
    """Starts an SDK when a purpose it serves is permitted, and stops it when none is any more.

    Args:
        pack: Names each SDK and its purposes.
        gate: Says what is permitted.
    """

    def __init__(self, pack: Pack, gate: Gate) -> None:
        self._pack = pack
        self._gate = gate
        self._sdks: dict[str, _Registered] = {}

    def register(self, sdk_id: str, start: Callable[[], None], stop: Callable[[], None]) -> None:
        """Put an SDK in the kit's hands. It is started at once if a purpose of it is permitted.

        Raises:
            KeyError: The pack does not list it; an SDK that is not disclosed is never started.
            ValueError: It is registered already; the one that runs could not be stopped any more.
        """
        if sdk_id in self._sdks:
            raise ValueError(f"the SDK {sdk_id!r} is registered already")
        if sdk_id not in self._pack.recipients:
            raise KeyError(f"the pack {self._pack.id!r} does not list an SDK {sdk_id!r}")
        self._sdks[sdk_id] = _Registered(start, stop)
        self.reconcile()

    def is_running(self, sdk_id: str) -> bool:
        """Whether an SDK was started and not stopped since."""
        return sdk_id in self._sdks and self._sdks[sdk_id].running

    def reconcile(self) -> None:
        """Bring every SDK to the state that the choices call for.

        One that fails to start counts as not running; one that fails to stop stays marked as
        running, so that stopping is tried again at the next change.
        """
        for sdk_id, sdk in self._sdks.items():
            wanted = any(self._gate.permits(it) for it in self._pack.recipients[sdk_id].purposes)
            if wanted == sdk.running:
                continue
            try:
                (sdk.start if wanted else sdk.stop)()
            except Exception:
                logger.exception(
                    "SDK %s could not be %s", sdk_id, "started" if wanted else "stopped"
                )
            else:
                sdk.running = wanted
