// What Safari, and with it each browser on an iPhone, does not do by itself.

// A text box grows with its words: CSS does that (`field-sizing`), in Safari since 26.2. It never shrinks here: somebody
// may have pulled it larger.
const grow = (box) => {
  if (box.scrollHeight > box.clientHeight) box.style.blockSize = `${box.scrollHeight + box.offsetHeight - box.clientHeight}px`;
};

// An empty day or time shows today's, as if it were filled in: webkit.css leaves that out until somebody comes to it.
const DAYS = "input:is([type=date], [type=time])";
const tellEmpty = (field) => field.toggleAttribute("data-empty", !field.value && !field.validity.badInput);

const lookAtAll = () => {
  if (!CSS.supports("field-sizing", "content")) document.querySelectorAll("textarea").forEach(grow);
  document.querySelectorAll(DAYS).forEach(tellEmpty);
};
if (CSS.supports("hanging-punctuation", "first")) {
  lookAtAll();
  document.addEventListener("input", ({ target }) => {
    if (target.matches("textarea") && !CSS.supports("field-sizing", "content")) grow(target);
    if (target.matches(DAYS)) tellEmpty(target);
  });
  document.addEventListener("toggle", lookAtAll, true); // a closed fold has no height
  document.addEventListener("htmx:after:swap", lookAtAll);
  addEventListener("pageshow", lookAtAll); // with what drafts.js, or the browser, brought back
}
