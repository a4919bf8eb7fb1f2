"""Tables that belong to no business word: counters and remembered requests."""

from __future__ import annotations

from django.db import models

LONGEST_KEY = 100


class Counter(models.Model):
    """The last number given out under a key such as ``R-2026``."""

    key = models.CharField(max_length=40, primary_key=True)
    value = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.key}: {self.value}"


class HandledRequest(models.Model):
    """A request that was carried out once and must not be carried out again.

    Written in the same transaction as its effect, so that one exists exactly if
    the other does.
    """

    actor = models.CharField(max_length=150)
    key = models.CharField(max_length=LONGEST_KEY)
    request_sha256 = models.CharField(max_length=64)
    answer = models.JSONField()
    handled_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="request_handled_once", fields=["actor", "key"]),
        ]

    def __str__(self) -> str:
        return f"{self.actor} {self.key}"
