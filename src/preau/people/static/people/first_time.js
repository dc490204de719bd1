// A scanned sheet brings its secret in the fragment, which browsers never send: it is posted, then forgotten.
const form = document.querySelector("[data-code-form]");

function readFragment() {
  const secret = decodeURIComponent(location.hash.slice(1));
  if (!form || !/^[A-Za-z0-9-]{14,17}$/.test(secret)) return; // the page's own links write fragments too
  history.replaceState(null, "", location.pathname);
  form.elements.code.value = secret;
  form.requestSubmit();
}

readFragment();
addEventListener("hashchange", readFragment);
