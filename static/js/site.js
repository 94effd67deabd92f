// Everything works without this file. It puts the focus where a person expects it: on what a form answered
// (an error summary, a notice: [data-focus]), else on the contribution that a link points to.

const seen = new WeakSet();

const focusAnswer = () => {
  const answer = [...document.querySelectorAll("[data-focus]")].find((element) => !seen.has(element));
  if (!answer) return false;
  seen.add(answer);
  // Sent twice, a contribution comes back twice: the newest stays.
  for (const twin of document.querySelectorAll(`article[id="${answer.id}"]`)) if (twin !== answer) twin.remove();
  answer.focus({ preventScroll: true });
  answer.scrollIntoView({ block: "nearest" });
  return true;
};

const focusTarget = () => {
  const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (!target?.matches("article, fieldset, input, select, textarea")) return;
  const folds = [...document.querySelectorAll("details:not([open])")].filter((fold) => fold.contains(target));
  for (const fold of folds) fold.open = true;
  target.focus({ preventScroll: !folds.length });
};

if (!focusAnswer()) focusTarget();
addEventListener("hashchange", focusTarget);
document.addEventListener("htmx:after:swap", focusAnswer);

// An answer box that opened under a contribution closes with its own button, or with Esc while it is empty.
const close = (box) => {
  box.replaceChildren();
  document.querySelector(`[hx-target="#${box.id}"]`)?.focus();
};

document.addEventListener("click", (event) => {
  const box = event.target.closest("[data-close]")?.closest(".post-reply");
  if (!box) return;
  event.preventDefault();
  close(box);
});

document.addEventListener("keydown", (event) => {
  const box = event.key === "Escape" && event.target.closest(".post-reply");
  if (box && !box.querySelector("textarea")?.value) close(box);
});

// The second click of a double click would take back the thumb that the first one gave, or score the next idea.
document.addEventListener(
  "click",
  (event) => {
    if (event.detail < 2 || !event.target.closest(".thumb, .stick")) return;
    event.preventDefault();
    event.stopImmediatePropagation();
  },
  true,
);

// A thumb answers at once. The server's answer takes its place; when none comes, the thumb goes back to what it was.
const known = new WeakMap(); // a group of thumbs → which were pressed when the server last said so
const isPressed = (thumb) => thumb.getAttribute("aria-pressed") === "true";

const press = (thumb, pressed) => {
  if (isPressed(thumb) === pressed) return;
  const [, count, words] = thumb.childNodes;
  const number = Number(count.data.replace(/\D/g, "")) + (pressed ? 1 : -1);
  const wish = thumb.id.split("-")[0];
  const path = thumb.getAttribute("hx-post").replace(/[a-z]+\/$/, pressed ? "weg/" : `${wish}/`);
  count.data = ` ${number.toLocaleString("nl-NL")}`;
  words.textContent = ` duimpje${number === 1 ? "" : "s"} ${wish === "op" ? "omhoog" : "omlaag"}`;
  thumb.setAttribute("aria-pressed", pressed);
  for (const name of ["formaction", "hx-post"]) thumb.setAttribute(name, path);
};

document.addEventListener("click", ({ target }) => {
  const thumb = target.closest("button.thumb");
  if (!thumb) return;
  const group = thumb.closest(".thumbs");
  const thumbs = [...group.querySelectorAll("button.thumb")];
  if (!known.has(group)) known.set(group, new Map(thumbs.map((each) => [each, isPressed(each)])));
  const pressed = !isPressed(thumb); // htmx has read by now what this click asks
  for (const each of thumbs) press(each, each === thumb && pressed);
});

const takeBack = ({ target }) => {
  const group = target.closest?.(".thumbs");
  if (!known.has(group)) return;
  for (const [thumb, pressed] of known.get(group)) press(thumb, pressed);
  known.delete(group);
  say("Dat lukte niet. Probeer het straks nog eens.");
};

document.addEventListener("htmx:error", takeBack);
document.addEventListener("htmx:response:error", takeBack);
document.addEventListener("htmx:after:swap", ({ target }) => known.delete(target.closest?.(".thumbs")));

// A page with an error belongs neither in a thumb nor in the news; news that was told is not told again.
document.addEventListener("htmx:before:swap", (event) => {
  const place = event.target.closest?.(".thumbs, .news");
  const { response, text } = event.detail.ctx;
  const isOld = place?.matches(".news") && text.trim() === (place.told ?? "");
  if (place && (response.status >= 400 || isOld)) event.preventDefault();
  else if (place) place.told = text.trim();
});

