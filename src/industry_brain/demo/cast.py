"""Who exists in the reference cluster, with characters.  Every name here is invented."""

from __future__ import annotations

from dataclasses import dataclass

PASSWORD = "demo-steel-2024"  # noqa: S105 - printed on the sign-in page of the demo


@dataclass(frozen=True)
class PlaceOfCast:
    """A town to which steel is delivered."""

    code: str
    name: str
    name_en: str


@dataclass(frozen=True)
class MemberOfCast:
    """A member firm: where it is, how large it is, and what it makes.

    ``weight`` is its size against the others; ``makes`` names its needs (see ``NEEDS``);
    ``avoids`` is a supplier that it has sworn never to buy from again; ``reserve`` says that
    it would rather wait than pay any price; ``messy`` that its sheets are typed by hand.
    """

    name: str
    name_en: str
    place: str
    weight: int
    makes: tuple[str, ...]
    avoids: str = ""
    reserve: bool = False
    messy: bool = False


@dataclass(frozen=True)
class SupplierOfCast:
    """A mill or trader and the way it sells.

    ``level`` is its price level in thousandths of the market; ``tiers`` are (tonnes from,
    percent off) on everything it sells in a round; ``freight`` is yuan a tonne from its
    works to the nearest town, ``far`` what each further town adds.  ``indexed`` is a material
    that it sells at the index plus a premium; ``package`` materials it sells cheaper together.
    """

    key: str
    name: str
    name_en: str
    level: int
    quality: int
    sells: tuple[str, ...]
    tiers: tuple[tuple[int, str], ...]
    freight: int
    far: int
    payment_days: int
    lead_days: int
    capacity: int
    incremental: bool = False
    charge: int = 0
    minimum: int = 0
    indexed: str = ""
    package: tuple[str, ...] = ()


PLACES = (
    PlaceOfCast("yanxi", "砚溪镇", "Yanxi"),
    PlaceOfCast("tangkou", "塘口镇", "Tangkou"),
    PlaceOfCast("heling", "禾岭镇", "Heling"),
    PlaceOfCast("chengdong", "城东开发区", "East Zone"),
)

# What the makers need: materials as written on orders, with the market price in yuan a tonne.
NEEDS: dict[str, tuple[tuple[str, int], ...]] = {
    "rings": (
        ("GCr15 圆钢 φ50 热轧 GB/T 18254-2016", 5760),
        ("GCr15 圆钢 φ65 热轧 GB/T 18254-2016", 5780),
    ),
    "large rings": (
        ("GCr15 圆钢 φ80 热轧 GB/T 18254-2016", 5840),
        ("GCr15SiMn 圆钢 φ100 热轧 GB/T 18254-2016", 6210),
    ),
    "rollers": (
        ("GCr15 圆钢 φ22 热轧 球化退火 GB/T 18254-2016", 6330),
        ("GCr15 圆钢 φ50 热轧 GB/T 18254-2016", 5760),
    ),
    "tubes": (
        ("GCr15 圆钢 φ65 热轧 GB/T 18254-2016", 5780),
        ("GCr15 圆钢 φ80 热轧 GB/T 18254-2016", 5840),
    ),
    "housings": (
        ("45# 圆钢 φ80 热轧 GB/T 699-2015", 4620),
        ("20CrMnTi 圆钢 φ65 热轧 GB/T 3077-2015", 5150),
    ),
}

MEMBERS = (
    MemberOfCast("砚溪宏岚轴承有限公司", "Honglan Bearings", "yanxi", 62, ("rings", "large rings")),
    MemberOfCast("砚溪同辙滚动体有限公司", "Tongzhe Rolling Elements", "yanxi", 30, ("rollers",)),
    MemberOfCast("禾岭长管轴承钢管有限公司", "Changguan Bearing Tubes", "heling", 140, ("tubes",)),
    MemberOfCast("塘口正圆轴承有限公司", "Zhengyuan Bearings", "tangkou", 44, ("rings",), avoids="yunmen"),
    MemberOfCast("塘口百转轴承厂", "Baizhuan Bearing Works", "tangkou", 12, ("rings",), messy=True),
    MemberOfCast("禾岭九环锻造有限公司", "Jiuhuan Forging", "heling", 55, ("large rings",)),
    MemberOfCast("城东铁岚传动有限公司", "Tielan Drives", "chengdong", 34, ("housings", "rings")),
    MemberOfCast("砚溪小方轴承座厂", "Xiaofang Housings", "yanxi", 9, ("housings",), messy=True),
    MemberOfCast("砚溪恒辊科技有限公司", "Henggun Rollers", "yanxi", 26, ("rollers",)),
    MemberOfCast("塘口云轮机械有限公司", "Yunlun Machinery", "tangkou", 22, ("housings",)),
    MemberOfCast("禾岭双岭轴承有限公司", "Shuangling Bearings", "heling", 38, ("rings", "large rings")),
    MemberOfCast("城东新轴精工有限公司", "Xinzhou Precision", "chengdong", 28, ("rings",), avoids="beilu"),
    MemberOfCast("砚溪万滚轴承有限公司", "Wangun Bearings", "yanxi", 33, ("rings", "rollers")),
    MemberOfCast("砚溪老河轴承厂", "Laohe Bearing Works", "yanxi", 8, ("rings",), messy=True),
    MemberOfCast("塘口启铭轴承有限公司", "Qiming Bearings", "tangkou", 25, ("rings",)),
    MemberOfCast("塘口巨环轴承有限公司", "Juhuan Bearings", "tangkou", 47, ("large rings",)),
    MemberOfCast("禾岭顺达滚针有限公司", "Shunda Needles", "heling", 14, ("rollers",)),
    MemberOfCast("禾岭金砧锻件有限公司", "Jinzhen Forgings", "heling", 36, ("large rings", "housings")),
    MemberOfCast("城东和润轴承有限公司", "Herun Bearings", "chengdong", 31, ("rings",)),
    MemberOfCast("城东泰曲轴承座有限公司", "Taiqu Housings", "chengdong", 18, ("housings",), reserve=True),
    MemberOfCast("砚溪明珠钢球有限公司", "Mingzhu Steel Balls", "yanxi", 21, ("rollers",)),
    MemberOfCast("砚溪瑞隆轴承有限公司", "Ruilong Bearings", "yanxi", 29, ("rings",)),
    MemberOfCast("塘口联拓轴承有限公司", "Liantuo Bearings", "tangkou", 19, ("rings", "housings")),
    MemberOfCast("塘口小满轴承厂", "Xiaoman Bearing Works", "tangkou", 7, ("rings",), reserve=True),
    MemberOfCast("禾岭青砂回转支承有限公司", "Qingsha Slewing Rings", "heling", 51, ("large rings",)),
    MemberOfCast("禾岭东埠轴承有限公司", "Dongbu Bearings", "heling", 24, ("rings",)),
    MemberOfCast("城东立衡机械有限公司", "Liheng Machinery", "chengdong", 16, ("housings",)),
    MemberOfCast("城东群力轴承有限公司", "Qunli Bearings", "chengdong", 27, ("rings", "rollers")),
)

