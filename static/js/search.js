// Leaves empty search and filter fields out of the address.
document.addEventListener("formdata", ({ target, formData }) => {
  if (target.method !== "get") return;
  for (const [name, value] of [...formData]) if (!value) formData.delete(name);
});

// After Back the fields say what the list shows: a browser puts back what was typed before it went on.
addEventListener("pageshow", ({ persisted }) => {
  const [came] = performance.getEntriesByType("navigation");
  if (!persisted && came?.type !== "back_forward") return;
  for (const form of document.querySelectorAll("form[role='search']")) form.reset();
});
