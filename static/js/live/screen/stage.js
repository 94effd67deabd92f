// What stands on the screen follows the state of the room. A part that did not change stays as it is; another scene comes
// in the place of the last one, calmly. Without a connection the last one stays, and says of when it is.

const FADE = 700, LOST = 3000; // milliseconds: of one scene into another, and until a lost connection is told
const isCalm = matchMedia("(prefers-reduced-motion: reduce)");

let told = null; // the last state
let partsTold = new Map(); // by the name of a part: its HTML as the server gave it

const stageOf = (html) => {
  const made = document.createElement("template");
  made.innerHTML = html;
  return made.content.querySelector(".stage");
};

const htmlOf = (stage) => new Map([...stage.querySelectorAll("[data-part]")].map((part) => [part.dataset.part, part.outerHTML]));

// What has to be gone is gone at once: a screen that is emptied, a voice that is taken away.
const fades = (old, state) => told !== null && state.kind !== "leeg" && !old.matches(".is-uitgelicht, .is-leeg") && !isCalm.matches;

const swapStage = (old, stage, state) => {
  document.querySelectorAll(".stage.leaves").forEach((left) => left.remove());
  if (fades(old, state)) {
    old.before(stage);
    old.classList.add("leaves");
    old.setAttribute("aria-hidden", "true");
    setTimeout(() => old.remove(), FADE);
  } else old.replaceWith(stage);
};

const showStage = (state) => {
  const stage = stageOf(state.screen);
  const old = beamer.querySelector(".stage:not(.leaves)");
  const parts = htmlOf(stage);
  if (told === null || told.task !== state.task || [...parts.keys()].join() !== [...partsTold.keys()].join()) {
    swapStage(old, stage, state);
  } else {
    parts.forEach((html, name) => {
      if (partsTold.get(name) === html) return;
      old.querySelector(`[data-part="${name}"]`).replaceWith(stage.querySelector(`[data-part="${name}"]`));
    });
  }
  partsTold = parts;
  fitAll();
};

const hearState = (state) => {
  if (told !== null && state.version < told.version) return;
  hearTime(state.now);
  ends = state.ends === null ? null : Date.parse(state.ends);
  document.documentElement.className = state.dark ? "is-dark" : "is-light";
  document.title = `${state.title} · het scherm`;
  showStage(state);
  told = state;
  showTime();
  hearVoices(state);
  beamer.dataset.version = state.version;
};

let seenAt = serverTime(), lost = 0;
const hearLine = (isFine) => {
  const sign = document.getElementById("geen-internet");
  if (isFine) {
    seenAt = serverTime();
    clearTimeout(lost);
    lost = 0;
    sign.hidden = true;
  } else if (!lost) {
    lost = setTimeout(() => {
      sign.querySelector("b").textContent = onTheClock(seenAt);
      sign.hidden = false;
    }, LOST);
  }
};

const room = followRoom(beamer.dataset.code, { stream: "scherm", onState: hearState, onLine: hearLine });

// A computer at a beamer does not fall asleep meanwhile.
const stayAwake = () => navigator.wakeLock?.request("screen").catch(() => {});
document.addEventListener("visibilitychange", () => { if (!document.hidden) stayAwake(); });
stayAwake();
