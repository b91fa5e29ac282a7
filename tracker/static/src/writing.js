// Writing a statement: a toolbar for its Markdown, a list of what can be cited after "[", pasted text that is cleaned, and
// a sign every minute that somebody is writing. Without JavaScript the same form is written, searched and saved.
const form = document.querySelector("form[data-writing]");
const text = form.querySelector("[data-editor] textarea");
const token = form.querySelector("[name=csrf_token]").value;
const MINUTE = 60000;

const said = document.createElement("p"); // what a screen reader is told, and whoever pastes
said.className = "app-small";
said.setAttribute("role", "status");
text.after(said);

// Typed through the browser, so that it can be undone; where that is not possible, put in.
function type(words, from = text.selectionStart, to = text.selectionEnd) {
  text.focus();
  text.setSelectionRange(from, to);
  const done = words ? document.execCommand("insertText", false, words) : document.execCommand("delete");
  if (!done) {
    text.setRangeText(words, from, to, "end");
    text.dispatchEvent(new Event("input", { bubbles: true }));
  }
}

// The toolbar ----------------------------------------------------------------------------------------------------
function wrap(mark) {
  const { selectionStart: from, selectionEnd: to, value } = text;
  const words = value.slice(from, to).trim() || "words";
  type(`${mark}${words}${mark}`, from, to);
  text.setSelectionRange(from + mark.length, from + mark.length + words.length);
}

