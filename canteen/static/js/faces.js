// On a kitchen device each deed asks who stands there: a face tile, then four digits. Nothing typed is lost by a
// wrong PIN, for it is tried before the deed itself is sent.
const address = document.body.dataset.faces;
let dialog, person, digits, goOn;

async function ask(then) {
  const answer = await fetch(address, { headers: { "HX-Request": "true" } });
  if (!answer.ok) return location.reload();
  if (!dialog) {
    dialog = document.body.appendChild(document.createElement("dialog"));
    dialog.append(document.createElement("div"));
    dialog.firstChild.className = "inside";
    dialog.addEventListener("click", press);
    dialog.addEventListener("keydown", type);
  }
  dialog.firstChild.innerHTML = await answer.text();
  goOn = then;
  choose(null);
  dialog.showModal();
}

function choose(tile) {
  person = tile ? tile.dataset.person : null;
  digits = "";
  const said = dialog.querySelector(".pin-said");
  if (said) said.textContent = "";
  const faces = dialog.querySelector(".faces");
  const pad = dialog.querySelector(".pin-pad");
  if (!faces) return;
  faces.hidden = Boolean(tile);
  pad.hidden = !tile;
  dialog.querySelector(".faces-ask").hidden = false;
  if (tile) dialog.querySelector(".faces-ask").textContent = tile.querySelector("span").textContent;
  dots();
}

function dots() {
  dialog.querySelectorAll(".pin-dots i").forEach((dot, place) => dot.classList.toggle("on", place < digits.length));
}

function press(event) {
  if (event.target.closest("[data-leave]")) return dialog.close();
  const tile = event.target.closest(".face");
  if (tile) return choose(tile);
  if (event.target.closest("[data-back]")) return choose(null);
  if (event.target.closest("[data-undo]")) digits = digits.slice(0, -1);
  const key = event.target.closest("[data-digit]");
  if (key) add(key.dataset.digit);
  dots();
}

function type(event) {
  if (person && /^\d$/.test(event.key)) add(event.key);
  if (person && event.key === "Backspace") digits = digits.slice(0, -1);
  dots();
}

async function add(digit) {
  if (digits.length >= 4) return;
  digits += digit;
  if (digits.length < 4) return;
  const told = JSON.parse(document.body.getAttribute("hx-headers"));
  const headers = { ...told, "X-Person": person, "X-Pin": digits, "HX-Request": "true" };
  const answer = await fetch("/device/pin", { method: "POST", headers });
  if (answer.ok) {
    dialog.close();
    return goOn(person, digits);
  }
  const answered = new DOMParser().parseFromString(await answer.text(), "text/html");
  const found = [...answered.querySelectorAll(".finding p, h2")].pop();
  dialog.querySelector(".pin-said").textContent = found ? found.textContent : "";
  digits = "";
  dots();
}

function hidden(form, name, value) {
  const field = form.querySelector(`input[name="${name}"]`) || form.appendChild(document.createElement("input"));
  Object.assign(field, { type: "hidden", name, value });
}

if (address) {
  document.addEventListener("submit", (event) => {
    const form = event.target;
    const isOpen = ["/language", "/theme", "/device/new-pin"].includes(new URL(form.action).pathname);
    if (event.defaultPrevented || form.method !== "post" || isOpen || form.hasAttribute("hx-post")) return;
    event.preventDefault();
    const button = event.submitter;
    ask((who, pin) => {
      hidden(form, "_person", who);
      hidden(form, "_pin", pin);
      if (button && button.name) hidden(form, button.name, button.value);
      if (button && button.hasAttribute("formaction")) form.action = button.formAction;
      form.submit();
    });
  });

  let known = null;
  document.addEventListener("htmx:confirm", (event) => {
    // Only forms and buttons do deeds; what asks while somebody types (figures of a draft) just looks.
    if (event.detail.verb === "get" || !event.detail.elt.matches("form, button")) return;
    event.preventDefault();
    ask((who, pin) => {
      known = { "X-Person": who, "X-Pin": pin };
      event.detail.issueRequest(true);
      known = null;
    });
  });
  document.addEventListener("htmx:configRequest", (event) => known && Object.assign(event.detail.headers, known));
}
