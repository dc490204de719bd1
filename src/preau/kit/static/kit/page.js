// Comfort for every page: a list that was opened closes with Escape or a touch elsewhere.
const opened = () => document.querySelectorAll("details.face[open]");

document.addEventListener("click", (event) => {
  for (const list of opened()) if (!list.contains(event.target)) list.open = false;
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const list of opened()) {
    list.open = false;
    list.querySelector("summary").focus();
  }
});
