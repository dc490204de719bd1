// htmx saves once the typing has stopped for a second and a half: what is not saved yet leaves with the page (what is
// refused then is kept for one's return), and the page says so when a save did not arrive. What comes back then is a whole page: it is not put inside the form.
const form = document.querySelector("form[hx-post]");
let typed = 0, sent = 0, saved = 0;

const tell = (words) => {
  const note = document.getElementById("saisie");
  note.className = "problem";
  note.textContent = words;
};

form.addEventListener("input", () => typed++);
form.addEventListener("htmx:before:request", () => { sent = typed; });
form.addEventListener("htmx:after:request", (event) => {
  const { response, text } = event.detail.ctx;
  if (response.status === 200 && text.includes('id="saisie"')) {
    if (text.includes('id="id_version"')) saved = sent;
    return;
  }
  event.preventDefault();
  tell(form.dataset.refused);
});
form.addEventListener("htmx:error", () => tell(form.dataset.unsent));
form.addEventListener("submit", () => { saved = typed; });
addEventListener("online", () => saved < typed && form.dispatchEvent(new Event("input", { bubbles: true })));

const leave = () => {
  if (saved >= typed) return;
  saved = typed;
  const body = new FormData(form);
  const headers = { "HX-Request": "true", "X-Leaving": "true" };
  fetch(form.getAttribute("hx-post"), { method: "POST", body, headers, keepalive: true });
};
addEventListener("pagehide", leave);
document.addEventListener("visibilitychange", () => document.hidden && leave());
