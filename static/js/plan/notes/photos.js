// The photo beside the lines: the next one, larger, a quarter further. Each is a link or a form without this.

const photos = document.getElementById("fotos");
const figures = () => [...photos.querySelectorAll("figure")];
const shownPhoto = () => figures().find((each) => !each.hidden);

const showPhoto = (place) => {
  const figure = figures()[place - 1];
  if (!figure) return;
  const form = document.getElementById("typ");
  for (const each of figures()) each.hidden = each !== figure;
  form.elements.foto.value = figure.dataset.photo;
  form.elements.plaats.value = place;
  history.replaceState(history.state, "", `?foto=${place}`);
  document.getElementById("plek").textContent = `Foto ${place} van ${figures().length}`;
  tellPlace();
};

const turnPhoto = (step) => showPhoto(figures().indexOf(shownPhoto()) + 1 + step);

// The others at the table read it. When it does not arrive, the next line tells it too.
const tellPlace = () => {
  const form = document.getElementById("typ");
  const body = new URLSearchParams({ foto: form.elements.foto.value, csrfmiddlewaretoken: form.elements.csrfmiddlewaretoken.value });
  fetch(document.getElementById("regels").dataset.here, { method: "POST", body }).catch(() => {});
};

photos.addEventListener("click", (event) => {
  const to = event.target.closest("[data-to]");
  const zoom = event.target.closest("[data-zoom]");
  if (to) showPhoto(Number(to.dataset.to));
  else if (zoom) {
    const large = zoom.closest("figure").classList.toggle("is-large");
    zoom.setAttribute("aria-pressed", large);
    const place = zoom.closest("figure").querySelector(".photo-window");
    place.scrollTo((place.scrollWidth - place.clientWidth) / 2, (place.scrollHeight - place.clientHeight) / 2);
    if (large) place.focus();
  } else return;
  event.preventDefault();
});
for (const zoom of photos.querySelectorAll("[data-zoom]")) zoom.setAttribute("role", "button");

photos.addEventListener("submit", async (event) => {
  const form = event.target.closest("[data-turn]");
  if (!form) return;
  event.preventDefault();
  try {
    const answer = await fetch(form.action, { method: "POST", body: new URLSearchParams(new FormData(form)), redirect: "manual" });
    if (answer.type !== "opaqueredirect") throw new Error("not turned");
  } catch {
    say("De foto draait niet: er is geen verbinding.");
    return;
  }
  const sheet = form.closest("figure").querySelector(".photo-sheet");
  const turn = Number(/turn-(\d+)/.exec(sheet.className)[1]);
  sheet.classList.replace(`turn-${turn}`, `turn-${(turn + 90) % 360}`);
});
