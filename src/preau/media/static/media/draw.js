// A drawing made in the page with a finger, a stylus or a mouse; it leaves as a picture, which the server draws again.
// Without this module, a picture is chosen as any other.
const SIDES = [1200, 900];
const INKS = ["#1f2430", "#1d5fa8", "#c0392b", "#2e7d32", "#e6a700", "#7b3fa0", "#7a4a21"];
const WIDTHS = [6, 22];

const button = (words, act, more = {}) => {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "btn";
  made.textContent = words;
  made.ariaLabel = words;
  Object.assign(made, more);
  made.addEventListener("click", act);
  return made;
};

const offer = (zone) => {
  const says = zone.dataset;
  const input = zone.querySelector("input[type=file]");
  const names = says.colours.split(",");
  const sheet = document.createElement("canvas");
  [sheet.width, sheet.height] = SIDES;
  sheet.className = "sheet";
  sheet.tabIndex = 0;
  sheet.setAttribute("role", "img");
  sheet.setAttribute("aria-label", says.sheet);
  const pen = sheet.getContext("2d");
  const strokes = []; // each: ink, width, points
  let ink = INKS[0];
  let width = WIDTHS[0];
  let under = null; // the stroke under the finger

  const trace = ({ ink: colour, width: wide, points }) => {
    pen.strokeStyle = colour;
    pen.lineWidth = wide;
    pen.lineCap = pen.lineJoin = "round";
    pen.beginPath();
    pen.moveTo(...points[0]);
    for (const point of points) pen.lineTo(...point);
    pen.stroke();
  };
  const draw = () => {
    pen.fillStyle = "#fff";
    pen.fillRect(0, 0, sheet.width, sheet.height);
    strokes.forEach(trace);
  };
  const tell = () => input.dispatchEvent(new Event("change", { bubbles: true }));
  const give = () => {
    if (!strokes.length) {
      input.value = "";
      return tell();
    }
    sheet.toBlob((blob) => {
      const transfer = new DataTransfer();
      transfer.items.add(new File([blob], "dessin.png", { type: "image/png" }));
      input.files = transfer.files;
      tell();
    }, "image/png");
  };
  const at = (event) => {
    const box = sheet.getBoundingClientRect();
    return [((event.clientX - box.left) * sheet.width) / box.width, ((event.clientY - box.top) * sheet.height) / box.height];
  };

  sheet.addEventListener("pointerdown", (event) => {
    if (event.button || under) return;
    event.preventDefault();
    sheet.setPointerCapture(event.pointerId);
    under = { id: event.pointerId, stroke: { ink, width, points: [at(event)] } };
    trace(under.stroke);
  });
  sheet.addEventListener("pointermove", (event) => {
    if (under?.id !== event.pointerId) return;
    const from = under.stroke.points.at(-1);
    const passed = event.getCoalescedEvents?.() ?? [];
    under.stroke.points.push(...(passed.length ? passed : [event]).map(at));
    trace({ ...under.stroke, points: [from, ...under.stroke.points.slice(under.stroke.points.lastIndexOf(from) + 1)] });
  });
  const end = (event) => {
    if (under?.id !== event.pointerId) return;
    strokes.push(under.stroke);
    under = null;
    give();
  };
  sheet.addEventListener("pointerup", end);
  sheet.addEventListener("pointercancel", end);

  const tools = document.createElement("div");
  tools.className = "row tools";
  const press = (chosen, among) => among.forEach((one) => one.setAttribute("aria-pressed", String(one === chosen)));
  const inks = INKS.map((colour, rank) => {
    const one = button("", () => { ink = colour; press(one, [...inks, rubber]); }, { ariaLabel: names[rank], title: names[rank] });
    one.className = "btn ink";
    one.style.setProperty("--ink-of", colour);
    return one;
  });
  const rubber = button(says.rubber, () => { ink = "#fff"; press(rubber, [...inks, rubber]); });
  rubber.dataset.icon = "eraser";
  const widths = WIDTHS.map((wide, rank) => {
    const one = button(rank ? says.thick : says.thin, () => { width = wide; press(one, widths); });
    one.dataset.icon = rank ? "thick" : "thin";
    return one;
  });
  const back = button(says.back, () => { strokes.pop(); draw(); give(); });
  const empty = button(says.empty, () => { strokes.splice(0, strokes.length); draw(); give(); });
  [back.dataset.icon, empty.dataset.icon] = ["back", "empty"];
  press(inks[0], [...inks, rubber]);
  press(widths[0], widths);
  tools.append(...inks, rubber, ...widths, back, empty);
  const field = input.closest(".field");
  field.before(tools, sheet);
  field.hidden = true;
  draw();
};

document.querySelectorAll("[data-drawing]:has(input[type=file])").forEach(offer);
