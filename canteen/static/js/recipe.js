// The recipe form: lines are added and taken out, a candidate replaces an unknown name.
// data-lines holds them, template[data-line] is a blank one whose NEXT becomes the next number,
// data-adds-line, data-drops-line and data-replace (with data-by) are buttons.
const form = document.getElementById("recipe");
const lines = form?.querySelector("[data-lines]");

const nameFields = () => [...lines.querySelectorAll('input[name$=".name"]')];
const changed = () => form.dispatchEvent(new Event("input", { bubbles: true }));

function nextNumber() {
  return 1 + Math.max(-1, ...nameFields().map((field) => Number(field.name.split(".")[1])));
}

function blankLine(number) {
  const blank = form.querySelector("template[data-line]");
  const holder = document.createElement("div");
  holder.innerHTML = blank.innerHTML.replaceAll("NEXT", number);
  const line = holder.firstElementChild;
  lines.append(line);
  window.htmx?.process(line);
  return line;
}

const addLine = () => blankLine(nextNumber()).querySelector("input").focus();

// drafts.js has filled the lines the page came with; here come those that were added before.
function restoreAddedLines() {
  if (form.querySelector("[aria-invalid=true]")) return;
  try {
    const draft = JSON.parse(localStorage.getItem(`draft:${form.dataset.draft}`) ?? "{}");
    for (const [name, [value]] of Object.entries(draft)) {
      const number = name.match(/^ingredients\.(\d+)\./)?.[1];
      if (!number || !value) continue;
      if (!form.elements[name]) blankLine(number);
      form.elements[name].value = value;
    }
  } catch {
    // Storage is off or holds something else: the form works without a draft.
  }
}

function dropLine(line) {
  const beside = line.nextElementSibling ?? line.previousElementSibling;
  line.remove();
  if (!nameFields().length) addLine();
  beside?.querySelector("input")?.focus();
  changed();
}

function replaceName(unknown, known) {
  for (const field of nameFields()) {
    if (field.value.trim() === unknown) field.value = known;
  }
  changed();
}

form?.addEventListener("click", (event) => {
  const button = event.target.closest("button[type=button]");
  if (!button) return;
  if ("addsLine" in button.dataset) addLine();
  if ("dropsLine" in button.dataset) dropLine(button.closest(".line"));
  if (button.dataset.replace) replaceName(button.dataset.replace, button.dataset.by);
});

// Enter in a line goes on to the next one instead of sending half a recipe.
form?.addEventListener("keydown", (event) => {
  const line = event.key === "Enter" && event.target.closest(".line");
  if (!line || event.target.tagName !== "INPUT") return;
  event.preventDefault();
  const next = line.nextElementSibling;
  if (next) next.querySelector("input").focus();
  else addLine();
});

if (form) restoreAddedLines();
