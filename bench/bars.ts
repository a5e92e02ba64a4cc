/**
 * The bars the product is to reach (durable commits on, the peers as they are shipped), and whether a run reached them. Ratios are
 * taken within a round, where the machine was the same for both, and their median is judged.
 */
import { median } from './measure.ts';

/** The figures of one round: case, server, figure. */
export type Round = Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, number>>>>>>;

/** What a bar sees of a case: medians of our figures, of their ratio or difference to another server's in the same round. */
type View = {
  readonly ours: (figure: string) => number;
  readonly ratio: (figure: string, server?: string) => number;
  readonly difference: (figure: string, server?: string) => number;
  /** Those that hold a text, measured in this run. */
  readonly peers: readonly string[];
  /** Those of them that store it. */
  readonly storing: readonly string[];
};

type Bar = { readonly cases: RegExp; readonly text: string; readonly isMet: (view: View) => boolean };
export type Verdict = { readonly name: string; readonly text: string; readonly met: boolean };

const tailMs = 2;
const us = 'duizhao';
const limit = 'relay';

const tailWithin = ({ difference, ours }: View) => difference('p99Ms') <= ours('commitP99Ms') + tailMs;

export const bars: readonly Bar[] = [
  { cases: /^a /, text: 'p50 ≤ relay + 1.5 ms', isMet: ({ difference }) => difference('p50Ms') <= 1.5 },
  { cases: /^[ab] /, text: 'p99 ≤ relay + commit p99 + 2 ms', isMet: tailWithin },
  { cases: /^a 100 /, text: 'CPU ≤ 1.15 × relay', isMet: ({ ratio }) => ratio('cpuMsPerThousand') <= 1.15 },
  {
    cases: /^a 100 /,
    text: 'CPU below every peer',
    isMet: ({ ratio, peers }) => peers.every((peer) => ratio('cpuMsPerThousand', peer) < 1),
  },
  { cases: /^b 1000 /, text: 'p50 ≤ relay + 1 ms', isMet: ({ difference }) => difference('p50Ms') <= 1 },
  { cases: /^b 1000 /, text: 'CPU ≤ 2.5 × relay', isMet: ({ ratio }) => ratio('cpuMsPerThousand') <= 2.5 },
  {
    cases: /^b 1000 /,
    text: 'CPU below every peer that stores',
    isMet: ({ ratio, storing }) => storing.every((peer) => ratio('cpuMsPerThousand', peer) < 1),
  },
  { cases: /^b 1000 /, text: 'memory ≤ 1.4 × relay, the whole process', isMet: ({ ratio }) => ratio('rssMiB') <= 1.4 },
  {
    cases: /^b 1000 /,
    text: 'memory ≤ 1.4 × relay, what the rooms took',
    isMet: ({ ratio }) => ratio('growthMiB') <= 1.4,
  },
  { cases: /^c window 1$/, text: '≥ 1.9 × relay', isMet: ({ ratio }) => ratio('updatesPerSecond') >= 1.9 },
  { cases: /^c window 10$/, text: '≥ 6 × relay', isMet: ({ ratio }) => ratio('updatesPerSecond') >= 6 },
  { cases: /^d 5000 in memory$/, text: '≤ 2 ms', isMet: ({ ours }) => ours('p50Ms') <= 2 },
  { cases: /^d 200000 in memory$/, text: '≤ 20 ms', isMet: ({ ours }) => ours('p50Ms') <= 20 },
  { cases: /^d 5000 restarted$/, text: '≤ 15 ms', isMet: ({ ours }) => ours('p50Ms') <= 15 },
  { cases: /^d 200000 restarted$/, text: '≤ 80 ms', isMet: ({ ours }) => ours('p50Ms') <= 80 },
  { cases: /^d /, text: 'first answer complete', isMet: ({ ours }) => ours('incompleteAnswers') === 0 },
  { cases: /^e \d+ connections$/, text: '≤ 10 MiB', isMet: ({ ours }) => ours('growthMiB') <= 10 },
  { cases: /^e \d+ documents$/, text: '≤ 25 MiB', isMet: ({ ours }) => ours('growthMiB') <= 25 },
  { cases: /^e \d+ documents$/, text: '≤ 0.2 % CPU', isMet: ({ ours }) => ours('cpuPercent') <= 0.2 },
  { cases: /^e \d+ all left$/, text: '≤ 5 MiB kept', isMet: ({ ours }) => ours('growthMiB') <= 5 },
  { cases: /^f /, text: '0 lost', isMet: ({ ours }) => ours('lost') === 0 },
  { cases: /^g (?!30|all again)/, text: 'others wait < 100 ms', isMet: ({ ours }) => ours('maxMs') < 100 },
  { cases: /^g (?!30|all again)/, text: 'growth ≤ 64 MiB', isMet: ({ ours }) => ours('growthMiB') <= 64 },
  {
    cases: /^g (?!30|all again|half-open)/,
    text: 'attacker told or closed',
    isMet: ({ ours }) => ours('attackersLeft') === 0,
  },
  {
    cases: /^g all again, 30 s later$/,
    text: 'given back (≤ 16 MiB kept)',
    isMet: ({ ours }) => ours('keptMiB') <= 16,
  },
];

/** The median of a figure over rounds. */
export function medianOf(rounds: readonly Round[], name: string, server: string, figure: string): number {
  return median(rounds.map((round) => round[name]?.[server]?.[figure]).filter((value) => value !== undefined));
}

/** The median over rounds of one server's figure against another's in the same round. */
export function medianAgainst(
  rounds: readonly Round[],
  name: string,
  figure: string,
  [server, other]: readonly [string, string],
  against: (one: number, two: number) => number,
): number {
  const found: number[] = [];
  for (const round of rounds) {
    const one = round[name]?.[server]?.[figure];
    const two = round[name]?.[other]?.[figure];
    if (one !== undefined && two !== undefined) found.push(against(one, two));
  }
  return median(found);
}

export const asRatio = (one: number, two: number): number => one / two;
const asDifference = (one: number, two: number): number => one - two;

/** Every bar that this run can judge. */
export function judge(
  rounds: readonly Round[],
  servers: readonly { readonly id: string; readonly stores: boolean }[],
): Verdict[] {
  const names = [...new Set(rounds.flatMap((round) => Object.keys(round)))];
  return names.flatMap((name) => {
    if (!rounds.some((round) => round[name]?.[us] !== undefined)) return [];
    const peers = servers.filter(({ id }) => id !== us && id !== limit && rounds.some((round) => round[name]?.[id]));
    const view: View = {
      ours: (figure) => medianOf(rounds, name, us, figure),
      ratio: (figure, server = limit) => medianAgainst(rounds, name, figure, [us, server], asRatio),
      difference: (figure, server = limit) => medianAgainst(rounds, name, figure, [us, server], asDifference),
      peers: peers.map(({ id }) => id),
      storing: peers.filter(({ stores }) => stores).map(({ id }) => id),
    };
    return bars.filter(({ cases }) => cases.test(name)).map(({ text, isMet }) => ({ name, text, met: isMet(view) }));
  });
}
