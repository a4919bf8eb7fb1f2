import { coloured, echarts } from "./chart_parts.js";

const drawn = new Map();
const still = matchMedia("(prefers-reduced-motion: reduce)");

function optionOf(host) {
  const style = getComputedStyle(document.documentElement);
  const source = JSON.parse(host.querySelector('script[type="application/json"]').textContent);
  const option = coloured(source, (name) => style.getPropertyValue(`--${name}`).trim());
  return { ...option, animation: !still.matches, animationDuration: 250 };
}

function draw(host) {
  const canvas = host.querySelector(".chart-canvas");
  const chart = echarts.init(canvas, null, { renderer: "svg" });
  chart.setOption(optionOf(host));
  drawn.set(host, chart);
  new ResizeObserver(() => { if (canvas.isConnected) chart.resize(); else { chart.dispose(); drawn.delete(host); } }).observe(canvas);
}

function redraw() {
  for (const [host, chart] of drawn) if (host.isConnected) chart.setOption(optionOf(host), true);
}

window.industryCharts = { draw, redraw };
