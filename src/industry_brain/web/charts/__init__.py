"""Charts as descriptions: the same option draws on the screen and in a document."""

from industry_brain.web.charts.flows import corridor, sankey, waterfall
from industry_brain.web.charts.parts import (
    Chart,
    CorridorRow,
    FigureTable,
    Flow,
    ProgressPoint,
    Scale,
    Series,
    Step,
    count_scale,
    money_scale,
    percent_scale,
    weight_scale,
)
from industry_brain.web.charts.series import bars, heat, lines, progress

__all__ = [
    "Chart",
    "CorridorRow",
    "FigureTable",
    "Flow",
    "ProgressPoint",
    "Scale",
    "Series",
    "Step",
    "bars",
    "corridor",
    "count_scale",
    "heat",
    "lines",
    "money_scale",
    "percent_scale",
    "progress",
    "sankey",
    "waterfall",
    "weight_scale",
]
