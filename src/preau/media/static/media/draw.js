// A drawing made in the page with a finger, a stylus or a mouse; with stamps (`data-stamps`), by keys too. It leaves as a
// picture, which the server draws again. `data-under`: a drawing that is taken up again lies under what is added.
// `data-drawers`: the colours and the stamps may each stay behind one button, which the page's sheet shows (lessons/make.css).
// Without this module, a picture is chosen as any other.
const SIDES = [1200, 900];
const INKS = ["#1f2430", "#1d5fa8", "#c0392b", "#2e7d32", "#e6a700", "#7b3fa0", "#7a4a21"];
const WIDTHS = [6, 22];
const STAMP = 230; // side of a stamp on the sheet
const LINES = 'stroke="#1f2430" stroke-width="2" stroke-linecap="round" stroke-linejoin="round"';
const shapesOf = async (sprite) => {
  const text = await (await fetch(sprite)).text();
  const symbols = new DOMParser().parseFromString(text, "image/svg+xml").querySelectorAll("symbol");
  return new Map([...symbols].map((symbol) => [symbol.id, symbol.innerHTML]));
};
const inked = async (shapes, colour) => {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 48 48" width="${STAMP}" height="${STAMP}" color="${colour}" ${LINES}>${shapes}</svg>`;
  const image = new Image();
  image.src = `data:image/svg+xml,${encodeURIComponent(svg)}`;
  await image.decode();
  return image;
};

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

