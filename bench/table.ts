/** What a run found, as a table to read and as an object to keep. */
import { asRatio, judge, medianAgainst, medianOf, type Round } from './bars.ts';

type Server = { readonly id: string; readonly stores: boolean; readonly note: string };
export type Summary = Record<string, Record<string, Record<string, number>>>;

/** The figures that are printed, with their headings, in this order; the rest is in the JSON. */
const columns: readonly (readonly [figure: string, heading: string])[] = [
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

/** Which figures are compared with the relay's; the table shows the first that a case has. */
const compared = ['updatesPerSecond', 'cpuMsPerThousand', 'p50Ms'];

/** `{ case: { server: { figure: median } } }`, with ratios to the relay in the same round. */
export function summarize(rounds: readonly Round[]): Summary {
  const summary: Summary = {};
  for (const round of rounds) {
    for (const [name, byServer] of Object.entries(round)) {
      const servers = summary[name] ?? {};
      summary[name] = servers;
      for (const [server, figures] of Object.entries(byServer)) {
        servers[server] = { ...servers[server], ...medians(rounds, name, server, Object.keys(figures)) };
      }
    }
  }
  return summary;
}

function medians(rounds: readonly Round[], name: string, server: string, figures: readonly string[]) {
  const found: Record<string, number> = {};
  for (const figure of figures) found[figure] = rounded(medianOf(rounds, name, server, figure));
  for (const figure of compared) {
    const ratio = medianAgainst(rounds, name, figure, [server, 'relay'], asRatio);
    if (Number.isFinite(ratio)) found[`${figure}ToRelay`] = rounded(ratio);
  }
  return found;
}

/** The whole report. */
export function report(rounds: readonly Round[], servers: readonly Server[]): string {
  const verdicts = judge(rounds, servers);
  const missed = verdicts.filter(({ met }) => !met).length;
  const cases = Object.entries(summarize(rounds)).flatMap(([name, byServer]) => [
    '',
    ...align(tableOf(rounds, servers, name, byServer)),
    ...commitsLine(byServer['duizhao']),
    ...verdicts
      .filter((verdict) => verdict.name === name)
      .map(({ text, met }) => `  ${met ? 'met    ' : 'NOT MET'} ${text}`),
  ]);
  return [
    ...cases,
    '',
    ...servers.map(({ id, note }) => `${id}: ${note}`),
    '',
    `bars: ${verdicts.length - missed} met, ${missed} not met`,
  ].join('\n');
}

function tableOf(
  rounds: readonly Round[],
  servers: readonly Server[],
  name: string,
  byServer: Summary[string],
): string[][] {
  const measured = Object.values(byServer);
  const shown = columns.filter(([figure]) => measured.some((figures) => figures[figure] !== undefined));
  const [main] = compared.filter((figure) => measured.some((figures) => `${figure}ToRelay` in figures));
  const heading = [name, ...shown.map(([, text]) => text)];
  if (main !== undefined) heading.push(`${titleOf(main)} : relay`, 'ours : this');
  const rows = servers.flatMap(({ id }) => {
    const figures = byServer[id];
    if (figures === undefined) return [];
    const row = [id, ...shown.map(([figure]) => print(figures[figure]))];
    if (main !== undefined) {
      row.push(times(figures[`${main}ToRelay`]), times(medianAgainst(rounds, name, main, ['duizhao', id], asRatio)));
    }
    return [row];
  });
  return [heading, ...rows];
}

function commitsLine(ours: Readonly<Record<string, number>> | undefined): string[] {
  if (ours?.['commitP50Ms'] === undefined) return [];
  const [p50, p95, p99] = ['commitP50Ms', 'commitP95Ms', 'commitP99Ms'].map((figure) => print(ours[figure]));
  return [`  commits of duizhao: p50 ${p50}, p95 ${p95}, p99 ${p99} ms`];
}

function titleOf(figure: string): string {
  return columns.find(([name]) => name === figure)?.[1] ?? figure;
}

function print(value: number | undefined): string {
  if (value === undefined || Number.isNaN(value)) return '–';
  if (value === Number.POSITIVE_INFINITY) return 'never';
  if (Number.isInteger(value) || Math.abs(value) >= 1_000) return String(Math.round(value));
  return value.toFixed(Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 2);
}

function times(ratio: number | undefined): string {
  return ratio === undefined || !Number.isFinite(ratio) ? '–' : `${ratio.toFixed(2)} ×`;
}

function rounded(value: number): number {
  return Number.isFinite(value) ? Math.round(value * 1_000) / 1_000 : value;
}

/** Columns of equal width, the names to the left and the numbers to the right. */
export function align(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) =>
    row
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0)))
      .join('  ')
      .trimEnd(),
  );
}
