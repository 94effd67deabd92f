// The lines on the page, those that wait on this device, and how both become the same. Uses waiting.js and photos.js.

const lineList = document.getElementById("regels");
const typingForm = document.getElementById("typ");
const own = `${lineList.dataset.notes}:${lineList.dataset.who}:`;
const waitingLines = new Waiting(`aantekening:${own}`);
const EVERY = 4000; // milliseconds: what another types is here within five seconds
const AT_ONCE = 50; // lines
const AS_FRAGMENT = { "HX-Request": "true", "HX-Request-Type": "partial" };

const isAtEnd = () => lineList.scrollTop + lineList.clientHeight > lineList.scrollHeight - 60;

// Where the lines are that are on the server, and the words of each.
const knownLines = () =>
  [...lineList.querySelectorAll(".note-line[id] .line-text")].map((words) => ({
    number: Number(words.closest("li").dataset.number),
    words: words.textContent,
  }));
const numbersThere = () => [...lineList.querySelectorAll("[data-number]")].map((line) => Number(line.dataset.number));

const showWaiting = (item) => {
  const line = document.createElement("li");
  line.className = "note-line is-waiting";
  line.dataset.key = item.key;
  const [number, place, words] = ["line-number", "line-place", "line-words"].map((name) => {
    const part = document.createElement("span");
    part.className = name;
    return part;
  });
  number.textContent = "…";
  place.textContent = item.place;
  words.textContent = item.lijkt ? `${item.words} (telt op bij regel ${item.lijkt})` : item.words;
  line.append(number, place, words);
  lineList.append(line);
  lineList.scrollTop = lineList.scrollHeight;
};

