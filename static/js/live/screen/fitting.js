// Words that take more room than their number says (capitals, other scripts, one word without an end) get the next smaller
// size until they fit. Sizes are classes of css/live/screen_scenes.css; the last one says how many lines there are.

const SIZES = ["is-medium", "is-long", "is-longest", "is-smallest"];

// A line too many counts: the letters themselves are higher than their line.
const isCut = (words) => words.scrollHeight - words.clientHeight > parseFloat(getComputedStyle(words).lineHeight) / 2;

const fit = (box) => {
  for (const size of SIZES) {
    if (!isCut(box.firstElementChild)) return;
    box.classList.add(size);
  }
};

const fitAll = () => document.querySelectorAll(".stage:not(.leaves) :is(.voice, .spot)").forEach(fit);

// A letter that came late is as wide as it is.
document.fonts?.ready.then(fitAll);
addEventListener("resize", fitAll);
