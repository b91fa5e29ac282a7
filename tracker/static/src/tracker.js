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

// A form that follows without a question sends itself; its button is for browsers without JavaScript.
document.querySelector("[data-send-at-once] form")?.requestSubmit();

// A page that waits for something looks again by itself.
const waits = document.querySelector("[data-refresh]");
if (waits) setTimeout(() => window.location.reload(), Number(waits.dataset.refresh) * 1000);

// Parts of a page that tell how far something is keep up by themselves. Where such a part is gone the whole page looks
// again; where it stays but waits for nothing more, what was typed around it stays too.
let live = [...document.querySelectorAll("[data-live]")];
async function lookAgain() {
  try {
    const response = await fetch(window.location.href, { headers: { Accept: "text/html" } });
    const now = new DOMParser().parseFromString(await response.text(), "text/html");
    for (const part of live) {
      const fresh = now.getElementById(part.id);
      if (!fresh) return window.location.reload();
      if (fresh.innerHTML !== part.innerHTML) part.replaceChildren(...fresh.childNodes);
      if (!fresh.dataset.live) live = live.filter((one) => one !== part);
    }
  } catch {
    // Offline for a moment: it looks again.
  }
  if (live.length) lookLater();
}
function lookLater() {
  setTimeout(lookAgain, Number(live[0].dataset.live) * 1000);
}
if (live.length) lookLater();

// A link that changes one part of a page only, such as the next page of a preview.
document.addEventListener("click", async (event) => {
  const link = event.target.closest("a[data-into]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  try {
    const response = await fetch(link.href, { headers: { Accept: "text/html" } });
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    document.getElementById(link.dataset.into).replaceChildren(...page.getElementById(link.dataset.into).childNodes);
    window.history.replaceState(null, "", link.href);
    (document.getElementById(link.id) ?? document.querySelector(`#${link.dataset.into} a[data-into]`))?.focus();
  } catch {
    window.location.assign(link.href);
  }
});
