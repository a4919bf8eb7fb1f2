"""Running the platform: web server and worker together (``brain serve``), or a worker alone (``brain work``).

::

    brain serve ─┬─ gunicorn (one process, threads)      ends → everything ends
                 └─ brain work --name …                  ends → another is started, and goes on with its task

The supervisor owns the signals: Ctrl-C reaches it alone, and it ends both within seconds.
"""

from __future__ import annotations

import errno
import fcntl
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType
from typing import Annotated

import typer
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils.translation import gettext as _

from industry_brain.config import schedule
from industry_brain.kernel.background import resume_tasks_of

app = typer.Typer()

GRACE = 5.0  # seconds that children get to end by themselves
READY_WITHIN = 60.0  # seconds until the web server must answer
RESTART_AFTER = 3.0  # seconds between two starts of the worker, so that one that cannot start does not spin
SAME_WORKER = "local"


@app.command()
def prepare() -> None:
    """Bring the database's tables and the static files up to date."""
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        _say(_("Updating the database …"))
        call_command("migrate", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)


@app.command()
def serve(
    port: Annotated[int, typer.Option(envvar="BRAIN_PORT", min=1, max=65535)] = 8000,
    host: Annotated[str, typer.Option(envvar="BRAIN_HOST")] = "127.0.0.1",
    note: Annotated[list[str] | None, typer.Option(help="A line to print below the address.")] = None,
) -> None:
    """Serve the platform with its worker until Ctrl-C."""
    if not _is_free(host, port):
        _complain(
            _(
                "Port {port} on {host} is taken by another program. End that one, or choose another port: "
                "BRAIN_PORT={other} make demo"
            ).format(port=port, host=host, other=port + 10)
        )
        raise typer.Exit(1)
    prepare()
    raise typer.Exit(Supervisor(host, port, tuple(note or ())).run())


@app.command()
def work(
    name: Annotated[str, typer.Option(help="Unlike every other worker's on this database.")] = SAME_WORKER,
    quiet: Annotated[bool, typer.Option(help="Say nothing about each task.")] = False,
) -> None:
    """Do background work until told to end; first go on with what a worker of this name left."""
    worker = f"{socket.gethostname()[:40]}:{name}"[:64]
    with _alone(settings.VAR_DIR / f"worker-{name}.lock") as is_alone:
        if not is_alone:
            _complain(_("A worker called {name} is running here already.").format(name=name))
            raise typer.Exit(1)
        resume_tasks_of(worker)
        schedule.start()
        call_command(
            "db_worker",
            queue_name="*",
            interval=0.5,
            startup_delay=False,
            reload=False,
            worker_id=worker,
            verbosity=0 if quiet else 1,
        )


@dataclass
class Supervisor:
    """Starts web server and worker, watches them, and ends them."""

    host: str
    port: int
    notes: Sequence[str] = ()
    told_to_end: int = field(default=0, init=False)

    def run(self) -> int:
        """Serve until a signal comes; the status is 0 then, and 1 when the web server fails."""
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._on_signal)
        web, worker = _start(self._web_command()), _start(_worker_command())
        started = time.monotonic()
        try:
            if self._wait_until_ready(web):
                self._greet()
            while not self.told_to_end and web.poll() is None:
                if worker.poll() is not None and time.monotonic() > started + RESTART_AFTER:
                    _complain(_("The worker ended unexpectedly; another one is started."))
                    worker, started = _start(_worker_command()), time.monotonic()
                time.sleep(0.2)
        finally:
            failed = not self.told_to_end
            self._end(web, worker)
        if failed:
            _complain(_("The web server ended unexpectedly; what it said stands above."))
        return 1 if failed else 0

    def _on_signal(self, _number: int, _frame: FrameType | None) -> None:
        self.told_to_end += 1

    def _web_command(self) -> list[str]:
        return [
            *(sys.executable, "-m", "gunicorn", "industry_brain.config.wsgi:application"),
            *("--bind", f"{self.host}:{self.port}", "--worker-class", "gthread", "--threads", "8"),
            *("--workers", "1", "--graceful-timeout", "3", "--timeout", "120"),
            *("--log-level", "warning", "--no-control-socket"),
        ]

    def _wait_until_ready(self, web: subprocess.Popen[bytes]) -> bool:
        until = time.monotonic() + READY_WITHIN
        while time.monotonic() < until and web.poll() is None and not self.told_to_end:
            try:
                socket.create_connection((self.host, self.port), timeout=1).close()
            except OSError:
                time.sleep(0.1)
            else:
                return True
        return False

    def _greet(self) -> None:
        shown = "127.0.0.1" if self.host in {"", "0.0.0.0", "::"} else self.host  # noqa: S104 - compared, not bound
        _say("")
        _say(_("Industry Brain is at {address}").format(address=f"http://{shown}:{self.port}/"))
        for line in self.notes:
            _say(line)
        _say(_("Ctrl-C ends it."))

    def _end(self, *children: subprocess.Popen[bytes]) -> None:
        """Ask all to end, wait a little, and end by force who did not: the worker's task is resumed later."""
        for child in children:
            child.terminate()
        until, asked = time.monotonic() + GRACE, self.told_to_end
        while any(child.poll() is None for child in children):
            if time.monotonic() > until or self.told_to_end > asked:
                for child in children:
                    child.kill()
            time.sleep(0.05)


def _worker_command() -> list[str]:
    command = "from industry_brain.config.cli import main; main()"
    return [sys.executable, "-c", command, "work", "--name", SAME_WORKER, "--quiet"]


def _start(command: Sequence[str]) -> subprocess.Popen[bytes]:
    """Start a child in a session of its own (Ctrl-C is ours) that ends when this process is killed."""
    setpriv = shutil.which("setpriv")
    leash = [setpriv, "--pdeathsig", "TERM", "--"] if setpriv else []
    return subprocess.Popen([*leash, *command], start_new_session=True, stdin=subprocess.DEVNULL)  # noqa: S603 - own commands


def _is_free(host: str, port: int) -> bool:
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            if error.errno in {errno.EADDRINUSE, errno.EACCES}:
                return False
            raise
    return True


@contextmanager
def _alone(path: Path) -> Iterator[bool]:
    """Hold a lock on a file for the block; False when somebody else holds it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
        else:
            file.write(str(os.getpid()))
            file.flush()
            yield True


def _say(line: str) -> None:
    typer.echo(line)
    sys.stdout.flush()


def _complain(line: str) -> None:
    typer.echo(line, err=True)
