// Back and forward show a page as it was left: from the memory of the browser, or from its store. What is the reader's
// own in it, or moves, is fetched again: each [data-renews], which has an id. Where somebody types, nothing is replaced.

const isTyped = (place) =>
  [...place.querySelectorAll("textarea, input:not([type=hidden], [type=checkbox], [type=radio])")].some((each) => each.value !== each.defaultValue);

// Folds that were opened stay so; the focus stays where it was, if that is still there.
const putIn = (old, fresh) => {
  const opened = [...old.querySelectorAll("details")].map((fold) => fold.open);
  const folds = fresh.querySelectorAll("details");
  if (folds.length === opened.length) folds.forEach((fold, place) => (fold.open = opened[place]));
  const { id } = old.contains(document.activeElement) ? document.activeElement : {};
  old.replaceWith(fresh);
  htmx.process(fresh);
  if (id) document.getElementById(id)?.focus({ preventScroll: true });
};

const withId = (place) => [...place.children].filter((each) => each.id);

const renewPart = (old, fresh) => {
  if (!isTyped(old)) return putIn(old, document.importNode(fresh, true));
  const there = new Map(withId(old).map((each) => [each.id, each]));
  let before = null; // what is new comes where it stands there
  for (const each of withId(fresh).reverse()) {
    const known = there.get(each.id);
    if (!known) {
      const added = document.importNode(each, true);
      old.insertBefore(added, before);
      htmx.process(added);
      before = added;
    } else if (isTyped(known)) {
      before = known;
    } else {
      putIn(known, document.importNode(each, true));
      before = document.getElementById(each.id);
    }
  }
};

// Who is logged in, as the page says it: not by words, which a browser may have translated.
const whoseIn = (page) => `${page.querySelector(".whose") !== null} ${page.querySelector("[data-who]")?.dataset.who ?? ""}`;

const renewPage = async () => {
  if (!document.querySelector("[data-renews]")) return;
  const answer = await fetch(location.href, { cache: "reload" }).catch(() => null);
  if (!answer?.ok || answer.redirected) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  if (whoseIn(page) !== whoseIn(document)) return location.reload();
  for (const fresh of page.querySelectorAll("[data-renews]")) {
    const old = document.getElementById(fresh.id);
    if (old) renewPart(old, fresh);
  }
  const token = page.querySelector("[name=csrfmiddlewaretoken]")?.value;
  if (token) for (const each of document.getElementsByName("csrfmiddlewaretoken")) each.value = token;
};

addEventListener("pageshow", ({ persisted }) => {
  const [came] = performance.getEntriesByType("navigation");
  // One that came from the site just now is as new as can be.
  if (persisted || (came?.type === "back_forward" && !came.transferSize)) renewPage();
});
