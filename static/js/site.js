// Everything works without this file. It puts the focus where a person expects it: on what a form answered
// (an error summary, a notice: [data-focus]), else on the contribution that a link points to.

const seen = new WeakSet();

const focusAnswer = () => {
  const answer = [...document.querySelectorAll("[data-focus]")].find((element) => !seen.has(element));
  if (!answer) return false;
  seen.add(answer);
  answer.focus({ preventScroll: true });
  answer.scrollIntoView({ block: "nearest" });
  return true;
};

const focusTarget = () => {
  const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (target?.matches("article, fieldset, input, select, textarea")) target.focus({ preventScroll: true });
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
