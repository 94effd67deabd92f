// The state of a room, as it is now: by a stream of events where the page wants every moment (a screen, who leads), else
// by asking a small address every few seconds. When the process that has it from memory is away, the site is asked.
// A state is whole: whoever missed ten has all with the eleventh, and none is shown twice.

// Milliseconds: between two questions of a phone, and of who has a stream beside it; after something failed; and how long
// an answer may take on a connection that swallows everything.
const ASKS = 4000, BESIDE = 5000, AGAIN = 1000, GIVES_UP = 3500, TOO_OFTEN = 60000;

// `code` of the room; `stream`: "scherm", "leiding" or "" for a phone. `onState(state)` gets each newer one, `onLine(ok)`
// whether there is a connection, `onWaits()` when something that waits changed. When the site says that no room has this
// code (any more) it asks for nothing after that: `onOver()`, else the page asks for itself anew, once.
const followRoom = (code, { stream = "", onState, onLine = () => {}, onWaits = () => {}, onOver = () => location.reload() }) => {
  let etag = "", isAsking = false, isWanted = false, timer = 0, events = null, isOver = false;

  const ask = async address => {
    const headers = etag ? { "If-None-Match": etag } : {};
    const giving = new AbortController(), up = setTimeout(() => giving.abort(), GIVES_UP);
    const answer = await fetch(address, { headers, cache: "no-store", signal: giving.signal }).finally(() => clearTimeout(up));
    if (answer.status !== 304 && !answer.ok) throw new Error(String(answer.status));
    if (answer.status === 304) return;
    const state = await answer.json();
    etag = answer.headers.get("ETag");
    onState(state);
  };

  const look = async () => {
    if (isOver) return;
    if (isAsking) { isWanted = true; return; }
    isAsking = true;
    clearTimeout(timer);
    let isFine = true, refused = "";
    try {
      await ask(`/live/${code}/stand`).catch(() => ask(`/z/${code}/stand/`));
    } catch (error) {
      isFine = false;
      refused = error.message;
    }
    isAsking = false;
    if (refused === "404" || refused === "410") {
      isOver = true;
      if (events) events.close();
      onOver();
      return;
    }
    onLine(isFine);
    if (isWanted) { isWanted = false; look(); return; }
    // Not all at once: 500 phones that were told the same would ask in one moment.
    const pause = isFine ? (events && events.readyState === EventSource.OPEN ? BESIDE : stream ? AGAIN : ASKS) : refused === "429" ? TOO_OFTEN : AGAIN;
    timer = setTimeout(() => (document.hidden && !stream ? 0 : look()), pause * (0.75 + Math.random() / 2));
  };

  const listen = () => {
    if (isOver) return;
    events = new EventSource(`/live/${code}/${stream}`);
    events.addEventListener("version", look);
    events.addEventListener("waits", () => onWaits());
    events.onerror = () => {
      if (events.readyState === EventSource.CLOSED) setTimeout(listen, 3000 + 2000 * Math.random());
      look();
    };
  };

  document.addEventListener("visibilitychange", () => { if (!document.hidden) look(); });
  addEventListener("online", look);
  addEventListener("offline", () => onLine(false));
  if (stream) listen();
  look();
  return { look };
};
