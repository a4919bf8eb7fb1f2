import "bootstrap/js/src/dropdown";
import "bootstrap/js/src/collapse";
import "./requests.js";
import "./shell.js";
import "./lazy_charts.js";
import "./paste_grid.js";
import "./autosave.js";
