// « Écouter »: reads a text aloud with a voice of the device, never one that sends the words to the browser's maker.
// Where it has none of that language, there is no button.
const base = (code) => code.replace("_", "-").split("-")[0].toLowerCase();
const voiceOf = (code) =>
  speechSynthesis.getVoices().find((voice) => voice.localService && base(voice.lang) === base(code));
// A feed names its texts once, in a template: what each says is kept for all its readers, and holds no button.
for (const model of document.querySelectorAll("template[data-listen-all]")) {
  document.querySelectorAll(model.dataset.listenAll).forEach((text, number) => {
    const button = model.content.querySelector("button").cloneNode(true);
    text.id ||= `texte-${number}`;
    button.dataset.listen = text.id;
    text.after(button);
  });
}
const buttons = document.querySelectorAll("button[data-listen]");
const textOf = (button) => document.getElementById(button.dataset.listen);

const show = () => {
  for (const button of buttons) button.hidden = !voiceOf(textOf(button).closest("[lang]").lang);
};
const stop = () => {
  speechSynthesis.cancel();
  for (const button of buttons) button.ariaPressed = "false";
};
const read = (button) => {
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

if (self.speechSynthesis && buttons.length) {
  show();
  speechSynthesis.addEventListener?.("voiceschanged", show); // most devices tell their voices late
  addEventListener("pagehide", stop);
  for (const button of buttons) {
    button.addEventListener("click", () => {
      const wasReading = button.ariaPressed === "true";
      stop();
      if (!wasReading) read(button);
    });
  }
}
