// The line that a finger, a mouse or the keys are on, for who follows with a ruler.
if ("guide" in document.documentElement.dataset) {
  const guide = document.createElement("div");
  guide.className = "guide";
  document.body.append(guide);
  const put = (y) => guide.style.setProperty("translate", `0 ${Math.max(0, y - guide.offsetHeight / 2)}px`);
  put(innerHeight / 3);
  addEventListener("pointermove", ({ clientY }) => put(clientY), { passive: true });
  addEventListener("pointerdown", ({ clientY }) => put(clientY), { passive: true });
  addEventListener("focusin", ({ target }) => {
    const { top, height } = target.getBoundingClientRect();
    if (target.matches(":focus-visible")) put(top + height / 2);
  });
}
