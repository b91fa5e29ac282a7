// Adding several files: dropped or chosen, each sent on its own, so that one that is refused loses none of the others.
// Without JavaScript the same form sends all of them at once.
const box = document.querySelector("[data-several]");
const form = box.querySelector("form");
const chosen = form.querySelector("input[type=file]");
const list = box.querySelector("[data-several-list]");
const told = box.querySelector("[data-several-told]");
const next = box.querySelector("[data-several-next]");
const largest = Number(box.dataset.largest);

const waiting = [];
const counts = { added: 0, refused: 0 };
let sending = false;

box.querySelector(".app-drop__hint").hidden = false;
chosen.removeAttribute("data-paste");

function line(file) {
  const item = document.createElement("li");
  const name = document.createElement("span");
  const word = document.createElement("strong");
  const bar = document.createElement("progress");
  name.textContent = file.name;
  word.textContent = "Waiting";
  bar.max = 100;
  bar.value = 0;
  bar.setAttribute("aria-label", `How much of ${file.name} is sent`);
  item.append(name, word, bar);
  list.append(item);
  return { file, say: (text) => (word.textContent = text), bar };
}

function ended(one, text, kind) {
  one.say(text);
  one.bar.remove();
  counts[kind] += 1;
  if (kind === "added") next.hidden = false;
}

function files(count) {
  return count === 1 ? "1 file" : `${count} files`;
}

function answered(one, request) {
  const answer = request.response;
  if (request.status === 201 && answer) {
    ended(one, `Added, ${answer.size}`, "added");
  } else if (request.status === 422 && answer?.refused) {
    ended(one, `Not added. ${answer.refused}`, "refused");
  } else if (request.status === 413) {
    ended(one, box.dataset.tooLarge, "refused");
  } else {
    ended(one, "Not added. Open this page again, sign in if you are asked to, and add it once more.", "refused");
  }
}

function send(one) {
  return new Promise((done) => {
    if (one.file.size > largest) {
      ended(one, box.dataset.tooLarge, "refused");
      done();
      return;
    }
    const body = new FormData();
    body.append("csrf_token", form.elements.csrf_token.value);
    body.append(chosen.name, one.file);
    const request = new XMLHttpRequest(); // fetch cannot say how much is sent
    request.open("POST", box.dataset.several);
    request.setRequestHeader("Accept", "application/json");
    request.responseType = "json";
    request.upload.addEventListener("progress", (event) => {
      const share = event.total ? Math.floor((100 * event.loaded) / event.total) : 100;
      one.bar.value = share;
      one.say(share < 100 ? `Sending, ${share}%` : "Checking");
    });
    request.addEventListener("load", () => answered(one, request));
    request.addEventListener("error", () =>
      ended(one, "Not added. The connection broke, or this is a folder. Add it once more.", "refused"),
    );
    request.addEventListener("loadend", done);
    request.send(body);
  });
}

async function sendAll() {
  if (sending) return;
  sending = true;
  while (waiting.length) await send(waiting.shift());
  sending = false;
  const refused = counts.refused ? ` ${files(counts.refused)} not added: the list says why.` : "";
  told.textContent = `${files(counts.added)} added.${refused}`;
}

function take(chosenFiles) {
  for (const file of chosenFiles) waiting.push(line(file));
  if (waiting.length) told.textContent = `Sending ${files(waiting.length)}.`;
  sendAll();
}

form.addEventListener("submit", (event) => {
  if (!chosen.files.length) return;
  event.preventDefault();
  take([...chosen.files]);
  chosen.value = "";
});

for (const name of ["dragenter", "dragover"]) {
  box.addEventListener(name, (event) => {
    event.preventDefault();
    box.classList.add("app-drop--over");
  });
}
for (const name of ["dragleave", "drop"]) {
  box.addEventListener(name, () => box.classList.remove("app-drop--over"));
}
box.addEventListener("drop", (event) => {
  event.preventDefault();
  take([...event.dataTransfer.files]);
});

window.addEventListener("beforeunload", (event) => {
  if (sending) event.preventDefault();
});
