import os
import tempfile
from pathlib import Path

from industry_brain.config.settings.base import *

SECRET_KEY = "only for tests, never served"
DEBUG = False
STYLEGUIDE = True
_postgres = os.environ.get("BRAIN_TEST_POSTGRES", "")
DATABASES = {
    "default": postgres(_postgres)
    if _postgres
    else {**sqlite(Path(tempfile.gettempdir()) / "brain-test.sqlite3"), "TEST": {"NAME": None}}
}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
AXES_ENABLED = False
STATIC_ROOT = Path(tempfile.gettempdir()) / "brain-test-static"
WHITENOISE_AUTOREFRESH = True
WHITENOISE_USE_FINDERS = True
