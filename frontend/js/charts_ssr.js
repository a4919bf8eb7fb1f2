// Runs in quickjs, without a browser: an option (as JSON) becomes an SVG text.
import { coloured, echarts } from "./chart_parts.js";

globalThis.renderChart = (optionText, paletteText, width, height) => {
  const palette = JSON.parse(paletteText);
  const option = coloured(JSON.parse(optionText), (name) => palette[name] ?? "currentColor");
  const chart = echarts.init(null, null, { renderer: "svg", ssr: true, width, height });
  chart.setOption({ ...option, animation: false });
  const svg = chart.renderToSVGString();
  chart.dispose();
  return svg.split("").join(""); // quickjs cannot hand over ropes
};
