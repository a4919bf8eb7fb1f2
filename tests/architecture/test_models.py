"""Tables hold whole numbers of fen and grams, change through operations, and have their migrations."""

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import models

from tests.architecture.source import nothing

OURS = [model for model in apps.get_models() if model.__module__.startswith("industry_brain.")]


def test_there_are_tables_to_look_at() -> None:
    assert len(OURS) > 10


def test_no_column_is_a_float_or_a_decimal() -> None:
    """Django's DecimalField on SQLite is a float underneath, so neither may hold an amount."""
    inexact = [
        str(column)
        for model in OURS
        for column in model._meta.get_fields()
        if isinstance(column, models.FloatField | models.DecimalField)
    ]

    nothing(inexact)


def test_no_model_saves_itself_in_its_own_way() -> None:
    inherited = models.Model.save
    own = [model.__name__ for model in OURS if "save" in vars(model) and model.save is not inherited]

    nothing(own)


@pytest.mark.django_db
def test_no_migration_is_missing() -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)
