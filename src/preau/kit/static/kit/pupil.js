// A pupil's screen by keys: the arrows go from picture to picture, Enter chooses. With data-stepped on <html> (a single
// switch), Space goes to the next thing and says it, Enter chooses.
const tiles = [...document.querySelectorAll(".tile")];
const isStepped = "stepped" in document.documentElement.dataset;
const box = (thing) => thing.getBoundingClientRect();
const centre = (thing) => ({ x: box(thing).x + box(thing).width / 2, y: box(thing).y + box(thing).height / 2 });

const WAYS = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1] };
// The nearest picture that way: what is aside counts twice.
const beside = (from, [x, y]) => {
  const here = centre(from);
  const cost = (tile) => {
    const there = centre(tile);
    const ahead = (there.x - here.x) * x + (there.y - here.y) * y;
    const aside = Math.abs((there.x - here.x) * y) + Math.abs((there.y - here.y) * x);
    return ahead > 1 ? ahead + 2 * aside : Infinity;
  };
  const best = [...tiles].sort((a, b) => cost(a) - cost(b))[0];
  return cost(best) < Infinity ? best : null;
};
const say = (thing) => {
  const key = thing.closest("li")?.querySelector("[data-key]")?.dataset.key ?? thing.dataset.key;
  if (key) dispatchEvent(new CustomEvent("say", { detail: key }));
};
const steps = () =>
  [...document.querySelectorAll("main :is(a, button:not(.speak), input, summary), header :is(a, button:not(.speak))")].filter(
    (thing) => thing.offsetParent && !thing.disabled,
  );
const isTyped = (thing) => thing.matches?.("input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]");

addEventListener("keydown", (event) => {
  if (isTyped(event.target) || event.altKey || event.ctrlKey || event.metaKey) return;
  if (WAYS[event.key] && tiles.length) {
    const from = tiles.find((tile) => tile.closest("li") === document.activeElement.closest?.("li"));
    const next = from ? beside(from, WAYS[event.key]) : tiles[0];
    next?.focus();
    event.preventDefault();
  } else if (isStepped && event.key === " ") {
    event.preventDefault();
    const all = steps();
    const next = all[(all.indexOf(document.activeElement) + 1) % all.length];
    next?.focus();
    if (next) say(next);
  }
});
// A button answers to Space when it comes up.
if (isStepped) addEventListener("keyup", (event) => event.key === " " && !isTyped(event.target) && event.preventDefault());
