// « Regarder » plays the video above it, and stops it: one at a time, none by itself, silent while <html> has data-muted.
const page = document.documentElement;
const films = [...document.querySelectorAll(".film video")];
const mute = () => {
  if (page.hasAttribute("data-muted")) for (const film of films) film.muted = true;
};
for (const film of films) {
  const button = film.parentElement.querySelector("[data-plays]");
  button.hidden = false;
  button.addEventListener("click", () => (film.paused ? film.play().catch(() => {}) : film.pause()));
  film.addEventListener("play", () => {
    button.ariaPressed = "true";
    for (const other of films) if (other !== film) other.pause();
  });
  film.addEventListener("pause", () => {
    button.ariaPressed = "false";
  });
  film.addEventListener("volumechange", mute);
}
mute();
new MutationObserver(() => {
  for (const film of films) film.muted = page.hasAttribute("data-muted");
}).observe(page, { attributeFilter: ["data-muted"] });
