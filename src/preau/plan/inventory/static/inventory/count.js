// A walk round the rooms: what is ticked, scanned or typed is kept in the device until it is sent, once.
// Without this module the page is a plain form.
const form = document.querySelector("form[data-walk]");
// Under signs of the account, which seal nothing (kit/keep.js has others): on a shared tablet nobody sends the walk of another.
const place = `comptage:${form.dataset.whose}:${location.pathname}${location.search}`;
const list = form.querySelector("[data-list]");
const boxes = () => [...list.querySelectorAll("input[name=seen]")];
const others = list.querySelector("[name=others]");
const code = list.querySelector("[data-code]");
const { alphabet, misread } = form.dataset;

const say = (text) => {
  form.querySelector("[data-say]").textContent = text;
};

// What is kept: client_id is drawn here, never taken from the page, which may be an old one kept by the device.
const read = () => {
  try {
    return JSON.parse(localStorage.getItem(place));
  } catch {
    return null;
  }
};
const state = read() ?? { client_id: crypto.randomUUID(), seen: [], others: "", at: "", isSent: false };
const keep = () => localStorage.setItem(place, JSON.stringify(state));

const show = () => {
  const all = boxes();
  form.querySelector("[data-met]").textContent = `${all.filter((box) => box.checked).length} sur ${all.length}`;
  list.disabled = state.isSent;
  form.querySelector("button.btn-main").disabled = state.isSent;
};
const note = () => {
  state.seen = boxes().filter((box) => box.checked).map((box) => box.value);
  state.others = others.value;
  state.source = form.querySelector("[name=source]:checked").value;
  state.at = new Date().toISOString();
  keep();
  show();
};
const restore = () => {
  const listed = new Set(boxes().map((box) => box.value));
  for (const box of boxes()) box.checked = state.seen.includes(box.value);
  // What was ticked and has left the list since is still something that was seen.
  const gone = state.seen.filter((tag) => !listed.has(tag));
  others.value = [...state.others.split("\n"), ...gone].filter(Boolean).join("\n");
  for (const way of form.querySelectorAll("[name=source]")) if (state.source) way.checked = way.value === state.source;
};

// As the server reads a label: the address that was scanned, or six signs, those that eyes confuse put right.
const clean = (typed) => {
  const signs = typed.trim().replace(/\/+$/, "").split("/").pop().toUpperCase().replace(/[^0-9A-Z]/g, "");
  const tag = [...signs].map((sign) => {
    for (let n = 0; n < misread.length; n += 2) if (misread[n] === sign) return misread[n + 1];
    return sign;
  }).join("");
  return tag.length === 6 && [...tag].every((sign) => alphabet.includes(sign)) ? tag : "";
};
const shown = (tag) => `${tag.slice(0, 3)}\u00a0${tag.slice(3)}`;

const meet = (typed) => {
  const tag = clean(typed);
  if (!tag) return say("Ce n’est pas une étiquette\u00a0: écrivez ses six signes.");
  const box = boxes().find((each) => each.value === tag);
  if (box) {
    box.checked = true;
    say(`Vu\u00a0: ${box.dataset.name}, ${shown(tag)}.`);
  } else {
    const noted = others.value.split("\n").filter(Boolean);
    if (!noted.includes(tag)) others.value = [...noted, tag].join("\n");
    say(`${shown(tag)} n’est pas dans cette liste\u00a0: l’étiquette est notée dessous.`);
  }
  code.value = "";
  note();
  return undefined;
};

const box = () => caches.open("comptage");
const keepPage = async () => {
  if (!navigator.serviceWorker) return say("Gardez cette page ouverte pendant le comptage.");
  await navigator.serviceWorker.register(form.dataset.worker);
  await navigator.serviceWorker.ready;
  const drawn = performance.getEntriesByType("resource").map((entry) => entry.name);
  const asked = [...document.querySelectorAll("link[href], script[src]")].map((each) => each.href || each.src);
  const own = [...drawn, ...asked].filter((url) => url.startsWith(location.origin));
  const store = await box();
  await store.add(location.href);
  await Promise.allSettled([...new Set(own)].map((url) => store.add(url)));
  form.dataset.kept = "";
  return state.isSent || say("Cette page est gardée dans l’appareil\u00a0: elle marche sans réseau.");
};

