/**
 * `npx node bench/checks.mjs`: how long the checks of a text of some 5,500 characters take, put together from the sample outlines:
 * the very first one in a fresh process, and later ones. Twelve processes, one after the other; milliseconds on the clock.
 */
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const processes = 12;
const laterChecks = 60;

async function measure() {
  const { sampleNames } = await import('../server/demo/sample.ts');
  const { check, checkInSteps } = await import('../shared/checks/check.ts');
  const { defaultSettings } = await import('../shared/checks/settings.ts');
  const { sampleContext, sampleText } = await import('../tests/support/checked-text.ts');
  const outlines = sampleNames.filter((name) => name.startsWith('outline'));
  const [first] = outlines;
  const { sections } = sampleText(first);
  const keys = new Map();
  // The first twice: 5,000 characters and more.
  [...outlines, first].forEach((name, index) => {
    for (const { key, blocks } of sampleText(name).content) {
      keys.set(key, [...(keys.get(key) ?? []), ...blocks.map((block) => ({ ...block, id: `${index}-${block.id}` }))]);
    }
  });
  const content = [...keys].map(([key, blocks]) => ({ key, blocks }));
  const characters = content
    .flatMap(({ blocks }) => blocks.flatMap(({ runs }) => runs))
    .reduce((n, r) => n + r.text.length, 0);
  const context = sampleContext(first);
  // The first as a page makes it, step by step.
  const walk = checkInSteps({ sections, content }, defaultSettings, context);
  const steps = [];
  for (let done = false; !done; ) {
    const from = performance.now();
    done = walk.next().done === true;
    steps.push(performance.now() - from);
  }
  const later = Array.from({ length: laterChecks }, () => {
    const from = performance.now();
    check({ sections, content }, defaultSettings, context);
    return performance.now() - from;
  });
  const sum = steps.reduce((all, each) => all + each, 0);
  console.log(JSON.stringify({ characters, first: sum, longest: Math.max(...steps), later }));
}

function run() {
  const self = fileURLToPath(import.meta.url);
  const runs = Array.from({ length: processes }, () =>
    JSON.parse(execFileSync(process.execPath, [self, 'once'], { encoding: 'utf8' })),
  );
  const sorted = (values) => values.toSorted((a, b) => a - b).map((value) => value.toFixed(1));
  const firsts = sorted(runs.map(({ first }) => first));
  const longest = sorted(runs.map((each) => each.longest));
  console.log(`its longest step: ${longest.join(' ')} ms`);
  const rest = sorted(runs.flatMap((each) => each.later));
  console.log(`${runs[0].characters} UTF-16 units; first check in a process: ${firsts.join(' ')} ms`);
  console.log(
    `later: p50 ${rest[Math.floor(rest.length * 0.5)]}, p95 ${rest[Math.floor(rest.length * 0.95)]}, most ${rest.at(-1)} ms`,
  );
}

if (process.argv[2] === 'once') await measure();
else run();
