// Seals bytes so that the server alone opens them (kit/seals.py): what a shared device keeps while there is no network.
const { subtle } = crypto;
const CURVE = { name: "ECDH", namedCurve: "P-256" };

// `key`: the base's public key in base64; gives bytes: our own point, a nonce, the sealed text.
export const seal = async (bytes, key) => {
  const theirs = await subtle.importKey("raw", Uint8Array.from(atob(key), (sign) => sign.charCodeAt(0)), CURVE, false, []);
  const ours = await subtle.generateKey(CURVE, false, ["deriveBits"]);
  const shared = await subtle.deriveBits({ name: "ECDH", public: theirs }, ours.privateKey, 256);
  const root = await subtle.importKey("raw", shared, "HKDF", false, ["deriveKey"]);
  const said = { name: "HKDF", hash: "SHA-256", salt: new Uint8Array(), info: new TextEncoder().encode("preau box") };
  const cipher = await subtle.deriveKey(said, root, { name: "AES-GCM", length: 256 }, false, ["encrypt"]);
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const sealed = await subtle.encrypt({ name: "AES-GCM", iv }, cipher, bytes);
  return new Blob([await subtle.exportKey("raw", ours.publicKey), iv, sealed]);
};
