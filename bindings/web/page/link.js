// The page's side of the worker: questions and answers, progress, and an end at any time.

const text = (id) => document.getElementById(id).textContent;

/** The module, once a worker has unpacked and compiled it: the next ones need not. */
let module;

/** A worker with the module in it. What it knows goes with it. */
export class Link {
  #worker;
  #waiting = new Map();
  #number = 0;

  /** `progress` is called while something is done. */
  constructor(progress) {
    const url = URL.createObjectURL(new Blob([text("worker")], { type: "text/javascript" }));
    this.#worker = new Worker(url);
    URL.revokeObjectURL(url);
    this.#worker.onmessage = ({ data }) => {
      if (data.progress) progress(data.progress);
      else this.#settle(data);
    };
    this.#worker.onerror = (event) => this.#fail(event.message || "The worker could not be started");
  }

  /** What there is to choose from, once the module is there. */
  async start() {
    const { size } = document.getElementById("module").dataset;
    const packed = module ? null : { text: text("module"), size: Number(size) };
    const answer = await this.#send("start", { module, packed });
    module = answer.module;
    return answer.header;
  }

  /** Reads files; returns the paths of those that cannot be read. */
  async read(files) {
    return (await this.#send("read", { files })).header.unread;
  }

  /** Asks the module something. */
  ask(question) {
    return this.#send("ask", { question });
  }

  /** Ends the work, whatever it is at. */
  end() {
    this.#worker.terminate();
    this.#fail("ended");
  }

  #send(job, rest) {
    const number = (this.#number += 1);
    this.#worker.postMessage({ number, job, ...rest });
    return new Promise((resolve, reject) => this.#waiting.set(number, { resolve, reject }));
  }

  #settle({ number, error, ...answer }) {
    const { resolve, reject } = this.#waiting.get(number);
    this.#waiting.delete(number);
    if (error === undefined) resolve(answer);
    else reject(new Error(error));
  }

  #fail(words) {
    for (const { reject } of this.#waiting.values()) reject(new Error(words));
    this.#waiting.clear();
  }
}
