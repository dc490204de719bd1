// Nothing readable of a pupil stays: what this origin kept in the browser goes.
// What is sealed for one account (kit/keep.js, « texte: ») is read by its own pages alone, and may be nowhere else.
for (const name of Object.keys(localStorage)) if (!name.startsWith("texte:")) localStorage.removeItem(name);
sessionStorage.clear();
if (self.caches) for (const name of await caches.keys()) if (!name.startsWith("preau-hors-ligne-")) await caches.delete(name);

// Nothing is left to send, or there is no storage here where it could wait: the Wi-Fi need not wait for this tablet.
const sent = document.querySelector("form[data-sent]");
const page = document.documentElement;
let isSaid = false;
const tell = () => {
  if (isSaid || (self.garde && page.dataset.kept !== "0")) return;
  isSaid = true;
  fetch(location.href, { method: "POST", body: new FormData(sent) }).catch(() => (isSaid = false));
};
if (sent) {
  new MutationObserver(tell).observe(page, { attributeFilter: ["data-kept"] });
  setInterval(tell, 5000);
  tell();
}
