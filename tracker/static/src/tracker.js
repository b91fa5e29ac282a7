// What a browser with JavaScript does better. Every page works without it.
import { initAll } from "./govuk-frontend.min.js";
import "./autosave.js";

initAll();

// A link to something folded away opens it.
function openTarget() {
  const target = window.location.hash && document.getElementById(window.location.hash.slice(1));
  const folded = target && target.closest("details:not([open])");
  if (folded) {
    folded.open = true;
    target.scrollIntoView();
  }
}
window.addEventListener("hashchange", openTarget);
openTarget();

// Nobody loses what they typed by following a link.
const changed = new Set();
document.addEventListener("input", (event) => {
  const form = event.target.closest("form[method=post]");
  if (form) changed.add(form);
});
document.addEventListener("submit", (event) => changed.delete(event.target));
document.addEventListener("autosaved", (event) => changed.delete(event.target));
window.addEventListener("beforeunload", (event) => {
  if (changed.size) event.preventDefault();
});

// A screenshot is pasted straight into a box for files.
const pasted = document.querySelector("input[type=file][data-paste]");
document.addEventListener("paste", (event) => {
  const files = [...(event.clipboardData?.files ?? [])];
  if (!pasted || !files.length) return;
  event.preventDefault();
  const all = new DataTransfer();
  for (const file of [...pasted.files, ...files]) all.items.add(file);
  pasted.files = all.files;
  pasted.dispatchEvent(new Event("change", { bubbles: true }));
});

// A page that waits for something looks again by itself.
const waits = document.querySelector("[data-refresh]");
if (waits) setTimeout(() => window.location.reload(), Number(waits.dataset.refresh) * 1000);
