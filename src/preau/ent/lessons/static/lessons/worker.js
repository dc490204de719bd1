// Of shared devices, under /seance/ alone: a page that cannot come is replaced by one that says so and names nobody. No
// other page is ever kept, so that nothing of a pupil is shown to the next. Before these lines, views/offline.py writes
// VERSION, which changes with the files, PAGE and FILES.
const NAME = `preau-hors-ligne-${VERSION}`;

const fill = async () => {
  const store = await caches.open(NAME);
  await store.addAll([PAGE, ...FILES]);
};
self.addEventListener("install", (event) => event.waitUntil(fill().then(() => self.skipWaiting())));
self.addEventListener("activate", (event) =>
  event.waitUntil(
    (async () => {
      for (const name of await caches.keys()) if (name.startsWith("preau-hors-ligne-") && name !== NAME) await caches.delete(name);
      await self.clients.claim();
    })(),
  ),
);
self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { pathname } = new URL(request.url);
  if (request.method === "GET" && request.mode === "navigate") {
    event.respondWith(
      fetch(request).then(
        (answer) => {
          event.waitUntil(caches.has(NAME).then((there) => there || fill()));
          return answer;
        },
        async () => (await caches.match(PAGE)) ?? Response.error(),
      ),
    );
  } else if (FILES.includes(pathname) && !request.headers.has("range")) {
    event.respondWith(fetch(request).catch(async () => (await caches.match(pathname)) ?? Response.error()));
  }
});
