// News for a page that stays open: it polls, and shows the answer in a live region (.news).

// A page with an error does not belong in the news, and news that was told is not told again.
document.addEventListener("htmx:before:swap", (event) => {
  const place = event.target.closest?.(".news");
  if (!place) return;
  const { response, text } = event.detail.ctx;
  const news = text.trim();
  if (response.status >= 400 || news === (place.told ?? "")) event.preventDefault();
  else place.told = news;
});

// Nobody reads a hidden tab: it asks for no news.
document.addEventListener("htmx:before:request", (event) => {
  if (document.hidden && event.target.matches?.(".news")) event.preventDefault();
});
