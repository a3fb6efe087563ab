// data-confirm="Really?" on a form asks once before it is sent. htmx has hx-confirm for its own requests.
document.addEventListener(
  "submit",
  (event) => {
    const asked = event.submitter?.dataset.confirm ?? event.target.dataset.confirm;
    if (asked && !window.confirm(asked)) {
      event.preventDefault();
      event.stopPropagation();
    }
  },
  true,
);
