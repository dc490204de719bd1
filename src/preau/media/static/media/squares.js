// Choosing squares of a picture by dragging over them. Without this module each is touched.
for (const grid of document.querySelectorAll("[data-squares] > div")) {
  let checks = null;
  const set = (event) => {
    const label = document.elementFromPoint(event.clientX, event.clientY)?.closest("label");
    const box = label && grid.contains(label) ? label.querySelector("input") : null;
    if (!box) return;
    if (checks === null) checks = !box.checked;
    box.checked = checks;
  };
  grid.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    event.preventDefault();
    checks = null;
    set(event);
  });
  grid.addEventListener("pointermove", (event) => {
    if (checks !== null) set(event);
  });
  grid.addEventListener("click", (event) => {
    if (event.detail) event.preventDefault(); // the pointer has already set it; the keyboard has not
  });
  window.addEventListener("pointerup", () => {
    checks = null;
  });
}
