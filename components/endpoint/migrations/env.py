"""What Alembic runs: the steps, on the connection and in the transaction of whoever asked."""

from __future__ import annotations

from alembic import context


def run() -> None:
    """Run the steps that were asked for."""
    context.configure(connection=context.config.attributes["connection"], transactional_ddl=True)
    with context.begin_transaction():
        context.run_migrations()


# The name under which Alembic runs this file; imported in any other way it does nothing.
if __name__ == "env_py":
    run()
