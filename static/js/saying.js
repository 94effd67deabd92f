// How scripts tell people something: `say`, for a moment at the foot of the page, and `noteAt`, beside a form.

// Announced and shown for a moment; nothing on the page moves.
const said = document.createElement("p");
said.className = "said";
said.setAttribute("role", "status");
document.body.append(said);

const say = (words) => {
  said.textContent = words;
  clearTimeout(said.timer);
  said.timer = setTimeout(() => said.replaceChildren(), 6000);
};

// Puts a note before `place`; an earlier note in the form goes.
const noteAt = (form, place, kind, ...words) => {
  form.querySelector(".draft-note")?.remove();
  const note = document.createElement("p");
  note.className = `notice small draft-note ${kind}`;
  note.setAttribute("role", kind ? "alert" : "status");
  note.append(...words);
  place.before(note);
  return note;
};