function lines(begin) {
  const { selectionStart, selectionEnd, value } = text;
  const from = value.lastIndexOf("\n", selectionStart - 1) + 1;
  const end = value.indexOf("\n", selectionEnd);
  const to = end < 0 ? value.length : end;
  const old = value.slice(from, to).split("\n");
  const bare = old.map((line) => line.replace(/^\s*(?:#{1,6}|[-*+]|\d{1,3}[.)])\s+/, ""));
  const begun = bare.map((line, place) => `${begin(place)}${line}`);
  type((begun.join("\n") === old.join("\n") ? bare : begun).join("\n"), from, to);
}

const TOOLS = [
  ["Bold", () => wrap("**"), "b"],
  ["Italic", () => wrap("*"), "i"],
  ["Heading", () => lines(() => "## ")],
  ["Points", () => lines(() => "- ")],
  ["Numbers", () => lines((place) => `${place + 1}. `)],
  ["Table", () => type("\n\n| What | How many |\n|---|---|\n| Words | 0 |\n\n", text.selectionEnd, text.selectionEnd)],
  ["Cite", () => type("[", text.selectionEnd, text.selectionEnd)],
];
const bar = document.createElement("div");
bar.className = "app-toolbar";
bar.setAttribute("role", "toolbar");
bar.setAttribute("aria-label", "Formatting");
bar.setAttribute("aria-controls", text.id);
const buttons = TOOLS.map(([name, act, key], place) => {
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = name;
  button.tabIndex = place ? -1 : 0;
  if (key) button.setAttribute("aria-keyshortcuts", `Control+${key.toUpperCase()}`);
  button.addEventListener("click", act);
  bar.append(button);
  return button;
});
bar.addEventListener("keydown", (event) => {
  const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  const place = buttons.indexOf(document.activeElement);
  const next = event.key === "Home" ? 0 : event.key === "End" ? buttons.length - 1 : place + (step ?? 0);
  if (next === place || place < 0) return;
  event.preventDefault();
  const button = buttons[(next + buttons.length) % buttons.length];
  buttons.forEach((each) => (each.tabIndex = each === button ? 0 : -1));
  button.focus();
});
text.before(bar);

// Citing ---------------------------------------------------------------------------------------------------------
const list = document.createElement("ul");
list.id = "to-cite";
list.className = "app-choices";
list.setAttribute("role", "listbox");
list.setAttribute("aria-label", "To cite");
list.hidden = true;
text.after(list);
text.setAttribute("aria-autocomplete", "list");
text.setAttribute("aria-controls", `${list.id}`);

let offered = [];
let chosen = -1;
let asked = 0;
let timer;

// What stands between the last bracket and the cursor, if that bracket is open.
function typed() {
  const before = text.value.slice(0, text.selectionStart);
  const found = /\[([^\[\]\n]{0,60})$/.exec(before);
  return found && text.selectionStart === text.selectionEnd ? { words: found[1], from: before.length - found[1].length - 1 } : null;
}

function close() {
  list.hidden = true;
  list.replaceChildren();
  offered = [];
  chosen = -1;
  text.removeAttribute("aria-activedescendant");
}

function choose(place) {
  chosen = (place + offered.length) % offered.length;
  [...list.children].forEach((item, each) => item.setAttribute("aria-selected", String(each === chosen)));
  text.setAttribute("aria-activedescendant", list.children[chosen].id);
  list.children[chosen].scrollIntoView({ block: "nearest" });
}

function take(place) {
  const now = typed();
  const { reference } = offered[place];
  close();
  if (!now) return;
  const rest = text.value.slice(text.selectionStart);
  type(`[${reference}]`, now.from, text.selectionStart + (rest.startsWith("]") ? 1 : 0));
  said.textContent = `[${reference}] is cited.`;
}

function offer(found, words) {
  close();
  offered = found;
  said.textContent = found.length
    ? `${found.length} found for “${words}”. Arrow keys choose, Enter cites, Escape closes.`
    : `Nothing found for “${words}”.`;
  if (!found.length) return;
  found.forEach((each, place) => {
    const item = document.createElement("li");
    const name = document.createElement("strong");
    const about = document.createElement("span");
    item.id = `to-cite-${place}`;
    item.setAttribute("role", "option");
    item.setAttribute("aria-selected", "false");
    name.textContent = each.reference;
    about.textContent = each.about;
    item.append(name, ` ${each.title} `, about);
    item.addEventListener("mousedown", (event) => event.preventDefault());
    item.addEventListener("click", () => take(place));
    list.append(item);
  });
  list.hidden = false;
  choose(0);
}

async function find() {
  const now = typed();
  if (!now) return close();
  if (!now.words.trim()) {
    close();
    said.textContent = "Type words of what you cite, or its reference, such as E-231.";
    return;
  }
  const mine = (asked += 1);
  try {
    const answer = await fetch(`${form.dataset.toCite}?q=${encodeURIComponent(now.words)}`, { headers: { Accept: "application/json" } });
    const found = answer.ok ? await answer.json() : [];
    if (mine === asked && typed()?.words === now.words) offer(found, now.words);
  } catch {
    close(); // no connection: the reference can still be typed
  }
}

text.addEventListener("input", () => {
  clearTimeout(timer);
  if (typed()) timer = setTimeout(find, 200);
  else close();
});
text.addEventListener("blur", close);
text.addEventListener("keydown", (event) => {
  if ((event.ctrlKey || event.metaKey) && !event.altKey) {
    const tool = TOOLS.find(([, , key]) => key === event.key.toLowerCase());
    if (tool) {
      event.preventDefault();
      tool[1]();
    }
    return;
  }
  if (list.hidden) return;
  const acts = { ArrowDown: () => choose(chosen + 1), ArrowUp: () => choose(chosen - 1), Enter: () => take(chosen), Tab: () => take(chosen), Escape: close };
  if (!acts[event.key]) return;
  event.preventDefault();
  acts[event.key]();
});

// Pasting --------------------------------------------------------------------------------------------------------
// Only what is in the body of the markup is sent, and comes back as Markdown. Nothing that it names is fetched: a parsed
// document loads nothing.
const LONGEST = 400000;
text.addEventListener("paste", async (event) => {
  const { clipboardData: board } = event;
  const html = board.getData("text/html");
  const plain = board.getData("text/plain");
  if (!html && !plain && board.files.length) {
    event.preventDefault();
    said.textContent = "A picture cannot stand in a statement. Add it under Evidence, and cite it here.";
    return;
  }
  if (!html) return;
  event.preventDefault();
  const page = new DOMParser().parseFromString(html, "text/html");
  const pictures = page.querySelectorAll("img, picture, svg, object").length;
  page.querySelectorAll("style, script, meta, link, img, picture, svg, object").forEach((each) => each.remove());
  const kept = page.body.innerHTML;
  const { selectionStart: from, selectionEnd: to } = text;
  const words = kept.length > LONGEST ? null : await cleaned(kept);
  type(words ?? plain, from, to);
  const left = pictures ? ` ${pictures === 1 ? "A picture was" : `${pictures} pictures were`} left out: add it under Evidence, and cite it.` : "";
  said.textContent = words === null ? `Pasted as plain text.${left}` : `Pasted without the formatting that a statement cannot hold.${left}`;
});

async function cleaned(html) {
  const body = new FormData();
  body.set("csrf_token", token);
  body.set("html", html);
  try {
    const answer = await fetch(form.dataset.pasted, { method: "POST", body });
    return answer.ok ? (await answer.json()).text : null;
  } catch {
    return null;
  }
}

// Whose turn it is -----------------------------------------------------------------------------------------------
const { turn, leave } = form.dataset;
if (turn) {
  const sign = async () => {
    if (document.hidden) return;
    const body = new FormData();
    body.set("csrf_token", token);
    body.set("then", "autosave");
    try {
      const answer = await fetch(turn, { method: "POST", body, redirect: "manual", headers: { Accept: "application/json" } });
      if (answer.status === 409) said.textContent = (await answer.json()).refused;
    } catch {
      // no connection: the page says so when it saves
    }
  };
  sign();
  setInterval(sign, MINUTE);
  window.addEventListener("pagehide", () => {
    const body = new FormData();
    body.set("csrf_token", token);
    navigator.sendBeacon(leave, body);
  });
}
