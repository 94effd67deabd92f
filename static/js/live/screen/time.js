// The time on the screen is the server's, whatever the computer at the beamer says; minutes are told, never seconds.

const beamer = document.getElementById("scherm");
const MINUTE = 60000;

// What the server says was a moment ago when it is read here: the latest of all that it said is the nearest.
let ahead = Date.parse(beamer.dataset.now) - performance.now();
const hearTime = (told) => {
  ahead = Math.max(ahead, Date.parse(told) - performance.now());
};
const serverTime = () => ahead + performance.now();

const hours = new Intl.DateTimeFormat("nl-NL", { hour: "numeric", minute: "2-digit", timeZone: "Europe/Amsterdam" });
const onTheClock = (moment) => hours.format(moment).replace(":", ".").replace(/^0(?=\d)/, "");

const write = (place, text) => {
  if (place.textContent !== text) place.textContent = text;
};

let ends = null; // when the time of the scene is over, as the server says; null without such a time

const showMinutes = (stage) => {
  const left = Math.max(0, Math.ceil((ends - serverTime()) / MINUTE));
  stage.querySelectorAll("[data-minutes]").forEach((place) => write(place, String(left)));
  stage.querySelectorAll("[data-minutes-word]").forEach((place) => write(place, left === 1 ? "minuut" : "minuten"));
  stage.querySelectorAll("[data-if]").forEach((place) => {
    place.hidden = (place.dataset.if === "over") !== (left === 0);
  });
  stage.querySelectorAll("[data-pips]").forEach(({ children }) => {
    [...children].forEach((pip, number) => pip.classList.toggle("is-full", number >= children.length - left));
  });
};

const showTime = () => {
  const stage = beamer.querySelector(".stage:not(.leaves)");
  stage.querySelectorAll("[data-clock]").forEach((place) => {
    write(place, onTheClock(serverTime()));
    place.parentElement.hidden = false;
  });
  if (ends !== null) showMinutes(stage);
};

showTime();
setInterval(showTime, 1000);
