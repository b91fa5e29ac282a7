// A form that saves itself: <form data-autosave="KEY">, with a place for words: <p data-autosave-status role="status">.
//
// What is typed is first kept in this browser, under KEY, then sent a few seconds after the last key. It leaves the
// browser as soon as the service has it, and all of it when somebody signs out. Fields within [data-autosave-local] are
// kept here only: the button sends them. With data-autosave-here nothing is sent before the button.
const PREFIX = "unsaved ";
const QUIET = 3000; // ms after the last key
const AGAIN = [5000, 15000, 30000]; // ms until the next try when the service cannot be reached
const LONGEST = 7 * 24 * 3600 * 1000; // ms that something may lie here

const shelf = {
  read(key) {
    try {
      return JSON.parse(localStorage.getItem(PREFIX + key));
    } catch {
      return null;
    }
  },
  write(key, values) {
    try {
      localStorage.setItem(PREFIX + key, JSON.stringify({ at: Date.now(), values }));
      return true;
    } catch {
      return false; // no room, or the browser keeps nothing: the page says so
    }
  },
  drop(key) {
    try {
      localStorage.removeItem(PREFIX + key);
    } catch {
      // nothing was kept
    }
  },
  keys() {
    try {
      return Object.keys(localStorage).filter((name) => name.startsWith(PREFIX)).map((name) => name.slice(PREFIX.length));
    } catch {
      return [];
    }
  },
};

// Signing out leaves nothing behind; nor does time.
document.addEventListener("submit", (event) => {
  if (event.target.getAttribute("action")?.endsWith("/sign-out")) shelf.keys().forEach(shelf.drop);
});
for (const key of shelf.keys()) {
  if (!(Date.now() - shelf.read(key)?.at < LONGEST)) shelf.drop(key);
}

// A form that was sent with its button and led elsewhere was taken; one that was refused shows its own address.
const sent = JSON.parse(sessionStorage.getItem("sent") ?? "null");
sessionStorage.removeItem("sent");
if (sent && sent.path !== window.location.pathname) shelf.drop(sent.key);

const typedFields = (form) => [...form.elements].filter((field) => field.name && field.type !== "hidden" && field.type !== "submit");
const isLocal = (field) => field.closest("[data-autosave-local]") !== null;
const valuesOf = (fields) =>
  fields.filter((field) => !["radio", "checkbox"].includes(field.type) || field.checked).map((field) => [field.name, field.value]);
const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);
const clock = (moment) => moment.toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });

class Autosave {
  constructor(form) {
    this.form = form;
    this.key = form.dataset.autosave;
    this.status = form.querySelector("[data-autosave-status]");
    this.sends = !("autosaveHere" in form.dataset);
    this.window = Math.random().toString(36).slice(2);
    this.count = this.failures = 0;
    this.stopped = false;
    this.start = valuesOf(typedFields(form));
    this.startLocal = this.local();
    this.offerBack();
    form.addEventListener("input", () => this.typed());
    form.addEventListener("submit", (event) => this.submitted(event));
    window.addEventListener("online", () => this.dirty && this.soon(0));
    document.addEventListener("visibilitychange", () => document.hidden && this.dirty && this.soon(0));
  }

  local() {
    return valuesOf(typedFields(this.form).filter(isLocal));
  }

  say(text, link) {
    if (!this.status) return;
    this.status.textContent = text;
    if (link) {
      const anchor = document.createElement("a");
      [anchor.href, anchor.textContent, anchor.className] = [link.href, link.text, "govuk-link"];
      this.status.append(" ", anchor);
    }
  }

  typed() {
    this.dirty = true;
    this.kept = shelf.write(this.key, valuesOf(typedFields(this.form)));
    if (this.sends && !this.stopped) this.soon(QUIET);
    if (!this.sends && this.kept) this.say("Kept on this device until you save.");
  }

