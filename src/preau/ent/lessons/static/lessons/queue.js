// What has not left a tablet: sealed for the server alone (kit/box.js), kept in this browser, sent in order and by itself
// when the line is back, even after the session is closed. Each box holds the token that serves to bring it: nobody reads
// it here. A part sent twice is kept once: its id is its own.
// While a pupil is in, their page gives this browser a token (data-token) to go on without network (offline.js); any page
// where nobody is in takes it away.
const page = document.documentElement;
const { neutral } = page.dataset; // a page of a cut line: it comes from this browser and knows nobody
const [PARTS, HERE, WHO, RANK] = ["parts", "here", "who", "rank"];
const AGAIN = 5000; // ms between two tries

// The module that seals is read before the line is cut; a browser remembers a failure, not of another address.
let tries = 0;
const load = () => import(tries++ ? `${page.dataset.box}?${tries}` : page.dataset.box);
let box = page.dataset.token || neutral ? load() : null;
box?.catch(() => {});
const sealer = () => (box ??= load()).catch(() => (box = load()));

let opened = null;
const base = () =>
  (opened ??= new Promise((found, failed) => {
    const asked = indexedDB.open("preau-garde", 2);
    asked.onupgradeneeded = () => {
      const { result } = asked;
      if (!result.objectStoreNames.contains(PARTS)) result.createObjectStore(PARTS, { keyPath: "id" });
      if (!result.objectStoreNames.contains(HERE)) result.createObjectStore(HERE);
    };
    asked.onsuccess = () => {
      asked.result.onversionchange = () => asked.result.close();
      found(asked.result);
    };
    asked.onerror = () => failed(asked.error);
  }));
// Answers once it is on the disk: a battery may be empty the second after.
const ask = async (name, mode, act) => {
  const all = (await base()).transaction(name, mode, { durability: "strict" });
  const asked = act(all.objectStore(name));
  return new Promise((found, failed) => {
    all.oncomplete = () => found(asked.result);
    all.onabort = () => failed(all.error);
  });
};
const get = (name, key) => ask(name, "readonly", (store) => store.get(key));
const put = (name, ...row) => ask(name, "readwrite", (store) => store.put(...row));
const remove = (name, key) => ask(name, "readwrite", (store) => store.delete(key));
const waiting = async () => (await ask(PARTS, "readonly", (store) => store.getAll())).sort((one, other) => one.rank - other.rank);

// What is being made is kept as it goes, under the name of its page; once that page is gone, it leaves as the rest.
const me = crypto.randomUUID?.();
let alive = null;
let die = () => {};
const live = () => (alive ??= new Promise((got) => navigator.locks.request(me, () => (got(), new Promise((done) => (die = done))))));
addEventListener("pagehide", () => {
  die(); // it may be shown again, and live anew
  alive = null;
});
const living = async () => new Set((await navigator.locks?.query())?.held.map(({ name }) => name));

// « Gardé ici », once on a page: shown as long as something waits, and said when it begins to.
const count = async () => {
  const before = page.dataset.kept;
  page.dataset.kept = (await waiting()).filter(({ owner }) => owner !== me).length;
  const shown = document.querySelector("[data-kept-here]");
  if (!shown) return;
  shown.hidden = page.dataset.kept === "0";
  if (before === "0" && !shown.hidden) dispatchEvent(new CustomEvent("say", { detail: shown }));
};

