// The browser asks before a form of the back office is left in which something was typed that is not saved.

const asksBeforeLeaving = [...document.querySelectorAll("#content-main > form[method=post], form.asking[method=post]")];

// What a browser filled in again after a lost connection is told apart too: nothing is noted while somebody types.
const isTyped = ({ type, options, checked, defaultChecked, files, value, defaultValue }) => {
  if (type === "hidden" || type === "submit") return false;
  if (type === "checkbox" || type === "radio") return checked !== defaultChecked;
  if (type === "file") return files.length > 0;
  if (!options) return defaultValue !== undefined && value !== defaultValue; // a button has none
  const chosen = [...options].filter((option) => option.defaultSelected);
  const first = chosen.length || type === "select-multiple" ? chosen : [options[0]];
  return [...options].some((option) => option.selected !== first.includes(option));
};

const isOpen = (form) => form.querySelector("[data-unsaved]") || [...form.elements].some(isTyped);

if (asksBeforeLeaving.length) {
  let sent = null;
  document.addEventListener("submit", ({ target }) => (sent = target));
  addEventListener("pageshow", () => (sent = null));
  addEventListener("beforeunload", (event) => {
    if (asksBeforeLeaving.some((form) => form !== sent && isOpen(form))) event.preventDefault();
  });
}
