// What could not leave a tablet: sealed for the server alone (kit/box.js), kept in this browser, sent in order and by
// itself when the line is back, even after the session is closed, by a token that serves to send it and nothing else.
// A part sent twice is kept once: its id is its own.
const page = document.documentElement;
const STORE = "parts";
const AGAIN = 5000; // ms between two tries
const box = document.querySelector("[data-token]") && import(page.dataset.box); // before the line is cut

const base = () =>
  new Promise((found, failed) => {
    const asked = indexedDB.open("preau-garde", 1);
    asked.onupgradeneeded = () => asked.result.createObjectStore(STORE, { keyPath: "id" });
    asked.onsuccess = () => found(asked.result);
    asked.onerror = () => failed(asked.error);
  });
const ask = async (mode, act) => {
  const store = (await base()).transaction(STORE, mode).objectStore(STORE);
  return new Promise((found, failed) => {
    const asked = act(store);
    asked.onsuccess = () => found(asked.result);
    asked.onerror = () => failed(asked.error);
  });
};
const waiting = async () => (await ask("readonly", (store) => store.getAll())).sort((one, other) => one.rank - other.rank);
const count = async () => {
  page.dataset.kept = await ask("readonly", (store) => store.count());
};

// `part`: what a form of a tool would send; a later turn of the same part takes the place of the one that waits.
// Given to the page's other modules by name: files are served under hashed names, which none of them knows.
self.putAside = async (part, address, { token, key }) => {
  const { csrfmiddlewaretoken, made, ...said } = part;
  const isFile = made instanceof File;
  const head = { ...said, address, ...(isFile ? { name: made.name, type: made.type } : { made }) };
  const text = new TextEncoder().encode(`${JSON.stringify(head)}\n`);
  const bytes = new Uint8Array(await new Blob([text, ...(isFile ? [made] : [])]).arrayBuffer());
  const sealed = await (await box).seal(bytes, key);
  const before = await ask("readonly", (store) => store.get(part.part_id));
  await ask("readwrite", (store) =>
    store.put({ id: part.part_id, rank: before?.rank ?? Date.now(), at: crypto.randomUUID(), token, box: sealed }),
  );
  await count();
};

let isSending = false;
const deliver = async () => {
  if (isSending) return;
  isSending = true;
  try {
    for (const one of await waiting()) {
      const body = new FormData();
      body.append("token", one.token);
      body.append("box", one.box, "box");
      const answer = await fetch("/seance/envoi/", { method: "POST", body }).catch(() => null);
      if (answer?.status !== 200 && answer?.status !== 410) break; // not kept, nor refused for good: the order stays
      const now = await ask("readonly", (store) => store.get(one.id));
      if (now?.at === one.at) await ask("readwrite", (store) => store.delete(one.id)); // else a later turn waits
    }
    await count();
  } catch {
    // no storage here: nothing waits
  } finally {
    isSending = false;
  }
};
// The page of a cut line leaves by itself.
if (document.querySelector("[data-offline]")) {
  const back = async () => (await fetch("/seance/pouls/").catch(() => null))?.ok && location.replace("/seance/moi/");
  addEventListener("online", back);
  setInterval(back, AGAIN);
}
if (self.indexedDB) {
  addEventListener("online", deliver);
  setInterval(async () => Number(page.dataset.kept) && deliver(), AGAIN);
  deliver();
}
