// What a pupil types is kept in this device until the server has it: a cut line, a closed page lose nothing.
// Under the mark of the account: on a shared computer nobody finds the text of another.
const form = document.querySelector("form[data-keep]");
const place = `texte:${form.dataset.mark}:${form.dataset.key}`;
const fields = ["title", "text"].map((name) => form.elements[name]);
const note = document.querySelector("[data-back]");

const read = () => {
  try {
    return JSON.parse(localStorage.getItem(place));
  } catch {
    return null;
  }
};
const typed = () => fields.map((field) => field.value);
const say = (text) => {
  note.textContent = text;
  note.hidden = false;
};

// What the page came with; a page that gives back what was refused holds the newest already.
const given = typed();
const kept = read();
const isNew = form.elements.once.value !== "";
const restore = () => {
  fields.forEach((field, rank) => { field.value = kept.typed[rank]; });
  say("Ton texte était gardé ici\u00a0: le voilà. Appuie sur «\u00a0Garder\u00a0».");
};
const isSame = (one, other) => one.every((value, rank) => value.replace(/\s+/g, " ").trim() === other[rank].replace(/\s+/g, " ").trim());
if (kept && document.querySelector(".to-fix") === null) {
  if (isSame(kept.typed, given)) localStorage.removeItem(place);
  else if (isNew && kept.once) {
    // It was sent: it comes back only if the server never had it.
    const answer = await fetch(`/ecrire/${kept.once}/`, { method: "HEAD" }).catch(() => null);
    if (answer?.ok) localStorage.removeItem(place);
    else restore();
  } else if (kept.version === form.dataset.version) restore();
  else {
    // The server has a newer one: nothing is written over, nothing is lost.
    const details = document.createElement("details");
    details.className = "note";
    const [summary, paragraph] = [document.createElement("summary"), document.createElement("p")];
    summary.textContent = "Un autre essai de ton texte est gardé ici";
    paragraph.textContent = kept.typed.join("\n\n");
    details.append(summary, paragraph);
    note.after(details);
  }
}
const keep = (more = {}) => localStorage.setItem(place, JSON.stringify({ typed: typed(), version: form.dataset.version, ...more }));
form.addEventListener("input", () => keep());
// Without network the page is not left: the text stays in sight, and leaves at the next press.
form.addEventListener("submit", (event) => {
  if (navigator.onLine) return isNew && keep({ once: form.elements.once.value });
  event.preventDefault();
  say("Pas de réseau. Ton texte est gardé ici. Appuie encore quand le réseau revient.");
  note.scrollIntoView({ block: "center" });
  return undefined;
});
form.dataset.ready = ""; // what was kept here was looked at
