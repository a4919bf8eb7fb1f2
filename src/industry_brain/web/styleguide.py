"""Samples for the style guide.  Invented to look at; not a figure of anybody."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest

from industry_brain.kernel.language import localised as say
from industry_brain.web import charts
from industry_brain.web.forms import MoneyField, PlainForm, QuantityField
from industry_brain.web.tables import Listing

WAN = 1_000_000


def samples(_request: HttpRequest) -> dict[str, Any]:
    """Give the style guide something of everything."""
    return {
        "say": _words(),
        "charts": _charts(),
        "steps": _steps(),
        "rounds": Listing(_rounds(), 64, 2, 5, "closes", descending=True, per_page=15),
        "form": _form(),
        "grid": _grid(),
        "tabs": [
            {"label": say("概况", "Overview"), "url": "#", "active": True, "count": ""},
            {"label": say("我的需求", "My demand"), "url": "#", "active": False, "count": 3},
        ],
        "trail": [{"label": say("采购轮次", "Rounds"), "url": "#"}, {"label": "R-0000-0000", "url": ""}],
        "suppliers": [say("样例甲厂", "Sample A"), say("样例乙厂", "Sample B"), say("样例丙厂", "Sample C")],
    }


def _words() -> dict[str, str]:
    return {
        "heading": say("组件样例", "Style guide"),
        "subtitle": say("以下数字均为样例，不代表任何企业", "All figures are samples and nobody's"),
        "saving": say("核实节约额", "Verified saving"),
        "volume": say("集采重量", "Pooled weight"),
        "rounds": say("进行中的轮次", "Rounds in progress"),
        "due": say("本周 3 个截止", "3 close this week"),
        "bridge": say("节约额分解", "Where the saving comes from"),
        "notes": say("提示与空状态", "Notes and empty states"),
        "list": say("轮次列表", "List of rounds"),
        "matrix": say("比价矩阵", "Bid matrix"),
        "fields": say("表单", "Form"),
        "paste": say("粘贴表格", "Paste grid"),
        "hint": say(
            "在 Excel 或 WPS 中复制单元格，点击第一个格子，按 Ctrl+V 粘贴。",
            "Copy cells in Excel or WPS, click the first cell, press Ctrl+V.",
        ),
        "name": say("轮次", "Round"),
        "state": say("阶段", "Stage"),
        "weight": say("重量", "Weight"),
        "amount": say("基准额", "Baseline"),
        "closes": say("截止", "Closes"),
        "bidding": say("报价中", "Bidding"),
        "material": say("物料", "Material"),
        "none": say("未报价", "No bid"),
        "empty": say(
            "还没有轮次。新建一个轮次，会员即可上报需求。",
            "No rounds yet. Open one, and members can report demand.",
        ),
        "create": say("新建轮次", "New round"),
        "export": say("导出 Excel", "Export"),
        "solving": say("正在求解", "Solving"),
        "gap": say("样例：差距 0.40%", "Sample: gap 0.40%"),
        "first": say("先打开这个轮次，看看收到的报价。", "Open this round first and look at the bids."),
        "proof": say("独立检验程序已核对该结果。", "An independent checker has accepted this result."),
        "warning": say("两家供应商的资质将在本月到期。", "Two suppliers' certificates expire this month."),
        "refused": say("报价已于 11-20 17:00 截止。", "Bidding closed on 11-20 17:00."),
        "check": say("校验", "Check"),
        "add": say("添加行", "Add row"),
        "submit": say("提交", "Submit"),
        "remove": say("删除该行", "Remove row"),
        "ok": say("通过", "Fine"),
        "wrong": say("数量不是数字", "The quantity is not a number"),
        "total": say("独家中标总额", "Total if awarded alone"),
    }


def _charts() -> dict[str, charts.Chart]:
    months = [f"{month}" for month in range(1, 9)]
    firms = [say(f"样例{sign}厂", f"Sample {sign}") for sign in "ABCDEF"]
    return {
        "waterfall": charts.waterfall(
            say("样例：从基准价到定标价", "Sample: from baseline to award"),
            [
                charts.Step(say("基准价", "Baseline"), 486 * WAN, "total"),
                charts.Step(say("批量阶梯", "Volume tiers"), -38 * WAN),
                charts.Step(say("竞价降幅", "Competition"), -29 * WAN),
                charts.Step(say("运费", "Freight"), 9 * WAN),
                charts.Step(say("定标", "Award"), 428 * WAN, "total"),
            ],
        ),
        "sankey": charts.sankey(
            say("样例：谁供给谁", "Sample: who supplies whom"),
            [
                charts.Flow(source, target, (7 - i) * (3 + j) * WAN)
                for i, source in enumerate(firms[:3])
                for j, target in enumerate([say("样例轴承", "Bearing works"), say("样例汽配", "Auto parts")])
            ],
        ),
        "corridor": charts.corridor(
            say("样例：每家应付与可接受区间", "Sample: what each pays within its corridor"),
            [
                charts.CorridorRow(name, (90 + 6 * i) * WAN, (120 + 9 * i) * WAN, (101 + 7 * i) * WAN)
                for i, name in enumerate(firms)
            ],
        ),
        "progress": charts.progress(
            say("样例：求解过程", "Sample: the search closing in"),
            [charts.ProgressPoint(900 * i, (445 - 3 * i) * WAN, (418 + 2 * i) * WAN) for i in range(6)],
        ),
        "lines": charts.lines(
            say("样例：市场价与集采价", "Sample: market and pooled price"),
            months,
            [
                charts.Series(say("市场价", "Market"), [(100 + i * i % 7) * WAN for i in range(8)]),
                charts.Series(say("集采价", "Pooled"), [(96 - i % 3) * WAN for i in range(8)]),
            ],
        ),
        "bars": charts.bars(
            say("样例：三种比较", "Sample: three comparisons"),
            firms[:4],
            [
                charts.Series(say("单独采购", "Alone"), [110 * WAN, 90 * WAN, 75 * WAN, 60 * WAN]),
                charts.Series(say("联合采购", "Together"), [101 * WAN, 84 * WAN, 66 * WAN, 51 * WAN]),
            ],
        ),
        "heat": charts.heat(
            say("样例：会员与物料", "Sample: members and materials"),
            ["GCr15", "20CrMnTi", "42CrMo"],
            [
                charts.Series(name, [12_000_000 * (i + 1), 7_000_000, 30_000_000 - 9_000_000 * i])
                for i, name in enumerate(firms[:3])
            ],
            scale=charts.weight_scale(),
        ),
    }


def _steps() -> list[dict[str, str]]:
    labels = [
        say("草稿", "Draft"),
        say("需求归集", "Demands"),
        say("汇总", "Pooled"),
        say("报价", "Bidding"),
        say("开标", "Opened"),
        say("定标", "Award"),
        say("公示", "Standstill"),
        say("生效", "Final"),
    ]
    return [
        {
            "label": label,
            "state": "done" if place < 3 else "current" if place == 3 else "todo",
            "when": f"11-{10 + place}",
            "note": "",
        }
        for place, label in enumerate(labels)
    ]


def _rounds() -> list[dict[str, Any]]:
    return [
        {
            "name": say(f"样例轮次 {place}", f"Sample round {place}"),
            "reference": f"R-0000-00{place:02}",
            "step": place % 8 + 1,
            "grams": place * 37_500_000,
            "fen": place * 123_456_789,
        }
        for place in range(1, 7)
    ]


class SampleForm(PlainForm):
    """One field of each kind."""

    name = forms.CharField()
    price = MoneyField()
    weight = QuantityField()
    kind = forms.ChoiceField(choices=[("a", "A"), ("b", "B")])
    agreed = forms.BooleanField()
    ways = forms.MultipleChoiceField(
        choices=[("a", "A"), ("b", "B")], widget=forms.CheckboxSelectMultiple, required=False
    )


def _form() -> SampleForm:
    form = SampleForm(
        {
            "name": "R-0000",
            "price": say("八百", "eight hundred"),
            "weight": "１２.5",
            "agreed": "on",
            "kind": "a",
        }
    )
    labels = {
        "name": say("名称", "Name"),
        "price": say("保留价", "Reserve price"),
        "weight": say("重量", "Weight"),
        "kind": say("类别", "Kind"),
        "agreed": say("已核对", "Checked"),
        "ways": say("方式", "Ways"),
    }
    for name, label in labels.items():
        form.fields[name].label = label
    form.fields["name"].help_text = say("会员看到的名称。", "What members see.")
    return form


def _grid() -> list[dict[str, Any]]:
    return [
        {"material": "GCr15 φ50", "weight": "12.5", "fault": False},
        {"material": "20CrMnTi φ32", "weight": say("八百", "eight"), "fault": True},
    ]
