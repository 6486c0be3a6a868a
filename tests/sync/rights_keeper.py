"""A process that keeps requests and is killed: ``rights_keeper STORE``; tells what it has kept."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path

from components.sync.rights import RightsRequest
from components.sync.rights_store import RequestStore


def main() -> None:
    """Keep requests without end; an id is told once its request is kept."""
    store = RequestStore(Path(sys.argv[1]))
    while True:
        request = RightsRequest.new("copy", "epiao", "zh_Hans", message="请给我一份")
        store.add(request, datetime.now(UTC))
        print(request.request_id, flush=True)


if __name__ == "__main__":
    main()
