// Drafts: what is typed is kept on the device until the server has said yes, and for a week at most. Uses saying.js.
// Each tab keeps its own: what one sends takes nothing of another away.

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

// Who is logged in, as the page says it: empty for nobody. A draft is of whoever typed it.
const whoIn = (place) => place?.dataset.who ?? "";

// A number of this tab: it stays when the tab goes to another page.
const TAB = "tab";
const newTab = () => `${Date.now().toString(36)}${Math.random().toString(36).slice(2, 8)}`;
const tabOf = () => {
  try {
    if (!sessionStorage.getItem(TAB)) sessionStorage.setItem(TAB, newTab());
    return sessionStorage.getItem(TAB);
  } catch {
    return newTab();
  }
};
const tab = tabOf();

const draftPlace = (form) => DRAFT + new URL(form.getAttribute("action"), location.href).pathname;
const draftKey = (form) => `${draftPlace(form)}#${tab}`;
const readDraft = (key) => device((storage) => JSON.parse(storage.getItem(key)));
const putDraft = (key, draft) => device((storage) => storage.setItem(key, JSON.stringify(draft)) ?? true);
const dropDraft = (key) => device((storage) => storage.removeItem(key));
const field = (form, name) => form.elements.namedItem(name);

// What this tab typed in a place; else the newest of the other tabs, which may be closed by now: then `from` names them.
// Where this page sent something already, what lies in other tabs is not its own.
const sentIn = new Set();
const findDraft = (place) => {
  const own = readDraft(`${place}#${tab}`);
  if (own || sentIn.has(place)) return own;
  const keys = device((storage) => Object.keys(storage).filter((key) => key.startsWith(`${place}#`))) ?? [];
  const found = keys.map((key) => [key, readDraft(key)]).filter(([, draft]) => draft);
  const [newest] = found.sort(([, one], [, other]) => other.at - one.at);
  return newest && { ...newest[1], from: [...(newest[1].from ?? []), newest[0]] };
};

// What arrived is kept no more; nor in the tabs from which it came, as far as it was in what arrived. What another typed
// in the same place stays.
const draftArrived = (key) => {
  sentIn.add(key.split("#")[0]);
  const { text = "", before, from = [] } = readDraft(key) ?? {};
  for (const other of from) if (text.includes(readDraft(other)?.text.trim() ?? "")) dropDraft(other);
  return before ? putDraft(key, before) : dropDraft(key);
};

const ofOthers = new WeakMap(); // a form → the draft of another that lies under it
const origins = new WeakMap(); // a form → the tabs from which its draft came

// The picture is the name under which the server keeps it; one that is not there yet has to be chosen again.
const keepDraft = (form) => {
  const before = ofOthers.get(form);
  const draft = { at: Date.now(), who: whoIn(form), before, from: origins.get(form) };
  draft.picked = Boolean(field(form, "picture")?.files.length);
  for (const name of ["text", "alt", "kept", "name", "role"]) draft[name] = field(form, name)?.value ?? "";
  if (!`${draft.text}${draft.alt}${draft.kept}`.trim()) return before ? putDraft(draftKey(form), before) : dropDraft(draftKey(form));
  return putDraft(draftKey(form), draft);
};

// Going back shows a form as the browser remembers it, also what stood there before this device was wiped, or before
// somebody else was logged in. Pages know since when they are in the history of their tab, and every tab when that was.
const WIPED = "gewist";
const WHO = "wie";
const wiped = (at) =>
  device((storage) => {
    if (at) storage.setItem(WIPED, at);
    return Number(storage.getItem(WIPED));
  }) ?? 0;
