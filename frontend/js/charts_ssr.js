// Runs in quickjs, without a browser: an option (as JSON) becomes an SVG text.
import { coloured, echarts } from "./chart_parts.js";

// A torn axis is torn at random; a document must be the same twice.
let seed = 1;
Math.random = () => (seed = (seed * 16807) % 2147483647) / 2147483647;

globalThis.renderChart = (optionText, paletteText, width, height) => {
  seed = 1;
  const palette = JSON.parse(paletteText);
  const option = coloured(JSON.parse(optionText), (name) => palette[name] ?? "currentColor");
  const chart = echarts.init(null, null, { renderer: "svg", ssr: true, width, height });
  chart.setOption({ ...option, animation: false });
  const svg = chart.renderToSVGString();
  chart.dispose();
  return svg.split("").join(""); // quickjs cannot hand over ropes
};