  soon(delay) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), delay);
  }

  async save() {
    this.timer = null;
    if (this.going || this.stopped || !this.sends) return;
    this.dirty = false;
    const local = this.local();
    this.going = this.send();
    const answer = await this.going;
    this.going = null;
    if (answer.again) this.later(answer.says);
    else if (answer.saved) this.saved(answer, local);
    else this.refused(answer);
    if (this.dirty && !this.timer && !this.stopped) this.soon(QUIET);
  }

  async send() {
    const body = new FormData(this.form);
    body.set("then", "autosave");
    body.set("window", `${this.window}:${(this.count += 1)}`);
    try {
      const response = await fetch(this.form.action, { method: "POST", body, redirect: "manual", keepalive: true, headers: { Accept: "application/json" } });
      if (response.status >= 500) return { again: true, says: "the service could not be reached" };
      if (response.type === "opaqueredirect" || [400, 401].includes(response.status)) return { signedOut: true };
      return await response.json().catch(() => ({ refused: "The service did not take it." }));
    } catch {
      return { again: true, says: "no connection" };
    }
  }

  saved(answer, local) {
    this.failures = 0;
    for (const [name, value] of Object.entries(answer.fields ?? {})) {
      const field = this.form.elements[name];
      if (field) field.value = value;
    }
    const rest = !same(local, this.startLocal);
    if (!this.dirty && !rest) shelf.drop(this.key);
    if (!this.dirty && !rest) this.form.dispatchEvent(new CustomEvent("autosaved", { bubbles: true }));
    this.say(`Saved at ${answer.saved}.${rest ? " The finding is kept on this device until you press the button." : ""}`);
    if (answer.asks) this.reveal();
  }

  // A grade asks for something that the page has not shown yet.
  reveal() {
    for (const part of this.form.querySelectorAll("[data-autosave-asks][hidden]")) part.hidden = false;
  }

  later(says) {
    this.dirty = true;
    this.say(`Not saved: ${says}. ${this.kept ? "It is kept on this device and will be sent." : "Leave this page open: it will be sent."}`);
    this.soon(AGAIN[Math.min(this.failures, AGAIN.length - 1)]);
    this.failures += 1;
  }

  refused(answer) {
    this.dirty = false; // not again before something is typed
    this.stopped = Boolean(answer.signedOut || answer.conflict);
    const kept = this.kept ? " What you typed is kept on this device." : "";
    if (answer.signedOut) this.say(`Not saved: you were signed out.${kept}`, { href: this.form.dataset.autosavePage, text: "Sign in and go on" });
    else if (answer.conflict) this.say(`Not saved: this was saved in another window. Press the button to see both.${kept}`);
    else this.say(`Not saved. ${answer.refused}${kept}`);
    if (answer.signedOut) this.form.dispatchEvent(new CustomEvent("autosaved", { bubbles: true })); // it may be left: it is here
  }

  // The button waits for a save on its way, so that the page never stands in its own way.
  async submitted(event) {
    clearTimeout(this.timer);
    if (this.going) {
      event.preventDefault();
      event.stopImmediatePropagation();
      const { submitter } = event;
      const answer = await this.going;
      await null; // the fields that the answer brings are set first
      if (!answer.again && !answer.signedOut) this.form.requestSubmit(submitter);
      return;
    }
    this.stopped = true;
    shelf.write(this.key, valuesOf(typedFields(this.form)));
    sessionStorage.setItem("sent", JSON.stringify({ key: this.key, path: new URL(this.form.action).pathname }));
  }

  offerBack() {
    const found = shelf.read(this.key);
    if (!found) return;
    if (same(found.values, this.start)) return shelf.drop(this.key);
    const when = new Date(found.at);
    const box = document.createElement("div");
    box.className = "app-contra";
    box.setAttribute("role", "group");
    box.setAttribute("aria-label", "Kept on this device");
    const words = document.createElement("p");
    words.className = "app-text";
    words.textContent = `What you typed here on ${when.toLocaleDateString("en-GB", { day: "numeric", month: "long" })} at ${clock(when)} was not saved. It is kept on this device.`;
    box.append(words, this.choice("Put it back", () => this.putBack(found)), " ", this.choice("Throw it away", () => shelf.drop(this.key)));
    this.form.prepend(box);
    this.box = box;
  }

  choice(text, done) {
    const button = document.createElement("button");
    [button.type, button.className, button.textContent] = ["button", "app-linkbutton", text];
    button.addEventListener("click", () => {
      this.box.remove();
      done();
    });
    return button;
  }

  putBack({ values }) {
    for (const field of typedFields(this.form)) {
      const kept = values.filter(([name]) => name === field.name).map(([, value]) => value);
      if (["radio", "checkbox"].includes(field.type)) field.checked = kept.includes(field.value);
      else if (kept.length) [field.value] = kept;
    }
    this.form.dispatchEvent(new Event("input", { bubbles: true }));
    typedFields(this.form).find((field) => field.tagName === "TEXTAREA")?.focus();
  }
}

for (const form of document.querySelectorAll("form[data-autosave]")) new Autosave(form);

// What a grade asks for is shown as soon as the grade is chosen.
document.addEventListener("change", (event) => {
  const asks = event.target.closest("form")?.querySelector("[data-autosave-asks]");
  if (asks && event.target.name === "grade" && asks.dataset.autosaveAsks.split(" ").includes(event.target.value)) asks.hidden = false;
});
