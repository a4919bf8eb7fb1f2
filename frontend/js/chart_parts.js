// The parts of ECharts in use, and the one way to fill an option with the colours of a theme.
import * as echarts from "echarts/core";
import { BarChart, HeatmapChart, LineChart, RadarChart, SankeyChart, ScatterChart } from "echarts/charts";
import {
  AriaComponent, GridComponent, LegendComponent, MarkLineComponent, RadarComponent, TooltipComponent, VisualMapComponent,
} from "echarts/components";
import { AxisBreak, LabelLayout } from "echarts/features";
import { SVGRenderer } from "echarts/renderers";

echarts.use([
  BarChart, HeatmapChart, LineChart, RadarChart, SankeyChart, ScatterChart, AriaComponent, GridComponent,
  LegendComponent, MarkLineComponent, RadarComponent, TooltipComponent, VisualMapComponent, AxisBreak, LabelLayout, SVGRenderer,
]);

// Options carry colours as "@c1": a token's name, never a colour.
export function coloured(part, colour) {
  if (typeof part === "string") return /^@[a-z][a-z0-9-]*$/.test(part) ? colour(part.slice(1)) : part;
  if (Array.isArray(part)) return part.map((each) => coloured(each, colour));
  if (part && typeof part === "object") return Object.fromEntries(Object.entries(part).map(([key, each]) => [key, coloured(each, colour)]));
  return part;
}

export { echarts };
