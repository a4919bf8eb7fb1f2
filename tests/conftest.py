"""Shared by all tests; knows no Django, because the engines' tests run without it."""

import pytest


def pytest_configure(config: pytest.Config) -> None:
    """Load what tests with a database or a browser need, where there is Django."""
    if config.pluginmanager.hasplugin("django"):
        config.pluginmanager.import_plugin("tests.flushing")
        config.pluginmanager.import_plugin("tests.browsing")
