// A font in which every letter of Arabic has a glyph of its own. Programs that take the text out of a PDF read a run of
// Arabic from its last glyph to its first, but the letters within a ligature the other way round: «الإصدار» comes out as
// «اإلصدار». So the ligatures of taste go, and in lam-alef, which Arabic cannot do without, the alef shows the whole and
// takes half of its width, and the lam is blank and takes the rest.

/** U+FEF5 to U+FEFC: lam with each kind of alef, standing alone and joined to the letter before. */
const LAM_ALEFS = Array.from({ length: 8 }, (_, index) => 0xfef5 + index);

/** Offset and length of each table. */
function tablesOf(font) {
  const tables = {};
  for (let index = 0; index < font.readUInt16BE(4); index += 1) {
    const at = 12 + 16 * index;
    tables[font.toString("latin1", at, at + 4)] = { offset: font.readUInt32BE(at + 8), length: font.readUInt32BE(at + 12) };
  }
  return tables;
}

/** The glyph of a character, from a character map of format 4. */
function glyphOf(cmap, character) {
  for (let index = 0; index < cmap.readUInt16BE(2); index += 1) {
    const map = cmap.subarray(cmap.readUInt32BE(8 + 8 * index));
    if (map.readUInt16BE(0) !== 4) continue;
    const twice = map.readUInt16BE(6);
    for (let at = 14; at < 14 + twice; at += 2) {
      const [last, first] = [map.readUInt16BE(at), map.readUInt16BE(at + 2 + twice)];
      if (character < first || character > last) continue;
      const [delta, range] = [map.readUInt16BE(at + 2 + 2 * twice), map.readUInt16BE(at + 2 + 3 * twice)];
      if (range === 0) return (character + delta) & 0xffff;
      return (map.readUInt16BE(at + 2 + 3 * twice + range + 2 * (character - first)) + delta) & 0xffff;
    }
  }
  throw new Error(`the font has no U+${character.toString(16)}`);
}

/** Glyphs of a coverage table, in its order. */
function covered(table) {
  const count = table.readUInt16BE(2);
  if (table.readUInt16BE(0) === 1) return Array.from({ length: count }, (_, index) => table.readUInt16BE(4 + 2 * index));
  return Array.from({ length: count }, (_, index) => 4 + 6 * index).flatMap((at) => {
    const [first, last] = [table.readUInt16BE(at), table.readUInt16BE(at + 2)];
    return Array.from({ length: last - first + 1 }, (_, index) => first + index);
  });
}

/** Every pair of glyphs that a lookup of ligatures joins, and what it makes of them. */
function pairsOf(lookup) {
  const pairs = [];
  for (let index = 0; index < lookup.readUInt16BE(4); index += 1) {
    let table = lookup.subarray(lookup.readUInt16BE(6 + 2 * index));
    if (lookup.readUInt16BE(0) === 7) table = table.subarray(table.readUInt32BE(4));
    covered(table.subarray(table.readUInt16BE(2))).forEach((first, place) => {
      const set = table.subarray(table.readUInt16BE(6 + 2 * place));
      for (let one = 0; one < set.readUInt16BE(0); one += 1) {
        const ligature = set.subarray(set.readUInt16BE(2 + 2 * one));
        if (ligature.readUInt16BE(2) === 2) {
          pairs.push({ first, second: ligature.readUInt16BE(4), whole: ligature.readUInt16BE(0) });
        }
      }
    });
  }
  return pairs;
}

const words = (...numbers) => Buffer.concat(numbers.map((number) => Buffer.from([number >> 8, number & 0xff])));
const coverage = (glyphs) => words(1, glyphs.length, ...glyphs);

/** A lookup of one table. */
const lookupOf = (type, flags, table) => Buffer.concat([words(type, flags, 1, 8), table]);

/** Each glyph in its place becomes another: pairs of glyphs. */
function singles(pairs) {
  const sorted = pairs.toSorted(([one], [other]) => one - other);
  const head = words(2, 6 + 2 * sorted.length, sorted.length, ...sorted.map(([, to]) => to));
  return Buffer.concat([head, coverage(sorted.map(([from]) => from))]);
}

/** Where one of `firsts` stands before one of `seconds`, lookups are applied to the second and then to the first. */
function context(firsts, seconds, onSecond, onFirst) {
  const head = 6 + 2 * 2 + 4 * 2;
  const [one, other] = [firsts, seconds].map((glyphs) => coverage(glyphs.toSorted((a, b) => a - b)));
  return Buffer.concat([words(3, 2, 2, head, head + one.length, 1, onSecond, 0, onFirst), one, other]);
}

