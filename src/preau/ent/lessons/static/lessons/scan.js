// Reads a card held to the camera, once « Montre ta carte » was touched: loaded then only. The token stays in the browser
// until it is sent in the body of a form (trust.md P9).
const EVERY = 200; // ms between two looks
const PATIENCE = 60_000; // ms, then the camera goes off

export const scan = async (form) => {
  const video = document.querySelector("main video");
  const reader = new BarcodeDetector({ formats: ["qr_code"] });
  let stream;
  try {
    stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "user", width: 640, height: 480 } });
  } catch {
    return form.dispatchEvent(new CustomEvent("refused", { bubbles: true }));
  }
  const stop = () => {
    for (const track of stream.getTracks()) track.stop();
    video.hidden = true;
  };
  video.srcObject = stream;
  video.hidden = false;
  await video.play();
  addEventListener("pagehide", stop);
  const until = Date.now() + PATIENCE;
  while (Date.now() < until && video.isConnected) {
    const [seen] = await reader.detect(video).catch(() => []);
    const token = seen?.rawValue.split("#")[1];
    if (token) {
      stop();
      form.elements.carte.value = token;
      return form.requestSubmit();
    }
    await new Promise((resolve) => setTimeout(resolve, EVERY));
  }
  stop();
};