// How things stand, in the head of the page: the same words for eyes and ears, and only when they change.
const tellState = (icon, many, words) => {
  const place = document.getElementById("stand");
  const [strong, span] = place.querySelectorAll("strong, span");
  if (strong.textContent === many && span.textContent === words) return;
  strong.textContent = many;
  span.textContent = words;
  const use = place.querySelector("use");
  use.setAttribute("href", use.getAttribute("href").replace(/#.*/, `#${icon}`));
  place.classList.toggle("is-away", icon !== "check");
};

const inLines = (count) => `${count} ${count === 1 ? "regel" : "regels"}`;

let arrivedAt = "";
const tellHow = (isAway) => {
  const [waits, count] = [waitingLines.items.size, numbersThere().length];
  const next = Math.max(0, ...numbersThere()) + waits + 1;
  document.getElementById("nummer").textContent = next;
  const none = document.getElementById("geen-regels");
  if (none) none.hidden = count + waits > 0;
  if (waits && isAway) {
    if (waitingLines.isKept) tellState("hourglass", `${inLines(waits)} op dit apparaat bewaard`, `${waits === 1 ? "gaat" : "gaan"} mee zodra er verbinding is`);
    else tellState("triangle-alert", inLines(waits), "nog niet bewaard: laat deze pagina open");
  } else if (isAway) tellState("triangle-alert", inLines(count), "geen verbinding, typ gerust door");
  else if (!waits && arrivedAt) tellState("check", inLines(count), `alles bewaard om ${arrivedAt} uur`);
};

const tellTrouble = (...parts) => {
  const place = document.getElementById("melding");
  const words = parts.map((part) => part.textContent ?? part).join("");
  if (place.textContent === words) return;
  place.replaceChildren(...parts);
};

const inNotice = (words) => {
  const notice = document.createElement("div");
  notice.className = "notice problem small";
  notice.textContent = words;
  return notice;
};

// The lines that the server tells of take their places; one that is being corrected here stays as it is.
const takeIn = (news) => {
  for (const line of news.querySelectorAll("ol > li")) {
    const there = lineList.querySelector(`[data-number="${line.dataset.number}"]`);
    if (there?.classList.contains("is-asking")) continue;
    const fresh = document.importNode(line, true);
    const waits = lineList.querySelector(`.is-waiting[data-key="${line.dataset.key}"]`);
    waits?.remove();
    if (there) there.replaceWith(fresh);
    else {
      const after = [...lineList.children].find((each) => each.classList.contains("is-waiting") || Number(each.dataset.number) > Number(line.dataset.number));
      lineList.insertBefore(fresh, after ?? null);
    }
    htmx.process(fresh);
  }
  const ranges = news.dataset.numbers.split(" ").map((range) => range.split("-").map(Number));
  for (const line of lineList.querySelectorAll(".note-line[data-number]:not(.is-asking)")) {
    const number = Number(line.dataset.number);
    if (!ranges.some(([first, last]) => first <= number && number <= last)) line.remove();
  }
};

const nameTypists = () => {
  for (const place of document.querySelectorAll("#typisten [data-photo]")) {
    const number = figures().findIndex((each) => each.dataset.photo === place.dataset.photo) + 1;
    place.textContent = number || "";
  }
};

const read = (text) => {
  const news = new DOMParser().parseFromString(text, "text/html").getElementById("nieuws");
  if (!news) throw new Error("no news");
  if (news.dataset.who !== lineList.dataset.who) {
    tellTrouble(inNotice("Er is nu iemand anders ingelogd. Wat jij typte, staat nog op dit apparaat. Log zelf weer in, en laad deze pagina opnieuw."));
    return false;
  }
  for (const field of document.getElementsByName("csrfmiddlewaretoken")) field.value = news.dataset.token;
  const wasAtEnd = isAtEnd();
  takeIn(news);
  for (const key of news.dataset.kept.split(" ").filter(Boolean)) {
    waitingLines.drop(key);
    lineList.querySelector(`.is-waiting[data-key="${key}"]`)?.remove();
  }
  lineList.dataset.version = news.dataset.version;
  document.getElementById("typisten").replaceChildren(...news.lastElementChild.children);
  nameTypists();
  if (wasAtEnd) lineList.scrollTop = lineList.scrollHeight;
  return true;
};

const asked = (lines) => {
  const version = lineList.dataset.version;
  if (!lines.length) return fetch(`${lineList.dataset.news}?na=${version}`, { headers: AS_FRAGMENT });
  const body = new URLSearchParams({
    na: version,
    wie: lineList.dataset.who,
    foto: typingForm.elements.foto.value,
    csrfmiddlewaretoken: typingForm.elements.csrfmiddlewaretoken.value,
  });
  for (const line of lines) {
    // The words begin with a space: the prefix is off already, and what stands there now is none.
    for (const [name, value] of Object.entries({ key: line.key, regel: ` ${line.words}`, tafel: line.tafel, rol: line.rol, namens: line.namens, lijkt: line.lijkt })) {
      body.append(name, value ?? "");
    }
  }
  return fetch(lineList.dataset.news, { method: "POST", headers: AS_FRAGMENT, body });
};

const TROUBLE = {
  403: "Je mag hier niet meer typen. Wat nog niet bewaard is, staat op dit apparaat.",
  404: "Deze aantekeningen zijn er niet meer. Wat nog niet bewaard is, staat op dit apparaat.",
};

// One after another, so that lines keep their order. Again after a new token; after anything else with the next tick.
let isBusy = false;
const sync = async () => {
  if (isBusy) return;
  isBusy = true;
  let isAway = false;
  try {
    for (let tries = 0; tries < 20; tries += 1) {
      const lines = waitingLines.all.slice(0, AT_ONCE);
      let answer = await asked(lines);
      if (answer.status === 403 && lines.length) answer = await asked([]); // a new token, if there is still a right
      const text = await answer.text();
      if (!answer.ok) {
        isAway = true;
        if (answer.status === 401) {
          const told = new DOMParser().parseFromString(text, "text/html");
          tellTrouble(...told.body.children);
        } else if (TROUBLE[answer.status]) tellTrouble(inNotice(TROUBLE[answer.status]));
        else if (answer.status === 422) tellTrouble(inNotice(text));
        break;
      }
      if (!read(text)) {
        isAway = true;
        break;
      }
      document.getElementById("melding").replaceChildren();
      arrivedAt = new Date().toLocaleTimeString("nl-NL", { hour: "2-digit", minute: "2-digit" }).replace(":", ".");
      if (!waitingLines.items.size) break;
    }
  } catch {
    isAway = true;
  } finally {
    isBusy = false;
  }
  tellHow(isAway);
};

for (const item of waitingLines.all) showWaiting(item);
lineList.scrollTop = lineList.scrollHeight;
nameTypists();
setInterval(() => {
  if (!document.hidden || waitingLines.items.size) sync();
}, EVERY);
addEventListener("online", sync);
document.addEventListener("visibilitychange", () => document.hidden || sync());
addEventListener("beforeunload", (event) => {
  if (waitingLines.items.size && !waitingLines.isKept) event.preventDefault();
});
if (waitingLines.items.size) sync();
