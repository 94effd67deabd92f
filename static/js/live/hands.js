// − and + beside a number, and «6 van de 6 geteld» while a table counts its hands. Without it a number is typed.

const stepsIn = (place) => {
  for (const button of place.querySelectorAll("[data-step][hidden]")) button.hidden = false;
  for (const form of place.querySelectorAll("form[data-people]")) tellCounted(form);
};

const tellCounted = (form) => {
  const told = form.querySelector("[data-counted]");
  if (!told) return;
  const people = Number(form.dataset.people);
  const counted = [...form.querySelectorAll("input[type=number]")].reduce((sum, { value }) => sum + (Number(value) || 0), 0);
  told.hidden = false;
  told.textContent = counted > people ? `${counted} geteld, en jullie zijn met ${people}` : `${counted} van de ${people} geteld`;
  told.classList.toggle("is-whole", counted === people);
};

document.addEventListener("click", ({ target }) => {
  const button = target.closest("[data-step]");
  if (!button) return;
  const field = button.parentElement.querySelector("input");
  const [least, most] = [Number(field.min), Number(field.max)];
  field.value = Math.min(most, Math.max(least, (Number(field.value) || 0) + Number(button.dataset.step)));
  // As if it was typed: whoever hears the page hears the number, and what counts along counts it.
  field.dispatchEvent(new Event("input", { bubbles: true }));
});

document.addEventListener("input", ({ target }) => {
  const form = target.closest("form[data-people]");
  if (form) tellCounted(form);
});

stepsIn(document);
document.addEventListener("htmx:after:swap", () => stepsIn(document));
