// How long the interface for programs takes for the most numbers it answers at once, one question after another.
import { address, licences } from "./settings.mjs";
import { sql } from "./sql.mjs";

const NUMBERS = 10_000;
const QUESTIONS = 7;

export async function batches() {
  const rows = await sql(`SELECT number FROM licences TABLESAMPLE SYSTEM (${Math.min(100, (500 * NUMBERS) / licences)}) LIMIT ${NUMBERS}`);
  const numbers = rows.trim().split("\n");
  if (numbers.length !== NUMBERS) throw new Error(`a sample of ${NUMBERS} licences gave ${numbers.length}`);
  const body = JSON.stringify({ numbers });
  const times = [];
  for (let question = 0; question < QUESTIONS; question += 1) {
    const started = performance.now();
    const answer = await fetch(`http://${address}/api/v1/licences:verify`, {
      method: "POST",
      headers: { "content-type": "application/json", "x-forwarded-for": `10.80.0.${question + 1}` },
      body,
    });
    const { answers } = await answer.json();
    times.push(performance.now() - started);
    const found = answers.filter((one) => one.licence).length;
    if (found !== NUMBERS) throw new Error(`of ${NUMBERS} numbers of licences ${found} were found`);
  }
  times.sort((one, other) => one - other);
  return { numbers: NUMBERS, median_ms: times[(QUESTIONS - 1) / 2], least_ms: times[0], most_ms: times.at(-1) };
}
