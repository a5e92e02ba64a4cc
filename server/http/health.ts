/** For those who run the product: is it well, may it have requests, and its numbers in Prometheus' text form. */
import { Hono } from 'hono';
import type { Storage } from '../storage/storage.ts';

/** What the rest of the process tells about itself. */
export type Vitals = {
  readonly rooms: number;
  readonly connections: number;
  /** Rooms with accepted updates that are not in the database. */
  readonly unsaved: number;
  /** Whether the last save failed. */
  readonly failing: boolean;
  /** Commits since the start, and how long the last of them took, in milliseconds. */
  readonly commitMs: { readonly count: number; readonly p50: number; readonly p95: number; readonly p99: number };
  readonly eventStreams: number;
};

export function healthRoutes(storage: Storage, vitals: () => Vitals): Hono {
  return new Hono()
    .get('/healthz', (c) => {
      const { failing, unsaved } = vitals();
      return c.json({ status: failing ? 'failing' : 'ok', unsaved }, failing ? 503 : 200);
    })
    .get('/readyz', async (c) => {
      try {
        await storage.probe();
        return c.json({ status: 'ready' });
      } catch {
        // Locked, full or read-only: the probe's purpose is to find that out.
        return c.json({ status: 'storage_unavailable' }, 503);
      }
    })
    .get('/metrics', (c) => c.text(metrics(vitals()), 200, { 'content-type': 'text/plain; version=0.0.4' }));
}

function metrics({ rooms, connections, unsaved, failing, commitMs, eventStreams }: Vitals): string {
  const memory = process.memoryUsage();
  const cpu = process.cpuUsage();
  const gauges: readonly (readonly [name: string, help: string, value: number])[] = [
    ['duizhao_rooms', 'Documents that are live.', rooms],
    ['duizhao_connections', 'Sockets in rooms.', connections],
    ['duizhao_rooms_unsaved', 'Rooms whose text is not in the database yet.', unsaved],
    ['duizhao_saving_fails', '1 while saving fails.', failing ? 1 : 0],
    ['duizhao_event_streams', 'Pages that listen for changes.', eventStreams],
    ['process_resident_memory_bytes', 'Resident memory.', memory.rss],
    ['nodejs_heap_used_bytes', 'Heap in use.', memory.heapUsed],
    ['process_uptime_seconds', 'Seconds since the start.', process.uptime()],
  ];
  const lines = gauges.flatMap(([name, help, value]) => [
    `# HELP ${name} ${help}`,
    `# TYPE ${name} gauge`,
    `${name} ${value}`,
  ]);
  lines.push('# HELP process_cpu_seconds_total Processor time used.', '# TYPE process_cpu_seconds_total counter');
  lines.push(`process_cpu_seconds_total ${(cpu.user + cpu.system) / 1e6}`);
  lines.push('# HELP duizhao_commits_total Commits of text.', '# TYPE duizhao_commits_total counter');
  lines.push(`duizhao_commits_total ${commitMs.count}`);
  lines.push('# HELP duizhao_commit_ms Duration of recent commits.', '# TYPE duizhao_commit_ms gauge');
  for (const quantile of ['p50', 'p95', 'p99'] as const) {
    lines.push(`duizhao_commit_ms{of="${quantile}"} ${commitMs[quantile]}`);
  }
  return `${lines.join('\n')}\n`;
}
