// data-opens="ID" opens a <dialog>; data-closes shuts the one around it; a press on the veil shuts it too.
document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-opens]");
  if (opener) {
    const dialog = document.getElementById(opener.dataset.opens);
    if (dialog && dialog.showModal) {
      event.preventDefault();
      dialog.showModal();
    }
    return;
  }
  const dialog = event.target.closest("dialog");
  if (dialog && (event.target === dialog || event.target.closest("[data-closes]"))) dialog.close();
});

// A dialog that came back from the server with errors opens again.
for (const dialog of document.querySelectorAll("dialog[data-open-now]")) {
  if (dialog.showModal) dialog.showModal();
}
