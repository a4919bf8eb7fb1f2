import pytest
from django.test import Client

from industry_brain.accounts.models import User
from industry_brain.firms.models import Firm
from tests.platform.factories.firms import FirmFactory, PlaceFactory

pytestmark = pytest.mark.django_db


def test_firm_list_shows_what_the_visitor_may_see(
    client: Client, member: User, member_firm: Firm, second_member_firm: Firm
) -> None:
    client.force_login(member)

    page = client.get("/firms/").content.decode()

    assert member_firm.name in page
    assert second_member_firm.name not in page


def test_firm_list_searches_both_names(
    client: Client, operator: User, member_firm: Firm, supplier_firm: Firm
) -> None:
    client.force_login(operator)

    page = client.get("/firms/", {"q": supplier_firm.name_en}).content.decode()

    assert supplier_firm.name in page
    assert member_firm.name not in page


def test_operators_register_firms_by_page(client: Client, operator: User) -> None:
    client.force_login(operator)
    place = PlaceFactory(code="yanxi")
    firm = {
        "name": "岚川轴承",
        "credit_code": "91330000000000001X",
        "place": place.code,
        "is_member": "on",
        "quality_ppm": "97.5",
    }

    assert client.post("/firms/register/", {**firm, "credit_code": "short"}).status_code == 422
    assert client.post("/firms/register/", firm).status_code == 302
    assert Firm.objects.get().quality_ppm == 975_000


def test_a_refusal_of_an_operation_is_a_page_in_the_readers_language(client: Client, member: User) -> None:
    client.force_login(member)

    page = client.get("/firms/register/")

    assert page.status_code == 403
    assert "无权" in page.content.decode()


@pytest.mark.parametrize("count", [1, 5])
def test_firm_list_costs_the_same_queries_however_long(
    client: Client, operator: User, count: int, django_assert_max_num_queries
) -> None:
    FirmFactory.create_batch(count)
    client.force_login(operator)

    with django_assert_max_num_queries(6):
        client.get("/firms/")
