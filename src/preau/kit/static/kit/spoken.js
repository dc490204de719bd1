// What a pupil hears: `{% spoken "key" %}`. One sound at a time; none while <html> has data-muted; its words are shown
// where it has data-subtitles. A page asks one by its key: dispatchEvent(new CustomEvent("say", { detail: "look-up" })).
const page = document.documentElement;
const buttons = [...document.querySelectorAll("button.speak[data-say]")];
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
const asked = (key) => document.querySelector(`[data-say][data-key="${key}"]`);

sound.addEventListener("ended", () => !has("subtitles") && stop());
for (const button of buttons) {
  button.hidden = false;
  button.addEventListener("click", () => (said === button ? stop() : say(button)));
}
addEventListener("say", ({ detail }) => asked(detail) && say(asked(detail)));
addEventListener("pagehide", stop);
new MutationObserver(() => has("muted") && stop()).observe(page, { attributeFilter: ["data-muted"] });
const first = buttons.filter((button) => "first" in button.dataset).pop(); // what just happened comes after the prompt
if (first && page.dataset.skin === "non-lecteur") say(first);
