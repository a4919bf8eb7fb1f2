"""Firms and delivery places."""

import factory

from industry_brain.firms.models import Firm, Place
from tests.platform.factories.moments import NOW


class PlaceFactory(factory.django.DjangoModelFactory[Place]):
    class Meta:
        model = Place

    code = factory.Sequence(lambda n: f"place-{n}")
    name = factory.Sequence(lambda n: f"镇{n}")
    name_en = factory.Sequence(lambda n: f"Town {n}")


class FirmFactory(factory.django.DjangoModelFactory[Firm]):
    """A member firm."""

    class Meta:
        model = Firm

    reference = factory.Sequence(lambda n: f"F-{n:04}")
    name = factory.Sequence(lambda n: f"轴承厂{n}")
    name_en = factory.Sequence(lambda n: f"Bearings {n}")
    credit_code = factory.Sequence(lambda n: f"9133{n:014}")
    place = factory.SubFactory(PlaceFactory)
    is_member = True
    is_supplier = False
    joined_at = NOW


class SupplierFactory(FirmFactory):
    """A supplier that buys nothing."""

    name = factory.Sequence(lambda n: f"钢厂{n}")
    name_en = factory.Sequence(lambda n: f"Steelworks {n}")
    is_member = False
    is_supplier = True