const refused = async (answer) => {
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  state.isSent = false;
  keep();
  show();
  say([...page.querySelectorAll(".to-fix li, .lead")].map((each) => each.textContent.trim()).join(" "));
};

const sent = async (answer) => {
  localStorage.removeItem(place);
  if (self.caches) await (await box()).delete(location.href, { ignoreVary: true });
  location.replace(answer.url);
};

let isBusy = false;
const send = async () => {
  if (isBusy) return;
  isBusy = true;
  say("Envoi…");
  try {
    // The page again, for a token of now: the one kept may be older than the session.
    const page = await fetch(location.href, { cache: "no-store" });
    if (page.redirected) {
      say("Vous n’êtes plus connecté\u00a0: ouvrez de nouveau cette page, entrez, et le comptage partira.");
      return;
    }
    const fresh = new DOMParser().parseFromString(await page.text(), "text/html");
    const { whose = form.dataset.whose } = fresh.querySelector("form[data-walk]")?.dataset ?? {};
    if (whose !== form.dataset.whose) {
      say("Quelqu’un d’autre est entré sur cet appareil\u00a0: le comptage est gardé ici, il partira quand vous entrerez de nouveau.");
      return;
    }
    const body = new URLSearchParams({
      csrfmiddlewaretoken: fresh.querySelector("[name=csrfmiddlewaretoken]")?.value ?? "",
      client_id: state.client_id, counted_at: state.at, others: state.others, source: state.source,
    });
    for (const tag of state.seen) body.append("seen", tag);
    const answer = await fetch(location.href, { method: "POST", body });
    if (answer.redirected && answer.ok) await sent(answer);
    else await refused(answer);
  } catch {
    say("Pas de réseau\u00a0: le comptage est gardé ici, il partira dès que le réseau revient.");
    if (navigator.onLine) setTimeout(send, 10_000);
  } finally {
    isBusy = false;
  }
};

const stop = (button, video) => {
  for (const track of video.srcObject?.getTracks() ?? []) track.stop();
  video.srcObject = null;
  video.hidden = true;
  button.textContent = "Lire avec la caméra";
};
const scan = async (button, video) => {
  const detector = new BarcodeDetector({ formats: ["qr_code"] });
  video.srcObject = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
  video.hidden = false;
  button.textContent = "Arrêter la caméra";
  await video.play();
  let last = "";
  const look = async () => {
    if (!video.srcObject?.active) return;
    const [found] = await detector.detect(video).catch(() => []);
    if (found && found.rawValue !== last) {
      last = found.rawValue;
      // A maker's own code says nothing here, though its end may look like six signs.
      if (last.includes("/plan/bien/")) meet(last);
      else say("Ce code n’est pas une étiquette de l’inventaire.");
    }
    setTimeout(look, 250);
  };
  look();
};
const offerCamera = async (button, video) => {
  if (!self.BarcodeDetector || !navigator.mediaDevices) return;
  if (!(await BarcodeDetector.getSupportedFormats()).includes("qr_code")) return;
  button.hidden = false;
  button.addEventListener("click", () => {
    if (video.srcObject) return stop(button, video);
    return scan(button, video).catch(() => {
      stop(button, video);
      say("La caméra ne répond pas\u00a0: écrivez les six signes.");
    });
  });
};

restore();
show();
for (const live of form.querySelectorAll("[data-live]")) live.hidden = false;
list.addEventListener("change", note);
others.addEventListener("input", note);
code.addEventListener("keydown", (event) => {
  if (event.key !== "Enter") return;
  event.preventDefault();
  meet(code.value);
});
form.querySelector("[data-meet]").addEventListener("click", () => meet(code.value));
// Another tab of the same walk: one list for both, or what one keeps would put out what the other ticked.
addEventListener("storage", (event) => {
  if (event.key !== place) return;
  Object.assign(state, read() ?? { client_id: crypto.randomUUID(), seen: [], others: "", at: "", isSent: false });
  restore();
  show();
});
form.addEventListener("submit", (event) => {
  event.preventDefault();
  note();
  state.isSent = true;
  keep();
  show();
  send();
});
addEventListener("online", () => state.isSent && send());
offerCamera(form.querySelector("[data-scan]"), form.querySelector("video")).catch(() => {});
keepPage().catch(() => say("Gardez cette page ouverte pendant le comptage."));
if (state.isSent) send();
