// Every request that changes something carries the CSRF token of the page.
export function csrfToken() {
  return document.querySelector('meta[name="csrf-token"]')?.content ?? "";
}

document.addEventListener("htmx:config:request", (event) => {
  const request = event.detail.ctx?.request;
  if (request) request.headers["X-CSRFToken"] = csrfToken();
});

// A refused form comes back redrawn: take the reader to the first thing to mend.
export function focusFirstError(within = document) {
  const field = within.querySelector('[aria-invalid="true"], .cell-error input, .cell-error select');
  if (field) field.focus();
}
document.addEventListener("htmx:after:swap", (event) => {
  if (event.detail.ctx?.response?.status === 422) focusFirstError();
});
document.addEventListener("DOMContentLoaded", () => focusFirstError());
