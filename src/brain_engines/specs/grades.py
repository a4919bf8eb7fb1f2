"""The grades: canonical spelling, family, density, usual standard, other names.

Densities are in kg/m³: 7,810 for high-carbon chromium bearing steel
(GB/T 18254), 7,850 for carbon and alloy steel as in GB/T 702 and GB/T 17395,
7,750 for martensitic and 7,930 for austenitic stainless steel.
"""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

STEEL: Final = 7_850
_DENSITIES: Final = {"bearing": 7_810, "stainless bearing": 7_750}

#: Grades by family; the first standard is the usual one.
_FAMILIES: Final[Mapping[str, tuple[str, str]]] = {
    "bearing": ("GB/T 18254", "GCr15 GCr15SiMn GCr15SiMo GCr18Mo G8Cr15 GCr4 GCr15Mo"),
    "carburising bearing": (
        "GB/T 3203",
        (
            "G20CrMo G20CrNiMo G20CrNi2Mo G20Cr2Ni4 G10CrNi3Mo G20Cr2Mn2Mo G23Cr2Ni2Si1Mo"
            " G20CrMoA G20CrNiMoA G20CrNi2MoA G20Cr2Ni4A G10CrNi3MoA G20Cr2Mn2MoA"
        ),
    ),
    "stainless bearing": ("GB/T 3086", "G95Cr18 G102Cr18Mo G65Cr14Mo 9Cr18 9Cr18Mo"),
    "carbon bearing": ("GB/T 28417", "G55 G55Mn G70Mn"),
    "carbon": (
        "GB/T 699",
        "08 10 15 20 25 30 35 40 45 50 55 60 65 70 15Mn 20Mn 25Mn 30Mn 35Mn 40Mn 45Mn 50Mn 60Mn 65Mn 70Mn",
    ),
    "alloy": (
        "GB/T 3077",
        (
            "20Mn2 30Mn2 35Mn2 40Mn2 45Mn2 50Mn2 27SiMn 35SiMn 42SiMn 40B 45B 40MnB 45MnB 20MnVB 40MnVB"
            " 15Cr 20Cr 30Cr 35Cr 40Cr 45Cr 50Cr 38CrSi 12CrMo 15CrMo 20CrMo 25CrMo 30CrMo"
            " 35CrMo 42CrMo 50CrMo"
            " 12Cr1MoV 25Cr2MoV 35CrMoV 38CrMoAl 40CrV 50CrV 15CrMn 20CrMn 40CrMn 20CrMnSi 25CrMnSi 30CrMnSi"
            " 35CrMnSi 20CrMnMo 40CrMnMo 20CrMnTi 30CrMnTi 20CrNi 40CrNi 45CrNi 50CrNi"
            " 12CrNi2 34CrNi2 12CrNi3"
            " 20CrNi3 30CrNi3 37CrNi3 12Cr2Ni4 20Cr2Ni4 20CrNiMo 40CrNiMo 45CrNiMoV 18Cr2Ni4W 34CrNi1Mo"
            " 34CrNi3Mo 34CrNiMo6 18CrNiMo7-6 17CrNiMo6 18CrMnNiMo 30CrNi2MoV"
        ),
    ),
    "hardenability": (
        "GB/T 5216",
        (
            "45H 15CrH 20CrH 40CrH 45CrH 16CrMnH 20CrMnH 15CrMnBH 17CrMnBH 40MnBH 45MnBH 20MnVBH 20MnTiBH"
            " 15CrMoH 20CrMoH 22CrMoH 35CrMoH 42CrMoH 20CrMnMoH 20CrMnTiH 17Cr2Ni2H"
            " 20CrNi3H 12Cr2Ni4H 20CrNiMoH"
            " 20Cr2Ni4H 18Cr2Ni2MoH 20CrNi2MoH 16CrMnTiH"
        ),
    ),
    "spring": (
        "GB/T 1222",
        "85 55Si2Mn 60Si2Mn 60Si2Cr 60Si2CrV 55SiCr 55CrMn 60CrMn 50CrMnV 51CrMnV 55SiMnVB 28SiMnB 30W4Cr2V",
    ),
    "plain": ("GB/T 700", "Q195 Q215A Q215B Q235A Q235B Q235C Q235D Q275A Q275B Q275C"),
    "low alloy": (
        "GB/T 1591",
        "Q355B Q355C Q355D Q355NB Q355ND Q345A Q345B Q345C Q345D Q345E Q390B Q390C Q420B Q420C Q460C 16Mn",
    ),
    "cold heading": ("GB/T 6478", "ML08Al ML10Al ML20 ML35 ML45 ML40Cr ML35CrMo ML42CrMo ML20MnTiB"),
    "tool": (
        "GB/T 1299",
        (
            "T7 T8 T10 T12 T8A T10A T12A 9SiCr Cr12 Cr12MoV Cr12Mo1V1 CrWMn 5CrMnMo 5CrNiMo 4Cr5MoSiV1 3Cr2Mo"
            " 3Cr2W8V W18Cr4V W6Mo5Cr4V2 8Cr4Mo4V"
        ),
    ),
    "stainless": (
        "GB/T 1220",
        (
            "12Cr13 20Cr13 30Cr13 40Cr13 1Cr13 2Cr13 3Cr13 4Cr13 95Cr18 06Cr19Ni10 022Cr19Ni10 1Cr18Ni9Ti"
            " 06Cr18Ni11Ti 06Cr17Ni12Mo2 022Cr17Ni12Mo2 05Cr17Ni4Cu4Nb"
        ),
    ),
}
_AUSTENITIC: Final = ("Ni10", "Ni9Ti", "Ni11Ti", "Ni12Mo2")
_ADVANCED: Final = (
    "30CrMnSi 35CrMnSi 38CrMoAl 42CrMo 35CrMo 40CrNiMo 12CrNi3 20CrNi3 12Cr2Ni4 20Cr2Ni4 18Cr2Ni4W 50CrV"
    " 20CrNiMo 30CrMo 40Cr 45CrNiMoV 37CrNi3 25Cr2MoV"
)

