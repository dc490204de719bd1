// Nothing readable of a pupil stays: what this origin kept in the browser goes.
// What is sealed for one account (kit/keep.js, « texte: ») is read by its own pages alone, and may be nowhere else.
for (const name of Object.keys(localStorage)) if (!name.startsWith("texte:")) localStorage.removeItem(name);
sessionStorage.clear();
if (self.caches) for (const name of await caches.keys()) if (!name.startsWith("preau-hors-ligne-")) await caches.delete(name);
