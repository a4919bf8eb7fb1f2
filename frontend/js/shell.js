// Theme, narrow sidebar, keyboard shortcuts, printing, and the warning before leaving unsaved input.
const root = document.documentElement;
const remember = (key, value) => { try { localStorage.setItem(key, value); } catch { /* not remembered, still applied */ } };
const recall = (key) => { try { return localStorage.getItem(key); } catch { return null; } };

const actions = {
  theme() {
    const next = root.dataset.bsTheme === "dark" ? "light" : "dark";
    remember("theme", next);
    dress(next);
  },
  sidebar(button) {
    const phone = matchMedia("(max-width: 767px)").matches;
    const open = phone
      ? document.querySelector(".sidebar").classList.toggle("open")
      : !document.body.classList.toggle("narrow");
    if (!phone) remember("narrow", open ? "" : "1");
    button.setAttribute("aria-expanded", String(open));
  },
  print() { window.print(); },
  back() { history.back(); },
};

// Paper is white.
let themeBeforePrint = null;
function dress(theme) {
  root.dataset.bsTheme = theme;
  document.dispatchEvent(new CustomEvent("theme-changed"));
}
window.addEventListener("beforeprint", () => { themeBeforePrint = root.dataset.bsTheme; dress("light"); });
window.addEventListener("afterprint", () => { if (themeBeforePrint) dress(themeBeforePrint); themeBeforePrint = null; });

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-action]");
  if (button && actions[button.dataset.action]) actions[button.dataset.action](button);
  else if (!event.target.closest(".sidebar")) document.querySelector(".sidebar.open")?.classList.remove("open");
});
document.addEventListener("DOMContentLoaded", () => { if (recall("narrow")) document.body.classList.add("narrow"); });

// A choice in a filter bar applies itself; without scripts its button does.
document.addEventListener("change", (event) => {
  if (event.target.matches("[data-submit-on-change] select, [data-submit-on-change] input[type=checkbox]")) event.target.form.requestSubmit();
});

let waitingForLetter = 0;
document.addEventListener("keydown", (event) => {
  const typing = event.target.closest("input, textarea, select, [contenteditable]");
  const search = document.querySelector("#search");
  if (search && ((event.key === "k" && (event.ctrlKey || event.metaKey)) || (event.key === "/" && !typing))) {
    event.preventDefault();
    search.focus();
    search.select();
    return;
  }
  if (typing || event.ctrlKey || event.metaKey || event.altKey) return;
  if (Date.now() < waitingForLetter) {
    waitingForLetter = 0;
    document.querySelector(`[data-go="${CSS.escape(event.key.toLowerCase())}"]`)?.click();
  } else if (event.key === "g") waitingForLetter = Date.now() + 1200;
});

const dirty = new Set();
document.addEventListener("input", (event) => {
  const form = event.target.closest("form[data-guard]");
  if (form) dirty.add(form);
});
document.addEventListener("submit", (event) => dirty.delete(event.target));
document.addEventListener("autosaved", (event) => dirty.delete(event.target));
window.addEventListener("beforeunload", (event) => {
  for (const form of dirty) if (form.isConnected) { event.preventDefault(); event.returnValue = ""; return; }
});

// A form is sent once: a second click waits for the first answer.
const sent = new WeakMap();
document.addEventListener("submit", (event) => {
  if (Date.now() < (sent.get(event.target) ?? 0)) event.preventDefault();
  else if (!event.defaultPrevented && event.target.method === "post") sent.set(event.target, Date.now() + 1500);
});