SUPPLIERS = (
    SupplierOfCast(
        "lancheng", "岚城特钢有限公司", "Lancheng Special Steel", 1006, 96,
        ("rings", "large rings", "rollers", "tubes"),
        ((0, "0"), (500, "1.5"), (1100, "2.6"), (1500, "3.6")), 92, 12, 30, 20, 1800,
    ),
    SupplierOfCast(
        "hebei", "河北坡钢铁有限公司", "Hebeipo Iron and Steel", 1002, 90,
        ("rings", "large rings", "rollers", "tubes", "housings"),
        ((0, "0"), (400, "1"), (900, "2.4")), 118, 8, 0, 25, 2900, minimum=120,
    ),
    SupplierOfCast(
        "yunmen", "云门轧钢有限公司", "Yunmen Rolling", 994, 84,
        ("rings", "rollers", "housings"),
        ((0, "0"), (300, "0.8"), (600, "1.6")), 76, 15, 15, 15, 1100,
        indexed="GCr15 圆钢 φ50 热轧 GB/T 18254-2016",
    ),
    SupplierOfCast(
        "beilu", "北麓物资贸易有限公司", "Beilu Trading", 999, 88,
        ("rings", "large rings", "rollers", "tubes", "housings"),
        ((0, "0"), (200, "40"), (500, "70")), 54, 10, 60, 6, 1000, incremental=True,
        package=("45# 圆钢 φ80 热轧 GB/T 699-2015", "20CrMnTi 圆钢 φ65 热轧 GB/T 3077-2015"),
    ),
    SupplierOfCast(
        "qiaotou", "桥头金属供应链有限公司", "Qiaotou Metals", 1004, 92,
        ("rings", "rollers", "housings"),
        ((0, "0"), (150, "1.2")), 40, 6, 45, 4, 700, charge=3000,
    ),
    SupplierOfCast(
        "wanshan", "万山优特钢有限公司", "Wanshan Quality Steel", 990, 80,
        ("large rings", "tubes", "housings"),
        ((0, "0"), (600, "1"), (1000, "2")), 140, 5, 0, 28, 1500, minimum=200,
    ),
)  # fmt: skip


@dataclass(frozen=True)
class Login:
    """A person of the demo: user name, and the part they play in both languages."""

    username: str
    name: str
    name_en: str
    part: str
    part_en: str


OPERATOR = ("砚溪产业运营有限公司", "Yanxi Industry Operations")
BUREAU = ("砚溪市工业和信息化局", "Yanxi Bureau of Industry")
AUDIT = ("砚溪市审计中心", "Yanxi Audit Centre")

LOGINS = (
    Login("operator", "林知行", "Lin Zhixing", "运营方 · 负责各轮次", "Operator: runs the rounds"),
    Login("operator2", "周可安", "Zhou Ke'an", "运营方 · 第二审批人", "Operator: second approver"),
    Login("member", "陈岚", "Chen Lan", "会员 · 宏岚轴承采购经理", "Member: buys for Honglan Bearings"),
    Login("member2", "老何", "He", "会员 · 百转轴承厂厂长", "Member: owner of Baizhuan Bearing Works"),
    Login(
        "supplier", "孙立", "Sun Li", "供应商 · 岚城特钢销售", "Supplier: sells for Lancheng Special Steel"
    ),
    Login("supplier2", "钱途", "Qian Tu", "供应商 · 北麓物资销售", "Supplier: sells for Beilu Trading"),
    Login("analyst", "吴敏", "Wu Min", "工信局 · 分析员", "Bureau: analyst"),
    Login("commissioner", "郑服务", "Zheng", "工信局 · 服务专员", "Bureau: service commissioner"),
    Login("auditor", "许衡", "Xu Heng", "审计 · 核验员", "Auditor: checks what was done"),
)
