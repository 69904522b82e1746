#!/usr/bin/env node
// Makes public/fonts/: IBM Plex Sans Arabic in the two weights the portal uses, cut down to the characters it needs.
// And fonts/, for what is printed: the same whole, with the further Latin letters of names from IBM Plex Sans.
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { separateLetters } from "./separate-letters.mjs";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const require = createRequire(join(root, "end2end", "package.json"));
const subsetFont = require("subset-font");
const folderOf = (name) => dirname(require.resolve(`@fontsource/${name}/package.json`));
const source = folderOf("ibm-plex-sans-arabic");
const target = join(root, "public", "fonts");
const printed = join(root, "fonts");

function range(first, last) {
  return Array.from({ length: last - first + 1 }, (_, index) => String.fromCodePoint(first + index)).join("");
}

// Each script keeps to the characters its own file holds; style/fonts.css names the same split in unicode-range.
const characters = {
  arabic:
    "،؛؟٪٫٬" +
    range(0x0621, 0x063a) + // hamza to ghain
    range(0x0640, 0x0655) + // tatweel, feh to yeh, harakat, combining madda and hamza
    range(0x0660, 0x0669) + // ٠ to ٩
    "\u0670\u0671" + // superscript alef, alef wasla
    "پچڤکگی" + // letters of names typed on other keyboards
    range(0x06f0, 0x06f9), // ۰ to ۹
  latin: range(0x20, 0x7e) + "\u00a0«»·×©–—‘’“”…•",
};

// Joining and marks for Arabic; every other feature (stylistic sets, fractions) costs bytes and is never switched on.
const keepFeatures = ["ccmp", "isol", "init", "medi", "fina", "rlig", "liga", "calt", "mark", "mkmk", "kern"];
// Phones ignore hinting, and it is a third of each file.
const options = { targetFormat: "woff2", keepFeatures, noHinting: true };

await mkdir(target, { recursive: true });
for (const script of ["arabic", "latin"]) {
  for (const weight of [400, 700]) {
    const name = `ibm-plex-sans-arabic-${script}-${weight}-normal.woff2`;
    const original = await readFile(join(source, "files", name));
    const subset = await subsetFont(original, characters[script], options);
    await writeFile(join(target, name), subset);
    console.log(`${name} ${subset.length} bytes, from ${original.length}`);
  }
}

await mkdir(printed, { recursive: true });
const families = { arabic: "ibm-plex-sans-arabic", latin: "ibm-plex-sans-arabic", "latin-ext": "ibm-plex-sans" };
for (const [script, family] of Object.entries(families)) {
  for (const weight of [400, 700]) {
    const original = await readFile(join(folderOf(family), "files", `${family}-${script}-${weight}-normal.woff2`));
    // The typesetter reads no woff2.
    const whole = { targetFormat: "truetype", keepFeatures, noHinting: true, keepAllGlyphs: true };
    const converted = await subsetFont(original, undefined, whole);
    const font = script === "arabic" ? separateLetters(converted) : converted;
    await writeFile(join(printed, `${script}-${weight}.ttf`), font);
    console.log(`${script}-${weight}.ttf ${font.length} bytes`);
  }
}

// Last, since set-up takes them as the sign that all is there.
const licence = await readFile(join(source, "LICENSE"));
for (const folder of [target, printed]) await writeFile(join(folder, "OFL.txt"), licence);
