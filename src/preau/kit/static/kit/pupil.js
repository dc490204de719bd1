// A pupil's screen by keys: the arrows go from one thing to the next, Enter chooses, and it is said to who does not read.
// With data-stepped on <html>, Space goes on and Enter chooses. With data-scan (seconds), each thing is lit in its turn,
// and one key, or a press beside everything, chooses it; data-scan-asked: only once a key is pressed.
const page = document.documentElement;
const isStepped = "stepped" in page.dataset;
const PACE = Number(page.dataset.scan ?? 0) * 1000;
const FEW = 8; // more of them are lit line by line first
const ROUNDS = 3; // then the screen waits for a key

const all = (zone) =>
  [...document.querySelectorAll(`${zone} :is(a, button:not(.speak, [data-listen]), input, textarea, summary)`)].filter(
    (thing) => thing.offsetParent && !thing.disabled,
  );
const steps = () => (document.querySelector("dialog[open]") ? all("dialog[open]") : [...all("main"), ...all("header")]);
const isTyped = (thing) =>
  thing.matches?.("input:not([type=checkbox], [type=radio], [type=file]), textarea, select, audio, video, [contenteditable]");
const say = (thing) => {
  const heard = thing.dataset.say ? thing : thing.closest("li, form, p, h2")?.querySelector(".speak[data-say]");
  if (heard) dispatchEvent(new CustomEvent("say", { detail: heard }));
};
const go = (thing) => {
  thing?.focus();
  if (thing && (isStepped || PACE || page.dataset.skin === "non-lecteur")) say(thing);
};

const WAYS = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1] };
const centre = (thing) => {
  const { x, y, width, height } = thing.getBoundingClientRect();
  return { x: x + width / 2, y: y + height / 2 };
};
// The nearest thing that way: what is aside counts twice.
const beside = (from, [x, y]) => {
  const here = centre(from);
  const cost = (thing) => {
    const there = centre(thing);
    const ahead = (there.x - here.x) * x + (there.y - here.y) * y;
    const aside = Math.abs((there.x - here.x) * y) + Math.abs((there.y - here.y) * x);
    return ahead > 1 ? ahead + 2 * aside : Infinity;
  };
  const best = steps().sort((a, b) => cost(a) - cost(b))[0];
  return best && cost(best) < Infinity ? best : null;
};

// What is lit: a thing, or a line of them, whose things are then lit in their turn (`group`).
let lit = [];
let group = null;
let rank = -1;
let left = 0;
let timer = 0;
const linesOf = (things) => {
  const lines = new Map();
  for (const thing of things) {
    const line = `${thing.closest("header") ? "head" : ""} ${Math.round(centre(thing).y / 40)}`;
    lines.set(line, [...(lines.get(line) ?? []), thing]);
  }
  return [...lines.values()];
};
const turns = () => {
  const things = group ?? steps();
  return !group && things.length > FEW ? linesOf(things) : things.map((thing) => [thing]);
};
const light = (things) => {
  for (const thing of lit) delete thing.dataset.lit;
  lit = things;
  for (const thing of lit) thing.dataset.lit = "";
  if (things.length) go(things[0]);
};
const stop = () => {
  clearInterval(timer);
  timer = 0;
  light([]);
};
const next = () => {
  if (isCovered() || document.querySelector("button[data-is=on]")) return; // a voice is recorded: its button stays lit
  rank += 1;
  if (rank >= turns().length) {
    group = null; // nothing was chosen in a line: the lines again
    rank = 0;
    left -= 1;
    if (!left) return stop();
  }
  light(turns()[rank] ?? []);
};
const start = (from = -1) => {
  clearInterval(timer);
  rank = from;
  left = ROUNDS;
  timer = setInterval(next, PACE);
};
const isCovered = () => document.querySelector("[aria-modal=true]") !== null; // « Regardez-moi »
const choose = () => {
  if (isCovered()) return;
  if (!timer) {
    start();
    next();
  } else if (lit.length > 1) {
    group = lit;
    start();
    next();
  } else if (lit.length) {
    const chosen = lit[0];
    chosen.click();
    if (document.activeElement === chosen) return start(rank - 1);
    group = [".tools [data-open]", ".places"].map(all).find((things) => things.length) ?? null; // what it opened here
    start();
    next();
  }
};
if (PACE) {
  addEventListener("click", (event) => {
    if (event.isTrusted && !event.target.closest("a, button, input, label, summary, audio, video")) choose();
  });
  if (!("scanAsked" in page.dataset)) start();
}

addEventListener("keydown", (event) => {
  if (isCovered() || isTyped(event.target) || event.altKey || event.ctrlKey || event.metaKey) return;
  const isOnSomething = !timer && steps().includes(document.activeElement); // by Tab or the arrows: Enter is the browser's
  if (PACE && (event.key === " " || (event.key === "Enter" && !isOnSomething)) && !event.repeat) {
    event.preventDefault();
    choose();
  } else if (WAYS[event.key]) {
    const from = document.activeElement;
    go(from && from !== document.body ? beside(from, WAYS[event.key]) : steps()[0]);
    event.preventDefault();
  } else if (isStepped && event.key === " ") {
    event.preventDefault();
    const things = [...all("header"), ...all("main")];
    go(things[(things.indexOf(document.activeElement) + 1) % things.length]);
  }
});
// A button answers to Space when it comes up.
if (isStepped || PACE) addEventListener("keyup", (event) => event.key === " " && !isTyped(event.target) && event.preventDefault());
