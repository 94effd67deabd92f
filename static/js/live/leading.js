// The page of who leads a café or helps in it: it keeps up with the room by itself, tells how much time is left, and says
// when there is no internet. What is being read or filled in stays as it is. Uses saying.js and following.js.

const desk = () => document.getElementById("leiding") ?? document.getElementById("meelezen");
const EVERY = 12000; // milliseconds: whether the screen is still there nobody tells

// An open fold is being read: what comes anew leaves it alone.
document.addEventListener("toggle", ({ target }) => {
  if (target.matches?.(".room .fold")) target.toggleAttribute("hx-morph-skip", target.open);
}, true);

const readAlong = () => document.querySelectorAll(".room-helper[data-taken]").length;
let isRefreshing = false, isAsked = false, isSending = false;

const refresh = async () => {
  if (isRefreshing || isSending) { isAsked = true; return; }
  isRefreshing = true;
  isAsked = false;
  // The link for who reads along is told once: it stays until a phone took it.
  const link = document.querySelector(".room-link")?.cloneNode(true), helpers = readAlong();
  try {
    await htmx.ajax("GET", desk().dataset.here, { source: desk(), target: desk(), swap: "outerMorph" });
    if (link && readAlong() <= helpers && !document.querySelector(".room-link")) document.querySelector(".room-helpers")?.append(link);
  } finally {
    isRefreshing = false;
    if (isAsked) refresh();
  }
};

const noInternet = (isAway) => document.body.classList.toggle("is-offline", isAway);

// A press that got no answer did nothing, and is not kept for later: by then the room may be elsewhere.
document.addEventListener("htmx:before:request", ({ detail }) => {
  if (detail.ctx.request.method === "POST") isSending = true;
  else detail.ctx.isUnasked = isRefreshing;
});
document.addEventListener("htmx:finally:request", ({ detail }) => {
  if (detail.ctx.request.method !== "POST") return;
  isSending = false;
  if (isAsked) refresh();
});
document.addEventListener("htmx:error", ({ detail }) => {
  if (!detail.ctx || detail.ctx.request.method !== "POST") return;
  noInternet(true);
  say("Geen verbinding. Er is niets veranderd.");
});

// What is left of the time, by the clock of the server. What is near its end is said once.
let skew = 0, toldFor = "";
const sayOnce = (key, words) => {
  if (toldFor === key) return;
  toldFor = key;
  document.getElementById("gezegd").textContent = words;
};
const tick = () => {
  const timer = document.querySelector(".room-timer");
  if (!timer) return;
  if (timer.dataset.now !== timer.seenNow) {
    timer.seenNow = timer.dataset.now;
    skew = new Date(timer.dataset.now) - Date.now();
  }
  const left = Math.max(0, Math.round((new Date(timer.dataset.ends) - Date.now() - skew) / 1000));
  const words = left ? `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}` : "om";
  const place = timer.querySelector("[data-left]");
  if (place.textContent !== words) place.textContent = words;
  if (!left) sayOnce(`${timer.dataset.ends} om`, "De tijd is om.");
  else if (left <= 60) sayOnce(`${timer.dataset.ends} bijna`, "Nog één minuut.");
};
setInterval(tick, 250);
tick();

const room = followRoom(desk().dataset.code, {
  stream: "leiding",
  onState: refresh,
  onWaits: refresh,
  onLine: (isFine) => noInternet(!isFine),
});
setInterval(refresh, EVERY);
document.addEventListener("click", ({ target }) => {
  if (!target.closest("[data-again]")) return;
  room.look();
  refresh();
});
document.addEventListener("htmx:after:swap", tick);