#: Names in other systems: the Chinese grade they are near, and how near (percent).
_EQUIVALENTS: Final[Mapping[str, tuple[str, int]]] = {
    "SUJ2": ("GCr15", 90),
    "100Cr6": ("GCr15", 90),
    "52100": ("GCr15", 90),
    "AISI52100": ("GCr15", 90),
    "E52100": ("GCr15", 90),
    "SAE52100": ("GCr15", 90),
    "EN31": ("GCr15", 80),
    "SHX15": ("GCr15", 85),
    "SUJ3": ("GCr15SiMn", 75),
    "100CrMnSi6-4": ("GCr15SiMn", 85),
    "100CrMo7-3": ("GCr18Mo", 80),
    "4140": ("42CrMo", 85),
    "AISI4140": ("42CrMo", 85),
    "SAE4140": ("42CrMo", 85),
    "42CrMo4": ("42CrMo", 90),
    "SCM440": ("42CrMo", 85),
    "SCM435": ("35CrMo", 85),
    "SCM420": ("20CrMo", 80),
    "5140": ("40Cr", 85),
    "SAE5140": ("40Cr", 85),
    "41Cr4": ("40Cr", 85),
    "SCR440": ("40Cr", 85),
    "4340": ("40CrNiMo", 80),
    "SAE4340": ("40CrNiMo", 80),
    "8620": ("20CrNiMo", 85),
    "SAE8620": ("20CrNiMo", 85),
    "SNCM220": ("20CrNiMo", 80),
    "SAE4320": ("G20CrNi2Mo", 80),
    "S45C": ("45", 90),
    "C45": ("45", 85),
    "C45E": ("45", 90),
    "1045": ("45", 85),
    "AISI1045": ("45", 85),
    "S20C": ("20", 90),
    "S35C": ("35", 90),
    "1020": ("20", 85),
    "51CrV4": ("50CrV", 85),
    "SUP9": ("55CrMn", 80),
    "440C": ("G102Cr18Mo", 80),
    "SUS440C": ("G102Cr18Mo", 80),
    "SUS304": ("06Cr19Ni10", 90),
    "304": ("06Cr19Ni10", 85),
    "16MnCr5": ("20CrMn", 70),
}


