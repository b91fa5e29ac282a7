// Passkeys: when the button is pressed the browser is asked for one, and its answer goes with the form. Whatever keeps
// the service from asking, such as a session that is over, it says itself: the form is then sent without an answer.
const CANCELLED = "No passkey was used. Try again when you are ready.";
const THERE_ALREADY = "This device or password manager has a passkey of yours already. Choose another one.";
const TOO_OFTEN = "There were too many tries. Wait a minute, then try again.";

function bytes(text) {
  const plain = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(plain, (letter) => letter.charCodeAt(0));
}

function text(buffer) {
  const plain = btoa(String.fromCharCode(...new Uint8Array(buffer)));
  return plain.replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

const withBytes = (known) => (known ?? []).map((one) => ({ ...one, id: bytes(one.id) }));

async function made(options) {
  const publicKey = {
    ...options,
    challenge: bytes(options.challenge),
    user: { ...options.user, id: bytes(options.user.id) },
    excludeCredentials: withBytes(options.excludeCredentials),
  };
  const { response, ...rest } = parts(await navigator.credentials.create({ publicKey }));
  return { ...rest, response: { ...said(response), attestationObject: text(response.attestationObject) } };
}

async function shown(options) {
  const publicKey = {
    ...options,
    challenge: bytes(options.challenge),
    allowCredentials: withBytes(options.allowCredentials),
  };
  const { response, ...rest } = parts(await navigator.credentials.get({ publicKey }));
  const answer = {
    ...said(response),
    authenticatorData: text(response.authenticatorData),
    signature: text(response.signature),
  };
  if (response.userHandle) answer.userHandle = text(response.userHandle);
  return { ...rest, response: answer };
}

const parts = ({ id, rawId, type, response }) => ({ id, rawId: text(rawId), type, response });
const said = (response) => ({ clientDataJSON: text(response.clientDataJSON) });

async function ask(box, form) {
  const told = form.querySelector("[data-told]");
  told.textContent = "";
  const answer = await fetch(box.dataset.begin, { method: "POST", body: new URLSearchParams(new FormData(form)) });
  if (answer.status === 429) {
    told.textContent = TOO_OFTEN;
    return;
  }
  if (answer.ok && !answer.redirected) {
    const options = await answer.json();
    const credential = box.dataset.passkey === "create" ? await made(options) : await shown(options);
    form.elements.credential.value = JSON.stringify(credential);
  }
  form.submit();
}

for (const box of document.querySelectorAll("[data-passkey]")) {
  if (!window.PublicKeyCredential || window.location.origin !== box.dataset.origin) continue;
  const form = box.querySelector("form");
  let asking = false;
  box.hidden = false;
  for (const without of document.querySelectorAll("[data-passkey-without]")) without.hidden = true;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (asking) return;
    asking = true;
    ask(box, form)
      .catch((fault) => {
        form.querySelector("[data-told]").textContent = fault.name === "InvalidStateError" ? THERE_ALREADY : CANCELLED;
      })
      .finally(() => (asking = false));
  });
}
