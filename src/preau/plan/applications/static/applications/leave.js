// htmx saves once the typing has stopped for a second and a half: what is not saved yet leaves with the page.
const form = document.querySelector("form[hx-post]");
let typed = 0, sent = 0, saved = 0;

form.addEventListener("input", () => typed++);
form.addEventListener("htmx:beforeRequest", () => { sent = typed; });
form.addEventListener("htmx:afterRequest", (event) => { if (event.detail.successful) saved = sent; });
form.addEventListener("submit", () => { saved = typed; });

const leave = () => {
  if (saved >= typed) return;
  saved = typed;
  const body = new FormData(form);
  fetch(form.getAttribute("hx-post"), { method: "POST", body, headers: { "HX-Request": "true" }, keepalive: true });
};
addEventListener("pagehide", leave);
document.addEventListener("visibilitychange", () => document.hidden && leave());
