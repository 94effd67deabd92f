// Words that take more room than their number says (capitals, other scripts, one word without an end) get the next smaller
// size until they fit. Sizes are classes of css/live/screen_scenes.css and screen_results.css; the last one says how many
// lines there are.

const SIZES = ["is-medium", "is-long", "is-longest", "is-smallest"];

// Most of a line counts: the letters themselves are higher than their line.
const isCut = (words) => words.scrollHeight - words.clientHeight > parseFloat(getComputedStyle(words).lineHeight) / 3;

const fit = (box) => {
  for (const size of SIZES) {
    if (!isCut(box.querySelector("p"))) return;
    box.classList.add(size);
  }
};

const BOXES = ":is(.voice, .spot, .cards > li, .ideas > li, .ranking > li)";
const fitAll = () => document.querySelectorAll(`.stage:not(.leaves) ${BOXES}`).forEach(fit);

// A letter that came late is as wide as it is.
document.fonts?.ready.then(fitAll);
addEventListener("resize", fitAll);
