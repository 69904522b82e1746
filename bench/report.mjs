// Median and spread of the rounds, as a table and as JSON. A ratio compares measurements of one round.

function spread(figures) {
  const sorted = figures.toSorted((one, other) => one - other);
  const middle = Math.floor(sorted.length / 2);
  const median = sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  return { median, least: sorted[0], most: sorted.at(-1) };
}

function summary(name, { text, of }, results) {
  const mine = results[name];
  const over = (figure) => spread(mine.map(figure));
  const line = { text, requests_per_second: over((one) => one.rate) };
  for (const key of ["p50", "p95", "p99"]) line[`${key}_ms`] = over((one) => one[key] / 1000);
  for (const key of ["server_us", "postgres_us", "generator_us"]) line[key] = over((one) => one[key]);
  line.cores_used_by_others = over((one) => one.cores_used_by_others);
  if (mine[0].bytes) line.bytes = over((one) => one.bytes);
  if (of) {
    line.ratio_to = of;
    line.ratio = spread(mine.map((one, round) => one.rate / results[of][round].rate));
    line.ratio_to_static = spread(mine.map((one, round) => one.rate / results.static[round].rate));
  }
  return line;
}

const times = ["p50 ms", "p95 ms", "p99 ms"];
const processors = ["server µs", "Postgres µs", "generator µs", "others' cores"];
const headings = ["", "a second", ...times, ...processors, "÷ pgbench", "÷ static"];

function row(line) {
  const show = ({ median, least, most }, digits) => {
    const [middle, from, to] = [median, least, most].map((figure) => figure.toFixed(digits));
    return `${middle} (${from}–${to})`;
  };
  return [
    line.text,
    show(line.requests_per_second, 0),
    ...[line.p50_ms, line.p95_ms, line.p99_ms].map((figure) => figure.median.toFixed(1)),
    ...[line.server_us, line.postgres_us, line.generator_us].map((figure) => figure.median.toFixed(0)),
    line.cores_used_by_others.median.toFixed(2),
    line.ratio ? show(line.ratio, 3) : "1",
    line.ratio_to_static ? line.ratio_to_static.median.toFixed(3) : "",
  ];
}

export function report(measurements, results) {
  const json = {};
  for (const [name, measurement] of Object.entries(measurements)) json[name] = summary(name, measurement, results);
  const rows = [headings, ...Object.values(json).map(row)];
  const widths = headings.map((_, column) => Math.max(...rows.map((cells) => cells[column].length)));
  const busy = Math.max(...Object.values(json).map((line) => line.cores_used_by_others.median));
  const table = rows
    .map((cells) => cells.map((cell, at) => (at ? cell.padStart(widths[at]) : cell.padEnd(widths[at]))).join("  "))
    .join("\n");
  const noise = `\nOther programs used ${busy.toFixed(1)} processors meanwhile: run this on a machine at rest.`;
  const text = busy > 0.3 ? table + noise : table;
  return { text, json: { measurements: json, rounds: results } };
}
