// Moves the focus to what a form answered (an error summary, a notice: [data-focus]), else to the contribution that a
// link points to.

const seen = new WeakSet();

const focusAnswer = () => {
  const answer = [...document.querySelectorAll("[data-focus]")].find((element) => !seen.has(element));
  if (!answer) return false;
  seen.add(answer);
  // Sent twice, a contribution comes back twice: the newest stays.
  for (const twin of document.querySelectorAll(`article[id="${answer.id}"]`)) if (twin !== answer) twin.remove();
  answer.focus({ preventScroll: true });
  (answer.closest("fieldset") ?? answer).scrollIntoView({ block: "nearest" }); // the title of a choice, with the choice
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
