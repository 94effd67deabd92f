// The browser asks before a form of the back office is left in which something was typed that is not saved.

const asksBeforeLeaving = document.querySelector("#content-main > form[method=post], form.asking[method=post]");

// What a browser filled in again after a lost connection is told apart too: nothing is noted while somebody types.
const isTyped = ({ type, options, checked, defaultChecked, files, value, defaultValue }) => {
  if (type === "hidden" || type === "submit") return false;
  if (type === "checkbox" || type === "radio") return checked !== defaultChecked;
  if (type === "file") return files.length > 0;
  if (!options) return value !== defaultValue;
  const chosen = [...options].filter((option) => option.defaultSelected);
  const first = chosen.length || type === "select-multiple" ? chosen : [options[0]];
  return [...options].some((option) => option.selected !== first.includes(option));
};

if (asksBeforeLeaving) {
  let isSent = false;
  asksBeforeLeaving.addEventListener("submit", () => (isSent = true));
  addEventListener("pageshow", () => (isSent = false));
  addEventListener("beforeunload", (event) => {
    const isOpen = asksBeforeLeaving.querySelector("[data-unsaved]") || [...asksBeforeLeaving.elements].some(isTyped);
    if (isOpen && !isSent) event.preventDefault();
  });
}
