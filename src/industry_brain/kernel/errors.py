"""The five ways a domain operation can refuse.

DomainError
├── NotAllowed     the actor may not do this            403
├── NotFound       no such thing, or not for this actor 404
├── WrongState     the thing is not at that stage       409
├── Conflict       somebody else was faster             409
└── Invalid        the request breaks a rule            422

Every door (page, API, command line) turns these into its own language once,
in one place; no view catches them.  The message is an untranslated sentence
with ``{facts}`` in it, so that it is translated where it is shown.
"""

from __future__ import annotations

from typing import Any, ClassVar

from django.utils.functional import Promise


class DomainError(Exception):
    """An operation refused for a reason its caller can understand."""

    status: ClassVar[int] = 400

    def __init__(self, message: str | Promise, *, code: str, **facts: Any) -> None:
        super().__init__(message)
        self.message = message
        self.code = code
        self.facts = facts

    def __str__(self) -> str:
        return str(self.message).format(**self.facts)


class NotAllowed(DomainError):
    """The actor may not do this."""

    status = 403


class NotFound(DomainError):
    """There is no such thing, or the actor may not know that there is."""

    status = 404


class WrongState(DomainError):
    """The thing is not at a stage where this can be done."""

    status = 409


class Conflict(DomainError):
    """Somebody else changed the thing in the meantime."""

    status = 409


class Invalid(DomainError):
    """The request breaks a rule of the domain.

    ``facts["places"]`` may list the places at fault as ``{"place", "message"}``
    rows, where one sentence cannot point at each of them.
    """

    status = 422
