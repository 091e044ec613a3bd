// The module with the core, and messages to it. Runs in the worker.

/** Memory of a module holds no more than that, and half of it is for what is found. */
export const MOST_BYTES = 1.5e9;

/**
 * Starts the module. `progress` is called with the bytes that are done and those of the file while a question is
 * answered.
 */
export const start = async (module, progress) => {
  let words = "";
  const instance = await WebAssembly.instantiate(module, {
    page: {
      progress,
      panicked: (place, length) => {
        words = new TextDecoder().decode(new Uint8Array(instance.exports.memory.buffer, place, length));
      },
    },
  });
  const core = instance.exports;
  core.begin();

  /** A view of the memory. It holds until the module is called, which may move the memory. */
  const view = (place, length) => new Uint8Array(core.memory.buffer, place >>> 0, length);
  const put = (part, data) => view(core.room(part, data.length), data.length).set(data);
  const part = (number) => view(core.answer(number), core.answer_length(number) >>> 0);

  /** Asks what was put in the rooms. */
  const call = () => {
    try {
      core.call();
    } catch (error) {
      throw new Error(words ? `This is a mistake of labelwright: ${words}` : `The work broke off: ${error.message}`);
    }
    const header = JSON.parse(new TextDecoder().decode(part(0)) || "null");
    if (header?.error) throw new Error(header.error);
    return { header, payload: part(1).slice() };
  };

  return {
    /** Asks something; bytes may go with it. */
    ask: (header, payload = new Uint8Array()) => {
      put(0, new TextEncoder().encode(JSON.stringify(header)));
      put(1, payload);
      return call();
    },
    /** Hands over a large file as it is read, so that it lies in memory once. */
    addStream: async (path, file, read) => {
      const place = core.room(1, file.size);
      let done = 0;
      const reader = file.stream().getReader();
      for (let next = await reader.read(); !next.done; next = await reader.read()) {
        if (done + next.value.length > file.size) break;
        view(place + done, next.value.length).set(next.value);
        done += next.value.length;
        read(next.value.length);
      }
      if (done !== file.size) throw new Error(`${path} was changed while it was read`);
      put(0, new TextEncoder().encode(JSON.stringify({ ask: "add", files: [[path, file.size]] })));
      call();
    },
  };
};
