// Stickers on paper: each number is kept as soon as its field is left. Uses waiting.js and lines.js.

const paper = document.getElementById("papier");
const waitingCounts = paper && new Waiting(`papier:${own}`);

const wasOf = (name) => paper.elements[`was-${name}`];
const tellCounts = (words) => document.getElementById("papier-melding").replaceChildren(...(words ? [inNotice(words)] : []));

const countCounted = () => {
  const rows = [...paper.querySelectorAll("tbody tr")];
  const done = rows.filter((row) => [...row.querySelectorAll("input:not([type=hidden])")].every((field) => wasOf(field.name).value !== "")).length;
  const state = document.getElementById("papier-stand");
  state.textContent = state.textContent.replace(/^\d+/, done);
};

// The number and what stood there before: the second of two who count is told.
const sendCount = async ({ key: name, value }) => {
  const field = paper.elements[name];
  const body = new URLSearchParams({ [name]: value, [`was-${name}`]: wasOf(name).value, ronde: paper.elements.ronde.value });
  body.set("csrfmiddlewaretoken", paper.elements.csrfmiddlewaretoken.value);
  const answer = await fetch(paper.action, { method: "POST", headers: AS_FRAGMENT, body });
  const text = await answer.text();
  if (![200, 409].includes(answer.status)) throw new Error("not kept");
  const told = new DOMParser().parseFromString(text, "text/html").querySelector("[data-there]");
  if (waitingCounts.items.get(name)?.value === value) waitingCounts.drop(name);
  wasOf(name).value = told ? told.dataset.there : value;
  field.setAttribute("aria-invalid", Boolean(told));
  tellCounts(told?.textContent ?? "");
  countCounted();
};

let isCounting = false;
const sendCounts = async () => {
  if (isCounting) return;
  isCounting = true;
  try {
    while (waitingCounts.items.size) await sendCount(waitingCounts.all[0]);
  } catch {
    tellCounts(`${waitingCounts.items.size === 1 ? "Eén getal is" : `${waitingCounts.items.size} getallen zijn`} op dit apparaat bewaard. Zodra er verbinding is, gaat dat mee.`);
  } finally {
    isCounting = false;
  }
};

if (paper) {
  for (const { key, value } of waitingCounts.all) {
    if (paper.elements[key]) paper.elements[key].value = value;
    else waitingCounts.drop(key);
  }
  paper.classList.add("saves-itself");
  paper.addEventListener("change", ({ target }) => {
    if (!/^\d{0,3}$/.test(target.value.trim())) {
      target.setAttribute("aria-invalid", true);
      tellCounts("Vul een getal in van 0 tot en met 999, of laat het vak leeg.");
      return;
    }
    waitingCounts.add({ key: target.name, value: target.value.trim() });
    sendCounts();
  });
  paper.addEventListener("submit", (event) => event.preventDefault());
  // Enter goes on, as Tab does: who counts has one hand on the sheet.
  paper.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.target.matches("button")) return;
    const fields = [...paper.querySelectorAll("input:not([type=hidden])")];
    fields[fields.indexOf(event.target) + 1]?.focus();
    event.preventDefault();
  });
  setInterval(() => waitingCounts.items.size && sendCounts(), EVERY);
  if (waitingCounts.items.size) sendCounts();
}
