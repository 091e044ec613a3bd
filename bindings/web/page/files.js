// What the user chose or dropped: files with their paths, and what is meant by them.

/** How the names of label files end. Those of folders are looked for by the first two, as the command does. */
const SOUGHT = ["json", "jsonl"];
const WHOLE = ["ann"];
const NAMED = ["csv", "tsv", "conll", "conllu", "bio", "iob", "iob2"];
/** Files that hold neither labels nor texts. They are not read, since they may be large. */
const OTHER = (
  "7z avi bmp bz2 doc docx exe flac gif gz heic ico jar jpeg jpg mkv mov mp3 mp4 odt ogg otf pdf png ppt pptx rar so " +
  "spacy svg tar tgz tif tiff ttf wav webm webp woff woff2 xls xlsx xz zip zst"
).split(" ");

const ending = (path) => /\.([^./]+)$/.exec(path)?.[1].toLowerCase() ?? "";
const has = (endings) => (entry) => endings.includes(ending(entry.path));
const isLabels = has([...SOUGHT, ...WHOLE, ...NAMED]);

/** All files of a folder that was dropped. */
const below = async (folder, path) => {
  const reader = folder.createReader();
  const entries = [];
  // A browser hands out a hundred or so at a time.
  for (;;) {
    const some = await new Promise((resolve, reject) => reader.readEntries(resolve, reject));
    if (some.length === 0) break;
    entries.push(...some);
  }
  return (await Promise.all(entries.map((entry) => entered(entry, `${path}/${entry.name}`)))).flat();
};

const entered = async (entry, path) => {
  if (entry.isDirectory) return below(entry, path);
  const file = await new Promise((resolve) => entry.file(resolve, () => resolve(null)));
  return file ? [{ path, file }] : [];
};

/** What was dropped: each item is a file, or a folder with its files. */
export const dropped = (transfer) => {
  // The list of a drop is empty once its event is over.
  const items = [...transfer.items].filter((item) => item.kind === "file");
  const found = items.map((item) => item.webkitGetAsEntry?.() ?? item.getAsFile()).filter(Boolean);
  return Promise.all(
    found.map(async (it) => ({
      name: it.name,
      isFolder: it.isDirectory === true,
      files: it instanceof File ? [{ path: it.name, file: it }] : await entered(it, it.name),
    })),
  );
};

/** The same of an `<input>`, where folders have relative paths. */
export const chosen = (input) => {
  const items = new Map();
  for (const file of input.files) {
    const path = file.webkitRelativePath || file.name;
    const name = path.split("/")[0];
    if (!items.has(name)) items.set(name, { name, isFolder: path !== name, files: [] });
    items.get(name).files.push({ path, file });
  }
  return [...items.values()];
};

const quoted = (word) => (/^[\w./+:@%-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`);

/**
 * What is meant by the items: label files and folders of them, folders of texts, and all files to read. An item with
 * `isTexts` is a folder of texts whatever lies in it.
 */
export const meant = (items) => {
  const inputs = [];
  const folders = [];
  const loose = [];
  for (const item of items) {
    if (item.isFolder && (item.isTexts || !item.files.some(isLabels))) folders.push(item.name);
    else if (item.isFolder && item.files.some(has([...SOUGHT, ...WHOLE]))) inputs.push({ path: item.name, folder: true });
    else if (item.isFolder) inputs.push(...item.files.filter(isLabels).map(({ path }) => ({ path })));
    else if (isLabels(item.files[0]) && !item.isTexts) inputs.push({ path: item.name });
    else loose.push(item);
  }
  // A single file of another name is meant to be a label file.
  if (inputs.length === 0 && folders.length === 0 && loose.length === 1 && !loose[0].isTexts) inputs.push({ path: loose[0].name });
  const all = items.flatMap((item) => item.files);
  const files = all.filter((entry) => !has(OTHER)(entry));
  return { inputs, folders, files, leftOut: all.length - files.length };
};

/** What is asked of the core. */
export const question = ({ inputs, folders }, options) => ({
  ask: "check",
  inputs,
  texts: options.noTexts ? "nowhere" : folders.length > 0 ? { folders } : "beside",
  format: options.format,
  offsets: options.offsets,
  profile: options.profile,
  redact: options.redact,
});

/** The command that does the same. */
export const command = ({ inputs, folders }, options) => {
  const words = ["labelwright", "check", ...inputs.map(({ path }) => path)];
  if (options.noTexts) words.push("--no-texts");
  else for (const folder of folders) words.push("--texts", folder);
  for (const name of ["format", "offsets", "profile"]) if (options[name]) words.push(`--${name}`, options[name]);
  if (options.redact) words.push("--redact");
  return words.map(quoted).join(" ");
};
