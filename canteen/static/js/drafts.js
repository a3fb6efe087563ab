// data-draft="key" keeps what is typed on this device until the form is sent: a dropped connection or a
// phone call loses nothing. Passwords, PINs, files and hidden fields are never kept.
const PREFIX = "draft:";
const kept = (field) => field.name && !["password", "file", "hidden", "submit"].includes(field.type) && field.autocomplete !== "one-time-code";

function read(form) {
  const values = {};
  for (const field of form.elements) {
    if (!kept(field)) continue;
    if (field.type === "checkbox" || field.type === "radio") {
      if (field.checked) (values[field.name] ??= []).push(field.value);
    } else {
      (values[field.name] ??= []).push(field.value);
    }
  }
  return values;
}

function fill(form, values) {
  const left = JSON.parse(JSON.stringify(values));
  for (const field of form.elements) {
    if (!kept(field)) continue;
    if (field.type === "checkbox" || field.type === "radio") {
      field.checked = (values[field.name] ?? []).includes(field.value);
    } else if (left[field.name]?.length) {
      field.value = left[field.name].shift();
    }
  }
}

for (const form of document.querySelectorAll("form[data-draft]")) {
  const key = PREFIX + form.dataset.draft;
  const refused = form.querySelector("[aria-invalid=true]");
  try {
    const stored = localStorage.getItem(key);
    if (stored && !refused) fill(form, JSON.parse(stored));
    form.addEventListener("input", () => localStorage.setItem(key, JSON.stringify(read(form))));
    form.addEventListener("submit", () => localStorage.removeItem(key));
  } catch {
    // Storage is off or full on this device: the form works without a draft.
  }
}
