// Hands the page's form to allauth's passkey script, which talks to the browser.
const form = document.querySelector("[data-passkey]");
const ids = { data: "js_data", credential: form.dataset.credential };
if (form.dataset.passkey === "addForm") {
  ids.add = form.dataset.button;
  ids.passwordless = form.dataset.passwordless;
} else {
  ids.authenticate = form.dataset.button;
}
window.allauth.webauthn.forms[form.dataset.passkey]({ ids });

document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  document.querySelector("[data-passkey-problem]").hidden = false;
});
