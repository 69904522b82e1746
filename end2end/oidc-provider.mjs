// A real OpenID Connect provider (the certified `oidc-provider`) in the place of the national single sign-on: whoever
// types an ID number there is its owner. For tests and trying out, on loopback alone; it stops by itself after an hour.
//   node end2end/oidc-provider.mjs PORT PORTAL_ORIGIN
import { generateKeyPairSync, randomBytes, randomUUID } from "node:crypto";
import { Provider } from "oidc-provider";

const LIFETIME_MS = 60 * 60 * 1000;

const [port, portal] = process.argv.slice(2);
if (!(Number(port) > 0) || !URL.canParse(portal ?? "")) {
  console.error("usage: node oidc-provider.mjs PORT PORTAL_ORIGIN");
  process.exit(2);
}

const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });

const provider = new Provider(`http://127.0.0.1:${port}`, {
  clients: [
    {
      client_id: "rukhsa",
      client_secret: "for-tests-only",
      redirect_uris: [new URL("/sign-in/national/callback", portal).href],
      grant_types: ["authorization_code"],
      response_types: ["code"],
    },
  ],
  jwks: { keys: [{ ...privateKey.export({ format: "jwk" }), kid: randomUUID(), alg: "RS256", use: "sig" }] },
  cookies: { keys: [randomBytes(32).toString("base64url")] },
  pkce: { required: () => true },
  claims: { openid: ["sub", "national_id"] },
  findAccount: (_, id) => ({ accountId: id, claims: () => ({ sub: id, national_id: id }) }),
  // The scheme is a service of the state: nobody is asked whether it may know their number.
  async loadExistingGrant(context) {
    const { client, session } = context.oidc;
    const grant = new context.oidc.provider.Grant({ clientId: client.clientId, accountId: session.accountId });
    grant.addOIDCScope("openid");
    await grant.save();
    return grant;
  },
});
provider.on("server_error", (_, error) => console.error(error));

const server = provider.listen(Number(port), "127.0.0.1");
setTimeout(() => process.exit(0), LIFETIME_MS).unref();
for (const signal of ["SIGTERM", "SIGINT"]) {
  process.once(signal, () => {
    server.closeAllConnections();
    server.close(() => process.exit(0));
  });
}
