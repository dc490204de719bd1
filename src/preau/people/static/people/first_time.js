// A scanned sheet brings its secret in the fragment, which browsers never send: it is posted, then forgotten.
const form = document.querySelector("[data-code-form]");
const secret = decodeURIComponent(location.hash.slice(1));
if (form && secret) {
  history.replaceState(null, "", location.pathname);
  form.elements.code.value = secret;
  form.requestSubmit();
}
