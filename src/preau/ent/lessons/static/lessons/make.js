// What a pupil makes is kept by itself, without a button: each part leaves by `send`, and by nothing else.
// Without this module, each form of a tool has its own button.

// A part: { part_id, turn, by, made }, sent to the address of its tool. Sent twice, it is kept once. Answers
// { ok, sentence }; `ok` is undefined when nothing answered, and the part is to be sent again. Without network, or once
// the session is over, it waits here, sealed (queue.js), and leaves by itself; so does all that is made while something
// waits, for the order.
const page = document.documentElement;
const wait = (address, part) =>
  self.garde
    ? self.garde.aside(part, address).then(
        () => ({ ok: true }), // « Gardé ici » is shown by queue.js
        () => ({ key: "no-room", sentence: "Pas de réseau. Garde cette page ouverte." }), // no room left in this browser
      )
    : { sentence: "Pas de réseau. Garde cette page ouverte." };
export const send = async (address, part) => {
  if ("neutral" in page.dataset || (self.garde && page.dataset.kept !== "0")) {
    const said = await wait(address, part);
    if (said.ok || "neutral" in page.dataset) return said;
  }
  const body = new FormData();
  for (const [name, value] of Object.entries(part)) body.append(name, value);
  const headers = { Accept: "application/json", "X-CSRFToken": part.csrfmiddlewaretoken };
  const answer = await fetch(address, { method: "POST", body, headers }).catch(() => null);
  if (answer?.redirected) return await wait(address, part), location.replace(answer.url), {}; // the session is over
  const said = answer?.status === 413 ? { ok: false, key: "photo-heavy" } : await answer?.json().catch(() => null);
  if (said) await self.garde?.forget(part).catch(() => {}); // it was held here while it was made
  return said ?? wait(address, part);
};

const form = document.querySelector("form[data-part]");
const told = document.querySelector("[data-kept-told]");
const back = form?.dataset.back; // the page it is on
const WAITS = { drawing: 2000, text: 1500 }; // ms without a stroke or a letter
const AGAIN = 4000; // ms before what was not answered is sent again

const take = () => {
  const part = Object.fromEntries(new FormData(form));
  return part.made instanceof File ? (part.made.size ? part : null) : part.made.trim() ? part : null;
};
// Why it is not kept, in a sentence of the page, which is heard too; what is made stays on the screen.
const warn = (key = "") => {
  for (const why of form.querySelectorAll("[data-refused]")) {
    if (why.dataset.refused === key && why.hidden) dispatchEvent(new CustomEvent("say", { detail: key }));
    why.hidden = why.dataset.refused !== key;
  }
};
let timer = 0;
let isNew = false; // something was made since it was last sent
let isSending = false; // leaving now would stop it half-way
let sending = Promise.resolve({ ok: true });

// As it is made, it is held here too: a browser that is killed loses the stroke under way, or two seconds of sound.
let isHolding = false;
let held = null; // the last one to hold
const hold = async (part) => {
  held = part;
  if (isHolding || !part) return;
  isHolding = true;
  while (held) {
    const one = held;
    held = null;
    await self.garde?.hold(one, form.action).catch(() => {}); // no room here: it is sent all the same
  }
  isHolding = false;
};

