// The counter: lines are added and taken out, a good is found while one types, the amount runs along, photos are
// made small before they travel, and the draft is kept on the server every few seconds and on this phone at once.
import { shrinkAndSend } from "./shots.js";
import { pasteRows } from "./pasting.js";

const form = document.getElementById("door");
const lines = form.querySelector("[data-lines]");
const said = document.getElementById("saved");
const known = { goods: [], senses: {}, byName: new Map() };
let typing = 0;
let sending = null;

const allLines = () => [...lines.querySelectorAll("[data-line]")];
const field = (line, name) => line.querySelector(`[name$=".${name}"]`);
const figure = (text) => Number(String(text ?? "").replace(/[，,]/g, "").replace(/．/g, ".")) || 0;
const same = (text) => text.trim().toLowerCase().replace(/\s+/g, "");
let asking = 0;
const ask = () => {
  clearTimeout(asking);
  asking = setTimeout(() => form.dispatchEvent(new CustomEvent("look")), 400);
};

fetch("/deliveries/goods.json", { headers: { Accept: "application/json" } })
  .then((answer) => answer.json())
  .then((told) => {
    Object.assign(known, told);
    for (const good of known.goods) for (const name of [...good.aliases, good.name]) known.byName.set(same(name), good);
    allLines().forEach(show);
    total();
  })
  .catch(() => {});

// ---- lines
function nextNumber() {
  return 1 + Math.max(-1, ...allLines().map((line) => Number(field(line, "good").name.split(".")[1])));
}

function addLine(number = nextNumber()) {
  const holder = document.createElement("div");
  holder.innerHTML = form.querySelector("template[data-blank-line]").innerHTML.replaceAll("NEXT", number);
  const line = holder.firstElementChild;
  const unit = field(allLines().pop() ?? line, "unit").value;
  lines.append(line);
  if ([...field(line, "unit").options].some((option) => option.text === unit)) field(line, "unit").value = unit;
  renumber();
  show(line);
  return line;
}

function renumber() {
  allLines().forEach((line, place) => (line.querySelector("[data-position]").textContent = place + 1));
}

function dropLine(line) {
  const beside = line.nextElementSibling ?? line.previousElementSibling;
  line.remove();
  if (!allLines().length) addLine();
  renumber();
  beside?.querySelector("[data-cell=name]")?.focus();
  changed();
  ask();
}

// ---- one line: its good, what it needs, its amount
const goodOf = (line) => known.byName.get(same(field(line, "name").value));

function show(line) {
  const good = goodOf(line);
  field(line, "good").value = good?.id ?? "";
  const wrong = line.querySelector("[name$='.looked'][value=wrong]").checked;
  hide(line.querySelector("[data-shows=wrong]"), !wrong);
  hide(line.querySelector("[data-shows=cold]"), !good?.cold);
  hide(line.querySelector("[data-shows=packed]"), !good?.packed);
  for (const check of line.querySelectorAll("[data-sense]")) check.hidden = good && !good.senses.includes(check.dataset.sense);
  amount(line);
}

// What holds an error or something typed stays in sight.
function hide(part, wished) {
  const holds = part.querySelector("[aria-invalid=true], .error") || [...part.querySelectorAll("input:not([type=hidden]):not([type=checkbox])")].some((input) => input.value);
  part.hidden = wished && !holds;
}

function chosen(line, good) {
  field(line, "name").value = good.name;
  const unit = field(line, "unit");
  const usual = [...unit.options].some((option) => option.text === good.unit) && good.unit;
  const weighed = Object.keys(good.units).includes(lines.dataset.defaultUnit) && ["斤", "公斤", "千克", "kg"].includes(good.unit);
  if (!figure(field(line, "count").value)) unit.value = weighed ? lines.dataset.defaultUnit : usual || unit.value;
  const life = field(line, "shelf_life_days");
  if (good.packed && good.shelf_life_days && !life.value) life.value = good.shelf_life_days;
  show(line);
  changed();
  ask();
}

function received(line) {
  const gross = figure(field(line, "gross").value);
  if (gross) return gross - figure(field(line, "tare").value) - figure(field(line, "deducted").value);
  return figure(field(line, "weighed").value) || figure(field(line, "count").value);
}

function accepted(line) {
  const verdict = field(line, "verdict").value;
  if (verdict === "refused") return 0;
  return received(line) - (verdict === "part" ? figure(field(line, "refused").value) : 0);
}

const yuan = (fen) => (fen / 100).toLocaleString("zh-CN", { minimumFractionDigits: 2 });
const cost = (line) => Math.round(accepted(line) * Math.round(figure(field(line, "price").value) * 100));

