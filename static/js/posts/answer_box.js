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
