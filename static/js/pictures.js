// The picture in a form: uploading, showing, taking away. Uses saying.js, sending.js and drafts.js.

// A chosen picture goes to the server at once, which shows it, whatever kind it is; the form then sends its name.
// Not with htmx: what that fetches with does not tell how far an upload is.
const PATIENCE = 5 * 60 * 1000; // milliseconds
const TRIES = 6;
const MEGABYTE = 1024 * 1024;
const onItsWay = new Map(); // a form → the upload of its picture
const refused = new WeakSet(); // forms of which the picture was refused just now
const tokenOf = (form) => field(form, "csrfmiddlewaretoken").value;

const smallButton = (words, act) => {
  const button = document.createElement("button");
  Object.assign(button, { type: "button", className: "button secondary small", textContent: words, onclick: act });
  return button;
};

// In the place of what was shown before: an upload, an error, the picture. The place is a live region.
// With each of those the draft is another.
const show = (input, ...shown) => {
  const place = input.closest(".picture");
  for (const old of place.querySelectorAll(".error, .picture-state, .picture-kept")) old.remove();
  place.classList.remove("has-error");
  input.removeAttribute("aria-invalid");
  input.before(...shown);
  refused.delete(input.form);
  input.form.querySelector(".draft-note.warning")?.remove();
  if (input.form.matches("[data-draft]")) keepDraft(input.form);
};

// For who sent the form and looks at its button: nothing was sent, and this is why.
const bring = (element) => {
  element.focus({ preventScroll: true });
  element.closest(".picture").scrollIntoView({ block: "center" });
};

const refuse = (input, error, pressed) => {
  error.id = `${input.id}_error`;
  input.value = "";
  show(input, error);
  refused.add(input.form);
  input.closest(".picture").classList.add("has-error");
  input.setAttribute("aria-invalid", "true");
  input.setAttribute("aria-describedby", `${input.id}_helptext ${error.id}`);
  if (pressed) bring(input);
};

