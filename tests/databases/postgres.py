"""A PostgreSQL server of the tests' own: started, stopped, killed, copied and promoted."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from types import TracebackType

import psycopg
from psycopg import sql

from .binaries import account, find_binaries

OWNER = "mingshi"
_HOST = "127.0.0.1"
_PATIENCE_SECONDS = 60.0
_POLL_SECONDS = 0.02
_BIND_ATTEMPTS = 5
_STANDBY = "standby"
# Waits until whoever started it is gone, however that came about, and ends the server then.
_WATCH = """
import os, shutil, signal, sys
sys.stdin.read()
os.kill(int(sys.argv[1]), signal.SIGQUIT)
shutil.rmtree(sys.argv[2], ignore_errors=True)
"""
_SETTINGS = {
    "listen_addresses": _HOST,
    # Sockets in the file system have short paths, and nobody needs them.
    "unix_socket_directories": "",
    "fsync": "on",
    "synchronous_commit": "on",
    "max_connections": "200",
    "shared_buffers": "32MB",
    "wal_level": "replica",
    "max_wal_senders": "4",
    "log_min_messages": "warning",
    "deadlock_timeout": "100ms",
    # The tests must see what the endpoint does, not what the machine's locale says.
    "timezone": "UTC",
}


class PostgresFailed(RuntimeError):
    """A program of PostgreSQL ended with an error; the message holds what it wrote."""


class PostgresCluster:
    """One server with a data folder of its own, reached on this machine alone.

    Made by :meth:`create`, or by :meth:`make_standby` of another. It keeps its port however often
    it is stopped and started. Anybody on this machine may log in: it holds nothing but tests.

    Attributes:
        port: Where it listens, on 127.0.0.1.
    """

    def __init__(self, folder: Path, port: int) -> None:
        self._folder = folder
        self._data = folder / "data"
        self._log = folder / "log"
        self._user = account()
        self._process: subprocess.Popen[bytes] | None = None
        self._watch: subprocess.Popen[bytes] | None = None
        self.port = port

    @classmethod
    def create(cls) -> PostgresCluster:
        """A new, empty server that runs."""
        cluster = cls(_new_folder(), 0)
        try:
            cluster._program(
                "initdb",
                *("--username", OWNER, "--auth", "trust", "--encoding", "UTF8"),
                *("--locale", "C", "--no-instructions", "--pgdata", str(cluster._data)),
            )
            # In the file, so that a test can set others.
            with (cluster._data / "postgresql.conf").open("a", encoding="utf-8") as written:
                written.writelines(f"{name} = '{value}'\n" for name, value in _SETTINGS.items())
            cluster._start_on_a_free_port()
        except BaseException:
            cluster.close()
            raise
        return cluster

    @property
    def running(self) -> bool:
        """Whether the server's first process runs."""
        return self._process is not None and self._process.poll() is None

    def url(self, database: str) -> str:
        """SQLAlchemy URL of a database."""
        return f"postgresql+psycopg://{OWNER}@{_HOST}:{self.port}/{database}"

    def url_with(self, other: PostgresCluster, database: str) -> str:
        """SQLAlchemy URL of a database on whichever of two servers takes writes."""
        return (
            f"postgresql+psycopg://{OWNER}@/{database}?host={_HOST}:{self.port}"
            f"&host={_HOST}:{other.port}&target_session_attrs=read-write"
        )

    def create_database(self, name: str, template: str = "template0") -> str:
        """Make a database; its SQLAlchemy URL."""
        self.execute(
            sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(
                sql.Identifier(name), sql.Identifier(template)
            )
        )
        return self.url(name)

    def drop_database(self, name: str) -> None:
        """Take a database away, whoever is still connected to it."""
        self.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))

    def set(self, name: str, value: str) -> None:
        """Change a setting of the running server, one that takes no restart."""
        with self.connect() as connection:
            connection.execute(
                sql.SQL("ALTER SYSTEM SET {} = {}").format(sql.Identifier(name), sql.Literal(value))
            )
            connection.execute("SELECT pg_reload_conf()")
            wait_until(lambda: connection.execute(f"SHOW {name}").fetchone() == (value,))

    def execute(
        self, statement: sql.SQL | sql.Composed, database: str = "postgres"
    ) -> Sequence[tuple[object, ...]]:
        """Run one statement by itself; the rows it gives, if it gives any."""
        with self.connect(database) as connection:
            cursor = connection.execute(statement)
            return cursor.fetchall() if cursor.description else []

    def connect(self, database: str = "postgres") -> psycopg.Connection[tuple[object, ...]]:
        """A connection that commits each statement; the caller's to close."""
        return psycopg.connect(
            host=_HOST,
            port=self.port,
            user=OWNER,
            dbname=database,
            autocommit=True,
            connect_timeout=10,
        )

    def start(self) -> None:
        """Start the server, and wait until it takes connections.

        Raises:
            PostgresFailed: It ended, or takes none; with what it logged.
        """
        if self.running:
            return
        with self._log.open("ab") as log:
            self._process = self._popen(
                ["postgres", "-D", str(self._data), f"--port={self.port}"], log.fileno()
            )
        self._watch = subprocess.Popen(
            [sys.executable, "-S", "-c", _WATCH, str(self._process.pid), str(self._folder)],
            stdin=subprocess.PIPE,
            start_new_session=True,
        )
        deadline = time.monotonic() + _PATIENCE_SECONDS
        while True:
            try:
                self.connect().close()
                return
            except psycopg.OperationalError as error:
                if not self.running or time.monotonic() > deadline:
                    raise PostgresFailed(f"{error}\n{self.log()}") from error
            time.sleep(_POLL_SECONDS)

    def stop(self) -> None:
        """End the server in order; open connections are cut."""
        self._end(signal.SIGINT)

    def kill(self) -> None:
        """``kill -9`` of every process at once, as if the machine lost its power."""
        if self._process is None:
            return
        # Held first, so that it neither starts new ones nor cleans up behind those that die.
        self._process.send_signal(signal.SIGSTOP)
        children = _children(self._process.pid)
        for pid in children:
            os.kill(pid, signal.SIGKILL)
        self._end(signal.SIGKILL)
        # The server does not start beside old ones.
        wait_until(lambda: not _run(children))

    def restart(self) -> None:
        """Stop and start."""
        self.stop()
        self.start()

    def make_standby(self) -> PostgresCluster:
        """A running copy that every commit of this server waits for from now on.

        Its commits are acknowledged only once the copy has them on its disk too.
        """
        standby = PostgresCluster(_new_folder(), _free_port())
        try:
            standby._program(
                "pg_basebackup",
                *("--host", _HOST, "--port", str(self.port), "--username", OWNER),
                *("--pgdata", str(standby._data), "--write-recovery-conf", "--checkpoint=fast"),
                *("--wal-method=stream", "--no-password"),
            )
            # The last of a name holds; the copy's own file names its primary without a name.
            with (standby._data / "postgresql.auto.conf").open("a", encoding="utf-8") as written:
                written.write(
                    f"primary_conninfo = 'host={_HOST} port={self.port} user={OWNER} "
                    f"application_name={_STANDBY}'\n"
                )
            standby._start_on_a_free_port()
            self.wait_for_standby(_STANDBY, synchronous=True)
        except BaseException:
            standby.close()
            raise
        return standby

    def wait_for_standby(self, name: str = _STANDBY, *, synchronous: bool = True) -> None:
        """Make commits wait for a standby, and wait until they do.

        Args:
            name: Its ``application_name``.
            synchronous: False: commits no longer wait.
        """
        self.set("synchronous_standby_names", f'FIRST 1 ("{name}")' if synchronous else "")
        wanted = [("sync" if synchronous else "async",)]
        query = "SELECT sync_state FROM pg_stat_replication WHERE state = 'streaming'"
        with self.connect() as connection:
            wait_until(lambda: connection.execute(query).fetchall() == wanted)

    def promote(self) -> None:
        """Make this standby take writes, waiting for no copy, and wait until it does."""
        with self.connect() as connection:
            connection.execute("SELECT pg_promote(true, 60)")
        self.set("synchronous_standby_names", "")

    def log(self) -> str:
        """The end of what the server wrote."""
        return self._log.read_text("utf-8", "replace")[-4000:] if self._log.exists() else ""

    def close(self) -> None:
        """End it and take everything of it away."""
        self._end(signal.SIGQUIT)
        shutil.rmtree(self._folder, ignore_errors=True)

    def __enter__(self) -> PostgresCluster:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def _start_on_a_free_port(self) -> None:
        for attempt in range(1, _BIND_ATTEMPTS + 1):
            self.port = _free_port()
            try:
                self.start()
            except PostgresFailed:
                # Another program may have taken the port since it was found to be free.
                if attempt == _BIND_ATTEMPTS or "could not bind" not in self.log():
                    raise
                self._log.unlink()
            else:
                return

    def _end(self, how: signal.Signals) -> None:
        if self._watch is not None:
            self._watch.kill()
            self._watch.communicate()
            self._watch = None
        if self._process is not None:
            self._process.send_signal(how)
            self._process.wait(_PATIENCE_SECONDS)
            self._process = None

    def _program(self, *command: str) -> None:
        with tempfile.TemporaryFile() as output:
            status = self._popen(list(command), output.fileno()).wait(_PATIENCE_SECONDS)
            output.seek(0)
            if status != 0:
                raise PostgresFailed(f"{command[0]}: {output.read().decode('utf-8', 'replace')}")

    def _popen(self, command: list[str], output: int) -> subprocess.Popen[bytes]:
        if self._user is not None:
            shutil.chown(self._folder, self._user)
        return subprocess.Popen(
            [str(find_binaries() / command[0]), *command[1:]],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            cwd=self._folder,
            env={"PATH": os.environ.get("PATH", ""), "LC_ALL": "C", "TZ": "UTC"},
            user=self._user,
            group=None if self._user is None else _group(self._user),
            extra_groups=None if self._user is None else [],
            # Ctrl-C in the terminal is for the tests, which then stop it themselves.
            start_new_session=True,
        )


