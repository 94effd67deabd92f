// Typing: Enter keeps a line and empties the field. Uses prefixes.js, likeness.js, lines.js and photos.js.

const typed = document.getElementById("regel");
const hint = document.getElementById("lijkt");
const keysOn = document.getElementById("toetsen");
const letters = new Map([...document.querySelectorAll("#letters li")].map((each) => [each.dataset.letter, each.dataset.role]));
const draftName = `aantekening-concept:${own}`;
let alike; // the line that the hint is about
let lastKey = ""; // of the line that was typed last here

// The chips say where the next line was said, and the letter by which its role is typed.
const tellChips = () => {
  const { rol } = typingForm.elements;
  const key = document.getElementById("toets-rol");
  key.hidden = false;
  key.textContent = [...letters].find(([, role]) => role === rol.value)?.[0] ?? "?";
};

const placeInWords = () => {
  const { tafel, rol } = typingForm.elements;
  const role = rol.value ? rol.selectedOptions[0].textContent : "";
  return [tafel.value && `tafel ${tafel.value}`, role].filter(Boolean).join(", ");
};

// Takes a prefix off what was typed as soon as it is whole, and shows it as chips.
const takePrefix = (isWhole) => {
  if (!isWhole && !/\s$|\s\S/.test(typed.value)) return;
  const found = readPrefix(typed.value, letters);
  if (found.table === undefined && found.role === undefined) return;
  const { tafel, rol } = typingForm.elements;
  if (found.table !== undefined) tafel.value = found.table;
  if (found.role !== undefined) rol.value = found.role;
  typed.value = found.words;
  tellChips();
  document.getElementById("plek").textContent = placeInWords() || "geen tafel, rol onbekend";
};

const lookAlike = () => {
  const words = typed.value.replace(/\s+[x×]\s?\d{1,3}\s*$/i, "");
  alike = mostAlike(words, knownLines());
  const wasAtEnd = isAtEnd();
  hint.hidden = !alike;
  if (wasAtEnd) lineList.scrollTop = lineList.scrollHeight;
  if (alike) hint.querySelector("span").textContent = `Lijkt op regel ${alike.number}: «${alike.words}».`;
};

const keepDraftLine = () => device((storage) => (typed.value ? storage.setItem(draftName, typed.value) : storage.removeItem(draftName)));

const keepLine = (isSame) => {
  takePrefix(true);
  const words = typed.value.trim();
  if (!words) return;
  if (words.length > 2000) {
    pasteAll(words);
    return;
  }
  const { tafel, rol, namens } = typingForm.elements;
  const line = { key: newKey(), words, tafel: tafel.value, rol: rol.value, namens: namens.value, place: placeInWords() };
  if (isSame && alike) line.lijkt = alike.number;
  showWaiting(waitingLines.add(line));
  lastKey = line.key;
  typed.value = "";
  keepDraftLine();
  lookAlike();
  typed.focus();
  tellHow(false);
  sync();
};

typingForm.addEventListener("submit", (event) => {
  event.preventDefault();
  keepLine(false);
});
hint.querySelector("button").addEventListener("click", () => keepLine(true));
typed.addEventListener("input", () => {
  takePrefix(false);
  lookAlike();
  keepDraftLine();
});
typingForm.addEventListener("change", tellChips);

// More than one line goes by a preview, with what was typed before it still in the field afterwards.
const pasteAll = (text) => {
  const form = document.createElement("form");
  form.method = "post";
  form.action = lineList.dataset.paste;
  const { tafel, rol, namens, csrfmiddlewaretoken, _van } = typingForm.elements;
  const sent = { text, seed: newKey(), tafel: tafel.value, rol: rol.value, namens: namens.value, csrfmiddlewaretoken: csrfmiddlewaretoken.value, _van: _van.value };
  for (const [name, value] of Object.entries(sent)) {
    const field = document.createElement("textarea");
    field.name = name;
    field.value = value;
    form.append(field);
  }
  form.hidden = true;
  document.body.append(form);
  form.submit();
};
typed.addEventListener("paste", (event) => {
  const text = event.clipboardData.getData("text/plain");
  if (text.trim().split(/\r?\n/).filter((line) => line.trim()).length < 2) return;
  event.preventDefault();
  pasteAll(text);
});

const lastLine = () => {
  const mine = lastKey && lineList.querySelector(`.note-line[id][data-key="${lastKey}"]`);
  return mine || [...lineList.querySelectorAll(".note-line[id]")].pop();
};

typed.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && event.ctrlKey) {
    event.preventDefault();
    keepLine(keysOn.checked);
  } else if (!keysOn.checked) return;
  else if (event.key === "ArrowUp" && !typed.value) {
    event.preventDefault();
    lastLine()?.querySelector(".line-pencil").click();
  } else if (event.key === "PageDown" || event.key === "PageUp") {
    event.preventDefault();
    turnPhoto(event.key === "PageDown" ? 1 : -1);
  }
});
keysOn.closest("label").hidden = false;
keysOn.checked = device((storage) => storage.getItem("aantekening-toetsen")) !== "uit";
keysOn.addEventListener("change", () => device((storage) => storage.setItem("aantekening-toetsen", keysOn.checked ? "aan" : "uit")));

// The pencil opens a form in the place of the line. Afterwards typing goes on; Esc leaves the line as it was.
document.addEventListener("htmx:after:swap", () => {
  const asking = lineList.querySelector(".is-asking:not(.is-met)");
  if (asking) {
    asking.classList.add("is-met");
    const first = asking.querySelector("[name=text], .line-asked");
    first.focus();
    first.select?.();
  } else if (document.activeElement === document.body || lineList.contains(document.activeElement)) typed.focus();
  tellHow(false);
});
lineList.addEventListener("keydown", (event) => {
  if (event.key === "Escape") event.target.closest(".is-asking")?.querySelector("a[hx-get*='/regels/']:not([hx-get$='weg/'])").click();
});
// What was typed in that form stays there when nobody is logged in any more.
document.addEventListener("htmx:before:swap", (event) => {
  const { response, text } = event.detail.ctx;
  if (!lineList.contains(event.target)) return;
  if (response.status === 200) document.getElementById("melding").replaceChildren();
  if (![401, 403].includes(response.status)) return;
  event.preventDefault();
  if (response.status === 403) sync(); // brings a new token
  tellTrouble(...(response.status === 401 ? new DOMParser().parseFromString(text, "text/html").body.children : [inNotice("Dat is niet bewaard. Druk nog eens.")]));
});

typed.value ||= device((storage) => storage.getItem(draftName)) ?? "";
tellChips();
if (matchMedia("(pointer: fine)").matches && !document.querySelector("[data-focus]")) typed.focus();
