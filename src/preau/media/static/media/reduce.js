// Reduces photos in the browser before they leave: 1600 points, so that eight of them fit a school's line.
// Without this module, or where the browser cannot read a photo, the file leaves as it is and the server reduces it.
const SIDES = [1600, 1200, 900];
const AIM = 250_000;
const QUALITIES = [0.8, 0.6];
const READ = /\.(jpe?g?|png|webp)$/i; // by the server, of what this browser could not draw again

const kilobytes = (size) => `${Math.max(1, Math.round(size / 1000))}\u00a0ko`;

const draw = (bitmap, side) => {
  const scale = Math.min(1, side / Math.max(bitmap.width, bitmap.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(bitmap.width * scale));
  canvas.height = Math.max(1, Math.round(bitmap.height * scale));
  const context = canvas.getContext("2d");
  context.fillStyle = "#fff";
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  return canvas;
};

const encode = (canvas, quality) => new Promise((done) => canvas.toBlob(done, "image/jpeg", quality));

// The best quality that reaches the aim, then a smaller side.
const lightest = async (bitmap) => {
  let blob = null;
  for (const side of SIDES) {
    const canvas = draw(bitmap, side);
    for (const quality of QUALITIES) {
      blob = await encode(canvas, quality);
      if (blob && blob.size <= AIM) return blob;
    }
  }
  return blob;
};

const reduce = async (file) => {
  if (!file.type.startsWith("image/") || file.type === "image/svg+xml") return file;
  try {
    const bitmap = await createImageBitmap(file, { imageOrientation: "from-image" });
    const blob = await lightest(bitmap);
    bitmap.close();
    if (!blob || blob.size >= file.size) return file;
    return new File([blob], `${file.name.replace(/\.[^.]*$/, "")}.jpg`, { type: "image/jpeg" });
  } catch {
    return file;
  }
};

const said = (count, more) => `${count > 1 ? `${count} photos` : "1 photo"}, ${more}`;

// A place for each photo as soon as it is chosen: what follows moves once, under the eyes of who chose, never while
// they write. What has the focus stays on screen.
const reserve = (list, count) => {
  const places = Array.from({ length: count }, () => document.createElement("div"));
  for (const place of places) place.className = "picture";
  const words = document.createElement("p");
  words.className = "quiet";
  words.setAttribute("role", "status");
  words.textContent = said(count, "en préparation");
  list.replaceChildren(...places, words);
  document.activeElement.scrollIntoView({ block: "nearest" });
};

// What would be refused once sent, with all the rest to choose again.
const tell = (list, left) => {
  if (left.length === 0) return;
  const words = document.createElement("p");
  words.setAttribute("role", "status");
  const names = left.map((file) => `«\u00a0${file.name}\u00a0»`).join(", ");
  words.textContent = `${names} ne part${left.length > 1 ? "ent" : ""} pas\u00a0: une photo est en JPEG, PNG ou WebP.`;
  list.append(words);
};

const show = (list, files, before) => {
  const places = list.querySelectorAll(".picture");
  places.forEach((place, rank) => { if (rank >= files.length) place.remove(); });
  files.forEach((file, rank) => {
    const image = document.createElement("img");
    image.alt = "";
    image.src = URL.createObjectURL(file);
    image.addEventListener("load", () => URL.revokeObjectURL(image.src), { once: true });
    image.addEventListener("error", () => places[rank].remove(), { once: true });
    places[rank].append(image);
  });
  const after = files.reduce((sum, file) => sum + file.size, 0);
  const reduced = files.length > 1 ? ", réduites avant l’envoi" : ", réduite avant l’envoi";
  const words = `${kilobytes(after)}${after < before ? reduced : ""}`;
  const status = list.querySelector("[role=status]");
  if (files.length) status.textContent = said(files.length, words);
  else status.remove();
};

for (const zone of document.querySelectorAll("[data-reduce]:has(input[type=file])")) {
  const input = zone.querySelector("input[type=file]");
  const lines = [...zone.querySelectorAll("input[type=text]")].map((line) => line.closest(".field"));
  const others = zone.querySelector("[data-others]");
  // One line for each photo chosen, to say what is seen on it.
  const ask = (count) => {
    lines.forEach((line, rank) => { line.hidden = rank >= count; });
    if (others) others.hidden = count < 2;
  };
  // Sent without the word that photos need, they would come back unchosen: the browser asks for it first.
  const form = input.form;
  const word = form?.querySelector("[data-asked-for]");
  const require = () => {
    if (!word) return;
    const scope = form.elements.scope?.value;
    word.required = input.files.length > 0 && (!scope || word.dataset.askedFor.split(" ").includes(scope));
  };
  form?.addEventListener("change", require);
  if (others) { others.open = true; others.querySelector("summary").hidden = true; }
  const list = document.createElement("div");
  list.className = "pictures chosen";
  zone.prepend(list);
  let turn = 0;
  const answer = async () => {
    const mine = ++turn;
    const chosen = [...input.files];
    ask(chosen.length);
    require();
    if (chosen.length === 0) {
      list.replaceChildren();
      return;
    }
    reserve(list, chosen.length);
    const drawn = [];
    for (const file of chosen) drawn.push(await reduce(file));
    if (mine !== turn) return;
    const files = drawn.filter((file) => READ.test(file.name));
    const before = chosen.reduce((sum, file, rank) => sum + (files.includes(drawn[rank]) ? file.size : 0), 0);
    const transfer = new DataTransfer();
    for (const file of files) transfer.items.add(file);
    input.files = transfer.files;
    ask(files.length);
    require();
    show(list, files, before);
    tell(list, drawn.filter((file) => !files.includes(file)));
    zone.dispatchEvent(new Event("reduced"));
  };
  input.addEventListener("change", answer);
  answer(); // where the network is slow, photos may be chosen before this module is there
}
