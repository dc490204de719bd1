// What is typed is kept in this device until the server has it: a cut line, a closed page lose nothing.
// Under the mark of the account: on a shared computer nobody finds the text of another.
//   form      data-keep: the fields kept; data-mark: whose; data-key: of what, when the address does not say it
//             data-version: of what the server has; data-there: where a new thing is read once the server has it
//             data-until-exit: who signs out leaves nothing here (kit/page.js)
//   .note     data-back, data-other, data-cut: what is said of what came back, of another try, of a cut line
const form = document.querySelector("form[data-keep]");
const { mark, key, version, there, untilExit } = form.dataset;
const place = `${untilExit === undefined ? "texte" : "brouillon"}:${mark}:${key ?? location.pathname + location.search}`;
const fields = form.dataset.keep.split(" ").map((name) => form.elements[name]);
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
const keep = (more = {}) => localStorage.setItem(place, JSON.stringify({ typed: typed(), version, ...more }));
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
  if (navigator.onLine) return there && keep({ sent: there });
  event.preventDefault();
  say(note.dataset.cut);
  note.scrollIntoView({ block: "center" });
  return undefined;
});
form.dataset.ready = ""; // what was kept here was looked at
