"""Categories and materials."""

import factory

from industry_brain.catalogue.models import Category, Material
from tests.platform.factories.moments import NOW


class CategoryFactory(factory.django.DjangoModelFactory[Category]):
    class Meta:
        model = Category
        django_get_or_create = ("code",)

    code = "bearing-steel"
    name = "轴承钢"
    name_en = "Bearing steel"


class MaterialFactory(factory.django.DjangoModelFactory[Material]):
    """Hot-rolled GCr15 rounds, each a millimetre thicker than the one before, or of ``diameter`` mm."""

    class Meta:
        model = Material

    class Params:
        diameter = factory.Sequence(lambda n: 20 + n)

    code = factory.LazyAttribute(lambda m: f"{m.grade}-{m.diameter}")
    category = factory.SubFactory(CategoryFactory)
    name = factory.LazyAttribute(lambda m: f"{m.grade} 圆钢 Φ{m.diameter} 热轧")
    name_en = factory.LazyAttribute(lambda m: f"{m.grade} round bar Φ{m.diameter} hot-rolled")
    form = "round_bar"
    grade = "GCr15"
    specification = factory.LazyAttribute(
        lambda m: {
            "form": m.form,
            "grade": m.grade,
            "section": {"diameter": m.diameter * 1000},
            "condition": "hot_rolled",
        }
    )
    grams_per_metre = 15_413
    added_at = NOW
