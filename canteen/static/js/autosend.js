// data-autosend on a form sends it when a choice in it changes (filters, language).
document.addEventListener("change", (event) => {
  const form = event.target.closest("form[data-autosend]");
  if (form && event.target.matches("select, input[type=radio], input[type=checkbox], input[type=date]")) {
    form.requestSubmit ? form.requestSubmit() : form.submit();
  }
});