if (document.querySelector("[data-wiped]")) {
  wiped(Date.now());
  device((storage) => storage.removeItem(WHO));
}
const marked = document.querySelector("[data-who]");
if (marked && (device((storage) => storage.getItem(WHO)) ?? "") !== whoIn(marked)) {
  device((storage) => storage.setItem(WHO, whoIn(marked)));
  wiped(Date.now());
}
if (!history.state?.since) history.replaceState({ ...history.state, since: Date.now() }, "");
addEventListener("pageshow", ({ persisted }) => {
  if ((history.state?.since ?? 0) >= wiped()) return;
  for (const form of document.forms) form.reset();
  history.replaceState({ ...history.state, since: Date.now() }, "");
  if (persisted) return location.reload();
  for (const form of document.querySelectorAll("form[data-draft]")) restoreDraft(form);
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

const quietButton = (textContent, act) => {
  const button = Object.assign(document.createElement("button"), { type: "button", textContent });
  button.className = "button quiet small";
  button.addEventListener("click", act);
  return button;
};

const restoreDraft = (form) => {
  const draft = findDraft(draftPlace(form));
  if (typeof draft?.text !== "string") return;
  if (["text", "alt", "kept"].some((name) => field(form, name)?.value)) return;
  const isElsewhere = !readDraft(draftKey(form));
  if ((draft.who ?? "") !== whoIn(form)) return askWhose(form, draft, isElsewhere);
  if (draft.from) origins.set(form, draft.from);
  if (draft.before) ofOthers.set(form, draft.before);
  giveBack(form, draft, ["text", "alt", "name", "role"]);
  restored.set(form, draft);
  if (isElsewhere) putDraft(draftKey(form), draft);
};

// Fills in what `names` say of a draft, with a way to be rid of it.
const giveBack = (form, draft, names) => {
  const text = field(form, "text");
  const filled = names.filter((name) => fillIn(field(form, name), draft[name]));
  const [what, words] = draft.text.trim()
    ? ["We hebben je tekst bewaard. ", "Wis deze tekst"]
    : ["We hebben bewaard wat je invulde. ", "Wis dit"];
  const clear = quietButton(words, () => {
    // The name and the role too, for it may be another who comes; not what was typed over them since.
    const those = filled.filter((name) => field(form, name).value === String(draft[name]));
    for (const name of ["text", "alt", ...those]) if (field(form, name)) field(form, name).value = "";
    form.querySelector("[data-forget]")?.click();
    draftArrived(draftKey(form));
    note.remove();
    text.focus();
  });
  const told = Object.assign(document.createElement("span"), { className: "draft-what", textContent: what });
  const note = noteAt(form, text.closest(".field"), "", told, clear);
};

// Somebody typed it here while another was logged in, or nobody. Who says that it was them gets the words; a name and a
// role are never those of another, nor is a picture.
const askWhose = (form, draft, isElsewhere) => {
  const text = field(form, "text");
  if (!isElsewhere) ofOthers.set(form, draft); // the place of another tab keeps what is there
  const done = () => {
    ofOthers.delete(form);
    note.remove();
    text.focus();
  };
  const show = quietButton("Toon", () => {
    done();
    if (!text.value) giveBack(form, draft, ["text", "alt"]);
    else text.value += `\n\n${draft.text}`;
    origins.set(form, draft.from);
    keepDraft(form);
  });
  const drop = quietButton("Wis", () => {
    done();
    for (const other of draft.from ?? []) dropDraft(other);
    keepDraft(form); // what was typed over it since, if anything
  });
  const asked = "Op dit apparaat is iets getypt dat niet verstuurd werd. Was jij dat? ";
  const note = noteAt(form, text.closest(".field"), "", asked, show, " ", drop);
};

// «Was jij dat?» No: then what lies here unsent is not theirs either.
document.addEventListener("submit", ({ target, submitter }) => {
  if (!submitter?.matches("[data-drops-others]")) return;
  wiped(Date.now());
  device((storage) => {
    for (const key of Object.keys(storage).filter((key) => key.startsWith(DRAFT))) {
      const draft = readDraft(key);
      if ((draft?.who ?? "") !== whoIn(target)) dropDraft(key);
      else putDraft(key, { ...draft, before: undefined });
    }
  });
});

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
for (const { dataset } of document.querySelectorAll("[data-placed]")) draftArrived(`${DRAFT}${dataset.placed}#${tab}`);
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
  if (form && detail.ctx.response.headers.get("X-Geplaatst")) draftArrived(draftKey(form));
});

document.addEventListener("htmx:error", ({ target, detail }) => {
  const form = target.closest?.("form[data-draft]");
  if (!form || !detail.ctx) return;
  const isKept = keepDraft(form) ? "Je tekst is bewaard." : "Laat deze pagina open: je tekst staat er nog.";
  noteAt(form, form.querySelector(":scope > .actions"), "problem", `Geen verbinding. ${isKept} Druk straks nog eens op de knop.`);
});
