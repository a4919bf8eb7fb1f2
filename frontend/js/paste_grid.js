// A table of inputs that behaves like a sheet: <table class="paste-grid" data-paste-grid>.
// Rows are <tr data-row>; a <template data-row-template> holds an empty one, in which __index__ stands for its
// number. Names are "<field>-<number>" or "form-<number>-<field>"; data-total names the input that counts rows.
const cellsOf = (row) => [...row.querySelectorAll("input:not([type=hidden]):not([type=checkbox]), select, textarea")];
const rowsOf = (table) => [...table.querySelectorAll("tr[data-row]")];

function addRow(table) {
  const template = table.querySelector("template[data-row-template]") ?? document.querySelector(`template[data-row-template="${table.id}"]`);
  if (!template) return null;
  const total = document.querySelector(table.dataset.total ?? "#none");
  const index = total ? Number(total.value) : Number(table.dataset.next ?? rowsOf(table).length);
  const holder = document.createElement("tbody");
  holder.innerHTML = template.innerHTML.replaceAll("__index__", String(index));
  const row = holder.querySelector("tr");
  table.tBodies[0].append(row);
  if (total) total.value = String(index + 1);
  table.dataset.next = String(index + 1);
  renumber(table);
  return row;
}

function renumber(table) {
  rowsOf(table).filter((row) => !row.hidden).forEach((row, place) => {
    const head = row.querySelector(".row-number");
    if (head) head.textContent = String(place + 1);
  });
}

function removeRow(table, row) {
  const mark = row.querySelector('input[name$="-DELETE"]');
  if (mark) { mark.checked = true; mark.value = "on"; row.hidden = true; }
  else if (rowsOf(table).length > 1) row.remove();
  else cellsOf(row).forEach((cell) => { cell.value = ""; });
  renumber(table);
  table.dispatchEvent(new Event("input", { bubbles: true }));
}

// Quoted cells may hold tabs and line ends, as spreadsheets write them.
export function readSheet(text) {
  const rows = [[]];
  let cell = "", quoted = false;
  for (let i = 0; i < text.length; i += 1) {
    const sign = text[i];
    if (quoted) {
      if (sign === '"' && text[i + 1] === '"') { cell += '"'; i += 1; }
      else if (sign === '"') quoted = false;
      else cell += sign;
    } else if (sign === '"' && cell === "") quoted = true;
    else if (sign === "\t") { rows.at(-1).push(cell); cell = ""; }
    else if (sign === "\n") { rows.at(-1).push(cell); cell = ""; rows.push([]); }
    else if (sign !== "\r") cell += sign;
  }
  if (cell !== "" || rows.at(-1).length) rows.at(-1).push(cell);
  return rows.filter((row) => row.length);
}

function put(cell, text) {
  const value = text.trim();
  if (cell.tagName === "SELECT") {
    const option = [...cell.options].find((each) => each.value === value || each.textContent.trim() === value);
    if (option) cell.value = option.value;
  } else if (!cell.readOnly) cell.value = value;
  cell.closest("td")?.classList.remove("cell-error", "cell-warning");
}

// More rows than the grid shows at once stay whole as one text, which the form sends along: data-paste-as-text.
const quoted = (cell) => (/[\t\n"]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);
function pasteAsText(field, column, sheet) {
  const lines = sheet.map((values) => [...Array(column).fill(""), ...values].map(quoted).join("\t"));
  field.value = [field.value.trimEnd(), ...lines].filter((line, place) => place || line).join("\n");
  const holder = field.closest("details");
  if (holder) holder.open = true;
  const note = holder?.querySelector("[data-paste-note]");
  if (note) note.hidden = false;
  field.focus();
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

function paste(event) {
  const cell = event.target;
  const table = cell.closest("[data-paste-grid]");
  const text = event.clipboardData?.getData("text/plain") ?? "";
  if (!table || !(text.includes("\t") || text.trim().includes("\n"))) return;
  event.preventDefault();
  const column = cellsOf(cell.closest("tr")).indexOf(cell);
  let at = rowsOf(table).filter((row) => !row.hidden).indexOf(cell.closest("tr"));
  const sheet = readSheet(text);
  const field = document.querySelector(table.dataset.pasteAsText ?? "#none");
  if (field && at + sheet.length > Number(table.dataset.mostRows)) return pasteAsText(field, column, sheet);
  for (const values of sheet) {
    const row = rowsOf(table).filter((each) => !each.hidden)[at] ?? addRow(table);
    if (!row) break;
    const cells = cellsOf(row);
    values.forEach((value, offset) => { if (cells[column + offset]) put(cells[column + offset], value); });
    at += 1;
  }
  table.dispatchEvent(new Event("input", { bubbles: true }));
}

const atEdge = (cell, end) => cell.tagName !== "INPUT" || (end ? cell.selectionEnd === cell.value.length : cell.selectionStart === 0);

function move(event) {
  const cell = event.target;
  const table = cell.closest("[data-paste-grid]");
  if (!table || cell.tagName === "TEXTAREA" || event.isComposing) return;
  const rows = rowsOf(table).filter((row) => !row.hidden);
  const y = rows.indexOf(cell.closest("tr"));
  if (y < 0) return;
  const x = cellsOf(rows[y]).indexOf(cell);
  let [toX, toY] = [x, y];
  if (event.key === "Enter" || (event.key === "ArrowDown" && cell.tagName !== "SELECT")) toY += event.shiftKey ? -1 : 1;
  else if (event.key === "ArrowUp" && cell.tagName !== "SELECT") toY -= 1;
  else if (event.key === "ArrowRight" && atEdge(cell, true)) toX += 1;
  else if (event.key === "ArrowLeft" && atEdge(cell, false)) toX -= 1;
  else return;
  event.preventDefault();
  if (toY === rows.length && event.key === "Enter") { const row = addRow(table); if (row) rows.push(row); }
  const next = rows[toY] && cellsOf(rows[toY])[toX];
  if (next) { next.focus(); next.select?.(); }
}

document.addEventListener("paste", (event) => { if (event.target.closest?.("[data-paste-grid]")) paste(event); });
document.addEventListener("keydown", (event) => { if (event.target.closest?.("[data-paste-grid]")) move(event); });
document.addEventListener("click", (event) => {
  const add = event.target.closest("[data-add-row]");
  if (add) {
    event.preventDefault();
    const row = addRow(document.querySelector(add.dataset.addRow));
    if (row) cellsOf(row)[0]?.focus();
  }
  const remove = event.target.closest("[data-paste-grid] [data-remove-row]");
  if (remove) { event.preventDefault(); removeRow(remove.closest("table"), remove.closest("tr")); }
});
