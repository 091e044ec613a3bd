// Reads the files of the user into the module. Runs in the worker.

/** A larger file is read piece by piece. */
const LARGE = 16 << 20;
/** So many bytes, and so many files, are read at one go. */
const BATCH = { bytes: 4 << 20, files: 400 };
/** So many batches are under way. */
const AT_A_TIME = 4;

/** Files in batches, in their order. */
const batches = (files) => {
  const all = [];
  let room = null;
  for (const entry of files) {
    const { size } = entry.file;
    if (!room || room.bytes + size > BATCH.bytes || room.files.length === BATCH.files) {
      room = { bytes: 0, files: [] };
      all.push(room);
    }
    room.bytes += size;
    room.files.push(entry);
  }
  return all;
};

/** The bytes of each file; of one that cannot be read, nothing. */
const singly = (files) =>
  Promise.all(
    files.map(async ({ path, file }) => {
      const bytes = await file.arrayBuffer().catch(() => null);
      return { path, bytes: bytes && new Uint8Array(bytes) };
    }),
  );

/**
 * Reads files into the module, and returns the paths of those that cannot be read. `read` is called with the number of
 * bytes that came.
 *
 * A browser takes up to a millisecond for each file that it opens by itself, so small files are read as one blob.
 */
export const readInto = async (core, files, read) => {
  const unread = [];
  for (const { path, file } of files.filter((entry) => entry.file.size > LARGE)) {
    await core.addStream(path, file, read);
  }
  const waiting = batches(files.filter((entry) => entry.file.size <= LARGE));
  const next = async () => {
    for (let batch = waiting.shift(); batch; batch = waiting.shift()) {
      const blob = new Blob(batch.files.map((entry) => entry.file));
      const bytes = await blob.arrayBuffer().catch(() => null);
      if (bytes?.byteLength === batch.bytes) {
        const sizes = batch.files.map(({ path, file }) => [path, file.size]);
        core.ask({ ask: "add", files: sizes }, new Uint8Array(bytes));
      } else {
        for (const { path, bytes: own } of await singly(batch.files)) {
          if (own) core.ask({ ask: "add", files: [[path, own.length]] }, own);
          else unread.push(path);
        }
      }
      read(batch.bytes);
    }
  };
  await Promise.all(Array.from({ length: AT_A_TIME }, next));
  return unread;
};