let ready = Promise.resolve(); // once the last stroke is in the form
const keep = async () => {
  clearTimeout(timer);
  await ready;
  held = null;
  const part = isNew && take();
  if (!part) return sending;
  isNew = false;
  form.elements.turn.value = Number(part.turn) + 1;
  sending = sending.then(async () => {
    isSending = true;
    const said = await send(form.action, part);
    isSending = false;
    told.textContent = said.sentence ?? "";
    told.dataset.is = said.ok ? "done" : "wait";
    warn(said.key);
    told.hidden = Boolean(said.key && said.ok === false);
    if (said.ok === undefined) {
      isNew = true;
      timer = setTimeout(keep, AGAIN);
    }
    return said;
  });
  return sending;
};
const later = () => {
  isNew = true;
  hold(take());
  clearTimeout(timer);
  timer = setTimeout(keep, WAITS[form.dataset.part]);
};
const leave = async () => {
  const { ok } = await keep();
  if (ok) location.assign(back);
  return ok;
};
// A photo or a voice is whole at once: it is kept, and shown in its page.
const whole = () => {
  isNew = true;
  return leave();
};
// Another one may then be chosen, and the same one again.
const MOST = 20 * 1024 * 1024; // bytes that the server takes of a photo
const photo = async () => {
  const [file] = form.elements.made.files;
  const isRead = await createImageBitmap(file).then((image) => (image.close(), true), () => false);
  if (!isRead) warn(file.size > MOST ? "photo-heavy" : "photo-unreadable");
  if (isRead && ((await whole()) || isNew)) return; // kept, or sent again soon
  isNew = false;
  form.elements.made.value = "";
  form.querySelector("[data-reduce] .chosen")?.replaceChildren();
};

if (form) {
  const made = form.elements.made;
  page.dataset.keepsAlone = "";
  form.querySelector("details")?.setAttribute("open", "");
  if (form.dataset.part === "photo") {
    form.querySelector("[data-reduce]").addEventListener("reduced", photo);
    made.addEventListener("cancel", () => dispatchEvent(new CustomEvent("say", { detail: "do-photo" })));
  }
  if (form.dataset.part === "voice") made.addEventListener("change", () => made.files.length && whole());
  made.addEventListener("making", ({ detail }) => {
    [ready, isNew] = [detail, true];
  });
  made.addEventListener("recorded", ({ detail }) => hold({ ...Object.fromEntries(new FormData(form)), made: detail }));
  made.addEventListener("silent", () => {
    document.querySelector("[data-no-microphone]").hidden = false;
    dispatchEvent(new CustomEvent("say", { detail: "no-microphone" }));
  });
  if (form.dataset.part === "drawing") made.addEventListener("change", later);
  if (form.dataset.part === "text") made.addEventListener("input", later);
  if (form.dataset.part === "text" && made.value !== made.defaultValue) later(); // typed before this was read
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    leave();
  });
  // Whoever leaves by a link or a button waits for what was made last.
  document.addEventListener("click", async (event) => {
    const link = event.target.closest("a[href]");
    if (!link || !(isNew || isSending)) return;
    event.preventDefault();
    await keep();
    location.assign(link.href);
  });
  document.addEventListener("submit", async (event) => {
    if (event.target === form || !(isNew || isSending)) return;
    event.preventDefault();
    await keep();
    event.target.submit();
  });
  addEventListener("visibilitychange", () => document.visibilityState === "hidden" && keep());
  // Pictures and sounds for who does not read, on the tools that drawing and the recorder make.
  const dress = () => {
    for (const tool of form.querySelectorAll("[data-icon]")) {
      const model = document.querySelector(`[data-icons] > [data-of="${tool.dataset.icon}"]`);
      if (!model) continue;
      if (model.firstElementChild) tool.replaceChildren(model.firstElementChild.cloneNode(true));
      const { of, ...says } = model.dataset;
      Object.assign(tool.dataset, says);
    }
  };
  dress();
  form.addEventListener("offered", dress);
}

// A page that several make: what the others add, and who holds it, is read again.
const made = document.querySelector("[data-shared]");
const OTHERS = 8000; // ms
if (made) {
  setInterval(async () => {
    if (made.contains(document.activeElement) && document.activeElement.matches("audio")) return;
    const answer = await fetch(location.href, { headers: { "X-Part": "made" } }).catch(() => null);
    if (!answer?.ok || answer.redirected) return;
    const part = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("[data-version]");
    if (part && part.dataset.version !== made.dataset.version) location.reload();
  }, OTHERS);
}
