// Sharing a link, copying an invitation, printing. Uses saying.js.

// Opens the phone's own share sheet, else copies the link. Where neither works, the link is simply followed.
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

// Buttons that need a script are hidden without one, and that of the share sheet where there is none.
for (const button of document.querySelectorAll("[data-copy], [data-print]")) button.hidden = false;
for (const button of document.querySelectorAll("[data-share-text]")) button.hidden = !navigator.share;

// A consulent's text has a field apart for a personal word. It goes along above the text, is kept nowhere, and is gone
// once it went: nobody gets that of another.
const wordOf = (field) => document.querySelector(`[data-word-of="${field.id}"]`);
const allOf = (field) => [wordOf(field)?.value.trim(), field.value].filter(Boolean).join("\n\n");
const allWent = (field) => {
  const word = wordOf(field);
  if (!word) return;
  word.value = "";
  mailWhatIsTyped(field);
};
// Where copying is refused, both together are shown, selected, until something is typed or copied after all.
const showToCopy = (field, text) => {
  const shown = document.getElementById(`${field.id}-geheel`) ?? field;
  if (shown !== field) shown.value = text;
  shown.closest(".field").hidden = false;
  shown.select();
};
const hideWhole = (field) => {
  const shown = document.getElementById(`${field.id}-geheel`);
  if (shown) [shown.value, shown.closest(".field").hidden] = ["", true];
};

const tellAt = (field, words) => (document.getElementById(`${field.id}-gekopieerd`).textContent = words);

document.addEventListener("click", async (event) => {
  if (event.target.closest("[data-print]")) print();
  const button = event.target.closest("[data-copy]");
  if (!button) return;
  const field = document.getElementById(button.dataset.copy);
  const text = allOf(field);
  let copied = true;
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    copied = copy(text); // on http, in older browsers, and where it was refused
    button.focus();
  }
  if (!copied) {
    showToCopy(field, text);
    return tellAt(field, "Kopiëren lukte niet. De tekst is geselecteerd: kopieer hem zelf.");
  }
  hideWhole(field);
  allWent(field);
  tellAt(field, "Gekopieerd.");
});

document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-share-text]");
  if (!button) return;
  const field = document.getElementById(button.dataset.shareText);
  try {
    await navigator.share({ text: allOf(field).trim() });
    allWent(field);
  } catch (error) {
    if (error.name !== "AbortError") tellAt(field, "Delen lukte niet. Kopieer de tekst.");
  }
});

// The mail link of an invitation follows what is typed, as long as programs take it: werkplaats/invited/mailto.py.
const LONGEST_MAILTO = 1800;
const mailWhatIsTyped = (field) => {
  const link = document.querySelector(`[data-mailto="${field.id}"]`);
  link.href = link.href.replace(/&body=.*/, `&body=${encodeURIComponent(allOf(field).replaceAll("\n", "\r\n"))}`);
  link.hidden = link.href.length > LONGEST_MAILTO;
  document.getElementById(`${field.id}-te-lang`).hidden = !link.hidden;
};
document.addEventListener("click", ({ target }) => {
  const link = target.closest("[data-mailto]");
  if (link) setTimeout(() => allWent(document.getElementById(link.dataset.mailto))); // once it was followed
});

// What was typed in an invitation that has a key stays on this device, as a draft does and as long: drafts.js; a personal
// word does not. It is of the text that stood there; when that is another one, it begins anew.
const invitation = document.querySelector("[data-invitation]");
if (invitation) {
  const key = invitation.dataset.invitation && `concept:uitnodiging:${invitation.dataset.invitation}`;
  const again = document.querySelector(`[data-restore="${invitation.id}"]`);
  const keep = (work) => {
    try {
      return key ? work(localStorage) : null;
    } catch {
      return null; // a browser may refuse to keep anything
    }
  };
  const word = wordOf(invitation);
  if (word) {
    word.closest(".field").hidden = false;
    invitation.value = invitation.defaultValue.trimStart(); // the empty first line is for who has no script
  }
  const before = invitation.value;
  const show = () => {
    mailWhatIsTyped(invitation);
    if (again) again.hidden = invitation.value === before;
  };
  const kept = keep((storage) => JSON.parse(storage.getItem(key)));
  if (kept?.of === before) invitation.value = kept.text;
  show();
  const changed = () => {
    hideWhole(invitation);
    tellAt(invitation, "");
    show();
  };
  invitation.addEventListener("input", () => {
    keep((storage) => storage.setItem(key, JSON.stringify({ at: Date.now(), of: before, text: invitation.value })));
    changed();
  });
  word?.addEventListener("input", changed);
  again?.addEventListener("click", () => {
    keep((storage) => storage.removeItem(key));
    invitation.value = before;
    show();
    invitation.focus();
    invitation.setSelectionRange(0, 0);
  });
}
