// The desk where people place stickers. Uses saying.js.

// A sticker shows at once that it is on its way. When it did not arrive, the desk says so until the next one does.
const LOST = new Map([
  ["#plak", "Je sticker is niet geplakt: tik nog eens."],
  [".desk-nav a", "Tik nog eens."],
]);

const lose = (source, why) => {
  const [, advice] = [...LOST].find(([selector]) => source.matches?.(selector)) ?? [];
  if (!advice) return false;
  const desk = document.getElementById("tafel");
  for (const stick of desk.querySelectorAll(".is-sent")) stick.classList.remove("is-sent");
  noteAt(desk, desk.querySelector(".desk-nav"), "problem", `${why} ${advice}`).scrollIntoView({ block: "nearest" });
  return true;
};

document.addEventListener("submit", ({ submitter }) => {
  if (submitter?.matches(".stick")) submitter.classList.add("is-sent");
});

document.addEventListener("htmx:error", ({ target, detail }) => detail.ctx && lose(target, "Geen verbinding."));

// Whatever says that the site does not answer, ours or the proxy's, is no idea to score.
document.addEventListener("htmx:before:swap", (event) => {
  if (event.detail.ctx.response.status >= 500 && lose(event.target, "Dat lukte niet.")) event.preventDefault();
});
