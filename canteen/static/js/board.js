// The week board: drag, arrow keys, the editor's dialog, day tabs, and a state of saving that never lies.
// One change is sent at a time; what is typed meanwhile survives the swap and follows after it.
const board = () => document.getElementById("board");
const editor = () => document.getElementById("editor");
const waiting = new Set();
let busy = false;
let typedMeanwhile = [];
let folds = [];
let focusAfter = "";

function send(url, values) {
  if (!busy) window.htmx.ajax("POST", url, { target: "#board", swap: "outerHTML", values });
}

function place(dish) {
  const cell = dish.closest("[data-meal]");
  const order = [...cell.querySelectorAll("[data-dish]")];
  return { cell, order, at: order.indexOf(dish) };
}

function move(dish, cell, at) {
  const from = dish.closest("[data-meal]");
  focusAfter = `dish-${dish.dataset.dish}`;
  const values = { meal: cell.dataset.meal, version: from.dataset.version };
  if (at !== undefined) values.place = at;
  send(`${board().dataset.url}/dishes/${dish.dataset.dish}/move`, values);
}

// Arrow keys on a dish's name: up and down within the meal, left and right to the next day's same meal.
function neighbour(cell, step) {
  const day = [...cell.classList].find((name) => /^d\d$/.test(name));
  const cells = [...board().querySelectorAll("[data-meal]")];
  const row = Math.round(cell.getBoundingClientRect().top);
  const beside = cells.filter((c) => c.classList.contains(`d${Number(day.slice(1)) + step}`));
  return beside.find((c) => Math.abs(c.getBoundingClientRect().top - row) < 4) || beside[0];
}

document.addEventListener("keydown", (event) => {
  const grip = event.target.closest?.("[data-grip]");
  if (!grip || event.ctrlKey || event.metaKey || event.altKey) return;
  const dish = grip.closest("[data-dish]");
  const { cell, order, at } = place(dish);
  if (event.key === "ArrowUp" && at > 0) move(dish, cell, at - 1);
  else if (event.key === "ArrowDown" && at < order.length - 1) move(dish, cell, at + 1);
  else if (event.key === "ArrowLeft" || event.key === "ArrowRight") {
    const other = neighbour(cell, event.key === "ArrowLeft" ? -1 : 1);
    if (other) move(dish, other);
  } else if (event.key === "Delete") {
    focusAfter = (order[at + 1] || order[at - 1])?.id || `add-${cell.dataset.meal}`;
    send(`${board().dataset.url}/dishes/${dish.dataset.dish}/remove`, { version: cell.dataset.version });
  } else if (!event.key.startsWith("Arrow")) return;
  event.preventDefault();
});

// Drag with a mouse; phones move through the editor.
let dragged = null;
document.addEventListener("dragstart", (event) => {
  dragged = event.target.closest?.("[data-dish]") || null;
  if (dragged) {
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", dragged.textContent.trim());
  }
});
document.addEventListener("dragover", (event) => {
  const cell = dragged && event.target.closest?.("[data-meal]");
  if (!cell) return;
  event.preventDefault();
  for (const other of document.querySelectorAll(".cell.target")) if (other !== cell) other.classList.remove("target");
  cell.classList.add("target");
});
document.addEventListener("dragend", () => {
  dragged = null;
  for (const cell of document.querySelectorAll(".cell.target")) cell.classList.remove("target");
});
document.addEventListener("drop", (event) => {
  const cell = dragged && event.target.closest?.("[data-meal]");
  if (!cell) return;
  event.preventDefault();
  const others = [...cell.querySelectorAll("[data-dish]")].filter((dish) => dish !== dragged);
  const below = others.findIndex((dish) => {
    const box = dish.getBoundingClientRect();
    return event.clientY < box.top + box.height / 2;
  });
  move(dragged, cell, below < 0 ? others.length : below);
});

// A line of ingredients is sent by its change; Enter makes the change.
document.addEventListener("submit", (event) => {
  if (event.target.matches("form.portion-line")) event.preventDefault();
});

