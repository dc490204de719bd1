// Answers for the page of a walk, and what it is drawn with, when the network does not. It keeps nothing by itself:
// the page of a walk puts itself in the box « comptage » when it is opened, and takes itself out once it is sent.
// kit/page.js empties that box when somebody leaves or enters; a page older than a day is not shown any more.
"use strict";
const DAY = 86_400_000; // ms
self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
self.addEventListener("fetch", (event) => {
  // Before sending, count.js asks the server itself who is there: the box must not answer for it.
  if (event.request.method !== "GET" || event.request.cache === "no-store") return;
  event.respondWith(
    fetch(event.request).catch(async (error) => {
      const kept = await caches.match(event.request, { cacheName: "comptage", ignoreVary: true });
      const age = Date.now() - Date.parse(kept?.headers.get("date"));
      // Only pages age: what they are drawn with may come, years old, from the cache of the browser.
      if (kept && (event.request.mode !== "navigate" || age < DAY)) return kept;
      throw error;
    }),
  );
});
