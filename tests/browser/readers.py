"""Who looks at pages: language, size of the screen, light or dark."""

from dataclasses import dataclass
from itertools import product

DESKTOP, PHONE = (1440, 900), (390, 844)


@dataclass(frozen=True)
class Reader:
    """One way of looking."""

    language: str = "zh-CN"
    screen: tuple[int, int] = DESKTOP
    scheme: str = "light"

    def __str__(self) -> str:
        return f"{self.language[:2]}-{'phone' if self.screen == PHONE else 'desktop'}-{self.scheme}"


READERS = [Reader(*each) for each in product(("zh-CN", "en-US"), (DESKTOP, PHONE), ("light", "dark"))]
ENGLISH = Reader("en-US")
# Two readers meet every value once; both pairs together meet every two values together.
PAIRS = (
    (Reader("zh-CN", PHONE, "light"), Reader("en-US", DESKTOP, "dark")),
    (Reader("zh-CN", DESKTOP, "light"), Reader("en-US", PHONE, "dark")),
    (Reader("zh-CN", DESKTOP, "dark"), Reader("en-US", PHONE, "light")),
)