@dataclass(frozen=True)
class Grade:
    """A grade of steel."""

    name: str
    family: str
    standard: str
    density: int


@dataclass(frozen=True)
class Found:
    """A grade as somebody wrote it: which one, how surely, and whether the name is another system's."""

    grade: Grade
    confidence: int
    equivalent: bool = False


def _density(name: str, family: str) -> int:
    if family == "stainless":
        return 7_930 if any(part in name for part in _AUSTENITIC) else 7_750
    return _DENSITIES.get(family, STEEL)


def _listed() -> dict[str, Grade]:
    grades = {
        name: Grade(name, family, standard, _density(name, family))
        for family, (standard, names) in _FAMILIES.items()
        for name in names.split()
    }
    for base in _ADVANCED.split():
        grades.setdefault(base + "A", Grade(base + "A", "alloy", "GB/T 3077", STEEL))
    grades.setdefault("60Si2MnA", Grade("60Si2MnA", "spring", "GB/T 1222", STEEL))
    return grades


GRADES: Final[Mapping[str, Grade]] = _listed()
_BY_CAPITALS: Final[Mapping[str, Grade]] = {name.upper(): grade for name, grade in GRADES.items()}
_NEAR: Final[Mapping[str, tuple[str, int]]] = {name.upper(): near for name, near in _EQUIVALENTS.items()}

#: Letters and digits that look alike in print and on a phone.
_LOOKALIKES: Final = str.maketrans({"L": "1", "I": "1", "O": "0", "0": "O", "1": "I", "|": "1"})


def is_carbon_number(digits: str) -> bool:
    """Say whether a bare number is the name of a carbon steel, as in 45# or 45号钢."""
    grade = GRADES.get(digits)
    return grade is not None and digits.isdigit()


def find(written: str) -> Found | None:
    """Find a grade by name, whatever its capitals; ``None`` when there is none of this name.

    >>> find("GCR15").grade.name
    'GCr15'
    >>> find("SUJ2").confidence
    90
    """
    capitals = written.upper().replace(" ", "")
    if grade := _BY_CAPITALS.get(capitals):
        return Found(grade, 100 if written == grade.name else 97)
    if near := _NEAR.get(capitals):
        return Found(GRADES[near[0]], near[1], equivalent=True)
    return None


def resembling(written: str, limit: int = 4) -> tuple[Grade, ...]:
    """Return grades whose names look like this one, best first.

    >>> [grade.name for grade in resembling("GCrl5")][0]
    'GCr15'
    """
    capitals = written.upper()
    lookalikes = {capitals.translate(str.maketrans("LIO", "110")), capitals.translate(_LOOKALIKES)}
    exact = [_BY_CAPITALS[name] for name in sorted(lookalikes) if name in _BY_CAPITALS and name != capitals]
    close = difflib.get_close_matches(capitals, list(_BY_CAPITALS), n=limit, cutoff=0.7)
    found = exact + [_BY_CAPITALS[name] for name in close if _BY_CAPITALS[name] not in exact]
    return tuple(found[:limit])


def usual_grades(family: str, limit: int = 8) -> tuple[Grade, ...]:
    """Return the grades of a family, the usual ones first."""
    return tuple(grade for grade in GRADES.values() if grade.family == family)[:limit]


#: Names of grades in other systems.
OTHER_NAMES: Final = tuple(_EQUIVALENTS)
