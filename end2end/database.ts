// The database behind the browser tests, for what only time can do: a session's day coming.
import { execFileSync } from "node:child_process";

function psql(url: string, statement: string): string {
  return execFileSync("psql", ["--no-psqlrc", "--tuples-only", "--no-align", "--set=ON_ERROR_STOP=1", `--command=${statement}`, url], {
    encoding: "utf8",
  }).trim();
}

/** Runs a statement as the owner in the database that the server of this run serves from. */
export function sql(statement: string): string {
  const owner = process.env.DATABASE_OWNER_URL;
  if (!owner) throw new Error("DATABASE_OWNER_URL is not set: run the browser tests by scripts/flows");
  const name = psql(owner, "SELECT datname FROM pg_database WHERE datname ~ '^rukhsa_flows_' ORDER BY oid DESC LIMIT 1");
  return psql(owner.replace(/\/[^/]*$/, `/${name}`), statement);
}
