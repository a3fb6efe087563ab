// After a refusal the first wrong field, or the summary, has the focus; a lost connection is said.
function focusFirst(root) {
  const first = root.querySelector("[aria-invalid=true]") || root.querySelector(".refusal");
  if (first) first.focus();
}

focusFirst(document);
document.addEventListener("htmx:afterSwap", (event) => {
  if (event.detail.xhr.status >= 400) focusFirst(event.detail.target);
});
document.addEventListener("htmx:beforeRequest", () => {
  document.getElementById("refusals")?.replaceChildren();
});
document.addEventListener("htmx:sendError", () => {
  const said = document.getElementById("offline");
  const place = document.getElementById("refusals");
  if (said && place) place.replaceChildren(said.content.cloneNode(true));
});
