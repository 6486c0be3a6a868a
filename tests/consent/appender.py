"""A process of its own that appends refusals to a store: ``appender STORE COUNT``."""

from __future__ import annotations

import sys
from pathlib import Path

from components.consent.ledger import Ledger

from .making import draft


def main() -> None:
    ledger = Ledger(Path(sys.argv[1]))
    for _ in range(int(sys.argv[2])):
        ledger.append(draft())
    ledger.close()


if __name__ == "__main__":
    main()
