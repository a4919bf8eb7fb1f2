"""Theoretical weights against the tables of GB/T 702 and GB/T 17395."""

from decimal import Decimal

import pytest

from brain_engines.specs.problem import Form, Section, Specification
from brain_engines.specs.weight import theoretical_weight
from tests.engines.specs.reading import specification_of


def weight_of(text):
    return theoretical_weight(specification_of(text))


@pytest.mark.parametrize(
    ("text", "kilograms"),
    [
        ("45# 圆钢 φ10", "0.617"),  # GB/T 702: 0.617
        ("45# 圆钢 φ20", "2.47"),  # GB/T 702: 2.47
        ("45# 圆钢 φ50", "15.4"),  # GB/T 702: 15.4
        ("45# 圆钢 φ100", "61.7"),  # GB/T 702: 61.7
        ("45# 方钢 □20", "3.14"),  # GB/T 702: 3.14
        ("45# 六角钢 S20", "2.72"),  # GB/T 702: 2.72
        ("60Si2Mn 扁钢 10×100", "7.85"),  # GB/T 702: 7.85
        ("20# 钢管 φ57×3.5", "4.62"),  # GB/T 17395: 4.62
        ("20# 钢管 φ108×6", "15.09"),  # GB/T 17395: 15.09
        ("20# 钢管 φ159×6", "22.64"),  # GB/T 17395: 22.64
    ],
)
def test_the_weight_of_a_metre_agrees_with_the_standard_tables(text, kilograms):
    grams = weight_of(text).grams

    assert (Decimal(grams) / 1_000).quantize(Decimal(kilograms)) == Decimal(kilograms)


def test_bearing_steel_is_lighter_and_says_so():
    weight = weight_of("GCr15 φ50")

    assert (weight.grams, weight.formula, weight.density) == (15_325, "0.00613 d²", 7_810)
    assert weight_of("45# φ50").formula == "0.00617 d²"
    assert weight_of("20# 钢管 φ57×3.5").formula == "0.02466 (D−t) t"


def test_a_ring_is_weighed_by_the_piece_and_a_plate_without_width_by_the_square_metre():
    ring = weight_of("42CrMo 锻环 φ500×φ300×120")
    plate = weight_of("Q355B 钢板 20厚")

    assert (ring.grams, ring.per) == (118_375, "piece")  # π/4 (50² − 30²) 12 = 15 080 cm³
    assert (plate.grams, plate.per) == (157_000, "square metre")


def test_an_unlisted_grade_weighs_like_ordinary_steel():
    unlisted = Specification(Form.ROUND_BAR, "XM-19", Section(diameter=50_000))

    assert theoretical_weight(unlisted).density == 7_850
