// The title of the page says it first when a form was refused, as that of a page without scripts does (the tag `fault`).
const FAULT = "Fout: ";

document.addEventListener("htmx:after:swap", ({ detail }) => {
  const { request, response } = detail.ctx;
  if (!/^post$/i.test(request.method)) return; // news that comes by itself says nothing of a form
  const plain = document.title.replace(FAULT, "");
  document.title = response.status >= 400 ? FAULT + plain : plain;
});
