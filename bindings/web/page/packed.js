// The module as it stands in the page: packed with gzip, and written in 85 signs, which takes a sixteenth less room than
// base64. `assemble.py` writes it.

const SIGNS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz!#$%&()*+-;,=>?@^_`{|}~";

/** The bytes of a text in 85 signs: five of them are four bytes, the first the most significant. */
const decoded = (text) => {
  const value = new Uint8Array(128);
  for (const [at, sign] of [...SIGNS].entries()) value[sign.charCodeAt(0)] = at;
  const missing = (5 - (text.length % 5)) % 5;
  const full = text + "~".repeat(missing);
  const bytes = new Uint8Array((full.length / 5) * 4);
  const view = new DataView(bytes.buffer);
  for (let from = 0, to = 0; from < full.length; from += 5, to += 4) {
    let number = 0;
    for (let at = from; at < from + 5; at += 1) number = number * 85 + value[full.charCodeAt(at)];
    view.setUint32(to, number);
  }
  return bytes.subarray(0, bytes.length - missing);
};

/** The module that a text holds. */
export const unpacked = (text) => {
  const stream = new Blob([decoded(text)]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Response(stream).arrayBuffer();
};
