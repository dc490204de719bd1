// For every page. A list that was opened closes with Escape or a touch elsewhere.
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

// Pages kept in the device for a place without network go with who leaves or enters, and after a day.
// What was written and not sent is not there but in localStorage: it stays.
const DAY = 86_400_000; // ms
const forget = async (isOver) => {
  for (const name of await caches.keys()) {
    const store = await caches.open(name);
    const pages = await store.matchAll();
    const isOld = (page) =>
      page.headers.get("content-type")?.startsWith("text/html") && !(Date.now() - Date.parse(page.headers.get("date")) < DAY);
    if (isOver || pages.some(isOld)) await caches.delete(name);
  }
};
if (self.caches) {
  forget(document.querySelector("form[data-entry]") !== null);
  document.addEventListener("submit", (event) => event.target.matches("[data-exit]") && forget(true));
}

// The door of this page, where the row of doors is pulled: in sight, without moving the page.
const here = document.querySelector(".doors [aria-current]");
if (here) {
  const row = here.closest("ul");
  row.scrollLeft = here.offsetLeft - (row.clientWidth - here.offsetWidth) / 2;
}
