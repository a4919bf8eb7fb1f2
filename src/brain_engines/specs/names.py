"""The words of the trade: what people call a form, a condition, a surface …, in Chinese and English.

The first Chinese and the first English name are canonical: `describe` writes
them. Longer words win over shorter ones inside them (球化退火 over 退火).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Final

from brain_engines.specs.problem import (
    Condition,
    Field,
    Form,
    LengthKind,
    Process,
    Quality,
    Surface,
    Treatment,
    Weighing,
)

Names = Mapping[StrEnum, tuple[tuple[str, ...], tuple[str, ...]]]

FORMS: Final[Names] = {
    Form.ROUND_BAR: (
        ("圆钢", "圆棒", "元钢", "棒材", "棒料", "圆条", "圆"),
        ("round bar", "round bars", "rounds", "round"),
    ),
    Form.SQUARE_BAR: (("方钢", "方棒", "方"), ("square bar", "square")),
    Form.HEX_BAR: (
        ("六角钢", "六角棒", "六方钢", "六角", "六方"),
        ("hexagon bar", "hexagonal bar", "hex bar", "hex"),
    ),
    Form.FLAT_BAR: (("扁钢", "扁条", "扁"), ("flat bar", "flat")),
    Form.WIRE_ROD: (("盘条", "盘圆", "盘元", "线材", "高线", "盘卷", "大盘卷"), ("wire rod",)),
    Form.WIRE: (("钢丝", "钢线", "丝材"), ("steel wire", "drawn wire")),
    Form.TUBE: (
        ("钢管", "无缝钢管", "无缝管", "轴承管", "轴承钢管", "管材", "管料", "圆管", "管子", "管"),
        ("seamless tube", "seamless pipe", "tubes", "tube", "pipe"),
    ),
    Form.PLATE: (("钢板", "中厚板", "中板", "厚板", "板材", "平板", "板"), ("plate",)),
    Form.STRIP: (("钢带", "带钢", "卷板", "板卷", "卷带"), ("strip", "coil")),
    Form.RING: (
        ("环形锻件", "锻环", "环锻件", "锻造环", "环件", "锻件环", "碾环", "环坯", "套圈锻件"),
        ("forged ring", "ring forging", "ring"),
    ),
}

CONDITIONS: Final[Names] = {
    Condition.HOT_ROLLED: (("热轧", "轧制", "热轧态", "热扎"), ("hot rolled", "hot-rolled", "HR")),
    Condition.FORGED: (("锻造", "锻制", "热锻", "锻材", "锻件", "锻"), ("forged",)),
    Condition.COLD_DRAWN: (("冷拔", "冷拉", "冷拉拔", "冷拨", "拉拔"), ("cold drawn", "cold-drawn", "CD")),
    Condition.COLD_ROLLED: (("冷轧", "冷扎"), ("cold rolled", "cold-rolled")),
    Condition.HOT_EXPANDED: (("热扩",), ("hot expanded",)),
}

TREATMENTS: Final[Names] = {
    Treatment.UNTREATED: (
        ("不退火", "未退火", "免退火", "非退火", "不热处理"),
        ("not annealed", "unannealed", "untreated"),
    ),
    Treatment.SPHEROIDISED: (
        ("球化退火", "球化", "球退", "等温球化退火", "等温球化"),
        ("spheroidize annealed", "spheroidised annealed", "spheroidized", "spheroidised"),
    ),
    Treatment.ANNEALED: (("退火", "软化退火", "退火态", "完全退火"), ("annealed", "annealing")),
    Treatment.NORMALISED_TEMPERED: (("正火加回火", "正火+回火", "正回火"), ("normalised and tempered",)),
    Treatment.NORMALISED: (("正火", "常化"), ("normalised", "normalized")),
    Treatment.QUENCHED_TEMPERED: (
        ("调质", "淬火加回火", "淬火+回火"),
        ("quenched and tempered", "Q&T", "Q+T"),
    ),
    Treatment.TEMPERED: (("高温回火", "回火"), ("tempered",)),
    Treatment.SOLUTION_TREATED: (("固溶", "固溶处理"), ("solution treated",)),
}

SURFACES: Final[Names] = {
    Surface.BLACK: (("黑皮", "黑皮材", "毛面", "带皮"), ("black skin", "black bar", "black surface")),
    Surface.PEELED: (("剥皮", "车光", "扒皮", "车皮", "光皮", "剥皮材", "无心车"), ("peeled", "turned")),
    Surface.GROUND: (("磨光", "研磨", "无心磨", "精磨"), ("ground",)),
    Surface.BRIGHT: (
        ("银亮", "银亮材", "银亮钢", "光亮"),
        ("bright bar", "bright"),
    ),
    Surface.POLISHED: (("抛光",), ("polished",)),
    Surface.PICKLED: (("酸洗",), ("pickled",)),
    Surface.PHOSPHATED: (("磷化", "磷皂化"), ("phosphated",)),
}

QUALITIES: Final[Names] = {
    Quality.EXTRA_QUALITY: (("特级优质", "特级优质钢", "特优", "特级"), ("extra quality",)),
    Quality.HIGH_QUALITY: (("高级优质", "高级优质钢", "高优", "高级"), ("high quality",)),
    Quality.QUALITY: (("优质", "优质钢"), ("standard quality",)),
}

PROCESSES: Final[Names] = {
    Process.ELECTRIC_ARC_FURNACE: (("电炉", "电弧炉"), ("EAF",)),
    Process.CONVERTER: (("转炉",), ("BOF",)),
    Process.REFINED: (("炉外精炼", "精炼", "双精炼"), ("refined",)),
    Process.LADLE_FURNACE: (("LF", "LF炉"), ("LF",)),
    Process.VACUUM_DEGASSED: (("VD", "真空脱气", "VD炉"), ("VD", "vacuum degassed")),
    Process.RH_DEGASSED: (("RH",), ("RH",)),
    Process.CONTINUOUS_CAST: (("连铸", "连铸材", "连铸坯"), ("continuous cast",)),
    Process.INGOT_CAST: (("模铸", "钢锭"), ("ingot cast",)),
    Process.ELECTROSLAG_REMELTED: (("电渣重熔", "电渣", "电渣钢"), ("ESR", "electroslag remelted")),
    Process.VACUUM_MELTED: (("真空冶炼", "真空感应", "真空自耗"), ("vacuum melted", "VIM", "VAR")),
}

WEIGHINGS: Final[Names] = {
    Weighing.ACTUAL: (
        ("检斤", "过磅", "实重", "过磅计重", "磅计", "检斤计重"),
        ("by actual weight", "actual weight"),
    ),
    Weighing.THEORETICAL: (
        ("理计", "理算", "理重", "理论计重", "理论重量"),
        ("by theoretical weight", "theoretical weight"),
    ),
}

LENGTH_KINDS: Final[Names] = {
    LengthKind.FIXED: (("定尺",), ("fixed length", "fixed")),
    LengthKind.RANGE: (("范围",), ("length range",)),
    LengthKind.RANDOM: (("不定尺", "非定尺", "乱尺", "通常长度"), ("random length", "random")),
    LengthKind.MULTIPLE: (("倍尺",), ("multiple length", "multiples of")),
}

#: Fields whose values are words, in the order in which they are looked for.
WORDS: Final[Mapping[Field, Names]] = {
    Field.QUALITY: QUALITIES,
    Field.FORM: FORMS,
    Field.CONDITION: CONDITIONS,
    Field.TREATMENT: TREATMENTS,
    Field.SURFACE: SURFACES,
    Field.PROCESS: PROCESSES,
    Field.WEIGHING: WEIGHINGS,
}

#: Names that are abbreviations or common slips, read with less confidence.
LOOSE: Final = frozenset(
    {
        "元钢",
        "圆",
        "方",
        "扁",
        "管",
        "板",
        "锻",
        "热扎",
        "冷扎",
        "冷拨",
        "球化",
        "球退",
        "回火",
        "高优",
        "特优",
        "高级",
        "特级",
        "毛面",
    }
    | {
        "带皮",
        "光皮",
        "光亮",
        "轧制",
        "拉拔",
        "棒材",
        "棒料",
        "锻件",
        "hr",
        "cd",
        "round",
    }
)

#: Words of steel families: they say nothing that a grade does not say better.
FAMILY_WORDS: Final[Mapping[str, str]] = {
    "高碳铬轴承钢": "bearing",
    "渗碳轴承钢": "carburising bearing",
    "不锈轴承钢": "stainless bearing",
    "轴承钢": "bearing",
    "合结钢": "alloy",
    "合金结构钢": "alloy",
    "优碳钢": "carbon",
    "碳结钢": "carbon",
    "碳素结构钢": "carbon",
    "优质碳素结构钢": "carbon",
    "优碳": "carbon",
    "弹簧钢": "spring",
    "齿轮钢": "alloy",
    "低合金高强度钢": "low alloy",
    "低合金": "low alloy",
    "普碳钢": "plain",
    "工具钢": "tool",
    "模具钢": "tool",
    "不锈钢": "stainless",
    "bearing steel": "bearing",
}

#: Words that say two things at once.
COMPOUNDS: Final[Mapping[str, tuple[tuple[Field, StrEnum], ...]]] = {
    "锻圆": ((Field.CONDITION, Condition.FORGED), (Field.FORM, Form.ROUND_BAR)),
    "热轧圆": ((Field.CONDITION, Condition.HOT_ROLLED), (Field.FORM, Form.ROUND_BAR)),
    "碳圆": ((Field.FORM, Form.ROUND_BAR),),
    "光圆": ((Field.FORM, Form.ROUND_BAR),),
    "银亮棒": ((Field.SURFACE, Surface.BRIGHT), (Field.FORM, Form.ROUND_BAR)),
    "光亮棒": ((Field.SURFACE, Surface.BRIGHT), (Field.FORM, Form.ROUND_BAR)),
    "亮棒": ((Field.SURFACE, Surface.BRIGHT), (Field.FORM, Form.ROUND_BAR)),
    "磨光棒": ((Field.SURFACE, Surface.GROUND), (Field.FORM, Form.ROUND_BAR)),
    "剥皮棒": ((Field.SURFACE, Surface.PEELED), (Field.FORM, Form.ROUND_BAR)),
    "黑棒": ((Field.SURFACE, Surface.BLACK), (Field.FORM, Form.ROUND_BAR)),
    "冷拉圆": ((Field.CONDITION, Condition.COLD_DRAWN), (Field.FORM, Form.ROUND_BAR)),
    "管坯": (),  # a billet for tubes: no tube yet
    "热卷": ((Field.CONDITION, Condition.HOT_ROLLED), (Field.FORM, Form.STRIP)),
    "冷卷": ((Field.CONDITION, Condition.COLD_ROLLED), (Field.FORM, Form.STRIP)),
}

#: Words that belong to the order, not to the material.
NOTE_WORDS: Final = (
    *(
        "含税",
        "不含税",
        "到厂",
        "自提",
        "现货",
        "期货",
        "国标",
        "现款",
        "承兑",
        "规格",
        "材质",
        "牌号",
        "品名",
        "直径",
    ),
    *(
        "状态",
        "标准",
        "炉号",
        "产地",
        "钢厂",
        "单支",
        "切割",
        "锯切",
        "齐头",
        "探伤",
        "保探伤",
        "包探伤",
        "附质保书",
    ),
    *("无缝", "直条", "材料", "长度", "数量", "执行", "热处理", "交货", "表面", "精度", "级", "组"),
)


def spelled(word: StrEnum, language: str) -> str:
    """Return the canonical name of a form, condition, surface … in ``zh`` or ``en``."""
    for names in (*WORDS.values(), LENGTH_KINDS):
        if word in names:
            chinese, english = names[word]
            return chinese[0] if language == "zh" else english[0]
    raise KeyError(word)


def spellings(names: Names) -> list[tuple[str, StrEnum]]:
    """Return every spelling with its meaning, longest first."""
    pairs: Iterable[tuple[str, StrEnum]] = (
        (name, value) for value, (chinese, english) in names.items() for name in (*chinese, *english)
    )
    return sorted(set(pairs), key=lambda pair: (-len(pair[0]), pair[0]))
