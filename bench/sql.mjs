// Statements as the superuser of the private Postgres, through psql.
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { superuser } from "./settings.mjs";

const execute = promisify(execFile);
const quiet = ["--no-psqlrc", "--quiet", "--tuples-only", "--no-align", "--set=ON_ERROR_STOP=1"];

/** What a statement answers, a row a line. */
export async function sql(statement) {
  return (await execute("psql", [...quiet, `--command=${statement}`, superuser])).stdout;
}

export async function sqlFile(file, variables) {
  const set = Object.entries(variables).map(([name, value]) => `--set=${name}=${value}`);
  await execute("psql", [...quiet, ...set, `--file=${file}`, superuser]);
}