function amount(line) {
  const fen = cost(line);
  const grams = goodOf(line)?.units[field(line, "unit").value];
  const count = received(line);
  const beside = grams && count && grams !== 1000 && goodOf(line).units["公斤"] ? ` · ${Math.round(grams * count) / 1000} 公斤` : "";
  line.querySelector("[data-amount]").textContent = fen || beside ? `¥${yuan(fen)}${beside}` : "";
}

function total() {
  form.querySelector("[data-total]").textContent = yuan(allLines().reduce((sum, line) => sum + cost(line), 0));
}

// ---- a good is found by name, other name or the letters of its name
let offers = null;
function offer(input) {
  const typed = same(input.value);
  const found = typed ? known.goods.filter((good) => good.find.some((word) => word.includes(typed))).slice(0, 6) : [];
  closeOffers();
  if (!found.length || (found.length === 1 && same(found[0].name) === typed)) return;
  offers = document.createElement("div");
  offers.className = "offers";
  offers.setAttribute("role", "listbox");
  for (const good of found) {
    const button = Object.assign(document.createElement("button"), { type: "button", textContent: good.name, tabIndex: -1 });
    button.setAttribute("role", "option");
    button.addEventListener("mousedown", (event) => event.preventDefault());
    button.addEventListener("click", () => take(input, good));
    offers.append(button);
  }
  input.after(offers);
}

function take(input, good) {
  const line = input.closest("[data-line]");
  closeOffers();
  chosen(line, good);
  field(line, "count").focus();
}

function closeOffers() {
  offers?.remove();
  offers = null;
}

// ---- keys as in a spreadsheet
function cellBeside(cell, step) {
  const every = allLines();
  const at = every.indexOf(cell.closest("[data-line]")) + step;
  if (at < 0) return null;
  return (every[at] ?? addLine()).querySelector(`[data-cell=${cell.dataset.cell}]`);
}

form.addEventListener("keydown", (event) => {
  const cell = event.target.closest("[data-cell]");
  if (!cell || event.isComposing) return;
  if (offers && ["ArrowDown", "ArrowUp", "Enter", "Escape"].includes(event.key)) return inOffers(event, cell);
  const steps = { Enter: 1, ArrowDown: 1, ArrowUp: -1 };
  if (!(event.key in steps) || (cell.tagName === "SELECT" && event.key !== "Enter")) return;
  event.preventDefault();
  const narrow = matchMedia("(max-width: 900px)").matches;
  const order = ["name", "count", "price"];
  const next = order[order.indexOf(cell.dataset.cell) + 1];
  if (event.key === "Enter" && narrow && next) return field(cell.closest("[data-line]"), next).focus();
  if (event.key === "Enter" && narrow) return cellBeside(cell.closest("[data-line]").querySelector("[data-cell=name]"), 1).focus();
  const other = cellBeside(cell, steps[event.key]);
  other?.focus();
  other?.select?.();
});

function inOffers(event, input) {
  event.preventDefault();
  const buttons = [...offers.children];
  const at = buttons.findIndex((button) => button.classList.contains("on"));
  if (event.key === "Escape") return closeOffers();
  if (event.key === "Enter") {
    const good = known.byName.get(same(buttons[Math.max(at, 0)].textContent));
    return take(input, good);
  }
  const to = (at + (event.key === "ArrowDown" ? 1 : -1) + buttons.length) % buttons.length;
  buttons.forEach((button, place) => button.classList.toggle("on", place === to));
}

form.addEventListener("paste", (event) => {
  const cell = event.target.closest("[data-cell]");
  const text = event.clipboardData?.getData("text/plain") ?? "";
  if (!cell || !/[\t\n]/.test(text.trim())) return;
  event.preventDefault();
  const start = allLines().indexOf(cell.closest("[data-line]"));
  pasteRows(text, cell.dataset.cell).forEach((row, place) => {
    const line = allLines()[start + place] ?? addLine();
    for (const [name, value] of Object.entries(row)) if (field(line, name)) field(line, name).value = value;
    show(line);
  });
  total();
  changed();
  ask();
});

