"""The supervisor ends both its children within seconds, and says when the port is taken."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

BRAIN = [sys.executable, "-c", "from industry_brain.config.cli import main; main()"]
PATIENCE = 90.0


@pytest.fixture
def port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def environment(tmp_path: Path, port: int) -> dict[str, str]:
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("BRAIN_", "PYTEST_"))}
    return {
        **kept,
        "BRAIN_VAR": str(tmp_path),
        "BRAIN_PORT": str(port),
        "BRAIN_LANGUAGE": "en",
        "DJANGO_SETTINGS_MODULE": "industry_brain.config.settings.demo",
    }


@pytest.fixture
def server(environment: dict[str, str], port: int) -> Iterator[subprocess.Popen[str]]:
    """A platform that answers on its port."""
    with subprocess.Popen([*BRAIN, "serve"], env=environment, stdout=subprocess.PIPE, text=True) as process:
        wait_until(lambda: answers(port) or process.poll() is not None)
        yield process
        with suppress(ProcessLookupError):
            process.kill()


def answers(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), timeout=1).close()
    except OSError:
        return False
    return True


def children(parent: int) -> list[int]:
    """The processes that a process started, directly or not."""
    listed = subprocess.run(["ps", "-eo", "pid=,ppid="], capture_output=True, text=True, check=True).stdout
    pairs = [tuple(map(int, line.split())) for line in listed.splitlines()]
    direct = [pid for pid, ppid in pairs if ppid == parent]
    return direct + [grandchild for child in direct for grandchild in children(child)]


def is_alive(pid: int) -> bool:
    return Path(f"/proc/{pid}").exists()


def wait_until(is_so: object) -> None:
    assert callable(is_so)
    until = time.monotonic() + PATIENCE
    while not is_so() and time.monotonic() < until:
        time.sleep(0.1)
    assert is_so()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_serve_ends_all_it_started_when_told_to(
    server: subprocess.Popen[str], number: signal.Signals
) -> None:
    started = children(server.pid)

    server.send_signal(number)

    assert server.wait(timeout=20) == 0
    assert len(started) >= 3  # gunicorn, its worker, and the worker of the jobs
    wait_until(lambda: not any(map(is_alive, started)))


def test_serve_says_when_the_port_is_taken(environment: dict[str, str], port: int) -> None:
    with socket.create_server(("127.0.0.1", port)):
        second = subprocess.run(
            [*BRAIN, "serve"], env=environment, capture_output=True, text=True, check=False, timeout=PATIENCE
        )

    assert second.returncode == 1
    assert f"Port {port} on 127.0.0.1 is taken by another program." in second.stderr
    assert f"BRAIN_PORT={port + 10}" in second.stderr


def test_nothing_survives_a_supervisor_that_is_killed(server: subprocess.Popen[str]) -> None:
    started = children(server.pid)

    server.kill()
    server.wait(timeout=20)

    wait_until(lambda: not any(map(is_alive, started)))


def test_a_second_worker_of_the_same_name_is_refused(
    server: subprocess.Popen[str], environment: dict[str, str], tmp_path: Path
) -> None:
    wait_until((tmp_path / "worker-local.lock").exists)

    second = subprocess.run(
        [*BRAIN, "work"], env=environment, capture_output=True, text=True, check=False, timeout=PATIENCE
    )

    assert server.poll() is None
    assert (second.returncode, second.stderr.strip()) == (1, "A worker called local is running here already.")
