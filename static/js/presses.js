// Says that a request of htmx is on its way, and that no answer came. Uses saying.js.

// The button that was pressed shows that it waits: a phone has no pointer that does.
document.addEventListener("htmx:before:request", ({ detail }) => detail.ctx.request.submitter?.classList.add("is-waiting"));
document.addEventListener("htmx:finally:request", ({ detail }) => {
  detail.ctx.request.submitter?.classList.remove("is-waiting");
});

// These tell it in their own way, or ask by themselves.
const TELLS_ITSELF = ".thumbs, #plak, #tafel, #werkbank, [hx-trigger*='every'], [hx-trigger='load']";
const told = new WeakMap(); // a form or a link → the note that no answer came

const tell = (asked, what) => {
  told.get(asked)?.remove();
  const isForm = asked.matches("form");
  const poll = isForm && asked.closest("#peiling");
  const again = isForm && !poll ? "Druk straks nog eens op de knop." : "Tik straks nog eens.";
  // Below the choices of a poll, which stay where they are under the finger; else above the buttons or the link.
  const buttons = isForm ? (asked.querySelector(".actions, .cluster") ?? asked.lastElementChild) : (asked.closest("p") ?? asked);
  const place = poll ? asked.nextElementSibling : buttons;
  const note = noteAt(place.parentElement, place, "problem", `${what} ${poll ? "Je stem is niet geteld. " : ""}${again}`);
  told.set(asked, note);
  note.scrollIntoView({ block: "nearest" });
};

document.addEventListener("htmx:error", ({ target, detail }) => {
  if (detail.ctx && !target.closest(`${TELLS_ITSELF}, form[data-draft]`)) tell(target, "Geen verbinding.");
});

document.addEventListener("htmx:after:request", ({ target }) => told.get(target)?.remove());

// The page of a proxy does not belong inside a page; what the site itself says of trouble is a fragment.
document.addEventListener("htmx:before:swap", (event) => {
  const { response, text } = event.detail.ctx;
  if (response.status < 400 || !/<html/i.test(text)) return;
  event.preventDefault();
  if (!event.target.closest(TELLS_ITSELF)) tell(event.target, "Dat lukte niet.");
});

// A page that stayed open while its browser logged in or out: what says so brings a new token for all its forms.
const takeToken = (notice) => {
  const token = notice?.dataset.token;
  if (token) for (const field of document.getElementsByName("csrfmiddlewaretoken")) field.value = token;
};

document.addEventListener("htmx:after:swap", () => {
  const [newest, ...older] = document.querySelectorAll("#storing");
  for (const notice of older) notice.remove();
  takeToken(newest);
  const { nobody } = newest?.dataset ?? {};
  if (nobody !== undefined) document.querySelector(".whose")?.remove();
});
