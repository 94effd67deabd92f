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

// Buttons that need a script are hidden without one. The mail link of an invitation follows what is typed.
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
  link.href = link.href.replace(/&body=.*/, `&body=${encodeURIComponent(target.value.replaceAll("\n", "\r\n"))}`);
});
