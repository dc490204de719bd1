// The board, and the session that has just closed, are read again when their number changed (middleware.py), and after
// the seconds of `data-again`: a tablet that goes silent, or has answered the closing, changes no number.
const board = document.querySelector("#tableau");
const EVERY = 1500; // ms

const ask = async () => {
  const answer = await fetch("/seance/pouls/", { cache: "no-store", headers: { "X-Seance": board.dataset.board } }).catch(() => null);
  if (!answer?.ok) return;
  const said = (await answer.text()).trim();
  if (said === "0") location.reload();
  else if (said !== board.dataset.version) await read();
};
const read = async () => {
  const answer = await fetch(location.pathname, { headers: { "X-Part": "board" } }).catch(() => null);
  if (!answer) return lookAgain();
  if (!answer.ok || answer.redirected) return location.reload();
  const held = document.activeElement?.closest("#tableau form")?.getAttribute("action");
  const part = new DOMParser().parseFromString(await answer.text(), "text/html");
  board.dataset.version = part.querySelector("[data-version]").dataset.version;
  put(part.body);
  lookAgain();
  if (held) board.querySelector(`form[action="${held}"] button`)?.focus();
};
// What is the same stays where it is: a voice goes on.
const put = (body) => {
  const [here, there] = [board, body].map((zone) => zone.querySelector(":scope > [data-stays]"));
  if (!here || here.dataset.stays !== there?.dataset.stays) return board.replaceChildren(...body.childNodes);
  const after = [...body.childNodes].slice([...body.childNodes].indexOf(there) + 1);
  for (const node of [...board.childNodes]) if (node !== here) node.remove();
  there.remove();
  here.after(...after);
  board.prepend(...body.childNodes);
};
let again = 0;
const lookAgain = () => {
  clearTimeout(again);
  const seconds = board.querySelector("[data-again]")?.dataset.again;
  if (seconds) again = setTimeout(read, seconds * 1000);
};
if (board) lookAgain();
if (board) setInterval(ask, EVERY);
