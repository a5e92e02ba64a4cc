/** What a run found, as a table to read and as an object to keep. */
import { judge, medianAgainst, medianOf } from './bars.mjs';

/** @typedef {import('./bars.mjs').Round} Round */

/** The figures that are printed, with their headings, in this order; the rest is in the JSON. @type {readonly [string, string][]} */
const columns = [
  ['p50Ms', 'p50 ms'],
  ['p99Ms', 'p99 ms'],
  ['maxMs', 'max ms'],
  ['updatesPerSecond', 'updates/s'],
  ['cpuMsPerThousand', 'CPU ms/1000'],
  ['cpuPercent', 'CPU %'],
  ['rssMiB', 'RSS MiB'],
  ['growthMiB', '+MiB'],
  ['keptMiB', 'kept MiB'],
  ['incompleteAnswers', 'incomplete'],
  ['lost', 'lost'],
  ['sent', 'of'],
  ['attackersLeft', 'attackers left'],
  ['crashed', 'crashed'],
];

/** Which figure is compared with the relay's, the first that a case has. */
const compared = ['updatesPerSecond', 'cpuMsPerThousand', 'p50Ms'];

/**
 * `{ case: { server: { figure: median } } }`, with the ratio to the relay in the same round.
 * @param {readonly Round[]} rounds
 */
export function summarize(rounds) {
  /** @type {Record<string, Record<string, Record<string, number>>>} */
  const summary = {};
  for (const round of rounds) {
    for (const [name, byServer] of Object.entries(round)) {
      for (const [server, figures] of Object.entries(byServer)) {
        summary[name] ??= {};
        summary[name][server] ??= {};
        for (const figure of Object.keys(figures)) {
          summary[name][server][figure] = rounded(medianOf(rounds, name, server, figure));
        }
        for (const figure of compared) {
          const ratio = medianAgainst(rounds, name, figure, server, 'relay', (one, two) => one / two);
          if (Number.isFinite(ratio)) summary[name][server][`${figure}ToRelay`] = rounded(ratio);
        }
      }
    }
  }
  return summary;
}

/**
 * The whole report.
 * @param {readonly Round[]} rounds
 * @param {readonly import('./servers/servers.mjs').ServerKind[]} servers
 */
export function report(rounds, servers) {
  const summary = summarize(rounds);
  const verdicts = judge(rounds, servers);
  const lines = [];
  for (const [name, byServer] of Object.entries(summary)) {
    const shown = columns.filter(([figure]) =>
      Object.values(byServer).some((figures) => figures[figure] !== undefined),
    );
    const ratios = compared.filter((figure) =>
      Object.values(byServer).some((figures) => `${figure}ToRelay` in figures),
    );
    const against = ratios.slice(0, 1);
    const rows = servers
      .filter(({ id }) => byServer[id] !== undefined)
      .map(({ id }) => [
        id,
        ...shown.map(([figure]) => print(byServer[id][figure])),
        ...against.map((figure) => times(byServer[id][`${figure}ToRelay`])),
        ...against.map((figure) => times(oursTo(rounds, name, figure, id))),
      ]);
    const heading = [
      name,
      ...shown.map(([, text]) => text),
      ...against.flatMap((figure) => [`${title(figure)} : relay`, `ours : this`]),
    ];
    lines.push('', ...align([heading, ...rows]));
    const ours = byServer['duizhao'];
    if (ours?.commitP50Ms !== undefined) {
      const { commitP50Ms, commitP95Ms, commitP99Ms } = ours;
      lines.push(
        `  commits of duizhao: p50 ${print(commitP50Ms)}, p95 ${print(commitP95Ms)}, p99 ${print(commitP99Ms)} ms`,
      );
    }
    for (const { text, met } of verdicts.filter((verdict) => verdict.name === name)) {
      lines.push(`  ${met ? 'met    ' : 'NOT MET'} ${text}`);
    }
  }
  const missed = verdicts.filter(({ met }) => !met).length;
  lines.push('', ...servers.map(({ id, note }) => `${id}: ${note}`));
  lines.push('', `bars: ${verdicts.length - missed} met, ${missed} not met`);
  return lines.join('\n');
}

/** @param {readonly Round[]} rounds @param {string} name @param {string} figure @param {string} server */
function oursTo(rounds, name, figure, server) {
  return medianAgainst(rounds, name, figure, 'duizhao', server, (one, two) => one / two);
}

/** @param {string} figure */
function title(figure) {
  return columns.find(([name]) => name === figure)?.[1] ?? figure;
}

/** @param {number | undefined} value */
export function print(value) {
  if (value === undefined || Number.isNaN(value)) return '–';
  if (Number.isInteger(value) || Math.abs(value) >= 1_000) return String(Math.round(value));
  return value.toFixed(Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 2);
}

/** @param {number | undefined} ratio */
function times(ratio) {
  return ratio === undefined || !Number.isFinite(ratio) ? '–' : `${ratio.toFixed(2)} ×`;
}

/** @param {number} value */
function rounded(value) {
  return Number.isFinite(value) ? Math.round(value * 1_000) / 1_000 : value;
}

/** Columns of equal width, numbers to the right. @param {readonly (readonly string[])[]} rows */
export function align(rows) {
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)));
  return rows.map((row) =>
    row
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[column]) : cell.padStart(widths[column])))
      .join('  ')
      .trimEnd(),
  );
}