// As includes/picture.html makes it.
const errorOf = (words) => {
  const [error, text, fault] = ["p", "span", "span"].map((name) => document.createElement(name));
  const icon = document.querySelector("svg.icon").cloneNode(true); // all come from one file
  const use = icon.querySelector("use");
  use.setAttribute("href", use.getAttribute("href").replace(/#.*/, "#triangle-alert"));
  Object.assign(fault, { className: "visually-hidden", textContent: "Fout: " });
  error.className = "error";
  text.append(fault, words);
  error.append(icon, text);
  return error;
};

const tooBig = ({ files: [{ size }], dataset: { most } }) => {
  const megabytes = (size / MEGABYTE).toFixed(1).replace(".", ",");
  return size > most && `Deze foto is ${megabytes} MB. Kies er een van hooguit ${most / MEGABYTE} MB.`;
};

const noPicture = (input) => {
  onItsWay.get(input.form)?.abort();
  onItsWay.delete(input.form);
  input.value = "";
  show(input);
  input.focus();
};

const stateOf = (kind, ...words) => {
  const state = document.createElement("div");
  state.className = `picture-state ${kind}`;
  state.append(...words);
  return state;
};

const sendPicture = (input, tries = 1) => {
  const { form } = input;
  const [upload, data] = [new XMLHttpRequest(), new FormData()];
  const [label, bar] = [document.createElement("label"), document.createElement("progress")];
  const before = onItsWay.get(form);
  before?.abort();
  upload.pressed = before?.pressed; // who sent the form already, still waits
  onItsWay.set(form, upload);
  bar.value = 0;
  label.append("Je foto is onderweg …", bar);
  show(input, stateOf("", label, smallButton("Stop", () => noPicture(input))));
  upload.upload.onprogress = ({ loaded, total }) => (bar.value = loaded / total);
  upload.upload.onload = () => bar.removeAttribute("value"); // from here on it is the server that works
  upload.onload = upload.onerror = upload.ontimeout = () => arrived(input, upload, tries);
  upload.open("POST", input.closest(".picture").dataset.picture);
  upload.timeout = PATIENCE;
  data.append("csrfmiddlewaretoken", tokenOf(form));
  data.append("picture", input.files[0]);
  upload.send(data);
};

const arrived = (input, upload, tries) => {
  const { form } = input;
  const { status, responseText, pressed } = upload;
  const isBusy = status === 429 || status === 503;
  if (isBusy && tries < TRIES) {
    // In a full room pictures wait for each other. Until then it is on its way: it can be stopped, or taken over.
    setTimeout(() => onItsWay.get(form) === upload && sendPicture(input, tries + 1), (2 + Math.random() * tries) * 1000);
    return;
  }
  onItsWay.delete(form);
  const answer = document.createElement("template");
  const isRefused = status === 422 || status === 507; // wrong, or no room for it: the answer says which
  if (status === 200 || isRefused) answer.innerHTML = responseText;
  if (status === 200) {
    const isHere = [input, document.body].includes(document.activeElement);
    input.value = "";
    show(input, answer.content);
    if (isHere) input.previousElementSibling.focus({ preventScroll: true });
    if (pressed) sendForm(form, pressed);
  } else if (isRefused) {
    refuse(input, answer.content.firstElementChild, pressed);
  } else if (status === 413 || status === 400) {
    const most = input.dataset.most / MEGABYTE;
    refuse(input, errorOf(`Deze foto is te groot. Kies er een van hooguit ${most} MB.`), pressed);
  } else {
    const why = isBusy ? "Het is nu druk: je foto kon er niet bij." : "Je foto kwam niet aan.";
    const again = smallButton("Probeer opnieuw", () => sendPicture(input));
    const away = smallButton("Weghalen", () => noPicture(input));
    show(input, stateOf("problem", `${why} Wat je schreef, staat er nog.`, again, away));
    if (pressed) bring(again);
  }
};

document.addEventListener("change", ({ target }) => {
  if (!target.matches(".picture > input[type=file]") || !target.files.length) return;
  const fault = tooBig(target);
  if (!fault) return sendPicture(target);
  onItsWay.get(target.form)?.abort();
  onItsWay.delete(target.form);
  refuse(target, errorOf(fault));
});

document.addEventListener("click", ({ target }) => {
  const button = target.closest("[data-forget]");
  if (!button) return;
  const input = button.closest(".picture").querySelector("input[type=file]");
  const body = new URLSearchParams({ csrfmiddlewaretoken: tokenOf(input.form) });
  fetch(button.dataset.forget, { method: "POST", body }).catch(() => {}); // the server forgets it by itself, later
  noPicture(input);
  say("Je foto is weg.");
});

const askWithout = (form) => {
  noteAt(form, form.querySelector(":scope > .actions"), "warning", "Stuur je het zonder foto? Druk nog eens.");
};

// Who sends a form while its picture is on its way, has that done once the picture is there. Who sends it after the
// picture was refused may not have seen that: the first press asks.
document.addEventListener(
  "submit",
  (event) => {
    const { target: form } = event;
    const upload = onItsWay.get(form);
    if (!upload && !refused.delete(form)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (!upload) return askWithout(form);
    upload.pressed = event.submitter;
    say("Even wachten: je foto is nog onderweg.");
  },
  true,
);

// The picture of a draft stays with the server for a day, for who sent it.
const bringBack = async (form, { kept }) => {
  const input = field(form, "picture");
  const address = `${input.closest(".picture").dataset.picture}${encodeURIComponent(kept)}/`;
  const answer = kept && (await fetch(address).catch(() => null));
  const found = document.createElement("template");
  found.innerHTML = answer?.ok ? await answer.text() : "";
  if (input.files.length || onItsWay.has(form)) return; // another was chosen meanwhile
  if (found.content.childElementCount) return show(input, found.content);
  form.querySelector(".draft-what")?.after("Je foto moet je opnieuw kiezen. ");
};

const bringAllBack = () => {
  for (const form of document.querySelectorAll("form[data-draft]")) {
    const draft = restored.get(form);
    restored.delete(form);
    if (field(form, "picture") && (draft?.kept || draft?.picked)) bringBack(form, draft);
  }
};

bringAllBack();
document.addEventListener("htmx:after:swap", bringAllBack);