// ---- what is typed and pressed
form.addEventListener("input", (event) => {
  const line = event.target.closest("[data-line]");
  if (event.target.dataset.cell === "name") offer(event.target);
  if (line) show(line);
  total();
  changed();
});
form.addEventListener("focusout", () => setTimeout(() => offers && !form.contains(document.activeElement?.closest(".of-name")) && closeOffers(), 150));
form.addEventListener("change", (event) => {
  const line = event.target.closest("[data-line]");
  if (event.target.type === "file") return shrinkAndSend(event.target, form).then(changed);
  if (event.target.dataset.cell === "name" && goodOf(line)) chosen(line, goodOf(line));
  if (["supplier", "kind", "arrived_at"].includes(event.target.name) || /\.(verdict|count)$/.test(event.target.name)) ask();
});
form.addEventListener("click", (event) => {
  const button = event.target.closest("button[type=button]");
  if (!button) return;
  if ("addsLine" in button.dataset) addLine().querySelector("[data-cell=name]").focus();
  if ("dropsLine" in button.dataset) dropLine(button.closest("[data-line]"));
  if ("allFine" in button.dataset) allFine();
});

// The checklist is drawn anew by the server: what was typed or photographed meanwhile goes with its paper.
let papersBefore = [];
document.addEventListener("htmx:beforeSwap", (event) => {
  if (event.detail.target?.id !== "papers") return;
  papersBefore = [...form.querySelectorAll(".door-paper")].map((paper) => ({
    kind: field(paper, "kind").value,
    values: [...paper.querySelectorAll("input:not([type=hidden]):not([type=file]), select")].map((one) => [one.name.split(".").pop(), one.value]),
    taken: [...paper.querySelectorAll(".taken")],
    focus: paper.contains(document.activeElement) ? document.activeElement.name?.split(".").pop() : "",
  }));
});
document.addEventListener("htmx:afterSwap", () => {
  for (const { kind, values, taken, focus } of papersBefore) {
    const paper = [...form.querySelectorAll(".door-paper")].find((one) => field(one, "kind").value === kind);
    if (!paper) continue;
    for (const [name, value] of values) if (value && field(paper, name)) field(paper, name).value = value;
    if (taken.length && !paper.querySelector(".taken")) {
      const shots = paper.querySelector("[data-shots]");
      for (const one of taken) {
        const kept = one.querySelector("input");
        if (kept) kept.name = `${shots.dataset.shots}photos`;
        shots.append(one);
      }
    }
    if (focus) field(paper, focus)?.focus();
  }
  papersBefore = [];
});

function allFine() {
  for (const line of allLines()) {
    const looked = [...line.querySelectorAll("[name$='.looked']")];
    if (field(line, "name").value && !looked.some((one) => one.checked)) looked[0].checked = true;
  }
  changed();
}

// ---- the draft on the server; this phone's own copy (drafts.js) goes once the server has it
function changed() {
  clearTimeout(typing);
  if (!form.action.includes("/correct")) typing = setTimeout(keep, 4000);
}

async function keep() {
  if (sending) return changed();
  const body = new FormData(form);
  for (const name of [...body.keys()]) if (/(^|\.)photo$|second/.test(name)) body.delete(name);
  sending = fetch("/deliveries/draft", { method: "POST", body, headers: { Accept: "application/json" } });
  try {
    const answer = await sending;
    if (!answer.ok) throw answer.status;
    const { id, version } = await answer.json();
    hidden("draft", id);
    hidden("version", version);
    form.action = `/deliveries/${id}/edit`;
    history.replaceState(null, "", form.action);
    localStorage.removeItem(`draft:${form.dataset.draft}`);
    tell("saved");
  } catch (problem) {
    tell(problem === 409 ? "conflict" : "lost");
  } finally {
    sending = null;
  }
}

function hidden(name, value) {
  const input = form.querySelector(`input[type=hidden][name=${name}]`) ?? form.appendChild(document.createElement("input"));
  Object.assign(input, { type: "hidden", name, value });
}

function tell(what) {
  const hour = new Date().toTimeString().slice(0, 5);
  said.textContent = `${said.dataset[what]} ${what === "saved" ? hour : ""}`;
}

form.addEventListener("submit", () => clearTimeout(typing));

// ---- what this phone kept of lines that were added before a reload
function restoreAddedLines() {
  if (form.querySelector("[aria-invalid=true]")) return;
  try {
    const draft = JSON.parse(localStorage.getItem(`draft:${form.dataset.draft}`) ?? "{}");
    for (const [name, [value]] of Object.entries(draft)) {
      const number = name.match(/^lines\.(\d+)\./)?.[1];
      if (!number || !value || form.elements[name]) continue;
      while (nextNumber() <= Number(number)) addLine();
      if (form.elements[name]?.tagName) form.elements[name].value = value;
    }
  } catch {
    // Storage is off or holds something else: the form works without it.
  }
}

restoreAddedLines();
for (const line of allLines().slice(1)) if (!field(line, "name").value && allLines().length > 1) line.remove();
renumber();
allLines().forEach(show);
