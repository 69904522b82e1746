// Reads status lists with `@digitalbazaar/vc-bitstring-status-list`, which shares nothing with what made them: by the
// standard's own algorithm, for places that are set and for places that are not.
//   node end2end/status-lists.mjs FILE    # as src/signing/tests/others.rs writes it
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { checkStatus, decodeList } from "@digitalbazaar/vc-bitstring-status-list";

const given = JSON.parse(await readFile(process.argv[2], "utf8"));

const payload = (signed) => JSON.parse(Buffer.from(signed.split(".")[1], "base64url").toString());
const lists = Object.values(given.lists).map(payload);
const documentLoader = async (url) => {
  const document = lists.find((list) => list.id === url);
  assert(document, `no list at ${url}`);
  return { document };
};

// A licence as a verifiable credential would name its places.
const licence = (index) => ({
  "@context": ["https://www.w3.org/ns/credentials/v2"],
  type: ["VerifiableCredential"],
  issuer: lists[0].issuer,
  credentialSubject: {},
  credentialStatus: lists.map((list) => ({
    type: "BitstringStatusListEntry",
    statusPurpose: list.credentialSubject.statusPurpose,
    statusListIndex: String(index),
    statusListCredential: list.id,
  })),
});

for (const [index, purposes] of given.places) {
  // The signature is Python's to check: this library knows none of this kind.
  const found = await checkStatus({
    credential: licence(index),
    documentLoader,
    suite: {},
    verifyBitstringStatusListCredential: false,
  });
  const set = found.results.filter((result) => result.status).map((result) => result.credentialStatus.statusPurpose);
  assert.deepEqual(set, purposes, `place ${index}: ${found.error ?? ""}`);
}

for (const list of lists) {
  const { encodedList, statusPurpose } = list.credentialSubject;
  const bits = await decodeList({ encodedList });
  assert.equal(bits.length, 131_072);
  const set = Array.from({ length: bits.length }, (_, index) => index).filter((index) => bits.getStatus(index));
  const told = given.places.filter(([, purposes]) => purposes.includes(statusPurpose)).map(([index]) => index);
  assert.deepEqual(set, told.toSorted((one, other) => one - other), statusPurpose);
}
console.log(`${given.places.length} places read from ${lists.length} lists`);
