// A phone in the room: it follows what is on, and asks its page again when there is something else to do. What somebody
// types never goes away under their fingers, and what could not be sent is sent once, when there is a connection again.
// Uses following.js, drafts.js, sending.js.
// In a block: names of other scripts stay theirs.
{
  const room = document.getElementById("nu").dataset.code;
  const status = document.getElementById("zaal-zegt");
  const offline = document.getElementById("zaal-weg");
  const moved = document.getElementById("zaal-verder");
  const SITE = " · de digitale werkplaats";
  const AT = {
    welkom: "het welkom", tafeltijd: "het gesprek aan tafel", vraag: "de vraag", peiling: "de peiling", stickers: "de stickers",
    wensbeelden: "de wensbeelden", pauze: "de pauze", dank: "het slot",
  };
  document.getElementById("zaal-stil")?.setAttribute("hidden", "");
  const UNSENT = "zaal-onverstuurd:"; // a form that waits for a connection

  let stand = null; // the newest state of the room
  let ahead = 0; // how many milliseconds its clock is ahead of ours
  let isOn = true; // whether there is a connection
  let told = ""; // of the timer: what was said of it
  const now = () => document.getElementById("nu");

  // One line for who cannot see: only what is new, and politely.
  const tell = (words) => {
    if (status.textContent !== words) status.textContent = words;
  };

  // Whether somebody is busy here: with words or numbers that were not sent, or with the cursor in a field. What is only
  // there to be copied lies on this device too.
  const isTyping = () =>
    [...now().querySelectorAll("textarea, input[type=number]")].some(
      (field) => field === document.activeElement || (!field.readOnly && field.value !== field.defaultValue),
    );

  // The version of the room that the page shows: a press may bring a newer one than what was asked for before it.
  const version = (page = now()) => Number(page.dataset.version);

  const draw = (html) => {
    const fresh = new DOMParser().parseFromString(html, "text/html").getElementById("nu");
    if (!fresh) return void location.reload(); // no seat, or the evening is over
    // The page of who was put out has none of the places of a seat around it.
    const isBare = !document.querySelector(".phone-nav");
    if (isBare && !fresh.hasAttribute("data-out")) return void location.replace(`/z/${room}/`);
    if (!moved.dataset.asked && version(fresh) <= version()) return true;
    const hadFocus = now().contains(document.activeElement);
    now().replaceWith(document.adoptNode(fresh));
    if (window.htmx) htmx.process(fresh);
    document.dispatchEvent(new CustomEvent("zaal:getekend"));
    if (hadFocus) fresh.querySelector("h1").focus({ preventScroll: true });
    return true;
  };

  // The page as it is now; its address loses what was asked for once.
  let isFetching = false;
  const renew = async () => {
    if (isFetching) return;
    isFetching = true;
    let isDrawn = false;
    try {
      const answer = await fetch(`/z/${room}/`, { cache: "no-store", headers: { Accept: "text/html" } });
      const html = await answer.text();
      if (isTyping() && !moved.dataset.asked) return hold();
      isDrawn = draw(html);
      if (!isDrawn) return;
      tell(now().dataset.says.trim());
      moved.hidden = true;
      if (location.search) history.replaceState(history.state, "", location.pathname);
    } catch (error) {
      // No connection: with the next answer of the room it tries again.
    } finally {
      isFetching = false;
      delete moved.dataset.asked;
      if (isDrawn) keepUp();
    }
  };

  const hold = () => {
    const words = AT[stand.kind];
    if (!words) return;
    const line = `De zaal is nu bij ${words}.`;
    if (!moved.hidden && moved.firstElementChild.textContent === line) return;
    moved.firstElementChild.textContent = line;
    moved.hidden = false;
    isBehind(true);
    tell(`${line} Wat je schrijft, blijft staan.`);
  };

  const isBehind = (is) => {
    const [badge, stays] = [now().querySelector(".phone-where > b"), now().querySelector("#zaal-blijft")];
    if (badge) badge.hidden = is;
    if (stays) stays.hidden = !is;
  };

  // Whether own words came on the screen since the page said that they wait, or left it since it said that they stand.
  const isOfBefore = () => {
    const own = [...now().querySelectorAll("[data-stands]")].map(({ dataset }) => Number(dataset.stands));
    const first = stand.stand.length ? stand.stand[0] : 0; // a state tells of the last ones only
    return (now().hasAttribute("data-waits") && stand.count !== Number(now().dataset.count))
      || own.some((number) => number >= first && !stand.stand.includes(number));
  };

  // Goes along with the room, unless somebody is typing or chose another page.
  const keepUp = () => {
    if (!stand || now().hasAttribute("data-over") || stand.version <= version()) return;
    const isOut = stand.out.includes(now().dataset.me), wasOut = now().hasAttribute("data-out");
    const isTold = isOut || stand.out.length === stand.outs; // of very many a state names the last ones
    if (isOut !== wasOut && isTold && !isTyping()) return renew();
    const isElsewhere = now().hasAttribute("data-elsewhere");
    if (stand.task !== now().dataset.mark) return isElsewhere || isTyping() ? hold() : renew();
    if (isElsewhere) return;
    if (!moved.hidden) {
      moved.hidden = true; // the room came back
      isBehind(false);
    }
    if (isOfBefore() && !isTyping()) renew();
  };

  moved.querySelector("a").addEventListener("click", (event) => {
    event.preventDefault();
    moved.dataset.asked = "ja";
    renew().then(() => now().querySelector("h1").focus());
  });

  // What is on the screen, in words: at the same version as the screen, without asking for the page again.
  const drawScreen = () => {
    if (!stand || stand.version < version()) return;
    const words = now().querySelector("[data-words]");
    if (words && words.said !== stand.words) words.innerHTML = words.said = stand.words;
    const voices = now().querySelector("[data-voices]");
    if (!voices) return;
    const list = voices.querySelector("ul");
    const wanted = new Map(stand.voices.map(([number, html]) => [String(number), html]));
    for (const item of [...list.children]) if (!wanted.has(item.dataset.number)) item.remove();
    for (const [number, html] of wanted) {
      let item = [...list.children].find(({ dataset }) => dataset.number === number);
      if (!item) {
        item = document.createElement("li");
        item.dataset.number = number;
        item.dir = "auto";
        const older = [...list.children].find(({ dataset }) => Number(dataset.number) < Number(number));
        list.insertBefore(item, older || null);
      }
      if (item.said !== html) item.innerHTML = item.said = html;
    }
    voices.hidden = !list.children.length;
  };

  // The timer: whole minutes, without seconds. It is said at one minute and at the end.
  const tick = () => {
    const timer = now().querySelector(".phone-timer");
    if (!timer) return;
    const ends = new Date((stand && stand.ends) || timer.dataset.ends).getTime();
    const left = Math.max(0, Math.ceil((ends - Date.now() - ahead) / 60000));
    const [counting, over] = [timer.querySelector("[data-left]"), timer.querySelector("[data-over]")];
    counting.hidden = left === 0;
    over.hidden = left !== 0;
    const [, number, unit] = counting.children;
    if (number.textContent !== String(left)) number.textContent = left;
    unit.textContent = left === 1 ? "minuut" : "minuten";
    const words = left === 1 ? "Nog één minuut." : left === 0 ? "De tijd is om. Rond rustig af." : "";
    if (words && told !== `${ends} ${words}`) {
      tell(words);
      told = `${ends} ${words}`;
    }
  };
  setInterval(tick, 1000);

  const onState = (state) => {
    if (stand && state.version < stand.version) return;
    stand = state;
    ahead = new Date(state.now).getTime() - Date.now();
    if (now().hasAttribute("data-elsewhere")) hold();
    if (state.title && !now().hasAttribute("data-elsewhere")) document.title = state.title + SITE;
    drawScreen();
    tick();
    keepUp();
  };

  const onLine = (ok) => {
    if (ok && (!isOn || !offline.hidden)) sendAgain();
    isOn = ok;
    offline.hidden = ok;
    if (ok) return keepUp();
    const isTyped = [...now().querySelectorAll("textarea")].some(({ value }) => value.trim());
    // A room that was closed, or a site that is away, is no lack of internet.
    const what = navigator.onLine === false ? "Geen internet." : "Geen verbinding met de zaal.";
    const line = `${what}${isTyped ? " Je tekst staat veilig op deze telefoon." : ""}`;
    if (offline.firstElementChild.textContent !== line) offline.firstElementChild.textContent = line;
  };

  // The page says that its room is over, and gives back what lies on this device; but not under the fingers of who types.
  const onOver = () => {
    if (now().hasAttribute("data-over")) return;
    if (![...now().querySelectorAll("textarea")].some(({ value }) => value.trim())) return location.reload();
    const line = "Deze zaal is dicht. Kopieer je tekst, dan raak je niets kwijt.";
    moved.firstElementChild.textContent = line;
    moved.querySelector("a").textContent = "Lees verder";
    moved.hidden = false;
    tell(line);
  };

  // What was sent without a connection goes as soon as there is one, also after the page was closed. The site takes the
  // same words of one phone once, so a first try that arrived after all does no harm.
  const unsentKey = (form) => UNSENT + new URL(form.getAttribute("action"), location.href).pathname;
  const unsentHere = (form, is) =>
    device((storage) => (is === undefined ? storage.getItem(unsentKey(form)) : is ? storage.setItem(unsentKey(form), "1") : storage.removeItem(unsentKey(form))));

  const sendAgain = () => {
    const form = now().querySelector("form[data-draft]");
    if (form && unsentHere(form) && form.elements.text.value.trim()) sendForm(form);
  };

  document.addEventListener("htmx:error", ({ target, detail }) => {
    const form = target.closest("form[data-draft]");
    if (!form || !detail.ctx) return;
    unsentHere(form, true);
    const note = form.querySelector(".draft-note");
    if (note) note.textContent = "Geen verbinding. Wat je verstuurde, gaat weg zodra er weer internet is. Precies één keer.";
    onLine(false);
  });

  document.addEventListener("htmx:after:request", ({ target }) => {
    const form = target.closest && target.closest("form[data-draft]");
    if (form) unsentHere(form, false);
  });

  // Who changes the words sends them anew.
  document.addEventListener("input", ({ target }) => {
    const form = target.closest("form[data-draft]");
    if (form) unsentHere(form, false);
  });

  // The badge of what there was and the seat stand outside of what is drawn anew.
  const countEarlier = () => {
    const [seat, fresh] = [document.querySelector(".phone-seat [data-seat]"), now().dataset.seat];
    if (seat && fresh && seat.textContent !== fresh) seat.textContent = fresh;
    const badge = document.querySelector("[data-earlier].phone-count");
    if (badge && now().dataset.earlier) badge.textContent = now().dataset.earlier;
  };
  const drawn = () => {
    countEarlier();
    if (now().hasAttribute("data-over")) moved.hidden = true; // nothing goes on that this phone can go along with
    for (const button of now().querySelectorAll("[data-copy]")) button.hidden = false;
    if (typeof stepsIn === "function") stepsIn(document);
    restoreDrafts();
    drawScreen();
    tick();
  };
  document.addEventListener("zaal:getekend", drawn);
  document.addEventListener("htmx:after:swap", () => {
    drawn();
    keepUp();
    // What else was pressed gets the focus, and is read with it.
    if (now().querySelector(".phone-thumbs")) tell(now().dataset.says.trim());
  });

  tick();
  followRoom(room, { onState, onLine, onOver });
}
