"""The reference cluster, told once and served by the real command, for a browser to use.

The story is told into one folder per test run; every process of the run serves a copy of its own, with
its worker, through ``brain serve``.  Always SQLite: the browser sees no difference between databases,
and the platform's own tests run on both.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from playwright._impl._api_structures import SetCookieParam
from playwright.sync_api import APIRequestContext

from industry_brain.demo.cast import PASSWORD

BRAIN = [sys.executable, "-c", "from industry_brain.config.cli import main; main()"]
TOLD_WITHIN, READY_WITHIN = 600, 120  # seconds, on a busy machine


def told(folder: Path) -> Path:
    """Tell the story into a folder unless another process of this test run has done so."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / "told").exists():
            command = [*BRAIN, "demo", "--build-only"]
            subprocess.run(command, env=_environment(folder / "var"), check=True, timeout=TOLD_WITHIN)
            (folder / "told").touch()
    return folder / "var"


@dataclass
class Cluster:
    """Where the cluster is served, and who has signed in there."""

    address: str
    folder: Path
    sessions: dict[str, SetCookieParam] = field(default_factory=dict)

    def session_of(self, name: str, request: APIRequestContext) -> SetCookieParam:
        """Sign somebody in, once for all tests of a process."""
        if name not in self.sessions:
            request.get("/account/sign-in/")
            token = next(c["value"] for c in request.storage_state()["cookies"] if c["name"] == "csrftoken")
            form: dict[str, str | float | bool] = {
                "username": name,
                "password": PASSWORD,
                "csrfmiddlewaretoken": token,
            }
            request.post("/account/sign-in/", form=form, headers={"Referer": self.address})
            cookies = {cookie["name"]: cookie["value"] for cookie in request.storage_state()["cookies"]}
            self.sessions[name] = {"name": "sessionid", "value": cookies["sessionid"], "url": self.address}
        return self.sessions[name]

    def brain(self, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
        """Run a command as somebody at a terminal would, in English."""
        return subprocess.run(
            [*BRAIN, *map(str, arguments)],
            env=_environment(self.folder),
            check=False,
            capture_output=True,
            text=True,
            timeout=120,
        )


@contextmanager
def served(template: Path, folder: Path) -> Iterator[Cluster]:
    """Serve a copy of the told story; all processes end with the block."""
    shutil.copytree(template, folder, ignore=shutil.ignore_patterns("static", "*.lock", "*.log"))
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    log = (folder / "server.log").open("wb")
    server = subprocess.Popen(
        [*BRAIN, "serve", "--port", str(port)],
        env=_environment(folder),
        stdout=log,
        stderr=subprocess.STDOUT,
        start_new_session=True,
    )
    address = f"http://127.0.0.1:{port}"
    try:
        _wait_for(address, server)
        yield Cluster(address, folder)
    finally:
        server.terminate()
        server.wait(timeout=30)
        log.close()


def _environment(var: Path) -> dict[str, str]:
    kept = {key: text for key, text in os.environ.items() if not key.startswith(("BRAIN_", "DJANGO_"))}
    return kept | {
        "DJANGO_SETTINGS_MODULE": "industry_brain.config.settings.demo",
        "BRAIN_VAR": str(var),
        "BRAIN_LANGUAGE": "en",
    }


def _wait_for(address: str, server: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + READY_WITHIN
    while server.poll() is None and time.monotonic() < until:
        try:
            urlopen(f"{address}/healthz", timeout=5).close()
        except (URLError, OSError):
            time.sleep(0.2)
        else:
            return
    raise RuntimeError("the platform did not start; see server.log in its folder")
