// What a pupil hears: `{% spoken "key" %}`. One sound at a time; none while <html> has data-muted; its words are shown
// where it has data-subtitles. A page asks one by its key, or by what bears it: dispatchEvent(new CustomEvent("say", { detail:
// "look-up" })). `data-then`: a second sound, after it.
const page = document.documentElement;
const among = (zone) => [...zone.querySelectorAll("button.speak[data-say]")];
const buttons = among(document);
const sound = new Audio();
const shown = document.createElement("p");
shown.className = "subtitle";
const has = (name) => page.hasAttribute(`data-${name}`);
let said = null;
let ending = 0;

const stop = () => {
  sound.pause();
  clearTimeout(ending);
  shown.remove();
  if (buttons.includes(said)) said.ariaPressed = "false";
  said = null;
};
const say = (button) => {
  stop();
  if (has("muted") && !has("subtitles")) return;
  said = button;
  if (buttons.includes(button)) button.ariaPressed = "true";
  if (has("subtitles")) {
    shown.textContent = button.dataset.words;
    document.querySelector("main").append(shown);
    ending = setTimeout(stop, 5000);
  }
  if (has("muted")) return;
  sound.src = button.dataset.say;
  // Refused before the first touch, on most devices: nothing is lost, the button is there.
  sound.play().catch(() => said === button && !has("subtitles") && stop());
};
const asked = (key) => (key instanceof Element ? key : document.querySelector(`[data-say][data-key="${key}"]`));

sound.addEventListener("ended", () => {
  const then = said?.dataset.then;
  if (then && !sound.src.endsWith(then)) {
    sound.src = then;
    sound.play().catch(() => {});
  } else if (!has("subtitles")) stop();
});
const show = (button) => {
  button.hidden = false;
  button.addEventListener("click", () => (said === button ? stop() : say(button)));
};
buttons.forEach(show);
addEventListener("given", ({ target }) => {
  buttons.push(...among(target));
  among(target).forEach(show);
});
// To who does not read, a tool says its name when it is pressed; what opens another page has no time to. A page of a cut
// line learns after it has come who is in (lessons/offline.js).
const isHeard = () => page.dataset.skin === "non-lecteur";
document.addEventListener("click", ({ target }) => {
  const tool = isHeard() && target.closest("button[type=button][data-say]:not(.speak, [data-plays])");
  if (tool && tool.dataset.icon !== "record") say(tool); // what it said would be recorded; or heard over a video
});
// What leads elsewhere says its name while a finger stays on it, and still leads there when it is lifted: a small child
// presses long. Whoever slides away has heard it, and goes nowhere.
const HELD = 400; // ms
const leads = ({ target }) => isHeard() && target.closest?.("a[data-say], button[data-say]:not([type=button])");
let held = 0;
document.addEventListener("pointerdown", (event) => {
  const thing = leads(event);
  clearTimeout(held);
  if (thing) held = setTimeout(say, HELD, thing);
});
for (const end of ["pointerup", "pointercancel"]) document.addEventListener(end, () => clearTimeout(held));
document.addEventListener("contextmenu", (event) => leads(event) && event.preventDefault()); // the menu of a link
addEventListener("say", ({ detail }) => asked(detail) && say(asked(detail)));
addEventListener("pagehide", stop);
// « Couper le son »: nothing of the page is heard, what plays already nor what is started then.
const hush = ({ target }) => {
  if (has("muted")) target.muted = true;
};
const media = () => document.querySelectorAll("audio, video");
for (const name of ["play", "volumechange"]) document.addEventListener(name, hush, true);
new MutationObserver(() => {
  if (has("muted")) stop();
  if (has("muted")) self.speechSynthesis?.cancel();
  for (const each of media()) each.muted = has("muted");
}).observe(page, { attributeFilter: ["data-muted"] });
// What just happened comes after the prompt; `data-once` is said once by that name.
const isNew = ({ dataset }) => "first" in dataset && !(dataset.once && sessionStorage.getItem(dataset.once));
// Under what covers the page, nothing of the page.
const greet = () => {
  const first = isHeard() && among(document.querySelector("[aria-modal=true]") ?? document).filter(isNew).pop();
  if (!first) return;
  skinned.disconnect();
  if (first.dataset.once) sessionStorage.setItem(first.dataset.once, "said");
  say(first);
};
const skinned = new MutationObserver(greet);
skinned.observe(page, { attributeFilter: ["data-skin"] });
greet();
