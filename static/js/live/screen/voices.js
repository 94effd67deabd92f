// Four fixed places for what a room says. One voice at a time comes, where the oldest was, and nothing else moves: people
// read. What is taken away leaves at once. Uses the stage of stage.js.

const PACE = 8000; // milliseconds between two voices

const voices = {
  question: "", // whose voices these are
  words: new Map(), // by number: the HTML of each that stands
  places: [null, null, null, null], // the number that has this place
  waiting: [], // numbers, the oldest first
  stood: new Set(), // the numbers of the last state: one that was taken away may come back
  fresh: null, // the number that came last
  cameAt: -Infinity,
  isHeld: false,
  timer: 0,
};

const placeList = () => beamer.querySelector(".stage:not(.leaves) [data-places]");

// What stands in an element of a place, so that it is drawn again only when it is another.
const drawnIn = new WeakMap();

const drawPlace = (item, number) => {
  const words = number === null ? "" : voices.words.get(number);
  const isFresh = number !== null && number === voices.fresh;
  item.classList.toggle("is-new", isFresh);
  item.querySelector(".badge")?.remove();
  if (drawnIn.get(item) !== words) {
    item.querySelector(".voice")?.remove();
    item.insertAdjacentHTML("beforeend", words);
    item.classList.toggle("is-taken", Boolean(words));
    drawnIn.set(item, words);
    item.querySelectorAll(".voice").forEach(fit);
  }
  if (isFresh) item.insertAdjacentHTML("beforeend", '<p class="badge">nieuw</p>');
};

const drawPlaces = () => {
  const list = placeList();
  if (list) [...list.children].forEach((item, place) => drawPlace(item, voices.places[place]));
};

const nextVoice = () => {
  clearTimeout(voices.timer);
  if (!placeList() || voices.isHeld || !voices.waiting.length) return;
  const rest = voices.cameAt + PACE - performance.now();
  if (rest > 0) {
    voices.timer = setTimeout(nextVoice, rest);
    return;
  }
  const empty = voices.places.indexOf(null);
  const oldest = voices.places.indexOf(Math.min(...voices.places));
  const number = voices.waiting.shift();
  voices.places[empty < 0 ? oldest : empty] = number;
  voices.fresh = number;
  voices.cameAt = performance.now();
  drawPlaces();
  nextVoice();
};

// A screen that opens, or comes to this question, shows the last ones at once.
const startVoices = (question, told, stand) => {
  const last = told.slice(-4).map(([number]) => number);
  voices.question = question;
  voices.words = new Map(told);
  voices.places = [0, 1, 2, 3].map((place) => last[place] ?? null);
  voices.waiting = [];
  voices.stood = new Set(stand);
  voices.fresh = null;
  voices.cameAt = -Infinity;
};

const hearVoices = (state) => {
  const list = placeList();
  if (state.kind !== "vraag") voices.question = "";
  else if (list && list.dataset.places !== voices.question) startVoices(list.dataset.places, state.voices, state.stand);
  else {
    // One that is large for a while has the others wait behind it.
    const stand = new Set(state.stand);
    state.voices.forEach(([number, words]) => voices.words.set(number, words));
    voices.waiting.push(...state.voices.map(([number]) => number).filter((number) => !voices.stood.has(number)));
    voices.stood = stand;
    voices.waiting = voices.waiting.filter((number) => stand.has(number));
    voices.places = voices.places.map((number) => (stand.has(number) ? number : null));
    voices.words.forEach((_, number) => {
      if (!stand.has(number)) voices.words.delete(number);
    });
  }
  drawPlaces();
  nextVoice();
};

const holdVoices = () => {
  voices.isHeld = !voices.isHeld;
  document.getElementById("wacht-even").hidden = !voices.isHeld;
  nextVoice();
};