def wait_until(holds: Callable[[], bool]) -> None:
    """Wait for something that another process does.

    Raises:
        PostgresFailed: It did not happen within a minute.
    """
    deadline = time.monotonic() + _PATIENCE_SECONDS
    while not holds():
        if time.monotonic() > deadline:
            raise PostgresFailed("waited for a minute in vain")
        time.sleep(_POLL_SECONDS)


def _group(user: str) -> int:
    return pwd.getpwnam(user).pw_gid


def _new_folder() -> Path:
    # Not pytest's own: that is closed to every user but the one who runs the tests.
    return Path(tempfile.mkdtemp(prefix="mingshi-postgres-"))


def _free_port() -> int:
    with socket.create_server((_HOST, 0)) as found:
        return int(found.getsockname()[1])


def _children(parent: int) -> list[int]:
    return [pid for pid, (of, _) in _processes().items() if of == parent]


def _run(pids: Sequence[int]) -> bool:
    """Whether any of some processes runs; one that is dead and not yet forgotten does not."""
    running = _processes()
    return any(not running[pid][1].startswith("Z") for pid in pids if pid in running)


def _processes() -> dict[int, tuple[int, str]]:
    """Parent and state of every process of this machine."""
    if Path("/proc/self/stat").exists():
        return dict(filter(None, map(_status, Path("/proc").glob("[0-9]*/stat"))))
    listed = subprocess.run(
        ["ps", "-A", "-o", "pid=,ppid=,stat="], capture_output=True, text=True, check=True
    )
    rows = [line.split() for line in listed.stdout.splitlines()]
    return {int(pid): (int(parent), state) for pid, parent, state in rows}


def _status(path: Path) -> tuple[int, tuple[int, str]] | None:
    try:
        # After the name, which may hold anything and stands in brackets.
        state, parent, *_ = path.read_text().rpartition(")")[2].split()
    except OSError:
        return None  # it has ended since
    return int(path.parent.name), (int(parent), state)
