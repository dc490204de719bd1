// What is typed is kept in this device until the server has it: a cut line, a closed page lose nothing.
// Sealed by the mark of the account, which its own pages alone hold: on a shared computer, nobody reads the text of
// another, here nor in what the device stores, and who comes back within a week finds theirs (kit/page.js forgets the
// others, whoever opens a page). Without HTTPS nothing is kept.
//   form      data-keep: the fields kept; data-mark: whose; data-key: of what, when the address does not say it
//             data-version: of what the server has; data-there: where a new thing is read once the server has it
//             data-until-exit: who signs out leaves nothing here (kit/page.js)
//   .note     data-back, data-other, data-cut: what is said of what came back, of another try, of a cut line
const form = document.querySelector("form[data-keep]");
const { mark, key, version, there, untilExit } = form.dataset;
const fields = form.dataset.keep.split(" ").map((name) => form.elements[name]);
const note = document.querySelector("[data-back]");
const typed = () => fields.map((field) => field.value);
const say = (text) => {
  note.textContent = text;
  note.hidden = false;
};

// What the page came with; a page that gives back what was refused holds the newest already.
const given = typed();

const { subtle } = crypto;
const secret = Uint8Array.from(mark.match(/../g), (pair) => parseInt(pair, 16));
const cipher = await subtle.importKey("raw", secret, "AES-GCM", false, ["encrypt", "decrypt"]);
const inSigns = (bytes) => btoa(String.fromCharCode(...bytes));
const owner = inSigns(new Uint8Array(await subtle.digest("SHA-256", secret)));
const place = `${untilExit === undefined ? "texte" : "brouillon"}:${owner}:${key ?? location.pathname + location.search}`;
const seal = async (values) => {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const sealed = await subtle.encrypt({ name: "AES-GCM", iv }, cipher, new TextEncoder().encode(JSON.stringify(values)));
  return inSigns([...iv, ...new Uint8Array(sealed)]);
};
const unseal = async (text) => {
  const all = Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0));
  const values = await subtle.decrypt({ name: "AES-GCM", iv: all.subarray(0, 12) }, cipher, all.subarray(12));
  return JSON.parse(new TextDecoder().decode(values));
};
const read = async () => {
  try {
    const { sealed, ...said } = JSON.parse(localStorage.getItem(place));
    return { ...said, typed: await unseal(sealed) };
  } catch {
    return null; // nothing, or nothing that can be read
  }
};
const kept = await read();

// One after another: the last one typed is the last one kept. What is sent is said at once, before the page is left.
const state = { version };
let sealing = Promise.resolve();
const write = () => state.sealed && localStorage.setItem(place, JSON.stringify(state));
const keep = (sent) => {
  state.sent = sent;
  write();
  sealing = sealing.then(async () => {
    state.sealed = await seal(typed());
    state.at = Date.now();
    write();
  });
};
form.addEventListener("input", () => keep());
const isSame = (one, other) => one.every((value, rank) => value.replace(/\s+/g, " ").trim() === other[rank].replace(/\s+/g, " ").trim());
const restore = () => {
  fields.forEach((field, rank) => { field.value = kept.typed[rank]; });
  say(note.dataset.back);
};
// Both texts are in sight: nothing is written over, nothing is lost.
const showBeside = () => {
  const details = document.createElement("details");
  details.className = "note";
  const [summary, paragraph] = [document.createElement("summary"), document.createElement("p")];
  summary.textContent = note.dataset.other;
  paragraph.textContent = kept.typed.join("\n\n");
  details.append(summary, paragraph);
  note.after(details);
};
if (kept && document.querySelector(".to-fix") === null) {
  if (isSame(kept.typed, given)) localStorage.removeItem(place);
  else if (there && kept.sent) {
    // It was sent: it comes back only if the server never had it, beside what was typed while the server was asked.
    const answer = await fetch(kept.sent, { method: "HEAD" }).catch(() => null);
    const isUntouched = isSame(typed(), given);
    if (!answer?.ok) (isUntouched ? restore : showBeside)();
    else if (isUntouched) localStorage.removeItem(place);
  } else if (kept.version === version) restore();
  else showBeside();
}
// Without network the page is not left: the text stays in sight, and leaves at the next press.
form.addEventListener("submit", (event) => {
  if (navigator.onLine) return there && keep(there);
  event.preventDefault();
  say(note.dataset.cut);
  note.scrollIntoView({ block: "center" });
  return undefined;
});
form.dataset.ready = ""; // what was kept here was looked at
