"""A PostgreSQL server of a test's own, on a port of its own, gone when the test is over."""

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest


def _programs() -> Path | None:
    """The folder of the newest server's programs; Debian keeps them away from the PATH."""
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    on_path = shutil.which("initdb")
    return folders[-1].parent if folders else Path(on_path).parent if on_path else None


@contextmanager
def postgres() -> Iterator[str]:
    """Start a server with an empty database, and yield what libpq needs to reach it."""
    programs = _programs()
    if programs is None:
        pytest.skip("PostgreSQL is not installed here")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    user = _user()
    with tempfile.TemporaryDirectory(prefix="protibedon-postgres-") as folder:
        Path(folder).chmod(0o755)
        data = Path(folder) / "data"
        data.mkdir()
        if user.pw_uid != os.getuid():
            os.chown(data, user.pw_uid, user.pw_gid)
        _call(user, [programs / "initdb", "-D", data, "-A", "trust", "-U", "lake", "-E", "UTF8", "--no-sync"])
        options = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c fsync=off"
        control = [programs / "pg_ctl", "-D", data, "-w", "-l", data / "log"]
        _call(user, [*control, "-o", options, "start"])
        try:
            reach = ["-h", "127.0.0.1", "-p", str(port), "-U", "lake"]
            _call(user, [programs / "createdb", *reach, "protibedon"])
            yield f"dbname=protibedon host=127.0.0.1 port={port} user=lake"
        finally:
            _call(user, [*control, "-m", "immediate", "stop"])


def _user() -> pwd.struct_passwd:
    """PostgreSQL refuses to be run by root."""
    if os.getuid():
        return pwd.getpwuid(os.getuid())
    try:
        return pwd.getpwnam("postgres")
    except KeyError:
        return pwd.getpwnam("nobody")


def _call(user: pwd.struct_passwd, command: Sequence[object]) -> None:
    other = {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []} if os.getuid() == 0 else {}
    subprocess.run(list(map(str, command)), check=True, capture_output=True, cwd="/", timeout=60, **other)
