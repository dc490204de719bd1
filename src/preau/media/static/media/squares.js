// Choosing squares of a picture by dragging over them. Without this module each is touched; so it is by a finger where
// the picture is wider than the screen: there a finger that moves looks at the rest of it.
for (const grid of document.querySelectorAll("[data-squares] > div")) {
  const around = grid.closest(".scroll");
  const isDrawn = (event) => event.pointerType !== "touch" || around.scrollWidth <= around.clientWidth;
  let checks = null;
  let drawn = false;
  const set = (event) => {
    const label = document.elementFromPoint(event.clientX, event.clientY)?.closest("label");
    const box = label && grid.contains(label) ? label.querySelector("input") : null;
    if (!box) return;
    if (checks === null) checks = !box.checked;
    box.checked = checks;
  };
  grid.addEventListener("pointerdown", (event) => {
    drawn = event.button === 0 && isDrawn(event);
    if (!drawn) return;
    event.preventDefault();
    checks = null;
    set(event);
  });
  grid.addEventListener("pointermove", (event) => {
    if (checks !== null) set(event);
  });
  grid.addEventListener("click", (event) => {
    if (event.detail && drawn) event.preventDefault(); // the pointer has already set it; the keyboard has not
  });
  window.addEventListener("pointerup", () => {
    checks = null;
  });
}