// Nobody reads a hidden tab: it asks for no news.
document.addEventListener("htmx:before:request", (event) => {
  if (document.hidden && event.target.matches?.(".news")) event.preventDefault();
});

// What is said aloud and shown for a moment, without moving anything.
const said = document.createElement("p");
said.className = "said";
said.setAttribute("role", "status");
document.body.append(said);

const say = (words) => {
  said.textContent = words;
  clearTimeout(said.timer);
  said.timer = setTimeout(() => said.replaceChildren(), 6000);
};

// Sharing: the phone's own sheet, else the link is copied. Where neither can be, it is the link that it is.
const copy = (text) => {
  const field = document.createElement("textarea");
  field.value = text;
  document.body.append(field);
  field.select();
  const copied = document.execCommand("copy");
  field.remove();
  return copied;
};

document.addEventListener("click", async (event) => {
  const link = event.target.closest("a[data-share]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  try {
    if (navigator.share) return await navigator.share({ title: link.dataset.share || document.title, url: link.href });
    await navigator.clipboard.writeText(link.href);
  } catch (error) {
    if (error.name === "AbortError") return; // the sheet was closed again
    if (!copy(link.href)) return location.assign(link.href);
    link.focus();
  }
  say("Link gekopieerd");
});

// A search or a filter that was left empty does not stand in the address.
document.addEventListener("formdata", ({ target, formData }) => {
  if (target.method !== "get") return;
  for (const [name, value] of [...formData]) if (!value) formData.delete(name);
});

// Taking a question along: copy the invitation, keep the mail link up to date with what was typed, print the card.
for (const button of document.querySelectorAll("[data-copy], [data-print]")) button.hidden = false;

document.addEventListener("click", async (event) => {
  if (event.target.closest("[data-print]")) print();
  const button = event.target.closest("[data-copy]");
  if (!button) return;
  const field = document.getElementById(button.dataset.copy);
  field.select();
  try {
    await navigator.clipboard.writeText(field.value);
  } catch {
    document.execCommand("copy"); // on http, and in older browsers
  }
  document.getElementById(`${field.id}-gekopieerd`).textContent = "Gekopieerd.";
});

document.querySelector("[data-invitation]")?.addEventListener("input", ({ target }) => {
  const link = document.querySelector(`[data-mailto="${target.id}"]`);
  link.href = link.href.replace(/(?<=&body=).*/, encodeURIComponent(target.value.replaceAll("\n", "\r\n")));
});

// Drafts: what is typed is kept on the device until the server has said yes, and for a week at most.
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

const noteAt = (form, place, kind, ...words) => {
  form.querySelector(".draft-note")?.remove();
  const note = document.createElement("p");
  note.className = `notice small draft-note ${kind}`;
  note.setAttribute("role", kind ? "alert" : "status");
  note.append(...words);
  place.before(note);
  return note;
};

const restored = new WeakMap(); // a form → the draft that it got back; pictures.js looks after the picture

const fillIn = (place, value) => {
  if (!place || place.value || !value) return;
  place.value = String(value);
  if (place.selectedIndex === -1) place.selectedIndex = 0; // that choice is no more
  const fold = place.closest("details");
  if (fold) fold.open = true;
};

const restoreDraft = (form) => {
  const [key, text] = [draftKey(form), field(form, "text")];
  const draft = readDraft(key);
  if (typeof draft?.text !== "string") return;
  if (["text", "alt", "kept"].some((name) => field(form, name)?.value)) return;
  for (const name of ["text", "alt", "name", "role"]) fillIn(field(form, name), draft[name]);
  restored.set(form, draft);
  const clear = document.createElement("button");
  const [what, words] = draft.text.trim()
    ? ["We hebben je tekst bewaard. ", "Wis deze tekst"]
    : ["We hebben bewaard wat je invulde. ", "Wis dit"];
  Object.assign(clear, { type: "button", className: "button quiet small", textContent: words });
  const note = noteAt(form, text.closest(".field"), "", what, clear);
  clear.addEventListener("click", () => {
    for (const name of ["text", "alt"]) if (field(form, name)) field(form, name).value = "";
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
