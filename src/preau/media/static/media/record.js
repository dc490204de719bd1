// Files that people send: a weight is told before it leaves, and a voice is recorded here, a minute at most (or `data-seconds`). Without this
// module, a file is chosen as any other, and the server says the same. A child is shown no count of seconds: with
// `data-begun`, this word for one second, in which a second touch stops nothing, then `data-stop`.
const MOST = 60; // seconds
const SAYS = document.querySelector("[data-recorder]").dataset; // in the language of the page

for (const input of document.querySelectorAll("input[type=file][data-most]")) {
  const most = Number(input.dataset.most);
  const words = document.createElement("p");
  words.className = "hint";
  words.setAttribute("role", "alert");
  input.after(words);
  input.addEventListener("change", () => {
    const heavy = [...input.files].find((file) => file.size > most * 1024 * 1024);
    words.textContent = heavy ? SAYS.heavy : "";
    input.closest(".field")?.classList.toggle("field-wrong", Boolean(heavy)); // one sees that nothing is joined
    if (heavy) input.value = "";
  });
}

const button = (words) => {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "btn";
  made.textContent = words;
  return made;
};

const file = (parts, kind) => {
  const ending = kind.includes("mp4") ? "m4a" : kind.includes("ogg") ? "ogg" : "webm";
  return new File(parts, `voix.${ending}`, { type: kind });
};
const give = (input, parts, kind) => {
  const transfer = new DataTransfer();
  transfer.items.add(file(parts, kind));
  input.files = transfer.files;
  input.dispatchEvent(new Event("change", { bubbles: true }));
};

// One after the other: « Enregistrer », « Arrêter (12) », then what was said, to hear before it is sent.
const offer = (input) => {
  const start = button(SAYS.start);
  const said = document.createElement("audio");
  const told = document.createElement("p");
  said.controls = true;
  said.hidden = true;
  said.setAttribute("aria-label", SAYS.own);
  told.className = "hint";
  told.setAttribute("role", "status");
  start.dataset.icon = "record";
  input.hidden = "alone" in SAYS; // a child has one way, and the other when it fails
  input.before(start, said, told);
  let recorder = null;
  const most = Number(input.dataset.seconds ?? MOST);
  const stop = () => recorder?.state === "recording" && recorder.stop();
  start.addEventListener("click", async () => {
    if (recorder?.state === "recording") return start.textContent === SAYS.begun || stop();
    let stream = null;
    try {
      stream = await navigator.mediaDevices.getUserMedia({ audio: true });
    } catch {
      told.textContent = SAYS.silent;
      input.hidden = false;
      input.dispatchEvent(new CustomEvent("silent"));
      return;
    }
    const parts = [];
    let seconds = 0;
    recorder = new MediaRecorder(stream);
    const count = setInterval(() => {
      seconds += 1;
      start.textContent = SAYS.begun ? SAYS.stop : `${SAYS.stop} (${seconds})`;
      if (seconds >= most) stop();
    }, 1000);
    // Each second, what was said so far: a page may keep it (lessons/make.js).
    recorder.addEventListener("dataavailable", (event) => {
      parts.push(event.data);
      input.dispatchEvent(new CustomEvent("recorded", { detail: file(parts, recorder.mimeType) }));
    });
    recorder.addEventListener("stop", () => {
      clearInterval(count);
      start.dataset.is = "off";
      for (const track of stream.getTracks()) track.stop();
      give(input, parts, recorder.mimeType);
      URL.revokeObjectURL(said.src);
      said.src = URL.createObjectURL(new Blob(parts, { type: recorder.mimeType }));
      said.hidden = false;
      start.textContent = SAYS.again;
      told.textContent = SAYS.done;
    });
    recorder.start(1000);
    start.dataset.is = "on";
    start.textContent = SAYS.begun ?? `${SAYS.stop} (0)`;
    told.textContent = SAYS.speak;
  });
};

if (self.MediaRecorder && navigator.mediaDevices) document.querySelectorAll("[data-record]").forEach(offer);
