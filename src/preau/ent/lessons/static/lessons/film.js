// « Regarder » plays the video above it, and stops it: one at a time, none by itself.
const films = [...document.querySelectorAll(".film video")];
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
}
