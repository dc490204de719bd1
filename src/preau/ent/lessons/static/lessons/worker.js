// Of shared devices, under /seance/ and /eleve/, registered for each (device.js): a page that cannot come is replaced by
// one that says so and names nobody, with the four tools. No page of a pupil is ever kept, so that nothing of one is shown
// to the next. Before these lines, views/offline.py writes VERSION, which changes with the files, PAGE, TOOLS ({end of the
// address: page}), LEAVES and FILES.
const NAME = `preau-hors-ligne-${VERSION}`;
const OF_TOOL = /^\/seance\/moi\/faire\/[\da-f-]{36}\/([a-z]+)\/$/;
const LONG = 20_000; // ms without an answer: the line is cut
const isGiven = (pathname) => pathname === "/seance/activite/" || pathname.startsWith("/seance/documents/"); // device.js
const pageOf = (pathname) => TOOLS[pathname.match(OF_TOOL)?.[1]] ?? PAGE;

const fill = async () => {
  const store = await caches.open(NAME);
  if (await store.match(PAGE)) return; // all of it came at once
  await store.addAll([PAGE, ...Object.values(TOOLS), ...FILES]);
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

const late = () => new Promise((_, failed) => setTimeout(failed, LONG));
const isCut = ({ status }) => status >= 502 && status <= 504; // by what stands before a server that does not answer
const ask = async (request) => {
  const answer = await (request.method === "GET" ? Promise.race([fetch(request), late()]) : fetch(request));
  if (isCut(answer)) throw answer;
  return answer;
};
const navigate = async (event) => {
  const { request } = event;
  const { pathname } = new URL(request.url);
  try {
    const answer = await ask(request);
    event.waitUntil(caches.has(NAME).then((there) => there || fill()).catch(() => {}));
    return answer;
  } catch {
    if (request.method !== "GET") return Response.redirect(pathname === LEAVES ? `${PAGE}?a-toi` : PAGE, 303);
    return (await caches.match(pageOf(pathname))) ?? Response.error();
  }
};
// A player asks for bytes, « bytes=0- », and some play nothing but what they asked for.
const piece = async (answer, range) => {
  const [, first, last] = range.match(/^bytes=(\d+)-(\d*)$/) ?? [];
  if (!first) return answer;
  const whole = await answer.blob();
  const end = Math.min(last ? Number(last) + 1 : whole.size, whole.size);
  const headers = { "Content-Type": whole.type, "Content-Range": `bytes ${first}-${end - 1}/${whole.size}` };
  return new Response(whole.slice(Number(first), end), { status: 206, headers });
};
const give = async ({ request }, address) => {
  try {
    return await fetch(request);
  } catch {
    const kept = await caches.match(address);
    if (!kept) return Response.error();
    return request.headers.has("range") ? piece(kept, request.headers.get("range")) : kept;
  }
};
self.addEventListener("fetch", (event) => {
  const { pathname, search } = new URL(event.request.url);
  if (event.request.mode === "navigate") event.respondWith(navigate(event));
  else if (FILES.includes(pathname) || isGiven(pathname)) event.respondWith(give(event, pathname + search)); // `?page=1`
});
