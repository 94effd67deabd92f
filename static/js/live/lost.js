// What somebody was typing when the room was gone: it lies on this device still, and can be copied. Uses drafts.js.
{
  const lost = document.querySelector("[data-lost]");
  const place = `${DRAFT}/z/${lost.dataset.lost}/zeg/`;
  const keys = (lost.hidden && lost.dataset.lost && device((storage) => Object.keys(storage).filter((key) => key.startsWith(place)))) || [];
  const texts = new Set(keys.map((key) => (readDraft(key)?.text ?? "").trim()).filter(Boolean));
  if (texts.size) {
    lost.querySelector("textarea").value = [...texts].join("\n\n");
    lost.hidden = false;
  }
}
