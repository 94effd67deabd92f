// How many characters still fit in a field that takes `data-most`, from where it comes near. Nothing is cut: what was
// pasted stays whole, and who reads the field with their ears hears it when the typing pauses.
const NEAR = 0.8; // of what fits
const PAUSE = 800; // milliseconds
const counters = new WeakMap(); // a field → the line below it

const counterOf = (field) => {
  const known = counters.get(field);
  if (known?.isConnected) return known;
  const counter = document.createElement("p");
  const [seen, heard] = [document.createElement("span"), document.createElement("span")];
  counter.className = "counter";
  seen.className = "counter-seen";
  seen.setAttribute("aria-hidden", "true");
  heard.className = "counter-heard visually-hidden";
  heard.setAttribute("role", "status");
  counter.append(seen, heard);
  (field.closest(".find-words, .typing-row") ?? field).after(counter);
  counters.set(field, counter);
  return counter;
};

// As the server counts: a smiley is one, and what cleaning takes off at the ends is none.
const inWords = (length, most) => {
  const left = most - length;
  if (left < 0) return `${-left} ${left === -1 ? "teken" : "tekens"} te veel: er passen er ${most}.`;
  return `Nog ${left} ${left === 1 ? "teken" : "tekens"}.`;
};

const countIn = (field) => {
  const most = Number(field.dataset.most);
  const length = [...field.value.trim()].length;
  const isNear = length > NEAR * most;
  if (!isNear && !counters.has(field)) return;
  const counter = counterOf(field);
  const words = isNear ? inWords(length, most) : "";
  counter.classList.toggle("is-over", length > most);
  counter.querySelector(".counter-seen").textContent = words;
  clearTimeout(counter.timer);
  counter.timer = setTimeout(() => (counter.querySelector(".counter-heard").textContent = words), PAUSE);
};

document.addEventListener("input", ({ target }) => target.matches("[data-most]") && countIn(target));

// What comes back too long is counted at once.
const countAll = () => {
  for (const field of document.querySelectorAll("[data-most]")) countIn(field);
};

countAll();
document.addEventListener("htmx:after:swap", countAll);
