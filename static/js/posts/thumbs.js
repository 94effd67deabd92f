// Thumbs answer a click before the server does. Uses saying.js.

// The server's answer replaces the group; when none comes, its thumbs go back to what they were.
const known = new WeakMap(); // a group of thumbs → which were pressed when the server last said so
const isPressed = (thumb) => thumb.getAttribute("aria-pressed") === "true";

const press = (thumb, pressed) => {
  if (isPressed(thumb) === pressed) return;
  const [count, words] = [thumb.querySelector(".thumb-count"), thumb.querySelector(".thumb-words")];
  const number = Number(count.textContent.replace(/\D/g, "")) + (pressed ? 1 : -1);
  const wish = thumb.id.split("-")[0];
  const path = thumb.getAttribute("hx-post").replace(/[a-z]+\/$/, pressed ? "weg/" : `${wish}/`);
  count.textContent = number.toLocaleString("nl-NL");
  words.textContent = words.textContent.replace(/duimpjes?/, number === 1 ? "duimpje" : "duimpjes");
  thumb.setAttribute("aria-pressed", pressed);
  for (const name of ["formaction", "hx-post"]) thumb.setAttribute(name, path);
};

document.addEventListener("click", ({ target }) => {
  const thumb = target.closest("button.thumb");
  if (!thumb) return;
  const group = thumb.closest(".thumbs");
  const thumbs = [...group.querySelectorAll("button.thumb")];
  if (!known.has(group)) known.set(group, new Map(thumbs.map((each) => [each, isPressed(each)])));
  const pressed = !isPressed(thumb); // htmx has read by now what this click asks
  for (const each of thumbs) press(each, each === thumb && pressed);
});

const CHANGED = 409; // the words are others by now: the answer brings them, and says so

// This browser logged in or out in another tab: what says so goes on top of the page, with the token for the next press.
const isStale = ({ response, text }) => response?.status === 403 && text?.includes("data-token");

const takeBack = ({ target, detail }) => {
  const group = target.closest?.(".thumbs");
  if (!known.has(group) || detail.ctx?.response?.status === CHANGED) return;
  for (const [thumb, pressed] of known.get(group)) press(thumb, pressed);
  known.delete(group);
  if (!isStale(detail.ctx ?? {})) say("Dat lukte niet. Probeer het straks nog eens.");
};

document.addEventListener("htmx:error", takeBack);
document.addEventListener("htmx:response:error", takeBack);
document.addEventListener("htmx:after:swap", ({ target }) => known.delete(target.closest?.(".thumbs")));

// A page with an error does not belong in a thumb.
document.addEventListener("htmx:before:swap", (event) => {
  const { status } = event.detail.ctx.response;
  const hasPlace = status < 400 || status === CHANGED || isStale(event.detail.ctx);
  if (event.target.closest?.(".thumbs") && !hasPlace) event.preventDefault();
});

// Each of two quick presses brings the line about the role: one of them stays.
document.addEventListener("htmx:after:swap", () => {
  for (const again of [...document.querySelectorAll("form.viewing")].slice(1)) again.remove();
});
