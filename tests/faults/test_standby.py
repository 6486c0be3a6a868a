"""What a standby has not got is not acknowledged, not even when it is sent a second time."""

from __future__ import annotations

import httpx
import pytest

from tests.databases.postgres import PostgresCluster
from tests.endpoint.devices import Device, batch

from .checks import stored_rows
from .processes import Replica
from .standing_by import NAME, start_again, until_a_commit_waits


def test_a_replay_is_acknowledged_only_once_the_standby_has_it(server: PostgresCluster) -> None:
    device = Device()
    with server.make_standby() as standby, Replica(server.url_with(standby, NAME)) as replica:

        def send(waits: float = 60) -> int:
            return httpx.post(
                replica.url + device.events_path,
                json=batch(device.made),
                headers=device.bearer,
                timeout=waits,
            ).status_code

        device.choose()
        assert send() == 200
        standby.kill()
        device.choose()
        with pytest.raises(httpx.ReadTimeout):
            send(waits=1)
        until_a_commit_waits(server)
        # On the primary's own disk the second choice is committed. After its restart it is seen
        # there, and a look at the table does not tell that the standby has never heard of it.
        server.kill()
        start_again(server)
        assert len(stored_rows(server.url(NAME))) == 2
        with pytest.raises(httpx.ReadTimeout):
            send(waits=2)
        start_again(standby)
        assert send() == 200
        server.kill()
        standby.promote()
        assert [row["event_id"] for row in stored_rows(standby.url(NAME))] == [
            event.event_id for event in device.made
        ]
