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
document.addEventListener("htmx:after:swap", () => watch(document));
document.addEventListener("theme-changed", () => { if (window.industryCharts) window.industryCharts.redraw(); });
window.addEventListener("beforeprint", () => document.querySelectorAll("[data-chart]").forEach((host) => draw(host)));
