// Runs before the first paint, so that nobody sees the wrong theme flash by.
const root = document.documentElement;
let chosen = null;
try { chosen = localStorage.getItem("theme"); } catch { /* storage is switched off: follow the system */ }
const dark = chosen ? chosen === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
root.dataset.bsTheme = dark ? "dark" : "light";
root.classList.add("js");
