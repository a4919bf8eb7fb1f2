"""The menu: which pages a person is offered, by role."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from industry_brain.accounts.models import User
from industry_brain.accounts.permissions import acts_as, may_see_people
from industry_brain.accounts.states import Role
from industry_brain.demo.cast import LOGINS, PASSWORD
from industry_brain.overview.permissions import may_read_record

Condition = Callable[[User], bool]


def _everybody(_user: User) -> bool:
    return True


def _as(*roles: Role) -> Condition:
    return lambda user: acts_as(user, *roles)


@dataclass(frozen=True)
class Entry:
    """One line of the menu."""

    label: str | Promise
    url_name: str
    icon: str
    shown_to: Condition = _everybody
    key: str = ""


@dataclass(frozen=True)
class Group:
    """Lines under one heading."""

    label: str | Promise
    entries: tuple[Entry, ...]


MENU = (
    Group("", (Entry(_("Overview"), "overview:home", "layout-dashboard"),)),
    Group(
        _("Pooled purchasing"),
        (
            Entry(_("Purchasing rounds"), "rounds:round_list", "shopping-cart"),
            Entry(_("My demands"), "demands:demand_list", "clipboard-pen", _as(Role.MEMBER), key="d"),
            Entry(_("My bids"), "bids:bid_list", "file-lock", _as(Role.SUPPLIER), key="b"),
            Entry(_("Awards"), "awards:run_list", "scale"),
        ),
    ),
    Group(
        _("Cluster"),
        (
            Entry(_("Firms"), "firms:firm_list", "factory"),
            Entry(_("Materials"), "catalogue:material_list", "layers"),
        ),
    ),
    Group(
        _("Platform"),
        (
            Entry(_("Record"), "overview:record_list", "link", may_read_record),
            Entry(_("People"), "accounts:person_list", "users", may_see_people),
            Entry(_("API"), "api-1:openapi-view", "braces"),
        ),
    ),
)


def navigation(request: HttpRequest) -> dict[str, object]:
    """Give templates the menu of the signed-in person, the current line marked."""
    user = getattr(request, "user", None)
    demo = getattr(settings, "DEMO", False)
    note = _("Demo: all firms and people are invented.") if demo else ""
    if not isinstance(user, User):
        shown = {"demo_logins": LOGINS, "demo_password": PASSWORD} if demo else {"demo_logins": ()}
        return {"navigation": [], **shown}
    groups = []
    for group in MENU:
        items = [_shown(entry, request.path) for entry in group.entries if entry.shown_to(user)]
        if items:
            groups.append({"label": group.label, "items": items})
    menu = [{"label": _("My account"), "url": reverse("accounts:account")}]
    return {"navigation": groups, "account_menu": menu, "shell_note": note}


def _shown(entry: Entry, path: str) -> dict[str, object]:
    url = reverse(entry.url_name)
    active = path == url if url == "/" else path.startswith(url)
    return {"label": entry.label, "url": url, "icon": entry.icon, "active": active, "key": entry.key}