// Saving: one request at a time.
const ofBoard = (event) => event.detail.target?.id === "board";
document.addEventListener("htmx:beforeRequest", (event) => {
  if (!ofBoard(event)) return;
  if (busy) {
    waiting.add(event.detail.elt.querySelector("input[id]")?.id);
    event.preventDefault();
    return;
  }
  busy = true;
  focusAfter = whereNext(event.detail.elt, event.detail.requestConfig.path) || focusAfter;
  tell("saving");
});

// Where the focus goes once the board is drawn anew: to what was changed, or to where it stood.
function whereNext(sender, path) {
  if (sender.matches(".mend-choice")) return "undo-mend";
  if (path.endsWith("/mends/undo")) return "verdict";
  if (!sender.matches("[data-editor]")) return "";
  const [, kind, id, deed] = path.match(/\/(dishes|meals)\/(\d+)(?:\/(\w+))?$/) || [];
  if (kind === "meals") return `add-${id}`;
  const cell = document.getElementById(`dish-${id}`)?.closest("[data-meal]");
  return deed === "remove" ? `add-${cell?.dataset.meal}` : `dish-${id}`;
}
document.addEventListener("htmx:sendError", () => {
  busy = false;
  tell("lost");
});
document.addEventListener("htmx:afterRequest", (event) => {
  if (!ofBoard(event)) return;
  busy = false;
  if (event.detail.successful && event.detail.elt.matches("[data-editor]")) editor()?.close();
});

function tell(what) {
  const saved = document.getElementById("saved");
  if (saved) saved.textContent = saved.dataset[what];
}

// What was typed elsewhere while a change was on its way, and where the caret stood.
document.addEventListener("htmx:beforeSwap", (event) => {
  if (event.detail.target?.id !== "board") return;
  const sent = event.detail.requestConfig?.elt;
  typedMeanwhile = [...board().querySelectorAll("input[id]")]
    .filter((field) => field.value !== field.defaultValue && !sent?.contains(field))
    .map((field) => ({ id: field.id, value: field.value, at: [field.selectionStart, field.selectionEnd] }));
  folds = [...board().querySelectorAll("details[id]")].map((fold) => ({ id: fold.id, open: fold.open }));
});
document.addEventListener("htmx:afterSwap", (event) => {
  if (event.detail.target?.id === "editor-body" || !board()) return;
  for (const { id, value, at } of typedMeanwhile) {
    const field = document.getElementById(id);
    if (!field) continue;
    field.value = value;
    if (field === document.activeElement) field.setSelectionRange(...at);
    if (!waiting.has(id)) continue;
    if (field.matches(".line-input")) setTimeout(() => field.dispatchEvent(new Event("change", { bubbles: true })));
    else setTimeout(() => field.form.requestSubmit());
  }
  for (const { id, open } of folds) document.getElementById(id)?.toggleAttribute("open", open);
  typedMeanwhile = folds = [];
  waiting.clear();
});
document.addEventListener("htmx:afterSettle", (event) => {
  if (event.detail.target?.id === "editor-body") {
    if (!editor().open) editor().showModal();
    return;
  }
  const wanted = event.detail.xhr?.status >= 400 ? refused() : document.getElementById(focusAfter);
  focusAfter = "";
  (wanted?.querySelector("[data-grip]") || wanted)?.focus();
});

// The field that was refused, its fold opened: a hidden field takes no focus.
function refused() {
  const field = board()?.querySelector("[aria-invalid=true]");
  const fold = field?.closest("details");
  if (fold) fold.open = true;
  return field || board()?.querySelector(".refusal");
}

// Day tabs on a phone: no journey to the server, but the address follows, so that a swap keeps the day.
document.addEventListener("click", (event) => {
  const tab = event.target.closest?.("[data-day-tab]");
  if (!tab) return;
  event.preventDefault();
  const grid = board().querySelector(".board");
  grid.className = grid.className.replace(/shows-\d/, `shows-${tab.dataset.dayTab}`);
  for (const other of board().querySelectorAll("[data-day-tab]")) other.removeAttribute("aria-current");
  tab.setAttribute("aria-current", "page");
  history.replaceState(null, "", tab.href);
});
document.addEventListener("click", (event) => {
  if (event.target.closest?.("#editor [data-closes]")) event.preventDefault();
});
