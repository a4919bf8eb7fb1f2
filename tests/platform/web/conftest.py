"""Pages without contexts, and the two languages."""

from collections.abc import Iterator

import pytest
from django.utils import translation


@pytest.fixture(autouse=True)
def _own_urls(settings) -> None:
    settings.ROOT_URLCONF = "tests.platform.web.urls"


@pytest.fixture
def chinese() -> Iterator[None]:
    """Read as a Chinese reader."""
    with translation.override("zh-hans"):
        yield


@pytest.fixture
def english() -> Iterator[None]:
    """Read as an English reader."""
    with translation.override("en"):
        yield
