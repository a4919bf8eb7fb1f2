"""Reading rounds: what there is, and what a given person may see of it."""

from __future__ import annotations

from datetime import date

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from industry_brain.accounts.models import Organisation, User
from industry_brain.accounts.permissions import acts_as, organisation_ids
from industry_brain.accounts.states import Role
from industry_brain.firms.models import Firm
from industry_brain.kernel.errors import NotFound
from industry_brain.kernel.text import search_words
from industry_brain.rounds.models import Index, Invitation, Item, Round, ShareRule, Window
from industry_brain.rounds.states import RoundState

CITY = (Role.ANALYST, Role.COMMISSIONER, Role.AUDITOR)


def rounds_seen_by(actor: User) -> QuerySet[Round]:
    """Rounds the actor may know of.

    Operators: those of their organisation.  Members and the city: every published one.
    Suppliers: those to which they were invited, once bidding has opened.
    """
    visible = Q(operator__in=organisation_ids(actor, Role.OPERATOR))
    if acts_as(actor, Role.MEMBER, *CITY):
        visible |= Q(published_at__isnull=False)
    own = organisation_ids(actor, Role.SUPPLIER)
    if own:
        invited = Invitation.objects.filter(supplier__in=own).values("round")
        visible |= Q(pk__in=invited, bidding_at__isnull=False)
    rounds = Round.objects.filter(visible).select_related("category", "operator")
    return rounds.order_by("-created_at", "-pk")


def operators_of(actor: User) -> QuerySet[Organisation]:
    """The organisations for which the actor may start a round."""
    return Organisation.objects.filter(pk__in=organisation_ids(actor, Role.OPERATOR)).order_by("reference")


def get_round(reference: str, *, seen_by: User) -> Round:
    """One round by its reference; one the actor may not see does not exist."""
    round_ = rounds_seen_by(seen_by).filter(reference=reference).first()
    if round_ is None:
        raise NotFound(_("There is no round {reference}."), code="no_round", reference=reference)
    return round_


def items_of(round_: Round) -> QuerySet[Item]:
    """The pooled items in declared order."""
    items = Item.objects.filter(round=round_).select_related("material", "place", "window")
    return items.order_by("material__code", "place__code", "window__code")


def windows_of(round_: Round) -> QuerySet[Window]:
    """The delivery windows by start."""
    return Window.objects.filter(round=round_).order_by("starts_on", "code")


def indices_of(round_: Round) -> QuerySet[Index]:
    """The price indices that bids may refer to."""
    return Index.objects.filter(round=round_).order_by("code")


def share_rules_of(round_: Round) -> QuerySet[ShareRule]:
    """The bounds on suppliers' shares in declared order."""
    return ShareRule.objects.filter(round=round_).select_related("supplier").order_by("pk")


def invited_suppliers(round_: Round) -> QuerySet[Firm]:
    """The suppliers invited to a round; who they are is for the operator and auditors only."""
    return Firm.objects.filter(invitations__round=round_).order_by("reference")


def is_invited(supplier: Firm, round_: Round) -> bool:
    """Whether a supplier may bid in a round."""
    return Invitation.objects.filter(round=round_, supplier=supplier).exists()


def rounds_by_state(actor: User) -> dict[str, int]:
    """How many rounds the actor sees in each state."""
    counted = rounds_seen_by(actor).order_by().values("state").annotate(count=Count("pk"))
    found = {row["state"]: row["count"] for row in counted}
    return {state.value: found.get(state.value, 0) for state in RoundState}


def find_rounds(actor: User, *, state: str = "", category: str = "", text: str = "") -> QuerySet[Round]:
    """Rounds the actor sees, narrowed by state, category code and words of reference or title.

    Each carries ``item_count``.
    """
    rounds = rounds_seen_by(actor)
    if state:
        rounds = rounds.filter(state=state)
    if category:
        rounds = rounds.filter(category__code=category)
    for word in search_words(text):
        rounds = rounds.filter(
            Q(reference__icontains=word) | Q(title__icontains=word) | Q(title_en__icontains=word)
        )
    counted = Item.objects.filter(round=OuterRef("pk")).order_by().values("round")
    return rounds.annotate(item_count=Coalesce(Subquery(counted.annotate(n=Count("pk")).values("n")), 0))


def get_item(round_: Round, code: str) -> Item:
    """One pooled item of a round by its code."""
    item = items_of(round_).filter(code=code).first()
    if item is None:
        raise NotFound(_("There is no item {item} in {round}."), code="no_item", item=code, round=round_)
    return item


def get_window(round_: Round, code: str) -> Window:
    """One delivery window of a round by its code."""
    window = Window.objects.filter(round=round_, code=code).first()
    if window is None:
        raise NotFound(
            _("There is no delivery window {window} in {round}."), code="no_window", window=code, round=round_
        )
    return window


def windows_within(round_: Round, first: date, last: date) -> QuerySet[Window]:
    """The delivery windows of a round that hold every day from ``first`` to ``last``."""
    return windows_of(round_).filter(starts_on__lte=first, ends_on__gte=last)


def suppliers_to_invite(round_: Round) -> QuerySet[Firm]:
    """Suppliers that are not invited yet."""
    return Firm.objects.filter(is_supplier=True).exclude(invitations__round=round_).order_by("reference")
