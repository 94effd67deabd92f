// The picture of a form. Stands on site.js: `field` and `say` are its own.

// A chosen picture goes to the server at once, which shows it, whatever kind it is; the form then sends its name.
// Not with htmx: what that fetches with does not tell how far an upload is.
const PATIENCE = 5 * 60 * 1000; // milliseconds
const TRIES = 6;
const onItsWay = new Map(); // a form → the upload of its picture
const tokenOf = (form) => field(form, "csrfmiddlewaretoken").value;

const smallButton = (words, act) => {
  const button = document.createElement("button");
  Object.assign(button, { type: "button", className: "button secondary small", textContent: words, onclick: act });
  return button;
};

// In the place of what was shown before: an upload, an error, the picture. The place is a live region.
const show = (input, ...shown) => {
  const place = input.closest(".picture");
  for (const old of place.querySelectorAll(".error, .picture-state, .picture-kept")) old.remove();
  place.classList.remove("has-error");
  input.removeAttribute("aria-invalid");
  input.before(...shown);
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
  if (status === 200 || status === 422) answer.innerHTML = responseText;
  if (status === 200) {
    const isHere = [input, document.body].includes(document.activeElement);
    input.value = "";
    show(input, answer.content);
    if (isHere) input.previousElementSibling.focus({ preventScroll: true });
    if (pressed) form.requestSubmit(pressed);
  } else if (status === 422) {
    const [error] = answer.content.children;
    error.id = `${input.id}_error`;
    input.value = "";
    show(input, error);
    input.closest(".picture").classList.add("has-error");
    input.setAttribute("aria-invalid", "true");
    input.setAttribute("aria-describedby", `${input.id}_helptext ${error.id}`);
  } else {
    const isTooBig = status === 413 || status === 400;
    const missed = isBusy ? "Het is nu druk: je foto kon er niet bij." : "Je foto kwam niet aan.";
    const why = isTooBig ? "Deze foto is te groot. Kies er een van hooguit 10 MB." : missed;
    const again = isTooBig ? [] : [smallButton("Probeer opnieuw", () => sendPicture(input))];
    const away = smallButton("Weghalen", () => noPicture(input));
    show(input, stateOf("problem", `${why} Wat je schreef, staat er nog.`, ...again, away));
  }
};

document.addEventListener("change", ({ target }) => {
  if (target.matches(".picture > input[type=file]") && target.files.length) sendPicture(target);
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

// Who sends a form while its picture is on its way, has that done once the picture is there.
document.addEventListener(
  "submit",
  (event) => {
    const upload = onItsWay.get(event.target);
    if (!upload) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    upload.pressed = event.submitter;
    say("Even wachten: je foto is nog onderweg.");
  },
  true,
);
