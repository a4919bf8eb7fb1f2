import pytest

from industry_brain.accounts.models import User
from industry_brain.demo.rebuild import is_half_told, start_over
from industry_brain.kernel.errors import Conflict

pytestmark = pytest.mark.django_db


def test_an_empty_database_is_not_half_told(db: None) -> None:
    assert not is_half_told()


def test_people_without_the_whole_story_are_half_of_it(operator: User) -> None:
    assert is_half_told()


def test_a_database_that_is_not_the_demos_own_is_left_alone(operator: User) -> None:
    with pytest.raises(Conflict, match="holds other data than the demo"):
        start_over()

    assert User.objects.filter(pk=operator.pk).exists()
