// Nothing readable of a pupil stays: what this origin kept in the browser goes.
// What is sealed for one account (kit/keep.js, « texte: ») is read by its own pages alone, and may be nowhere else.
for (const name of Object.keys(localStorage)) if (!name.startsWith("texte:")) localStorage.removeItem(name);
sessionStorage.clear();
if (self.caches) for (const name of await caches.keys()) if (!name.startsWith("preau-hors-ligne-")) await caches.delete(name);

// How much is left to send; nothing, where this browser has no storage in which it could wait.
const sent = document.querySelector("form[data-sent]");
const page = document.documentElement;
let said = null;
const tell = () => {
  const kept = self.garde ? page.dataset.kept : "0";
  if (kept === undefined || kept === said) return;
  said = kept;
  const body = new FormData(sent);
  body.append("kept", kept);
  fetch(location.href, { method: "POST", body }).catch(() => (said = null));
};
if (sent) {
  new MutationObserver(tell).observe(page, { attributeFilter: ["data-kept"] });
  setInterval(tell, 5000);
  tell();
}
