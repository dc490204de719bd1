// The QR brings the six signs after « # », which no log sees; they are sent at once, also in a page already open there.
const form = document.querySelector("form[data-join]");
// This tablet can tell what is left on it: one without script never will (Device.has_script).
for (const each of document.querySelectorAll("main form")) {
  const script = Object.assign(document.createElement("input"), { type: "hidden", name: "script", value: "1" });
  each.append(script);
}
const send = () => {
  const code = decodeURIComponent(location.hash.slice(1));
  if (!code) return;
  history.replaceState(null, "", location.pathname);
  form.elements.code.value = code;
  form.requestSubmit();
};
if (form) {
  addEventListener("hashchange", send);
  send();
}
// A browser that was shut during a session has seen no end of it (over.js): what the teacher gave goes now.
if (self.caches) for (const name of await caches.keys()) if (name.startsWith("preau-seance-")) await caches.delete(name);
