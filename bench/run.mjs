/**
 * `npm run bench`: the product's real server beside its peers and a bare relay, in one run on loopback, interleaved round
 * by round. `--quick` takes less than three minutes; `--json FILE` keeps the figures; `--only a,c` and `--servers relay,duizhao`
 * choose; `--rounds N` repeats.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, rmSync } from 'node:fs';
import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { pinDriver } from './child.mjs';

const here = import.meta.dirname;
/** On the disk, beside the product's own data: /tmp may live in memory, where a commit costs nothing. */
const scratch = join(here, '../tmp');

const { values: wish } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    json: { type: 'string' },
    only: { type: 'string' },
    servers: { type: 'string' },
    rounds: { type: 'string' },
  },
});

if (Number(process.versions.node.split('.')[0]) < 24) {
  console.error(
    `the bench needs Node.js 24, this is ${process.versions.node}; “npm run bench” uses the one installed with it`,
  );
  process.exit(1);
}
installPeers();
const { Host } = await import('./host.mjs');
const { servers } = await import('./servers/servers.mjs');
const { scenarios } = await import('./scenarios/scenarios.mjs');
const { report, summarize } = await import('./table.ts');

const chosenServers = choose(servers, wish.servers, ({ id }) => id, '--servers');
const chosenScenarios = choose(scenarios, wish.only, ({ letter }) => letter, '--only');
const rounds = Number(wish.rounds ?? (wish.quick ? 1 : 3));
if (!Number.isInteger(rounds) || rounds < 1) throw new Error(`--rounds takes a number from 1 up, not ${wish.rounds}`);

if (!pinDriver())
  console.error('taskset is missing or there is one core only: nothing is pinned, the figures are rough');
await mkdir(scratch, { recursive: true });
const workshop = await mkdtemp(join(scratch, 'bench-'));
for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']))
  process.once(signal, () => process.exit(1));
process.once('exit', () => rmSync(workshop, { recursive: true, force: true }));
await bench();

async function bench() {
  const began = performance.now();
  await prepare();
  /** @type {import('./bars.ts').Round[]} */
  const found = [];
  for (let round = 0; round < rounds; round += 1) {
    /** @type {import('./bars.ts').Round} */
    const figures = {};
    found.push(figures);
    for (const scenario of chosenScenarios) {
      if (scenario.once && round > 0) continue;
      // Turning the order from round to round keeps a drift of the machine from favouring anybody.
      const kinds = turned(
        chosenServers.filter((kind) => takesPart(kind, scenario)),
        round,
      );
      tell(`round ${round + 1}: ${scenario.letter} ${kinds.map(({ id }) => id).join(', ')}`);
      if (scenario.together) await Promise.all(kinds.map((kind) => runOne(scenario, kind, figures)));
      else for (const kind of kinds) await runOne(scenario, kind, figures);
    }
  }
  console.log(report(found, chosenServers));
  console.log(`${rounds} round(s), Node ${process.version}, ${Math.round((performance.now() - began) / 1000)} s`);
  if (wish.json !== undefined) await writeFile(wish.json, `${JSON.stringify(summarize(found), null, 2)}\n`);
}

async function prepare() {
  const most = (/** @type {'large' | 'small'} */ kind) =>
    Math.max(0, ...chosenScenarios.map(({ rooms, quickRooms }) => (wish.quick ? (quickRooms ?? rooms) : rooms)[kind]));
  const rooms = { large: most('large'), small: most('small') };
  for (const kind of chosenServers) {
    if (kind.prepare === undefined) continue;
    tell(`preparing ${kind.id}: ${rooms.large + rooms.small} rooms`);
    await kind.prepare(workshop, rooms);
  }
}

/**
 * @param {import('./servers/servers.mjs').ServerKind} kind
 * @param {import('./scenarios/scenarios.mjs').Scenario} scenario
 */
function takesPart({ id, stores }, { quickServers, storesOnly }) {
  return (!storesOnly || stores) && (!wish.quick || quickServers === undefined || quickServers.includes(id));
}

/**
 * @param {import('./scenarios/scenarios.mjs').Scenario} scenario
 * @param {import('./servers/servers.mjs').ServerKind} kind
 * @param {import('./bars.ts').Round} figures
 */
async function runOne(scenario, kind, figures) {
  const host = await Host.start(kind, workshop);
  const record = async (/** @type {string} */ name, /** @type {Record<string, number>} */ found) => {
    const commits = await host.running.commits?.();
    figures[name] ??= {};
    figures[name][kind.id] = {
      ...found,
      ...(commits !== undefined &&
        commits.p99 > 0 && { commitP50Ms: commits.p50, commitP95Ms: commits.p95, commitP99Ms: commits.p99 }),
    };
  };
  try {
    await scenario.run(host, { quick: wish.quick, record });
  } catch (error) {
    console.error(`${scenario.letter} with ${kind.id}: ${host.running.child.output.slice(-3_000)}`);
    throw error;
  }
  await host.end();
}

/** The product's own installation is free of its peers: they are fetched the first time somebody measures. */
function installPeers() {
  if (existsSync(join(here, 'node_modules/.package-lock.json'))) return;
  tell('installing the peers into bench/node_modules');
  const { status } = spawnSync('npm', ['ci', '--no-audit', '--no-fund'], {
    cwd: here,
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  if (status !== 0) {
    console.error('npm ci in bench/ failed: the peers cannot be measured');
    process.exit(1);
  }
}

/**
 * @template T
 * @param {readonly T[]} all
 * @param {string | undefined} names
 * @param {(item: T) => string} nameOf
 * @param {string} option
 */
function choose(all, names, nameOf, option) {
  if (names === undefined) return all;
  const wanted = names.split(',').map((name) => name.trim());
  const unknown = wanted.filter((name) => !all.some((item) => nameOf(item) === name));
  if (unknown.length > 0) throw new Error(`${option} knows ${all.map(nameOf).join(', ')}, not ${unknown.join(', ')}`);
  return all.filter((item) => wanted.includes(nameOf(item)));
}

/**
 * @template T
 * @param {readonly T[]} items
 * @param {number} by
 */
function turned(items, by) {
  const start = by % items.length;
  return [...items.slice(start), ...items.slice(0, start)];
}

/** @param {string} what */
function tell(what) {
  console.error(`${String(Math.round(performance.now() / 1000)).padStart(5)} s · ${what}`);
}
