// Files that the user gets: one by one, or as a zip.

/** Offers bytes as a download of that name. */
export const save = (name, bytes, type = "application/octet-stream") => {
  const url = URL.createObjectURL(new Blob([bytes], { type }));
  const link = document.createElement("a");
  link.href = url;
  link.download = name.split("/").pop();
  link.click();
  // The browser has begun to read it by then.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
};

const TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  return value;
});

const crc32 = (bytes) => {
  let value = 0xffffffff;
  for (const byte of bytes) value = (value >>> 8) ^ TABLE[(value ^ byte) & 0xff];
  return (value ^ 0xffffffff) >>> 0;
};

/** Fields of a header of a zip: pairs of a width in bytes and a number. */
const fields = (...pairs) => {
  const bytes = new Uint8Array(pairs.reduce((sum, [width]) => sum + width, 0));
  const view = new DataView(bytes.buffer);
  let at = 0;
  for (const [width, number] of pairs) {
    if (width === 2) view.setUint16(at, number, true);
    else view.setUint32(at, number, true);
    at += width;
  }
  return bytes;
};

/** The first of January 1980, from which a zip counts: the same files make the same zip. */
const DATE = 0x21;
/** Names are UTF-8. */
const UTF8 = 0x800;
/** What a zip without ZIP64 can hold. */
const MOST = { files: 0xffff, bytes: 0xffffffff };

/** A zip of files (`[name, bytes]`), which are stored as they are. The parts are those of a blob. */
export const zip = (files) => {
  const parts = [];
  const directory = [];
  let place = 0;
  for (const [path, bytes] of files) {
    const name = new TextEncoder().encode(path);
    const common = [[2, 20], [2, UTF8], [2, 0], [2, 0], [2, DATE], [4, crc32(bytes)], [4, bytes.length], [4, bytes.length], [2, name.length], [2, 0]];
    const head = fields([4, 0x04034b50], ...common);
    parts.push(head, name, bytes);
    directory.push(fields([4, 0x02014b50], [2, 20], ...common, [2, 0], [2, 0], [2, 0], [4, 0], [4, place]), name);
    place += head.length + name.length + bytes.length;
  }
  const length = directory.reduce((sum, part) => sum + part.length, 0);
  if (files.length > MOST.files || place + length > MOST.bytes) throw new Error("These files are too many for one zip.");
  const end = fields([4, 0x06054b50], [2, 0], [2, 0], [2, files.length], [2, files.length], [4, length], [4, place], [2, 0]);
  return [...parts, ...directory, end];
};
