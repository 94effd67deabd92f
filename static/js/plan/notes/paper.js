// Stickers and hands on paper: each number is kept as soon as its field is left. Uses waiting.js and lines.js.

const ownCounts = (form) => {
  const waiting = new Waiting(`${form.id}:${own}`);
  const wasOf = (name) => form.elements[`was-${name}`];
  const tell = (words) => form.querySelector("[data-counts-told]").replaceChildren(...(words ? [inNotice(words)] : []));
  const fieldsIn = (part) => [...part.querySelectorAll("input:not([type=hidden])")];

  const countCounted = () => {
    const rows = [...form.querySelectorAll("tbody tr")];
    const done = rows.filter((row) => fieldsIn(row).every((field) => wasOf(field.name).value !== "")).length;
    const state = form.querySelector("[data-counts-state]");
    state.textContent = state.textContent.replace(/^\d+/, done);
  };

  // The number and what stood there before: the second of two who count is told.
  const send = async ({ key: name, value }) => {
    const field = form.elements[name];
    const body = new URLSearchParams({ [name]: value, [`was-${name}`]: wasOf(name).value });
    for (const same of ["ronde", "csrfmiddlewaretoken"]) if (form.elements[same]) body.set(same, form.elements[same].value);
    const answer = await fetch(form.action, { method: "POST", headers: AS_FRAGMENT, body });
    const text = await answer.text();
    if (![200, 409].includes(answer.status)) throw new Error("not kept");
    const told = new DOMParser().parseFromString(text, "text/html").querySelector("[data-there]");
    if (waiting.items.get(name)?.value === value) waiting.drop(name);
    wasOf(name).value = told ? told.dataset.there : value;
    field.setAttribute("aria-invalid", Boolean(told));
    tell(told?.textContent ?? "");
    countCounted();
  };

  let isCounting = false;
  const sendAll = async () => {
    if (isCounting) return;
    isCounting = true;
    try {
      while (waiting.items.size) await send(waiting.all[0]);
    } catch {
      tell(`${waiting.items.size === 1 ? "Eén getal is" : `${waiting.items.size} getallen zijn`} op dit apparaat bewaard. Zodra er verbinding is, gaat dat mee.`);
    } finally {
      isCounting = false;
    }
  };

  for (const { key, value } of waiting.all) {
    if (form.elements[key]) form.elements[key].value = value;
    else waiting.drop(key);
  }
  form.classList.add("saves-itself");
  form.addEventListener("change", ({ target }) => {
    if (!/^\d{0,3}$/.test(target.value.trim())) {
      target.setAttribute("aria-invalid", true);
      tell("Vul een getal in van 0 tot en met 999, of laat het vak leeg.");
      return;
    }
    waiting.add({ key: target.name, value: target.value.trim() });
    sendAll();
  });
  form.addEventListener("submit", (event) => event.preventDefault());
  // Enter goes on, as Tab does: who counts has one hand on the sheet.
  form.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.target.matches("button")) return;
    const fields = fieldsIn(form);
    fields[fields.indexOf(event.target) + 1]?.focus();
    event.preventDefault();
  });
  setInterval(() => waiting.items.size && sendAll(), EVERY);
  if (waiting.items.size) sendAll();
};

for (const form of document.querySelectorAll("form[data-counts]")) ownCounts(form);
