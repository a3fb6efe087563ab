// After a refusal the first wrong field, or the summary, has the focus; findings that came as a fragment are
// tied to their fields and call them by their label; a lost connection is said.
function focusFirst(root) {
  const first = root.querySelector("[aria-invalid=true]") || root.querySelector(".refusal");
  if (first) first.focus();
}

function labelOf(field) {
  const text = field.labels?.[0]?.firstChild?.textContent ?? field.getAttribute("aria-label") ?? "";
  return text.trim();
}

function markFields(root) {
  for (const finding of root.querySelectorAll("[data-at]")) {
    const field = document.getElementsByName(finding.dataset.at)[0];
    if (!field) continue;
    field.setAttribute("aria-invalid", "true");
    field.dataset.marked = "";
    const label = labelOf(field);
    if (label) finding.querySelector("p").prepend(`${label}: `);
  }
}

function forget() {
  document.getElementById("refusals")?.replaceChildren();
  for (const field of document.querySelectorAll("[data-marked]")) {
    field.removeAttribute("aria-invalid");
    delete field.dataset.marked;
  }
}

focusFirst(document);
document.addEventListener("htmx:afterSwap", (event) => {
  if (event.detail.xhr.status < 400) return;
  markFields(event.detail.target);
  focusFirst(event.detail.target);
});
document.addEventListener("htmx:beforeRequest", (event) => {
  if (event.detail.requestConfig.verb !== "get") forget();
});
document.addEventListener("htmx:sendError", () => {
  const said = document.getElementById("offline");
  const place = document.getElementById("refusals");
  if (said && place) place.replaceChildren(said.content.cloneNode(true));
});
