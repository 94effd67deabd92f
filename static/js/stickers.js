// The desk where people place stickers, and the page that leads a round. Stands on site.js: `noteAt` is its own.

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

// A finger that did not wait would score the next idea, or open the next stage. The keyboard cannot slip: its clicks
// have no detail.
const PAUSE = 400; // milliseconds, after another idea came
const STAGE_PAUSE = 1000; // after the page came
const cameAt = performance.now();
let swappedAt = -Infinity;

document.addEventListener("htmx:after:swap", ({ detail }) => {
  if (detail.ctx.target.id === "tafel") swappedAt = performance.now();
});

document.addEventListener(
  "click",
  (event) => {
    const now = performance.now();
    const isStick = event.target.closest(".stick") && now < swappedAt + PAUSE;
    const isStage = event.target.closest(".stage-buttons :is(button, summary)") && now < cameAt + STAGE_PAUSE;
    if (!event.detail || !(isStick || isStage)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
  },
  true,
);
