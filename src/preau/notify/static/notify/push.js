// Asks the browser, then posts the address and the keys it gives. Nothing is asked before the button is pressed.
const form = document.querySelector("[data-push]");
const problem = form.querySelector("[data-push-problem]");
const button = form.querySelector("button");
const { refused: REFUSED, failed: FAILED } = problem.dataset; // in the language of the page

if ("serviceWorker" in navigator && "PushManager" in window && "Notification" in window) {
  button.hidden = false;
  problem.textContent = "";
  form.addEventListener("submit", ask);
}

async function ask(event) {
  if (form.elements.endpoint.value) return;
  event.preventDefault();
  button.disabled = true;
  try {
    if ((await Notification.requestPermission()) !== "granted") return tell(REFUSED);
    await navigator.serviceWorker.register("/service-worker.js");
    const { pushManager } = await navigator.serviceWorker.ready;
    const options = { userVisibleOnly: true, applicationServerKey: form.dataset.push };
    const given = (await pushManager.subscribe(options)).toJSON();
    form.elements.endpoint.value = given.endpoint;
    form.elements.p256dh.value = given.keys.p256dh;
    form.elements.auth.value = given.keys.auth;
    form.submit();
  } catch {
    tell(FAILED);
  }
}

function tell(sentence) {
  problem.textContent = sentence;
  button.disabled = false;
}
