// « Écouter »: reads a text aloud with a voice of the device, never one that sends the words to the browser's maker.
// Where it has none of that language, there is no button; what follows it, `data-unvoiced`, is shown in its place.
const base = (code) => code.replace("_", "-").split("-")[0].toLowerCase();
const voiceOf = (code) =>
  self.speechSynthesis?.getVoices().find((voice) => voice.localService && base(voice.lang) === base(code));
// A feed names its texts once, in a template: what each says is kept for all its readers, and holds no button.
for (const model of document.querySelectorAll("template[data-listen-all]")) {
  document.querySelectorAll(model.dataset.listenAll).forEach((text, number) => {
    const button = model.content.querySelector("button").cloneNode(true);
    text.id ||= `texte-${number}`;
    button.dataset.listen = text.id;
    text.after(button);
  });
}
const LATE = 1500; // ms in which most devices tell their voices
const buttons = [];
const textOf = (button) => document.getElementById(button.dataset.listen);

const show = () => {
  for (const button of buttons) button.hidden = !voiceOf(textOf(button).closest("[lang]").lang);
};
const showOthers = () => {
  show();
  for (const button of buttons) {
    const other = button.nextElementSibling;
    if (other?.matches("[data-unvoiced]")) other.hidden = !button.hidden;
  }
};
const stop = () => {
  speechSynthesis.cancel();
  for (const button of buttons) button.ariaPressed = "false";
};
const read = (button) => {
  if ("muted" in document.documentElement.dataset) return; // a session whose teacher cut the sound
  const text = textOf(button);
  const code = text.closest("[lang]").lang;
  const voice = voiceOf(code);
  // One utterance a paragraph: long ones are cut by some engines.
  const pieces = [...text.querySelectorAll("h1, h2, h3, p, li")].filter((part) => !part.querySelector("p, li, h2, h3"));
  const parts = pieces.map((part) => part.innerText).filter(Boolean);
  for (const words of parts.length ? parts : [text.innerText]) {
    const said = Object.assign(new SpeechSynthesisUtterance(words), { voice, lang: voice.lang, rate: 0.9 });
    said.onerror = stop;
    speechSynthesis.speak(said);
    button.last = said;
  }
  button.last.onend = stop;
  button.ariaPressed = "true";
};

const take = (zone) => {
  const found = zone.querySelectorAll("button[data-listen]");
  if (!found.length) return;
  buttons.push(...found);
  for (const button of found) {
    button.addEventListener("click", () => {
      const wasReading = button.ariaPressed === "true";
      stop();
      if (!wasReading) read(button);
    });
  }
  show();
  setTimeout(() => {
    showOthers();
    self.speechSynthesis?.addEventListener?.("voiceschanged", showOthers);
  }, self.speechSynthesis ? LATE : 0);
};
take(document);
addEventListener("given", ({ target }) => take(target)); // what the teacher gave, while the line is cut
if (self.speechSynthesis && buttons.length) {
  speechSynthesis.addEventListener?.("voiceschanged", show);
  addEventListener("pagehide", stop);
}
