// A shared device asks every second and a half whether its page is still the right one (middleware.py).
const page = document.documentElement;
const EVERY = 1500; // ms
const given = page.dataset.given;
const turn = document.querySelector("form[data-switch]"); // « À toi ! »
const isIn = turn !== null;

// « Regardez-moi » covers the page, which stays as it is under it: a stroke, a word, a place in a list.
let focused = null; // what had the keys
const behind = (isOn) => {
  for (const part of document.querySelectorAll(".skip, header, main")) part.inert = isOn;
};
// A voice under way ends: the class would be heard in it.
const endVoice = () => document.querySelector("[data-icon=record][data-is=on]")?.click();
const cover = (shown) => {
  focused = document.activeElement;
  behind(true);
  self.speechSynthesis?.cancel();
  for (const media of document.querySelectorAll("audio, video")) if (!media.srcObject) media.pause(); // the camera of a card goes on
  for (const large of document.querySelectorAll("dialog[open]")) large.close(); // these lie over all of a page
  if (document.fullscreenElement) document.exitFullscreen();
  endVoice();
  setTimeout(() => shown.isConnected && endVoice(), 1500); // its first second takes no touch (media/record.js)
  shown.focus();
};
const pause = (isOn) => {
  const shown = document.querySelector(".paused");
  if (isOn === (shown !== null)) return;
  if (isOn) {
    document.querySelector("header").after(document.querySelector("[data-pause]").content.cloneNode(true));
    const sign = document.querySelector(".paused");
    cover(sign);
    sign.dispatchEvent(new Event("given", { bubbles: true }));
    if (page.dataset.skin === "non-lecteur") dispatchEvent(new CustomEvent("say", { detail: "look-up" }));
  } else {
    shown.remove();
    behind(false);
    if (isIn) wake();
    focused?.focus();
  }
};
const has = (found) => document.querySelector(found) !== null;
if (has(".paused")) cover(document.querySelector(".paused"));
// Another activity: the pupil's first page is read again; elsewhere nothing is taken from their hands: a link is shown in
// the header, and said.
let saidOf = given; // the number of the activity that was said last
const show = (number) => {
  if (has("[data-in]")) return location.replace("/seance/moi/");
  if (number === saidOf) return;
  saidOf = number;
  if (!has(".given-now")) turn.before(document.querySelector("[data-new]").content.cloneNode(true));
  dispatchEvent(new CustomEvent("say", { detail: document.querySelector(".given-now") }));
};
// A page was given back: the pupil's first page is read again; elsewhere nothing is taken from their hands, a link in the
// corner shows it and says it, as long as the first page, or the page itself, was not seen.
const SEEN = "preau-pages-rendues";
let told; // how many there were at the former pulse of this page
const tellBack = (count) => {
  const seen = Number(sessionStorage.getItem(SEEN) ?? count);
  const isFirst = told === undefined;
  const isHome = has("[data-home]");
  const isHere = has("[data-came-back]"); // this page says it already
  if (isHome && (isHere ? !isFirst && count > told : count > 0)) return location.replace("/seance/moi/");
  told = count;
  const link = document.querySelector("[data-back-now]");
  if (isHome || (isFirst && isHere) || count <= seen) return sessionStorage.setItem(SEEN, count);
  if (!link.hidden) return;
  link.hidden = false;
  const name = `${SEEN}-${count}`; // said once, and over no voice that is recorded
  if (sessionStorage.getItem(name) || has("[data-part=voice] [data-is=on]")) return;
  sessionStorage.setItem(name, "said");
  dispatchEvent(new CustomEvent("say", { detail: link }));
};
if (!isIn) for (const name of Object.keys(sessionStorage)) if (name.startsWith(SEEN)) sessionStorage.removeItem(name); // of another pupil
// The word of the class, told no more, leaves the page that shows it; corrected, it is read as it is now, once what plays
// has ended. A page read again for that is not read once more.
let wordTold = performance.getEntriesByType("navigation")[0]?.type === "reload" ? "0" : "";
const plays = () => [...document.querySelectorAll("audio, video")].some(({ paused }) => !paused);
const isOutdated = (word) => {
  const former = wordTold;
  const isCorrected = word !== "0" && former > "0" && word !== former;
  if (isCorrected && plays()) return false;
  wordTold = word;
  return isCorrected || (word === "0" && former !== "0");
};
const follow = ([number, paused, muted, accepted, pupil, letIn, hand, back, entry, word]) => {
  page.toggleAttribute("data-muted", muted === "1");
  pause(paused === "1");
  if (accepted === "1") hold(number, word);
  if (isIn ? pupil === "0" : document.querySelector("[data-wait]") && accepted === "1") location.replace("/seance/classe/");
  else if (isIn && page.dataset.entry && entry !== page.dataset.entry) location.replace("/seance/moi/"); // another pupil, in another tab
  else if (isOutdated(word) && has("[data-word]")) location.reload();
  else if (isIn && paused === "0") {
    if (number !== given) show(number);
    else if (hand === "0" && has(".calls [data-key=hand-up]")) location.replace("/seance/moi/"); // an adult comes
    tellBack(Number(back));
  } else if (letIn === "1" && document.querySelector("[data-follow]")) location.replace(location.href);
};
const ask = async () => {
  const answer = await fetch("/seance/pouls/", { cache: "no-store" }).catch(() => null);
  if (!answer?.ok) return; // no network: what is on the screen stays
  const said = (await answer.text()).trim();
  if (said === "0") location.replace("/seance/finie/");
  else follow(said.split(" "));
};
setInterval(ask, EVERY);

