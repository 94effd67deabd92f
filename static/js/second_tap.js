// The one guard against a second tap. Without it a double tap would take back its own thumb, score the next idea, open
// the next stage of a round, or press whatever the answer put under the finger. Keys pass: their clicks have no detail.

// A tap on `on` is too soon for `pause` milliseconds after content came in the element with id `came` ("": the page
// itself). With `near`, only within so many pixels of the tap that asked for that content.
const TOO_SOON = [
  { on: ".stick", came: "tafel", pause: 400 },
  { on: ".stick, .vote", came: "nu", pause: 400 },
  { on: ".stage-buttons :is(button, summary)", came: "", pause: 1000 },
  { on: "*", came: "peiling", pause: 600, near: 40 },
  { on: "*", came: "leiding", pause: 700, near: 40 },
  { on: "*", came: "meelezen", pause: 700, near: 40 },
];
const COUNTED = ".thumb, .stick"; // these stay under the finger, where the browser itself counts taps

const last = { x: 0, y: 0 }; // where the last tap was
const came = new Map([["", { ...last, at: performance.now() }]]); // id → when, and where the last tap was

document.addEventListener("htmx:after:swap", ({ detail }) => {
  if (detail.ctx.isUnasked) return; // nobody tapped for it
  came.set(detail.ctx.target?.id, { ...last, at: performance.now() });
});

const isSecondTap = ({ target, detail, clientX, clientY }) => {
  if (detail > 1 && target.closest(COUNTED)) return true;
  return TOO_SOON.some(({ on, came: place, pause, near = Infinity }) => {
    const { at, x, y } = came.get(place) ?? { at: -Infinity };
    return target.closest(on) && performance.now() < at + pause && Math.hypot(clientX - x, clientY - y) < near;
  });
};

document.addEventListener(
  "click",
  (event) => {
    if (!event.detail) return;
    if (!isSecondTap(event)) return void Object.assign(last, { x: event.clientX, y: event.clientY });
    event.preventDefault();
    event.stopImmediatePropagation();
  },
  true,
);
