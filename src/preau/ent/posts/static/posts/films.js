// Two videos, one of them in LSF. What waits to be asked brings its first image once it is shown; « Changer de place » puts
// the one in LSF before the other, or after it, and this device keeps it so.
const pairs = [...document.querySelectorAll(".films:has([data-moves])")];
const isFirst = pairs[0]?.querySelector(":scope > :first-child [data-moves]") !== null; // as this reader's pages come
const PLACE = `lsf:${isFirst ? "d’abord" : "ensuite"}`;
// What plays is not touched: taken out of the page, it would stop.
const move = ({ children: [before, after] }) => (after.querySelector("video").paused ? before.before(after) : after.after(before));
for (const pair of pairs) {
  const button = pair.querySelector("[data-moves]");
  button.hidden = false;
  button.addEventListener("click", () => {
    pairs.forEach(move);
    button.focus();
    if (localStorage.getItem(PLACE)) localStorage.removeItem(PLACE);
    else localStorage.setItem(PLACE, "moved");
  });
}
if (localStorage.getItem(PLACE)) pairs.forEach(move);
const show = () => {
  for (const film of document.querySelectorAll(":target video[data-poster]")) film.poster = film.dataset.poster;
};
addEventListener("hashchange", show);
show();
