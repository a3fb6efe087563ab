// data-copies="text" puts the text on the clipboard and says so on the button for a moment.
document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copies]");
  if (!button || !navigator.clipboard) return;
  await navigator.clipboard.writeText(button.dataset.copies);
  const said = button.textContent;
  button.textContent = button.dataset.copied || said;
  setTimeout(() => (button.textContent = said), 1500);
});
