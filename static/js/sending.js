// Sends a form as a press does. Safari has no requestSubmit before 16: there its button is clicked, or one for a moment.
const sendForm = (form, button) => {
  if (form.requestSubmit) return form.requestSubmit(button);
  if (button) return button.click();
  const press = document.createElement("button");
  press.hidden = true;
  form.append(press);
  press.click();
  press.remove();
};
