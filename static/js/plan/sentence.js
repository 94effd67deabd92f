// The sentence of an open stack is saved before anything else happens: a press, a link, leaving the page. Uses sending.js.

const sentence = () => document.getElementById("id_hoorden");
let unsaved = false; // something was typed that was not sent
let failed = 0; // what the server said of the last words, unless it saved them: 409 when another wrote otherwise
let saving = null; // a promise, while a request is on its way

document.addEventListener("input", ({ target }) => {
  if (target.id !== "id_hoorden") return;
  unsaved = true;
  failed = 0;
});

// Leaving the field saves at once; not what was refused, since that would answer for who has to choose.
document.addEventListener("change", ({ target }) => {
  if (target.id === "id_hoorden" && unsaved && !failed) sendForm(target.form);
});

let answered;
document.addEventListener("htmx:before:request", ({ target }) => {
  if (target.id !== "hoorden") return;
  unsaved = false;
  saving = new Promise((resolve) => (answered = resolve));
});
document.addEventListener("htmx:finally:request", ({ target, detail }) => {
  if (target.id !== "hoorden") return;
  const status = detail.ctx.response?.status ?? 503;
  failed = status === 200 ? 0 : status;
  unsaved ||= failed > 0;
  saving = null;
  answered();
});

const saved = async () => {
  if (saving) await saving;
  // Sent again it would take the place of what another wrote: there are buttons for that.
  if (!unsaved || failed === 409) return !unsaved;
  const form = sentence().form;
  const done = new Promise((resolve) => form.addEventListener("htmx:finally:request", resolve, { once: true }));
  sendForm(form);
  await done;
  return !unsaved;
};

// Stops the event, and does the same again once the sentence is saved. What was refused is shown: nothing is done then.
const first = async (event, again) => {
  if (!sentence() || !(unsaved || saving)) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  if (await saved()) again();
  else sentence().focus();
};

document.addEventListener(
  "submit",
  (event) => {
    const { target, submitter } = event;
    if (target.id !== "hoorden") first(event, () => sendForm(target, submitter));
  },
  true,
);

document.addEventListener(
  "click",
  (event) => {
    const link = event.target.closest?.("a[href]:not([target], [href^='#'])");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    // After a no the browser asks whether to leave it behind; a link below the field takes the sentence of the other.
    if (failed === 409) unsaved = false;
    else if (!failed) first(event, () => link.click());
  },
  true,
);

addEventListener("beforeunload", (event) => {
  if (unsaved && failed && failed !== 409) event.preventDefault();
});

// A page that is closed, or left by the buttons of the browser.
addEventListener("pagehide", () => {
  const form = sentence()?.form;
  if (form && unsaved && !failed) navigator.sendBeacon(form.getAttribute("hx-post"), new FormData(form));
});
