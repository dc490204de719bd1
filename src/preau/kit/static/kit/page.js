// For every page. A list that was opened closes with Escape or a touch elsewhere.
const opened = () => document.querySelectorAll("details.face[open], nav details[open]");

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
// What was written and not sent is not there but in localStorage, sealed (kit/keep.js): a pupil's stays for them alone, a
// week, an adult's goes with who signs out.
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
const keptHere = (...kinds) => Object.keys(localStorage).filter((place) => kinds.some((kind) => place.startsWith(`${kind}:`)));
document.addEventListener("submit", (event) => {
  if (event.target.matches("[data-exit]")) for (const place of keptHere("brouillon")) localStorage.removeItem(place);
});
const age = (place, now = Date.now()) => {
  const text = JSON.parse(localStorage.getItem(place));
  if (now - text.at > 7 * DAY) localStorage.removeItem(place);
  // Kept before texts were dated, or by a clock that was ahead: its week begins now.
  else if (!(text.at <= now)) localStorage.setItem(place, JSON.stringify({ ...text, at: now }));
};
try {
  keptHere("texte", "brouillon").forEach((place) => age(place));
} catch {
  // a browser that keeps nothing, or nothing that can be read
}

// The door of this page, where the row of doors is pulled: in sight, without moving the page.
const here = document.querySelector(".doors [aria-current]");
if (here) {
  const row = here.closest("ul");
  const pull = () => (row.scrollLeft = here.offsetLeft - (row.clientWidth - here.offsetWidth) / 2);
  const sizes = new ResizeObserver(pull); // a telephone is turned, wider letters come late
  [row, ...row.children].forEach((each) => sizes.observe(each));
}
// Chromium does not pull the row to a door of which 32 px are seen already: who comes by keys sees it whole.
document.querySelector(".doors > ul")?.addEventListener("focusin", ({ target }) => {
  if (target.matches(":focus-visible")) target.scrollIntoView({ block: "nearest", inline: "nearest" });
});

// What is shown is told to be seen: by a POST, since a GET writes nothing.
const shown = document.querySelector("form[data-seen]");
if (shown) fetch(shown.action, { method: "POST", body: new URLSearchParams(new FormData(shown)) });

// A picture opens over the page: the figure of its own page, whose links lead to its neighbours.
const viewer = document.createElement("dialog");
viewer.className = "viewer";
viewer.ariaLabel = "Photo";
const view = async (address) => {
  const answer = await fetch(address).catch(() => null);
  const page = answer?.ok && new DOMParser().parseFromString(await answer.text(), "text/html");
  const photo = page && page.querySelector("[data-photo]");
  if (!photo) return location.assign(address); // signed out meanwhile, no network: the page itself says so
  const rel = document.activeElement.closest(".viewer [rel]")?.rel;
  viewer.replaceChildren(photo);
  if (!viewer.isConnected) document.body.append(viewer);
  if (!viewer.open) viewer.showModal();
  const [first] = [`[rel="${rel}"]`, "[rel=next]", "[data-close]"].map((each) => photo.querySelector(each)).filter(Boolean);
  first.focus();
};
viewer.addEventListener("keydown", (event) => {
  const rel = { ArrowLeft: "prev", ArrowRight: "next" }[event.key];
  if (rel) viewer.querySelector(`[rel=${rel}]`)?.click();
});

document.addEventListener("click", (event) => {
  if (event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const link = event.target.closest("a, button, input, label, summary");
  if (event.target === viewer || link?.matches(".viewer [data-close]")) {
    event.preventDefault();
    viewer.close();
  } else if (link?.matches("[data-view], .viewer [rel]")) {
    event.preventDefault();
    view(link.href);
  } else if (!link && getSelection().isCollapsed) {
    event.target.closest(".life > li, .todo > li")?.querySelector(".opens-all")?.click();
  }
});

// What is published may be stopped while this page is open: asked of a page in sight, and nothing of it is left on it.
const watch = document.querySelector("[data-watch]");
const ask = async () => {
  if (document.hidden || !watch.hidden) return;
  const answer = await fetch(watch.dataset.watch).catch(() => null);
  // An act is written a few seconds after the instant it bears.
  if (!answer?.ok || Number(await answer.text()) + 10 < Number(watch.dataset.since)) return;
  for (const list of document.querySelectorAll("[data-watched]")) list.remove();
  viewer.remove();
  watch.hidden = false;
};
if (watch) {
  setInterval(ask, 40_000);
  document.addEventListener("visibilitychange", ask);
}
