// Nothing readable of a pupil stays: what this origin kept in the browser goes.
localStorage.clear();
sessionStorage.clear();
if (self.caches) for (const name of await caches.keys()) await caches.delete(name);
