import { coloured, echarts } from "./chart_parts.js";

const drawn = new Map();
const still = matchMedia("(prefers-reduced-motion: reduce)");

function optionOf(host) {
  const style = getComputedStyle(document.documentElement);
  const source = JSON.parse(host.querySelector('script[type="application/json"]').textContent);
  const option = coloured(source, (name) => style.getPropertyValue(`--${name}`).trim());
  return { ...option, animation: !still.matches, animationDuration: 250 };
}

function draw(host, { still: atOnce = false } = {}) {
  const canvas = host.querySelector(".chart-canvas");
  const chart = echarts.init(canvas, null, { renderer: "svg" });
  chart.setOption(atOnce ? { ...optionOf(host), animation: false } : optionOf(host));
  drawn.set(host, chart);
  new ResizeObserver(() => { if (canvas.isConnected) chart.resize(); else { chart.dispose(); drawn.delete(host); } }).observe(canvas);
}

function redraw() {
  for (const [host, chart] of drawn) {
    if (!host.isConnected) continue;
    chart.setOption({ ...optionOf(host), animation: false }, true);
    chart.getZr().flush();
  }
}

window.industryCharts = { draw, redraw };
