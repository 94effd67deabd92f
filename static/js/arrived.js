// What arrived is done. A browser may keep what stood in a field, also in one that was taken away, and put it back after
// F5 or on the way back (Firefox does): so that nothing is sent twice, a form is emptied before its answer comes.

document.addEventListener("htmx:after:request", ({ target, detail: { ctx } }) => {
  const isAnswered = target.matches?.("form") && ctx.request.method !== "GET" && ctx.response.status < 300;
  if (isAnswered && (ctx.hx.redirect || ctx.target?.contains?.(target))) target.reset();
});