// Before the line is cut, once this page is there: the pages of a cut line, and what the teacher gave, from the entry on,
// until the next activity, the word of the class changed or taken back (the pulse tells both), or the end (over.js).
const GIVEN = "/seance/activite/";
const partsOf = ({ dataset: { document, pages, say } }) =>
  document ? Array.from({ length: pages }, (_, before) => `${document}?page=${before + 1}`) : [say]; // a document, page by page
let held; // the name of what is kept, or is being fetched
const hold = (number, word) => {
  const name = `preau-seance-${page.dataset.lesson}-${number}-${word}`;
  if (!self.caches || !page.dataset.lesson || name === held) return;
  held = name;
  fetchGiven(name).catch(() => held === name && (held = undefined)); // asked again at the next pulse
};
const fetchGiven = async (name) => {
  for (const each of await caches.keys()) if (each.startsWith("preau-seance-") && each !== name) await caches.delete(each);
  if ((await caches.has(name)) && (await (await caches.open(name)).match(GIVEN)) && !has(".class")) return;
  const answer = await fetch(GIVEN);
  if (!answer.ok || answer.redirected || name !== held) return;
  const store = await caches.open(name);
  const words = new DOMParser().parseFromString(await answer.clone().text(), "text/html");
  await store.put(GIVEN, answer);
  for (const one of words.querySelectorAll("a[data-document], [data-say^='/seance/documents/']")) {
    for (const address of partsOf(one)) {
      if (name !== held) return;
      if (await store.match(address)) continue;
      const file = await fetch(address, { headers: { "X-Part": "file" } });
      if (file.ok) await store.put(address, file).catch(() => {}); // too large for here
    }
  }
};
const prepare = () => {
  for (const scope of ["/seance/", "/eleve/"]) navigator.serviceWorker?.register("/seance/hors-ligne.js", { scope }).catch(() => {});
  ask();
};
if (document.readyState === "complete") prepare();
else addEventListener("load", prepare);

// Every twenty seconds, from page to page: on line, with so many things that have not left (kept by make.js).
const NEWS = 20_000; // ms
const tell = () => {
  const body = new URLSearchParams({ kept: page.dataset.kept ?? 0, csrfmiddlewaretoken: token.value });
  fetch("/seance/nouvelles/", { method: "POST", body }).catch(() => {});
};
const token = document.querySelector("[name=csrfmiddlewaretoken]");
const begin = () => {
  tell();
  setInterval(tell, NEWS);
};
if (isIn && token) setTimeout(begin, page.dataset.news * 1000 || 0);

// Nobody touches it for five minutes, ten for who reads: the class is back (users.md, rule 13).
const IDLE = page.dataset.skin === "non-lecteur" ? 300_000 : 600_000; // ms
let idle = 0;
const wake = () => {
  clearTimeout(idle);
  idle = setTimeout(() => (document.querySelector(".paused") ? wake() : turn.requestSubmit()), IDLE); // nobody may touch then
};
if (isIn) {
  for (const sign of ["pointerdown", "keydown", "input"]) addEventListener(sign, wake);
  wake();
}

// What is wrong is shown, and said (users.md, rule 12).
const wrong = document.querySelector("[data-say-now]");
if (wrong) setTimeout(() => dispatchEvent(new CustomEvent("say", { detail: wrong.dataset.sayNow })), 100);

// Four pictures: each press shows at once, the fourth sends.
const pictures = document.querySelector("form[data-pictures]");
pictures?.addEventListener("click", (event) => {
  const button = event.target.closest("button");
  const free = document.querySelector(".four li:not(.set)");
  if (!button || !free) return;
  if (document.querySelectorAll(".four li:not(.set)").length === 1) return; // the last one is the form's own
  event.preventDefault();
  free.className = "set";
  free.append(button.querySelector("svg").cloneNode(true));
  const kept = document.createElement("input");
  kept.type = "hidden";
  kept.name = button.name;
  kept.value = button.value;
  const said = [...pictures.querySelectorAll("input[name=image]")].at(-1); // in the order they are touched
  said ? said.after(kept) : pictures.prepend(kept);
});
document.querySelector("form[data-at-once]")?.requestSubmit();

// The card, where the browser has a camera and reads codes; else one's picture alone.
const card = document.querySelector("form[data-badge]");
if (card && "BarcodeDetector" in self && navigator.mediaDevices) {
  card.hidden = false;
  card.addEventListener("click", async (event) => {
    if (!event.target.closest("button")) return;
    const { scan } = await import(card.dataset.badge);
    await scan(card);
  });
  card.addEventListener("refused", () => {
    card.hidden = true;
    document.querySelector("[data-camera-refused]").hidden = false;
    dispatchEvent(new CustomEvent("say", { detail: "no-camera" }));
  });
}
