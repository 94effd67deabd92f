// Drafts: what is typed is kept on the device until the server has said yes, and for a week at most. Uses saying.js.

const DRAFT = "concept:";
const A_WEEK = 7 * 24 * 3600 * 1000;

// A browser may refuse to keep anything; then nothing is kept, and nothing breaks.
const device = (work) => {
  try {
    return work(localStorage);
  } catch {
    return null;
  }
};

const draftKey = (form) => DRAFT + new URL(form.getAttribute("action"), location.href).pathname;
const readDraft = (key) => device((storage) => JSON.parse(storage.getItem(key)));
const dropDraft = (key) => device((storage) => storage.removeItem(key));
const field = (form, name) => form.elements.namedItem(name);

// The picture is the name under which the server keeps it; one that is not there yet has to be chosen again.
const keepDraft = (form) => {
  const draft = { at: Date.now(), picked: Boolean(field(form, "picture")?.files.length) };
  for (const name of ["text", "alt", "kept", "name", "role"]) draft[name] = field(form, name)?.value ?? "";
  if (!`${draft.text}${draft.alt}${draft.kept}`.trim()) return dropDraft(draftKey(form));
  return device((storage) => storage.setItem(draftKey(form), JSON.stringify(draft)) ?? true);
};

// Going back shows a form as the browser remembers it, also what stood there before this device was wiped. Pages know
// since when they are in the history of this tab, and the tab when it was wiped.
const wiped = (at) => {
  try {
    if (at) sessionStorage.setItem("gewist", at);
    return Number(sessionStorage.getItem("gewist"));
  } catch {
    return 0;
  }
};
if (document.querySelector("[data-wiped]")) wiped(Date.now());
if (!history.state?.since) history.replaceState({ ...history.state, since: Date.now() }, "");
addEventListener("pageshow", ({ persisted }) => {
  if ((history.state?.since ?? 0) >= wiped()) return;
  for (const form of document.forms) form.reset();
  history.replaceState({ ...history.state, since: Date.now() }, "");
  if (persisted) location.reload();
});

const restored = new WeakMap(); // a form → the draft that it got back; pictures.js looks after the picture

// Whether it filled something in.
const fillIn = (place, value) => {
  if (!place || place.value || !value) return false;
  place.value = String(value);
  if (place.selectedIndex === -1) place.selectedIndex = 0; // that choice is no more
  const fold = place.closest("details");
  if (fold) fold.open = true;
  return true;
};

const restoreDraft = (form) => {
  const [key, text] = [draftKey(form), field(form, "text")];
  const draft = readDraft(key);
  if (typeof draft?.text !== "string") return;
  if (["text", "alt", "kept"].some((name) => field(form, name)?.value)) return;
  const filled = ["text", "alt", "name", "role"].filter((name) => fillIn(field(form, name), draft[name]));
  restored.set(form, draft);
  const clear = document.createElement("button");
  const [what, words] = draft.text.trim()
    ? ["We hebben je tekst bewaard. ", "Wis deze tekst"]
    : ["We hebben bewaard wat je invulde. ", "Wis dit"];
  Object.assign(clear, { type: "button", className: "button quiet small", textContent: words });
  const note = noteAt(form, text.closest(".field"), "", what, clear);
  clear.addEventListener("click", () => {
    // The name and the role too, for it may be another who comes; not what was typed over them since.
    const those = filled.filter((name) => field(form, name).value === String(draft[name]));
    for (const name of ["text", "alt", ...those]) if (field(form, name)) field(form, name).value = "";
    form.querySelector("[data-forget]")?.click();
    dropDraft(key);
    note.remove();
    text.focus();
  });
};

// Once for each form, when it comes: later a draft may be that of another tab, where it is still being typed.
const met = new WeakSet();
const restoreDrafts = () => {
  for (const form of document.querySelectorAll("form[data-draft]")) {
    if (!met.has(form)) restoreDraft(form);
    met.add(form);
  }
};

device((storage) => {
  for (const key of Object.keys(storage).filter((key) => key.startsWith(DRAFT))) {
    const isOld = !(Date.now() - readDraft(key)?.at < A_WEEK);
    if (isOld || document.querySelector("[data-wiped]")) dropDraft(key);
  }
});
for (const { dataset } of document.querySelectorAll("[data-placed]")) dropDraft(DRAFT + dataset.placed);
restoreDrafts();
document.addEventListener("htmx:after:swap", restoreDrafts);

document.addEventListener("input", ({ target }) => {
  const form = target.closest("form[data-draft]");
  if (form) keepDraft(form);
});

// A photo may be on its way for minutes, where a text is there at once or not at all.
document.addEventListener("htmx:config:request", ({ target, detail }) => {
  if (target.querySelector?.('input[type="file"]')?.files.length) detail.ctx.request.timeout = "5m";
});

document.addEventListener("htmx:after:request", ({ target, detail }) => {
  const form = target.closest?.("form[data-draft]");
  if (form && detail.ctx.response.headers.get("X-Geplaatst")) dropDraft(draftKey(form));
});

document.addEventListener("htmx:error", ({ target, detail }) => {
  const form = target.closest?.("form[data-draft]");
  if (!form || !detail.ctx) return;
  const isKept = keepDraft(form) ? "Je tekst is bewaard." : "Laat deze pagina open: je tekst staat er nog.";
  noteAt(form, form.querySelector(":scope > .actions"), "problem", `Geen verbinding. ${isKept} Druk straks nog eens op de knop.`);
});