// Who is in, as far as this browser knows: { token, key, skin, page, task, until, used }, or { left } after « À toi ! »; in a nursery
// class, whoever comes next does not read either, which { classSkin } says of nobody.
// A page of another activity than the one asked now (`task`) is not gone on with.
const who = () => get(HERE, WHO);
const change = async (more) => put(HERE, { ...(await who()), ...more }, WHO);
const note = async () => {
  const { token, key, left, skin, task } = page.dataset;
  if (neutral) return;
  const ofClass = classOf(page.dataset);
  if (!token) return ofClass ? put(HERE, ofClass, WHO) : remove(HERE, WHO);
  const before = await who();
  if (before?.left) return location.replace(`${page.dataset.cut}?a-toi&retour`); // the device was given without network
  const sheet = location.pathname.match(/faire\/([\da-f-]{36})\//)?.[1] ?? new URLSearchParams(location.search).get("page");
  const used = Date.now(); // both instants are of this clock, right or wrong
  const begun = before?.task === task ? before?.page : undefined;
  await put(HERE, { token, key, skin, page: sheet ?? begun, task, until: used + left * 1000, used, ...ofClass }, WHO);
};
const classOf = (one) => (one?.classSkin ? { classSkin: one.classSkin } : null);

// `part`: what a form of a tool would send, to `address`. A later turn of a part takes the place of the one that waits.
const seal = async (part, address) => {
  const { token, key } = page.dataset.token ? page.dataset : await who();
  const { csrfmiddlewaretoken, made, ...said } = part;
  const isFile = made instanceof File;
  const head = { ...said, token, address: new URL(address, location).pathname, ...(isFile ? { name: made.name, type: made.type } : { made }) };
  const text = new TextEncoder().encode(`${JSON.stringify(head)}\n`);
  const bytes = new Uint8Array(await new Blob([text, ...(isFile ? [made] : [])]).arrayBuffer());
  return { sheet: head.address.split("/").at(-3), box: await (await sealer()).seal(bytes, key) };
};
const keep = async (part, address, owner) => {
  const sealed = await seal(part, address);
  const [id, turn, before] = [part.part_id, Number(part.turn), await get(PARTS, part.part_id)];
  if (before?.turn > turn) return;
  let rank = before?.rank;
  if (!rank) await put(HERE, (rank = ((await get(HERE, RANK)) ?? 0) + 1), RANK);
  await put(PARTS, { id, turn, rank, owner, at: crypto.randomUUID(), ...sealed });
  if (neutral) await change({ used: Date.now() });
  await count();
};
const forget = async ({ part_id, turn }) => {
  if ((await get(PARTS, part_id))?.turn <= Number(turn)) await remove(PARTS, part_id);
};

const bring = (box) => {
  const body = new FormData();
  body.append("box", box, "box");
  return fetch("/seance/envoi/", { method: "POST", body }).catch(() => null);
};
let isLeaving = false; // by a touch: nothing else is to move the page
addEventListener("beforeunload", () => (isLeaving = true));
addEventListener("pageshow", () => (isLeaving = false));
let isSending = false;
const deliver = async () => {
  if (isSending) return;
  isSending = true;
  try {
    const [open, stuck] = [await living(), new Set()];
    let isNew = false; // of the page in hand, which was drawn without it
    for (const one of await waiting()) {
      if (open.has(one.owner) || stuck.has(one.sheet)) continue;
      const answer = await bring(one.box);
      if (!answer) break;
      if (answer.status !== 200 && answer.status !== 410) {
        stuck.add(one.sheet); // not kept, nor refused for good: the order of its page stays
        continue;
      }
      const now = await get(PARTS, one.id);
      if (now?.at === one.at) await remove(PARTS, one.id); // else a later turn waits
      isNew = true;
    }
    await count();
    if (isNew && !neutral && !isLeaving && document.querySelector(".makes")) location.reload();
  } finally {
    isSending = false;
  }
};
const tryAgain = () => deliver().catch(() => {}); // no storage here: nothing waits

// Given to the page's other modules by name: files are served under hashed names, which none of them knows.
if (self.indexedDB && crypto.subtle)
  self.garde = {
    who, change, forget,
    leave: async () => put(HERE, { left: true, ...classOf(await who()) }, WHO),
    // For good: it leaves by itself; at once, where this browser has no room left. Fails when neither can be.
    aside: async (part, address) => {
      try {
        await keep(part, address, "");
      } catch (full) {
        if ((await bring((await seal(part, address)).box))?.status !== 200) throw full;
      }
      tryAgain();
    },
    // For as long as this page makes it.
    hold: async (part, address) => {
      if (!navigator.locks) return;
      await live();
      await keep(part, address, me);
    },
  };
if (self.indexedDB) {
  addEventListener("online", tryAgain);
  setInterval(() => Number(page.dataset.kept) && tryAgain(), AGAIN);
  note().catch(() => {}).then(tryAgain);
}
