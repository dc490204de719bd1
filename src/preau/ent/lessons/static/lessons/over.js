// Nothing readable of a pupil stays: what this origin kept in the browser goes.
localStorage.clear();
sessionStorage.clear();
if (self.caches) for (const name of await caches.keys()) if (!name.startsWith("preau-hors-ligne-")) await caches.delete(name);
