// Rows typed like a spreadsheet. data-rows holds them, template[data-row] is a blank one whose NEXT becomes the
// next number, data-adds-row and data-drops-row are buttons, data-row-fields names a row's columns in their
// order (for pasting from Excel or WPS), data-sum shows what count × price come to together.
const form = document.getElementById("rows");
const rows = form?.querySelector("[data-rows]");
const template = form?.querySelector("template[data-row]");

const all = () => [...rows.querySelectorAll(".row[data-row-fields]")];
const fieldsOf = (row) => row.dataset.rowFields.split(",");
const field = (row, name) => row.querySelector(`[name$=".${name}"]`);
const numberOf = (row) => Number(field(row, fieldsOf(row)[0]).name.split(".")[1]);
const figure = (text) => Number((text ?? "").normalize("NFKC").replaceAll(",", "").trim() || "0");

function addRow(number = 1 + Math.max(-1, ...all().map(numberOf))) {
  const holder = document.createElement("div");
  holder.innerHTML = template.innerHTML.replaceAll("NEXT", number);
  const row = holder.firstElementChild;
  rows.append(row);
  window.htmx?.process(row);
  return row;
}

const first = (row) => field(row, fieldsOf(row)[0]);

function dropRow(row) {
  const beside = row.nextElementSibling ?? row.previousElementSibling;
  row.remove();
  if (!all().length) addRow();
  beside?.querySelector("input")?.focus();
  changed();
}

function sum() {
  const place = form.querySelector("[data-sum]");
  if (!place) return;
  const total = all().reduce((sofar, row) => {
    const made = figure(field(row, "count")?.value) * figure(field(row, "price")?.value);
    return sofar + (Number.isFinite(made) ? Math.round(made * 100) / 100 : 0);
  }, 0);
  place.textContent = total.toLocaleString("en", { minimumFractionDigits: 2, maximumFractionDigits: 2 });
}

const changed = () => form.dispatchEvent(new Event("input", { bubbles: true }));

// drafts.js has filled the rows the page came with; here come those that were added before.
function restoreAddedRows() {
  if (!form.dataset.draft || form.querySelector("[aria-invalid=true]")) return;
  try {
    const draft = JSON.parse(localStorage.getItem(`draft:${form.dataset.draft}`) ?? "{}");
    for (const [name, [value]] of Object.entries(draft)) {
      const number = name.match(/^lines\.(\d+)\./)?.[1];
      if (!number || !value) continue;
      if (!form.elements[name]) addRow(number);
      if (form.elements[name]) form.elements[name].value = value;
    }
  } catch {
    // Storage is off or holds something else: the form works without a draft.
  }
}

function paste(event) {
  const row = event.target.closest(".row[data-row-fields]");
  const text = event.clipboardData?.getData("text/plain") ?? "";
  if (!row || !/[\t\n]/.test(text.trimEnd())) return;
  event.preventDefault();
  const names = fieldsOf(row);
  const start = Math.max(names.findIndex((name) => event.target.name.endsWith(`.${name}`)), 0);
  let place = all().indexOf(row);
  for (const line of text.trimEnd().split(/\r?\n/)) {
    const into = all()[place] ?? addRow();
    line.split("\t").forEach((cell, n) => {
      const target = names[start + n] && field(into, names[start + n]);
      if (target) target.value = cell.trim();
    });
    place += 1;
  }
  changed();
}

form?.addEventListener("click", (event) => {
  const button = event.target.closest("button[type=button]");
  if (!button) return;
  if ("addsRow" in button.dataset) first(addRow()).focus();
  if ("dropsRow" in button.dataset) dropRow(button.closest(".row"));
});

// Enter goes down to the next row instead of sending half a sheet.
form?.addEventListener("keydown", (event) => {
  const row = event.key === "Enter" && event.target.tagName === "INPUT" && event.target.closest(".row");
  if (!row) return;
  event.preventDefault();
  const name = event.target.name.split(".").pop();
  const next = row.nextElementSibling ?? addRow();
  (field(next, name) ?? first(next)).focus();
});

form?.addEventListener("paste", paste);
form?.addEventListener("input", sum);
if (rows) {
  restoreAddedRows();
  sum();
}
