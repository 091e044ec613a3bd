// The module as it stands in the page: packed with LZMA, which takes a third less room than gzip, and written in 85 signs,
// which takes a sixteenth less than base64. `assemble.py` packs it. No browser unpacks LZMA by itself; the decoder
// follows the specification in the LZMA SDK.

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

/** How the packer was set, which `assemble.py` knows too: bits of the byte before that literals hang on. */
const LITERAL_BITS = 3;
/** A probability of one half, of 11 bits. */
const HALF = 1024;
const STATES = 12;
/** Distances from here on have bits with no probabilities of their own. */
const FIRST_DIRECT = 14;
const ALIGNED_BITS = 4;

const probabilities = (count) => new Uint16Array(count).fill(HALF);

/** Reads bits whose probabilities are learned on the way. */
class RangeDecoder {
  #bytes;
  #at = 5;
  #range = 0xffffffff;
  #code;

  constructor(bytes) {
    this.#bytes = bytes;
    this.#code = new DataView(bytes.buffer, bytes.byteOffset).getUint32(1);
  }

  #next() {
    if (this.#range < 0x1000000) {
      this.#range = (this.#range << 8) >>> 0;
      this.#code = ((this.#code << 8) | this.#bytes[this.#at++]) >>> 0;
    }
  }

  bit(table, index) {
    const chance = table[index];
    const bound = (this.#range >>> 11) * chance;
    let bit = 0;
    if (this.#code < bound) {
      this.#range = bound;
      table[index] = chance + ((2048 - chance) >>> 5);
    } else {
      this.#range -= bound;
      this.#code -= bound;
      table[index] = chance - (chance >>> 5);
      bit = 1;
    }
    this.#next();
    return bit;
  }

  /** Bits that are all equally likely. */
  direct(count) {
    let result = 0;
    for (let left = count; left > 0; left -= 1) {
      this.#range >>>= 1;
      const bit = this.#code >= this.#range ? 1 : 0;
      if (bit) this.#code -= this.#range;
      this.#next();
      result = result * 2 + bit;
    }
    return result;
  }

  /** A number of so many bits, the most significant first. */
  tree(table, from, bits) {
    let node = 1;
    for (let left = bits; left > 0; left -= 1) node = node * 2 + this.bit(table, from + node);
    return node - (1 << bits);
  }

  /** The same, the least significant first. */
  reversed(table, from, bits) {
    let node = 1;
    let number = 0;
    for (let at = 0; at < bits; at += 1) {
      const bit = this.bit(table, from + node);
      node = node * 2 + bit;
      number |= bit << at;
    }
    return number;
  }
}

/** Lengths of matches, less 2. The place in the file does not count (`pb` is 0). */
class Lengths {
  #choice = probabilities(2);
  #low = probabilities(8);
  #middle = probabilities(8);
  #high = probabilities(256);

  read(decoder) {
    if (!decoder.bit(this.#choice, 0)) return decoder.tree(this.#low, 0, 3);
    if (!decoder.bit(this.#choice, 1)) return 8 + decoder.tree(this.#middle, 0, 3);
    return 16 + decoder.tree(this.#high, 0, 8);
  }
}

/** Unpacks so many bytes of a raw LZMA stream. */
const unlzma = (packed, size) => {
  const out = new Uint8Array(size);
  const decoder = new RangeDecoder(packed);
  const literals = probabilities(0x300 << LITERAL_BITS);
  const isMatch = probabilities(STATES);
  const isRepeat = probabilities(STATES);
  const isOther = [probabilities(STATES), probabilities(STATES), probabilities(STATES)];
  const isLong = probabilities(STATES);
  const slots = probabilities(4 * 64);
  const special = probabilities(128);
  const aligned = probabilities(1 << ALIGNED_BITS);
  const [lengths, repeats] = [new Lengths(), new Lengths()];
  let last = [0, 0, 0, 0];
  let state = 0;
  let at = 0;

  const literal = () => {
    const base = 0x300 * ((at > 0 ? out[at - 1] : 0) >> (8 - LITERAL_BITS));
    let symbol = 1;
    if (state >= 7) {
      // What stands where the last match would go on is likely not to be it.
      let beside = out[at - last[0] - 1];
      while (symbol < 0x100) {
        const bit = beside >> 7;
        beside = (beside << 1) & 0xff;
        const found = decoder.bit(literals, base + ((1 + bit) << 8) + symbol);
        symbol = symbol * 2 + found;
        if (bit !== found) break;
      }
    }
    while (symbol < 0x100) symbol = symbol * 2 + decoder.bit(literals, base + symbol);
    out[at++] = symbol & 0xff;
    state = state < 4 ? 0 : state < 10 ? state - 3 : state - 6;
  };

  const distance = (length) => {
    const slot = decoder.tree(slots, Math.min(length, 3) * 64, 6);
    if (slot < 4) return slot;
    const bits = (slot >> 1) - 1;
    const start = (2 | (slot & 1)) * 2 ** bits;
    if (slot < FIRST_DIRECT) return start + decoder.reversed(special, start - slot, bits);
    return start + decoder.direct(bits - ALIGNED_BITS) * 2 ** ALIGNED_BITS + decoder.reversed(aligned, 0, ALIGNED_BITS);
  };

  /** One of the last four distances, which becomes the last. `true` where a single byte is meant. */
  const repeat = () => {
    if (!decoder.bit(isOther[0], state)) {
      if (!decoder.bit(isLong, state)) return true;
    } else {
      const which = !decoder.bit(isOther[1], state) ? 1 : !decoder.bit(isOther[2], state) ? 2 : 3;
      last = [last[which], ...last.filter((_, index) => index !== which)];
    }
    return false;
  };

  while (at < size) {
    if (!decoder.bit(isMatch, state)) {
      literal();
      continue;
    }
    let length;
    if (!decoder.bit(isRepeat, state)) {
      length = lengths.read(decoder);
      last = [distance(length), last[0], last[1], last[2]];
      state = state < 7 ? 7 : 10;
    } else if (repeat()) {
      state = state < 7 ? 9 : 11;
      length = -1;
    } else {
      length = repeats.read(decoder);
      state = state < 7 ? 8 : 11;
    }
    for (const end = Math.min(at + length + 2, size); at < end; at += 1) out[at] = out[at - last[0] - 1];
  }
  return out;
};

/** The module of so many bytes that a text holds. */
export const unpacked = (text, size) => unlzma(decoded(text), size);