const offer = async (zone) => {
  const says = zone.dataset;
  const input = zone.querySelector("input[type=file]");
  const names = says.colours.split(",");
  const sheet = document.createElement("canvas");
  [sheet.width, sheet.height] = SIDES;
  sheet.className = "sheet";
  sheet.setAttribute("role", "img");
  sheet.setAttribute("aria-label", says.sheet);
  const pen = sheet.getContext("2d");
  const strokes = []; // each: ink, width, points; or an image and its place; or `isEmptied`: nothing of before is seen
  let ink = INKS[0];
  let width = WIDTHS[0];
  let going = null; // the stroke under the finger
  let under = null; // the drawing that is taken up again
  let isGiven = false;
  const white = () => {
    pen.fillStyle = "#fff";
    pen.fillRect(0, 0, sheet.width, sheet.height);
  };
  const trace = ({ ink: colour, width: wide, points, image, isEmptied }) => {
    if (isEmptied) return white();
    if (image) return pen.drawImage(image, points[0][0] - STAMP / 2, points[0][1] - STAMP / 2);
    pen.strokeStyle = colour;
    pen.lineWidth = wide;
    pen.lineCap = pen.lineJoin = "round";
    pen.beginPath();
    pen.moveTo(...points[0]);
    for (const point of points) pen.lineTo(...point);
    pen.stroke();
  };
  const draw = () => {
    white();
    if (under) {
      const scale = Math.min(sheet.width / under.width, sheet.height / under.height);
      const [wide, high] = [under.width * scale, under.height * scale];
      pen.drawImage(under, (sheet.width - wide) / 2, (sheet.height - high) / 2, wide, high);
    }
    strokes.forEach(trace);
  };
  const tell = () => input.dispatchEvent(new Event("change", { bubbles: true }));
  const give = () => {
    if (!strokes.length && !isGiven) return;
    isGiven = true;
    const made = new Promise((done) => sheet.toBlob(done, "image/png")).then((blob) => {
      const transfer = new DataTransfer();
      transfer.items.add(new File([blob], "dessin.png", { type: "image/png" }));
      input.files = transfer.files;
      tell();
    });
    input.dispatchEvent(new CustomEvent("making", { detail: made })); // who leaves at once waits for it
  };
  const at = (event) => {
    const box = sheet.getBoundingClientRect();
    return [((event.clientX - box.left) * sheet.width) / box.width, ((event.clientY - box.top) * sheet.height) / box.height];
  };

  sheet.addEventListener("pointerdown", (event) => {
    if (event.button || going) return;
    event.preventDefault();
    sheet.setPointerCapture(event.pointerId);
    going = { id: event.pointerId, stroke: { ink, width, points: [at(event)] } };
    trace(going.stroke);
  });
  sheet.addEventListener("pointermove", (event) => {
    if (going?.id !== event.pointerId) return;
    const from = going.stroke.points.at(-1);
    const passed = event.getCoalescedEvents?.() ?? [];
    going.stroke.points.push(...(passed.length ? passed : [event]).map(at));
    trace({ ...going.stroke, points: [from, ...going.stroke.points.slice(going.stroke.points.lastIndexOf(from) + 1)] });
  });
  const end = (event) => {
    if (going?.id !== event.pointerId) return;
    strokes.push(going.stroke);
    going = null;
    give();
  };
  sheet.addEventListener("pointerup", end);
  sheet.addEventListener("pointercancel", end);

  const tools = document.createElement("div");
  tools.className = "row tools";
  const press = (chosen, among) => among.forEach((one) => one.setAttribute("aria-pressed", String(one === chosen)));
  const colourStamps = () => {
    tools.style.setProperty("--ink-now", ink);
    for (const svg of tools.querySelectorAll('[data-icon^="stamp-"] svg')) svg.style.color = ink;
  };
  let colour = INKS[0]; // the pencil's, while one rubs out or stamps
  const inks = INKS.map((each, rank) => {
    const one = button("", () => { ink = colour = each; press(one, [...inks, rubber]); colourStamps(); offerPencil(); }, { ariaLabel: names[rank], title: names[rank] });
    one.className = "btn ink";
    one.dataset.icon = `ink-${rank}`;
    one.style.setProperty("--ink-of", each);
    return one;
  });
  const rubber = button(says.rubber, () => { ink = "#fff"; press(rubber, [...inks, rubber]); lift(); });
  rubber.dataset.icon = "eraser";
  // While one stamps or rubs out, in the place of the widths where tools are few (lessons/make.css): lines again.
  const pencil = button(says.pen, ({ detail }) => {
    ink = colour;
    press(inks[INKS.indexOf(colour)], [...inks, rubber]);
    lift();
    if (!detail) widths.find((one) => one.offsetParent)?.focus();
  });
  [pencil.dataset.icon, pencil.hidden] = ["pencil", true];
  const offerPencil = () => (pencil.hidden = !stamp && ink === colour);
  const widths = WIDTHS.map((wide, rank) => {
    const one = button(rank ? says.thick : says.thin, ({ detail }) => {
      width = wide;
      press(one, widths);
      lift();
      if (!detail && !one.offsetParent) widths[1 - rank].focus(); // the sheet shows the other one alone
    });
    one.dataset.icon = rank ? "thick" : "thin";
    return one;
  });
  const back = button(says.back, () => { strokes.pop(); draw(); give(); });
  const empty = button(says.empty, () => { strokes.push({ isEmptied: true }); draw(); give(); });
  [back.dataset.icon, empty.dataset.icon] = ["back", "empty"];
  press(inks[0], [...inks, rubber]);
  press(widths[0], widths);
  // A drawer stays where it is, behind a button that opens it; what is chosen in it closes it.
  const drawer = (name, words, things) => {
    if (!words || !things.length) return things;
    const zone = document.createElement("div");
    zone.className = "drawer";
    zone.append(...things);
    const opens = button(words, (event) => {
      zone.toggleAttribute("data-open");
      if (!event.detail) things[0].focus();
    });
    opens.dataset.icon = name;
    zone.addEventListener("click", ({ detail }) => {
      const isLost = !detail && zone.hasAttribute("data-open") && zone.contains(document.activeElement);
      zone.removeAttribute("data-open");
      if (isLost) opens.focus(); // a stamp leads to its places
    });
    return [opens, zone];
  };
  const [ofInks, ofStamps] = (says.drawers ?? "").split(",");
  tools.append(...drawer("colours", ofInks, inks), rubber, pencil, ...widths, back, empty);

  // A stamp: nine places cover the sheet. A finger puts it where it touches, a key in the middle of the place.
  const shapes = says.sprite ? await shapesOf(says.sprite).catch(() => new Map()) : new Map();
  const stamps = Object.entries(JSON.parse(says.stamps ?? "{}")).filter(([name]) => shapes.has(name));
  let stamp = "";
  // As its button shows it: in its own colour, until one is chosen.
  const inkOf = (name) => {
    const shown = tools.querySelector(`[data-icon="stamp-${name}"] svg`);
    return shown ? getComputedStyle(shown).color : ink;
  };
  const places = document.createElement("div");
  places.className = "places";
  places.hidden = true;
  const put = async (event, place) => {
    const box = place.getBoundingClientRect();
    const middle = { clientX: box.left + box.width / 2, clientY: box.top + box.height / 2 };
    strokes.push({ image: await inked(shapes.get(stamp), inkOf(stamp)), points: [at(event.detail ? event : middle)] });
    draw();
    give();
  };
  for (const [rank, name] of (says.places ?? "").split(",").entries()) {
    const place = button(name, (event) => put(event, place));
    place.className = "place";
    place.dataset.icon = `place-${rank + 1}`;
    place.textContent = "";
    places.append(place);
  }
  const marks = stamps.map(([name, words]) => {
    const one = button(words, (event) => {
      stamp = name;
      press(one, marks);
      places.hidden = false;
      offerPencil();
      if (!event.detail) places.children[4].focus(); // by a key: the middle of the sheet
    });
    one.dataset.icon = `stamp-${name}`;
    return one;
  });
  const lift = () => {
    stamp = "";
    press(null, marks);
    places.hidden = true;
    offerPencil();
  };
  back.before(...drawer("stamps", ofStamps, marks));

  if (says.under) {
    under = new Image();
    under.src = says.under;
    if (!(await under.decode().then(() => true, () => false))) return; // it is not there: nothing may replace it
  }
  const field = input.closest(".field");
  const over = document.createElement("div");
  over.className = "under-places";
  over.append(sheet, places);
  const easel = document.createElement("div");
  easel.className = "easel";
  easel.append(tools, over);
  field.before(easel);
  field.hidden = true;
  draw();
  zone.dispatchEvent(new Event("offered", { bubbles: true }));
};

document.querySelectorAll("[data-drawing]:has(input[type=file])").forEach(offer);
