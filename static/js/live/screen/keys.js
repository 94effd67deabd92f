// The keys of who leads, for a laptop at the beamer and a clicker in the hand. They press what stands on the leader's own
// page, with the turn that this screen shows: who was second is told. Without a log-in there is no form, and no key works.

const SAID = 6000; // milliseconds that a line of the screen stands
const TAKEN = "Iemand anders was je net voor. Kijk wat er nu staat.";
const LOGGED_OUT = "Je bent uitgelogd. Log in op de bladzijde van wie leidt.";
const FAILED = "Dat lukte niet. Probeer het nog een keer.";

const form = document.getElementById("toetsen");
const help = document.getElementById("toetsen-uitleg");

const say = (words) => {
  const sign = document.getElementById("gezegd");
  sign.textContent = words;
  sign.hidden = false;
  setTimeout(() => { sign.hidden = true; }, SAID);
};

let pressed = ""; // a clicker that bounces presses twice in one turn

const press = async (name) => {
  const address = form.dataset[name];
  if (!address || told === null || pressed === `${name} ${told.turn}`) return;
  pressed = `${name} ${told.turn}`;
  const body = new FormData(form);
  body.set("beurt", told.turn);
  if (name === "clear") body.set("leeg", told.kind === "leeg" ? "nee" : "ja");
  try {
    // As htmx asks: who is not logged in any more is told so, and not led to another page.
    const answer = await fetch(address, { method: "POST", body, headers: { "HX-Request": "true" } });
    if (!answer.ok) pressed = "";
    if (answer.status === 409) say(TAKEN);
    else if (answer.status === 401) say(LOGGED_OUT);
    else if (!answer.ok) say(FAILED);
  } catch (error) {
    pressed = "";
    say(FAILED);
  }
  room.look();
};

const fillScreen = () => {
  if (document.fullscreenElement) document.exitFullscreen();
  else document.documentElement.requestFullscreen?.();
};

// A clicker has the keys of pages.
const KEYS = {
  ArrowRight: () => press("go"),
  PageDown: () => press("go"),
  ArrowLeft: () => press("back"),
  PageUp: () => press("back"),
  r: () => press("reveal"),
  b: () => press("clear"),
  p: holdVoices,
  f: fillScreen,
  "?": () => { help.hidden = !help.hidden; },
  Escape: () => { help.hidden = true; },
};

if (form) {
  document.addEventListener("keydown", (event) => {
    const act = KEYS[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    if (!act || event.repeat || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    act();
  });
}
