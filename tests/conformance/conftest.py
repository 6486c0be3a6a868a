"""The running endpoints of the endpoint's own tests, on each kind of database."""

from tests.endpoint.conftest import (
    database,
    database_url,
    endpoint,
    pool,
    postgresql_url,
    sqlite_url,
)

__all__ = ["database", "database_url", "endpoint", "pool", "postgresql_url", "sqlite_url"]
