// The keys of the workbench, marking a quote, and what happens when the connection is gone. Uses saying.js and sending.js.

const bench = () => document.getElementById("werkbank");
const isText = (place) => place.matches("textarea, select, input:not([type=checkbox], [type=radio])");

// Who does not want keys switches them off; it stays so on this device.
const KEYS_OFF = "werkbank-toetsen-uit";
const keysAreOn = () => localStorage.getItem(KEYS_OFF) === null;
const showSwitch = () => {
  const box = document.getElementById("toetsen");
  if (box) box.checked = keysAreOn();
};
document.addEventListener("change", ({ target }) => {
  if (target.id !== "toetsen") return;
  if (target.checked) localStorage.removeItem(KEYS_OFF);
  else localStorage.setItem(KEYS_OFF, "1");
});

const use = (place) => {
  if (place.matches("details")) {
    place.open = !place.open;
    if (place.open) place.querySelector("input, textarea, button")?.focus();
  } else if (place.matches("summary, input[type=checkbox], a, button")) place.click();
};

// The cards of an open stack: one is current, and a press is for that one when none was ticked.
const cards = () => [...document.querySelectorAll("[data-card]")];
const current = () => document.querySelector("[data-card].is-current");
let lastCard = ""; // it stays current when the page answers
const goTo = (card) => {
  lastCard = card.dataset.card;
  current()?.classList.remove("is-current");
  card.classList.add("is-current");
  card.querySelector("input").focus({ preventScroll: true });
  card.scrollIntoView({ block: "nearest" });
};
const moveBy = (step) => {
  const all = cards();
  const next = all[all.indexOf(current()) + step] ?? (current() ? null : all[0]);
  if (next) goTo(next);
};
const tickCurrent = () => {
  if (!current() || cards().some((card) => card.querySelector("input").checked)) return;
  current().querySelector("input").checked = true;
};

const pressed = (event) => {
  if (event.ctrlKey || event.metaKey) return event.key === "z" && !event.altKey ? '[data-key="undo"]' : "";
  if (event.altKey) return "";
  const letter = event.code?.startsWith("Key") ? event.code.slice(3) : "";
  if (event.shiftKey && letter) return `[data-open="${letter}"]`;
  return `[data-key="${CSS.escape(letter || event.key)}"]`;
};

document.addEventListener("keydown", (event) => {
  if (!bench() || event.defaultPrevented || event.repeat) return;
  const { target, key } = event;
  const popup = document.querySelector("details[open][data-key]");
  if (key === "Escape" && popup) {
    popup.open = false;
    popup.querySelector("summary").focus();
    return;
  }
  // In a field Enter presses the button that belongs to it: the first button of the form is another.
  const fold = target.matches("input") && target.closest("[data-enter]");
  if (key === "Enter" && fold) {
    event.preventDefault();
    document.getElementById(fold.dataset.enter).click();
    return;
  }
  // In a pop-up keys are its own.
  if (!keysAreOn() || isText(target) || target.matches("[type=radio]")) return;
  if (popup && key.toUpperCase() !== popup.dataset.key) return;
  if (key === "Enter" && target.matches("button, a, summary")) return;
  if (key === "Enter" && target.matches("[type=checkbox]")) event.preventDefault();
  if (cards().length && (key === "ArrowDown" || key === "ArrowUp")) {
    event.preventDefault();
    moveBy(key === "ArrowDown" ? 1 : -1);
    return;
  }
  if (key === "'" && current()) {
    current().querySelector("[data-quote]").click();
    return;
  }
  const selector = pressed(event);
  const place = selector && bench().querySelector(selector);
  if (!place || place.disabled) return;
  event.preventDefault();
  if (held) return;
  tickCurrent();
  use(place);
});

document.addEventListener("focusin", ({ target }) => {
  const card = target.closest?.("[data-card]");
  if (card && card !== current()) goTo(card);
});

// Words that are selected in the voice go along as the quote.
document.addEventListener("selectionchange", () => {
  const chosen = getSelection();
  const words = document.querySelector("[data-words]");
  const field = document.getElementById("id_citaat");
  if (!words || !field || chosen.isCollapsed || !words.contains(chosen.anchorNode)) return;
  // Three taps select up to the beginning of what stands below.
  const [part, whole] = [chosen.getRangeAt(0).cloneRange(), document.createRange()];
  whole.selectNodeContents(words);
  if (!words.contains(part.startContainer)) part.setStart(whole.startContainer, whole.startOffset);
  if (!words.contains(part.endContainer)) part.setEnd(whole.endContainer, whole.endOffset);
  field.value = part.toString();
  field.closest("details").open = true;
});

// How many voices a press lays.
document.addEventListener("change", ({ target }) => {
  if (target.name !== "ook") return;
  const ticked = document.querySelectorAll('[name="ook"]:checked').length;
  for (const place of document.querySelectorAll("[data-ticked]")) {
    place.textContent = ticked ? `de ${ticked + 1} stemmen` : place.dataset.ticked;
  }
});

// Opening the form of a new stack from its free place.
document.addEventListener("click", (event) => {
  if (!event.target.closest?.("[data-new], [href='#id_naam']")) return;
  const dialog = document.getElementById("nieuw");
  if (!dialog) return;
  event.preventDefault();
  dialog.open = true;
  document.getElementById("id_naam").focus();
});

// Without connection, or logged out, the one step is held, and sent when it is possible again.
let held = null;
const hold = (form, submitter, ...words) => {
  held = { form, submitter };
  const place = document.getElementById("verbinding");
  if (!place.childElementCount) place.innerHTML = '<div class="notice warning"><p></p></div>';
  place.querySelector("p").replaceChildren(...words);
};
const again = () => {
  if (!held?.form.isConnected) held = null;
  if (held) sendForm(held.form, held.submitter);
};
addEventListener("online", again);
setInterval(() => held && again(), 4000);

const mine = (form) => form?.closest?.("#werkbank") && form.matches("form[action]:not([hidden])");
document.addEventListener("htmx:error", ({ target, detail }) => {
  if (!detail.ctx || !mine(target)) return;
  hold(target, detail.ctx.request.submitter, "Geen verbinding. Je laatste stap staat hier nog. We sturen die zodra het weer kan.");
});
document.addEventListener("htmx:before:swap", (event) => {
  const { response, text, request } = event.detail.ctx;
  const loggedOut = response.status === 401 || (response.status === 403 && text.includes('id="storing"'));
  if (loggedOut && bench()) {
    event.preventDefault();
    document.getElementById("verbinding").innerHTML = text;
    // What says that the page is stale brings a new token for its forms (presses.js).
    const { token } = document.getElementById("storing")?.dataset ?? {};
    if (token) for (const field of document.getElementsByName("csrfmiddlewaretoken")) field.value = token;
    if (mine(event.target)) held = { form: event.target, submitter: request.submitter };
  } else if (response.status >= 500 && mine(event.target)) {
    event.preventDefault();
    hold(event.target, request.submitter, "Dat lukte niet. Je laatste stap staat hier nog. We proberen het zo weer.");
  } else if (mine(event.target)) {
    held = null;
    document.getElementById("verbinding").replaceChildren();
  }
});

const settle = () => {
  showSwitch();
  const card = lastCard && document.querySelector(`[data-card="${lastCard}"]`);
  if (card && !document.querySelector("#werkbank [role=alert]")) goTo(card);
  document.querySelector(".desk-row.is-current")?.scrollIntoView({ block: "nearest" });
};
document.addEventListener("htmx:after:swap", settle);
settle();
