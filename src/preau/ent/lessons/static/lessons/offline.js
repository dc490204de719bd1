// The pages of a cut line: one goes on with the page in hand, or begins another, by what this browser was given while the
// pupil was in (queue.js). They name nobody; whose it is, the server knows.
const page = document.documentElement;
const menu = document.querySelector("[data-offline]");
const form = document.querySelector("form[data-part]");
const asked = new URLSearchParams(location.search);
const AGAIN = 4000; // ms
const IDLE = 600_000; // ms, then the screen asks who is there
const kept = self.garde;
const show = (name, isShown = true) => {
  for (const part of document.querySelectorAll(`[data-when="${name}"]`)) part.hidden = !isShown;
};
const isIn = (one) => Boolean(one?.token) && Date.now() < one.until;

// A tool: a sheet of its own each time, for the cache gives the same page again.
const open = async () => {
  const one = await kept?.who();
  if (!isIn(one)) return location.replace(page.dataset.neutral);
  const [, sheet] = location.pathname.match(/faire\/([\da-f-]{36})\//) ?? [];
  if (sheet && sheet !== one.page) await kept.change({ page: sheet });
  page.dataset.skin = one.skin;
  form.elements.part_id.value = crypto.randomUUID();
};

const lead = (sheet) => {
  for (const link of document.querySelectorAll("[data-address]")) link.href = link.dataset.address.replace(/[0-]{36}/, sheet);
};
const offer = (one) => {
  const isThere = isIn(one);
  const isIdle = isThere && Date.now() - one.used > IDLE;
  const skin = isThere ? one.skin : one?.classSkin; // the next one hears it too, where the class does not read
  if (skin) page.dataset.skin = skin;
  show("idle", isIdle);
  show("in", isThere && !isIdle);
  show("leave", isThere);
  lead(one?.page ?? "");
};
// A document opens below its link, and closes again: its page cannot come.
const showPages = (event) => {
  event.preventDefault();
  const { document: address, pages } = event.currentTarget.dataset;
  const line = event.currentTarget.closest("p");
  if (line.nextElementSibling?.matches(".pages-shown")) return line.nextElementSibling.remove();
  const shown = document.createElement("div");
  shown.className = "pages-shown";
  for (let number = 1; number <= pages; number++) {
    const page = new Image();
    page.src = `${address}?page=${number}`;
    page.alt = `Page ${number}`;
    shown.append(page);
  }
  line.after(shown);
};
// What the teacher gave, as far as it was fetched before; a link to elsewhere leads nowhere now.
const tell = async () => {
  const zone = document.querySelector("[data-given-here]");
  const answer = await fetch(zone.dataset.givenHere).catch(() => null);
  if (!answer?.ok || answer.redirected) return;
  const words = new DOMParser().parseFromString(await answer.text(), "text/html");
  for (const away of words.querySelectorAll("[data-elsewhere]")) away.remove();
  zone.replaceChildren(...words.body.children);
  for (const link of zone.querySelectorAll("a[data-document]")) link.addEventListener("click", showPages);
  zone.dispatchEvent(new Event("given", { bubbles: true })); // its sounds: spoken.js
};
const choose = async () => {
  if (asked.has("a-toi")) await kept.leave();
  const one = await kept.who();
  if (isIn(one) && !one.page) await kept.change({ page: crypto.randomUUID() });
  const who = await kept.who();
  offer(who);
  if (isIn(who)) await tell();
};
const press = (name, act) => document.querySelector(`[data-press="${name}"]`)?.addEventListener("click", act);
press("carry-on", async () => {
  await kept.change({ used: Date.now() });
  offer(await kept.who());
});
press("another", async ({ currentTarget }) => {
  const said = currentTarget.textContent.trim();
  const sheet = crypto.randomUUID();
  lead(sheet); // before the disk answers: a tool touched meanwhile opens the new page
  await kept.change({ page: sheet });
  offer(await kept.who());
  document.querySelector("[data-told]").textContent = said;
});

// What was given, once it is so no more: another activity, or a word of the class taken back (device.js).
const forget = async ([number, , , , , , , , , word]) => {
  for (const each of (await self.caches?.keys()) ?? [])
    if (each.startsWith("preau-seance-") && !each.endsWith(`-${number}-${word}`)) await caches.delete(each);
};
// The line is back: this page leaves by itself; what is being made is not taken from anybody's hands, unless the session
// is over or the class is asked to look up.
let isLeaving = false; // by a touch
addEventListener("beforeunload", () => (isLeaving = true));
addEventListener("pageshow", () => (isLeaving = false));
const back = async () => {
  const answer = await fetch("/seance/pouls/", { cache: "no-store" }).catch(() => null);
  if (!answer?.ok || isLeaving) return;
  const said = (await answer.text()).trim();
  await forget(said.split(" ")).catch(() => {});
  if (form) {
    if (said === "0") location.replace("/seance/moi/");
    else if (said.split(" ")[1] === "1") location.replace(location.href);
  } else if (!(await kept?.who().catch(() => null))?.left) {
    if (location.pathname.startsWith("/eleve/")) location.reload(); // what one wanted to read
    else location.replace("/seance/moi/");
  } else if (asked.has("retour")) document.querySelector("[data-leave]").requestSubmit(); // this page has just been given
  else location.replace(`${page.dataset.neutral}?a-toi&retour`);
};
addEventListener("online", back);
setInterval(back, AGAIN);

let idle = 0;
const wake = () => {
  clearTimeout(idle);
  idle = setTimeout(async () => {
    await kept?.change({ used: 0 });
    location.replace(page.dataset.neutral);
  }, IDLE);
};
if (form) for (const sign of ["pointerdown", "keydown", "input"]) addEventListener(sign, wake);

if (form) open().then(wake);
else if (menu) (kept ? choose().catch(() => {}) : Promise.resolve()).then(() => asked.has("retour") && back());
