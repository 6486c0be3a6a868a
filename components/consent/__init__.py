"""What was chosen: statuses, events, the ledger, the gate. Knows no screen and no network."""