/** The table of substitutions with one lookup replaced and others added, which no feature asks for by itself. */
function withLookups(gsub, replaced, makeLookups) {
  const list = gsub.readUInt16BE(8);
  const count = gsub.readUInt16BE(list);
  const { instead, added } = makeLookups(count);
  const grown = 2 * added.length;
  const split = list + 2 + 2 * count;
  const offsets = Array.from({ length: count }, (_, index) => gsub.readUInt16BE(list + 2 + 2 * index) + grown);
  let end = gsub.length + grown - list;
  const placed = [instead, ...added].map((lookup) => [end, (end += lookup.length)][0]);
  offsets[replaced] = placed[0];
  const all = [...offsets, ...placed.slice(1)];
  if (Math.max(...all) > 0xffff) throw new Error("the lookups reach too far");
  const head = Buffer.from(gsub.subarray(0, list));
  for (const at of [4, 6]) {
    if (head.readUInt16BE(at) > list) head.writeUInt16BE(head.readUInt16BE(at) + grown, at);
  }
  return Buffer.concat([head, words(all.length, ...all), gsub.subarray(split), instead, ...added]);
}

/** The lookup of the feature that makes ligatures Arabic requires. */
function requiredLigatures(gsub) {
  const features = gsub.subarray(gsub.readUInt16BE(6));
  for (let at = 2; at < 2 + 6 * features.readUInt16BE(0); at += 6) {
    if (features.toString("latin1", at, at + 4) === "rlig") {
      return features.readUInt16BE(features.readUInt16BE(at + 4) + 4);
    }
  }
  throw new Error("the font has no required ligatures");
}

/** The font, a Buffer of TrueType, with letters that stand for themselves. */
export function separateLetters(original) {
  const font = Buffer.from(original);
  const tables = tablesOf(font);
  const table = (name) => font.subarray(tables[name].offset, tables[name].offset + tables[name].length);
  const gsub = table("GSUB");
  const list = gsub.subarray(gsub.readUInt16BE(8));
  const index = requiredLigatures(gsub);
  const lookup = list.subarray(list.readUInt16BE(2 + 2 * index));
  const pairs = pairsOf(lookup);
  const wholes = LAM_ALEFS.map((character) => glyphOf(table("cmap"), character));
  const lamAlefs = pairs.filter(({ whole }) => wholes.includes(whole));
  const lams = [...new Set(lamAlefs.map(({ first }) => first))];
  if (lamAlefs.length !== 8 || lams.length !== 2) throw new Error("lam-alef is not as expected");

  // A ligature that is no longer made lends its glyph: emptied, it is the blank lam.
  const blank = pairs.find(({ whole }) => !wholes.includes(whole)).whole;
  const long = table("head").readInt16BE(50) === 1;
  const loca = table("loca");
  if (long) loca.writeUInt32BE(loca.readUInt32BE(4 * (blank + 1)), 4 * blank);
  else loca.writeUInt16BE(loca.readUInt16BE(2 * (blank + 1)), 2 * blank);
  const hmtx = table("hmtx");
  const measured = table("hhea").readUInt16BE(34);
  if (Math.max(blank, ...wholes) >= measured) throw new Error("glyphs without a width of their own");
  const width = (glyph) => hmtx.readUInt16BE(4 * glyph);
  const half = Math.round(Math.min(...wholes.map(width)) / 2);
  for (const whole of wholes) hmtx.writeUInt16BE(width(whole) - half, 4 * whole);
  hmtx.writeUInt16BE(half, 4 * blank);
  hmtx.writeInt16BE(0, 4 * blank + 2);

  const flags = lookup.readUInt16BE(2);
  const changed = withLookups(gsub, index, (count) => {
    const of = (lam) => lamAlefs.filter(({ first }) => first === lam);
    const contexts = lams.map((lam, place) => context([lam], of(lam).map(({ second }) => second), count + place, count + 2));
    const head = words(5, flags, 2, 10, 10 + contexts[0].length);
    return {
      instead: Buffer.concat([head, ...contexts]),
      added: [
        ...lams.map((lam) => lookupOf(1, flags, singles(of(lam).map(({ second, whole }) => [second, whole])))),
        lookupOf(1, flags, singles(lams.map((lam) => [lam, blank]))),
      ],
    };
  });
  return withTable(font, tables, "GSUB", changed);
}

/** The font with a table put at its end, where there is room for it. */
function withTable(font, tables, name, table) {
  const names = Object.keys(tables);
  const at = 12 + 16 * names.indexOf(name);
  const padded = Buffer.concat([font, Buffer.alloc((4 - (font.length % 4)) % 4)]);
  padded.writeUInt32BE(padded.length, at + 8);
  padded.writeUInt32BE(table.length, at + 12);
  return Buffer.concat([padded, table]);
}
