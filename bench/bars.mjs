/**
 * The bars the product is to reach (durable commits on, the peers as they are shipped), and whether a run reached them. Ratios are
 * taken within a round, where the machine was the same for both, and their median is judged.
 */
import { median } from './measure.mjs';

/**
 * The figures of one round: case, server, figure.
 * @typedef {Record<string, Record<string, Record<string, number>>>} Round
 *
 * What a bar sees of a case: medians of our figures, of their ratio or difference to another server's in the same round.
 * @typedef {object} View
 * @property {(figure: string) => number} ours
 * @property {(figure: string, server?: string) => number} ratio
 * @property {(figure: string, server?: string) => number} difference
 * @property {readonly string[]} peers those that hold a text, measured in this run
 * @property {readonly string[]} storing those of them that store it
 *
 * @typedef {{ cases: RegExp, text: string, isMet: (view: View) => boolean }} Bar
 * @typedef {{ name: string, text: string, met: boolean }} Verdict
 */

const tailMs = 2;
const us = 'duizhao';
const limit = 'relay';

/** @param {View} view */
const tailWithin = ({ difference, ours }) => difference('p99Ms') <= ours('commitP99Ms') + tailMs;

/** @type {readonly Bar[]} */
export const bars = [
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
  { cases: /^g (?!30)/, text: 'others wait < 100 ms', isMet: ({ ours }) => ours('maxMs') < 100 },
  { cases: /^g (?!30)/, text: 'growth ≤ 64 MiB', isMet: ({ ours }) => ours('growthMiB') <= 64 },
  { cases: /^g (?!30|half-open)/, text: 'attacker told or closed', isMet: ({ ours }) => ours('attackersLeft') === 0 },
  { cases: /^g 30 s later$/, text: 'given back (≤ 16 MiB kept)', isMet: ({ ours }) => ours('keptMiB') <= 16 },
];

/**
 * The median of a figure over rounds.
 * @param {readonly Round[]} rounds
 * @param {string} name
 * @param {string} server
 * @param {string} figure
 */
export function medianOf(rounds, name, server, figure) {
  return median(rounds.map((round) => round[name]?.[server]?.[figure]).filter((value) => value !== undefined));
}

/**
 * The median over rounds of one server's figure against another's in the same round.
 * @param {readonly Round[]} rounds
 * @param {string} name
 * @param {string} figure
 * @param {string} server
 * @param {string} other
 * @param {(one: number, two: number) => number} against
 */
export function medianAgainst(rounds, name, figure, server, other, against) {
  const pairs = rounds
    .map((round) => [round[name]?.[server]?.[figure], round[name]?.[other]?.[figure]])
    .filter(([one, two]) => one !== undefined && two !== undefined);
  return median(pairs.map(([one, two]) => against(one, two)));
}

/**
 * Every bar that this run can judge.
 * @param {readonly Round[]} rounds
 * @param {readonly { id: string, stores: boolean }[]} servers
 * @returns {Verdict[]}
 */
export function judge(rounds, servers) {
  const names = [...new Set(rounds.flatMap((round) => Object.keys(round)))];
  return names.flatMap((name) => {
    if (!rounds.some((round) => round[name]?.[us] !== undefined)) return [];
    const peers = servers.filter(({ id }) => id !== us && id !== limit && rounds.some((round) => round[name]?.[id]));
    /** @type {View} */
    const view = {
      ours: (figure) => medianOf(rounds, name, us, figure),
      ratio: (figure, server = limit) => medianAgainst(rounds, name, figure, us, server, (one, two) => one / two),
      difference: (figure, server = limit) => medianAgainst(rounds, name, figure, us, server, (one, two) => one - two),
      peers: peers.map(({ id }) => id),
      storing: peers.filter(({ stores }) => stores).map(({ id }) => id),
    };
    return bars.filter(({ cases }) => cases.test(name)).map(({ text, isMet }) => ({ name, text, met: isMet(view) }));
  });
}
