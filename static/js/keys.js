// A key that is held down presses once: what opens under it would be pressed too, before anybody read it.
// In a box of several lines, and in what is typed, it repeats as everywhere.
const typesOn = ({ key, target }) => target.matches("textarea, [contenteditable]") || (key === " " && target.matches("input:not([type=checkbox], [type=radio], [type=submit], [type=button])"));

document.addEventListener(
  "keydown",
  (event) => {
    if (!event.repeat || !["Enter", " "].includes(event.key) || typesOn(event)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
  },
  true,
);
