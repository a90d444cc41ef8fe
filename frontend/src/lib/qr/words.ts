/*
 * What a QR code says, as ISO/IEC 18004 puts it: bytes with error correction M, in versions 1 to 15 (412 bytes). The
 * tables are the standard's table 9.
 */
const correctionPerBlock = [10, 16, 26, 18, 24, 16, 18, 22, 22, 26, 30, 22, 22, 24, 24];
const blocksOfVersion = [1, 1, 1, 2, 2, 4, 4, 4, 5, 5, 5, 8, 9, 9, 10];

const at = (list: readonly number[], index: number) => list[index] ?? 0;

/** How many alignment patterns stand in a row of a version. */
export function alignmentsOf(version: number): number {
  return version === 1 ? 0 : Math.floor(version / 7) + 2;
}

/** All codewords of a version: its modules but for the patterns. */
function codewordsOf(version: number): number {
  const size = version * 4 + 17;
  const many = alignmentsOf(version);
  const patterns = many === 0 ? 0 : (many * many - 3) * 25 - (many - 2) * 10;
  const modules = size * size - 3 * 64 - 2 * (size - 16) - 31 - patterns - (version >= 7 ? 36 : 0);
  return Math.floor(modules / 8);
}

function dataWordsOf(version: number): number {
  return codewordsOf(version) - at(correctionPerBlock, version - 1) * at(blocksOfVersion, version - 1);
}

/** The least version that holds so many bytes; null where none of ours does. */
export function versionFor(bytes: number): number | null {
  for (let version = 1; version <= blocksOfVersion.length; version += 1) {
    const head = version < 10 ? 12 : 20;
    if (head + bytes * 8 <= dataWordsOf(version) * 8) return version;
  }
  return null;
}

/** The field of 256 elements over x^8 + x^4 + x^3 + x^2 + 1. */
const powers: number[] = [];
const logarithms: number[] = [];
for (let exponent = 0, value = 1; exponent < 255; exponent += 1) {
  powers[exponent] = value;
  logarithms[value] = exponent;
  value = (value << 1) ^ (value & 0x80 ? 0x11d : 0);
}
const times = (one: number, other: number) =>
  one === 0 || other === 0 ? 0 : at(powers, (at(logarithms, one) + at(logarithms, other)) % 255);

/** What Reed and Solomon add to a block: the rest of a division. */
function correction(data: readonly number[], length: number): number[] {
  let divisor = [1];
  for (let root = 0; root < length; root += 1) {
    const next = [...divisor, 0];
    for (const [index, coefficient] of divisor.entries())
      next[index + 1] = at(next, index + 1) ^ times(coefficient, at(powers, root));
    divisor = next;
  }
  const rest = [...data, ...Array<number>(length).fill(0)];
  for (let index = 0; index < data.length; index += 1) {
    const factor = at(rest, index);
    for (const [place, coefficient] of divisor.entries())
      rest[index + place] = at(rest, index + place) ^ times(coefficient, factor);
  }
  return rest.slice(data.length);
}

function dataWords(bytes: Uint8Array, version: number): number[] {
  const bits: number[] = [];
  const put = (value: number, length: number) => {
    for (let place = length - 1; place >= 0; place -= 1) bits.push((value >>> place) & 1);
  };
  const room = dataWordsOf(version) * 8;
  put(0b0100, 4);
  put(bytes.length, version < 10 ? 8 : 16);
  for (const byte of bytes) put(byte, 8);
  put(0, Math.min(4, room - bits.length));
  put(0, (8 - (bits.length % 8)) % 8);
  for (let pad = 0xec; bits.length < room; pad ^= 0xec ^ 0x11) put(pad, 8);
  return Array.from({ length: room / 8 }, (_, word) =>
    bits.slice(word * 8, word * 8 + 8).reduce((value, bit) => (value << 1) | bit, 0),
  );
}

/** Data and correction of all blocks, woven so that a stain does not fall on one of them alone. */
export function wordsOf(bytes: Uint8Array, version: number): number[] {
  const data = dataWords(bytes, version);
  const blocks = at(blocksOfVersion, version - 1);
  const extra = at(correctionPerBlock, version - 1);
  const shorter = blocks - (codewordsOf(version) % blocks);
  const length = Math.floor(codewordsOf(version) / blocks) - extra;
  const parts: { data: number[]; extra: number[] }[] = [];
  let from = 0;
  for (let block = 0; block < blocks; block += 1) {
    const part = data.slice(from, from + length + (block < shorter ? 0 : 1));
    from += part.length;
    parts.push({ data: part, extra: correction(part, extra) });
  }
  const woven: number[] = [];
  for (let index = 0; index <= length; index += 1)
    for (const part of parts) if (index < part.data.length) woven.push(at(part.data, index));
  for (let index = 0; index < extra; index += 1) for (const part of parts) woven.push(at(part.extra, index));
  return woven;
}
