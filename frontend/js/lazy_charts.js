// Loads the chart bundle only on pages that have charts, and draws each one when it comes into view.
let bundle = null;

function load() {
  bundle ??= new Promise((done, failed) => {
    const script = document.createElement("script");
    script.src = document.querySelector('meta[name="charts-bundle"]').content;
    script.onload = () => done(window.industryCharts);
    script.onerror = failed;
    document.head.append(script);
  });
  return bundle;
}

async function draw(host) {
  if (host.dataset.drawn || host.dataset.drawing) return;
  host.dataset.drawing = "1";
  try {
    (await load()).draw(host);
    host.dataset.drawn = "1";
  } catch {
    // The figures stay readable: the table under the chart opens instead.
    host.querySelector("details")?.setAttribute("open", "");
    host.querySelector(".chart-canvas")?.remove();
  }
}

const watcher = new IntersectionObserver((entries) => {
  for (const entry of entries) if (entry.isIntersecting) { watcher.unobserve(entry.target); draw(entry.target); }
}, { rootMargin: "200px" });

function watch(within) {
  within.querySelectorAll("[data-chart]:not([data-drawn])").forEach((host) => watcher.observe(host));
}

document.addEventListener("DOMContentLoaded", () => watch(document));
// What a poll brings in place of a chart is drawn at once: nothing flickers.
document.addEventListener("htmx:after:swap", () => {
  if (window.industryCharts) {
    for (const host of document.querySelectorAll("[data-chart]:not([data-drawn])")) {
      const box = host.getBoundingClientRect();
      if (box.bottom < 0 || box.top > innerHeight) continue;
      window.industryCharts.draw(host, { still: true });
      host.dataset.drawn = "1";
    }
  }
  watch(document);
});
document.addEventListener("theme-changed", () => { if (window.industryCharts) window.industryCharts.redraw(); });
window.addEventListener("beforeprint", () => document.querySelectorAll("[data-chart]").forEach((host) => draw(host)));
