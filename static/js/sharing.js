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

const tellAt = (field, words) => (document.getElementById(`${field.id}-gekopieerd`).textContent = words);

document.addEventListener("click", async (event) => {
  if (event.target.closest("[data-print]")) print();
  const button = event.target.closest("[data-copy]");
  if (!button) return;
  const field = document.getElementById(button.dataset.copy);
  field.select();
  let copied = true;
  try {
    await navigator.clipboard.writeText(field.value);
  } catch {
    copied = document.execCommand("copy"); // on http, in older browsers, and where it was refused
  }
  tellAt(field, copied ? "Gekopieerd." : "Kopiëren lukte niet. De tekst is geselecteerd: kopieer hem zelf.");
});

document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-share-text]");
  if (!button) return;
  const field = document.getElementById(button.dataset.shareText);
  try {
    await navigator.share({ text: field.value.trim() });
  } catch (error) {
    if (error.name !== "AbortError") tellAt(field, "Delen lukte niet. Kopieer de tekst.");
  }
});

// The mail link of an invitation follows what is typed, as long as programs take it: werkplaats/invited/mailto.py.
const LONGEST_MAILTO = 1800;
const mailWhatIsTyped = (field) => {
  const link = document.querySelector(`[data-mailto="${field.id}"]`);
  link.href = link.href.replace(/&body=.*/, `&body=${encodeURIComponent(field.value.replaceAll("\n", "\r\n"))}`);
  link.hidden = link.href.length > LONGEST_MAILTO;
  document.getElementById(`${field.id}-te-lang`).hidden = !link.hidden;
};

// What was typed in an invitation that has a key stays on this device, as a draft does and as long: drafts.js. It is of
// the text that stood there; when that is another one, it begins anew.
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
  const show = () => {
    mailWhatIsTyped(invitation);
    if (again) again.hidden = invitation.value === invitation.defaultValue;
  };
  const before = invitation.defaultValue;
  const kept = keep((storage) => JSON.parse(storage.getItem(key)));
  if (kept?.of === before) invitation.value = kept.text;
  show();
  invitation.addEventListener("input", () => {
    keep((storage) => storage.setItem(key, JSON.stringify({ at: Date.now(), of: before, text: invitation.value })));
    tellAt(invitation, "");
    show();
  });
  again?.addEventListener("click", () => {
    keep((storage) => storage.removeItem(key));
    invitation.value = before;
    show();
    invitation.focus();
    invitation.setSelectionRange(0, 0);
  });
}
