// A form with data-autosave="URL" posts itself to that address after 1.5 s of quiet and says what became of it.
import { csrfToken } from "./requests.js";

const timers = new WeakMap();

function say(form, state) {
  const status = form.querySelector("[data-autosave-status]") ?? document.querySelector(`[data-autosave-status][data-form="${form.id}"]`);
  if (!status) return;
  status.dataset.state = state;
  status.textContent = status.dataset[state] ?? "";
}

async function save(form) {
  say(form, "saving");
  try {
    const answer = await fetch(form.dataset.autosave, {
      method: "POST",
      body: new FormData(form),
      headers: { "X-CSRFToken": csrfToken(), "HX-Request": "true", "X-Autosave": "1" },
      credentials: "same-origin",
    });
    if (answer.status === 409) return say(form, "conflict");
    if (!answer.ok) throw new Error(String(answer.status));
    say(form, "saved");
    form.dispatchEvent(new CustomEvent("autosaved", { bubbles: true }));
  } catch {
    say(form, "failed");
  }
}

document.addEventListener("input", (event) => {
  const form = event.target.closest("form[data-autosave]");
  if (!form) return;
  say(form, "pending");
  clearTimeout(timers.get(form));
  timers.set(form, setTimeout(() => save(form), 1500));
});
document.addEventListener("submit", (event) => clearTimeout(timers.get(event.target)));
