// The QR of a card brings its secret in the fragment, which browsers never send: it is posted, then forgotten.
const form = document.querySelector("form[data-card]");

function readFragment() {
  const secret = decodeURIComponent(location.hash.slice(1));
  if (!form || !/^[\w-]{22}$/.test(secret)) return; // the page's own links write fragments too
  history.replaceState(null, "", location.pathname);
  form.elements.card.value = secret;
  form.requestSubmit();
}

readFragment();
addEventListener("hashchange", readFragment);
