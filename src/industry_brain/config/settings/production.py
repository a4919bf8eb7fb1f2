"""Behind a TLS proxy; refuses to start without its secret."""

import os

from django.core.exceptions import ImproperlyConfigured

from industry_brain.config.settings.base import *

if not SECRET_KEY:
    raise ImproperlyConfigured("Set BRAIN_SECRET_KEY to a long random text and keep it private.")
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
SECURE_SSL_REDIRECT = os.environ.get("BRAIN_SSL_REDIRECT", "1") == "1"
SECURE_HSTS_SECONDS = 31_536_000
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS]
