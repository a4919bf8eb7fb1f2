"""The reference cluster on this machine: SQLite, a secret of its own, plain HTTP on loopback."""

import os
import secrets

from industry_brain.config.settings.base import *


def _own_secret() -> str:
    """Make a secret on the first start and keep it where only the owner reads."""
    path = VAR_DIR / "secret_key"
    VAR_DIR.mkdir(parents=True, exist_ok=True)
    if not path.exists():
        with open(os.open(path, os.O_CREAT | os.O_WRONLY | os.O_EXCL, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(50))
    return path.read_text()


SECRET_KEY = SECRET_KEY or _own_secret()
DEMO = True
DATABASES = {
    "default": database() if os.environ.get("BRAIN_DATABASE_URL") else sqlite(VAR_DIR / "demo.sqlite3")
}
