/**
 * The product's numbers: what rooms, sockets and the door count, and what the process says of itself, in Prometheus' text
 * form. Labels are codes and never ids or words, so there is a bounded number of lines.
 */
import { statSync } from 'node:fs';
import { type EventLoopUtilization, monitorEventLoopDelay, performance } from 'node:perf_hooks';
import { closeCodes } from '../../shared/protocol/close-codes.ts';
import type { UpdateRefusal } from '../../shared/protocol/frames.ts';
import type { RegistryStatus } from '../rooms/registry.ts';
import type { Tally } from '../rooms/tally.ts';

export type Snapshot = RegistryStatus & {
  /** Pages that listen for changes. */
  readonly eventStreams: number;
  /** Requests that are being answered, those streams and the one that asks included. */
  readonly requests: number;
  readonly stopping: boolean;
};

/** Upper bounds of a commit's buckets in milliseconds: from a fast disk to the point where somebody must look. */
const bucketsMs = [1, 2, 5, 10, 20, 50, 100, 250, 500, 1_000, 2_500] as const;

/** Codes a socket may end with beside our own; callers can send any number, so the rest is one. */
const usualCodes: readonly number[] = [1000, 1001, 1005, 1006, 1009, ...Object.values(closeCodes)];

/** How often the event loop is asked whether it is late; each time costs some 50 µs in an idle process. */
const loopResolutionMs = 100;

export class Metrics implements Tally {
  readonly #databasePath: string;
  readonly #refused = new Map<string, number>();
  readonly #closed = new Map<string, number>();
  readonly #signIns = new Map<string, number>();
  readonly #failures = new Map<string, number>();
  readonly #buckets = bucketsMs.map(() => 0);
  #commits = 0;
  #commitMs = 0;
  #updates = 0;
  readonly #loop = monitorEventLoopDelay({ resolution: loopResolutionMs });
  #utilization: EventLoopUtilization = performance.eventLoopUtilization();

  /** The database's file is looked at for its size, nothing else. */
  constructor(databasePath: string) {
    this.#databasePath = databasePath;
    this.#loop.enable();
  }

  close(): void {
    this.#loop.disable();
  }

  refused(code: UpdateRefusal): void {
    count(this.#refused, code);
  }

  committed(ms: number, updates: number): void {
    this.#commits += 1;
    this.#commitMs += ms;
    this.#updates += updates;
    const bucket = bucketsMs.findIndex((bound) => ms <= bound);
    if (bucket >= 0) this.#buckets[bucket] = (this.#buckets[bucket] ?? 0) + 1;
  }

  closed(code: number): void {
    count(this.#closed, usualCodes.includes(code) ? String(code) : 'other');
  }

  signInRefused(code: string): void {
    count(this.#signIns, code);
  }

  /** Something the server does by itself failed: `commit`, `checkpoint`, `facts` … */
  failed(what: string): void {
    count(this.#failures, what);
  }

  /** Everything, as Prometheus reads it. */
  text(now: Snapshot): string {
    const page = new Page();
    page.gauge('duizhao_rooms', 'Documents that are live.', now.rooms);
    page.gauge('duizhao_connections', 'Sockets in rooms.', now.connections);
    page.gauge('duizhao_event_streams', 'Pages that listen for changes.', now.eventStreams);
    page.gauge('duizhao_requests', 'Requests that are being answered.', now.requests);
    page.gauge('duizhao_rooms_unsaved', 'Rooms whose text is not in the database yet.', now.unsaved);
    page.gauge('duizhao_updates_waiting', 'Updates that have arrived and are not durable yet.', now.waiting.updates);
    page.gauge('duizhao_update_bytes_waiting', 'Their bytes.', now.waiting.bytes);
    page.gauge('duizhao_saving_fails', '1 while saving fails.', now.failing ? 1 : 0);
    page.gauge('duizhao_stopping', '1 while the server ends.', now.stopping ? 1 : 0);
    this.#commitLines(page, now);
    page.counters('duizhao_updates_refused_total', 'Updates refused.', 'code', this.#refused);
    page.counters('duizhao_sockets_closed_total', 'Sockets closed.', 'code', this.#closed);
    page.counters('duizhao_sign_ins_refused_total', 'Sign-ins refused.', 'code', this.#signIns);
    page.counters('duizhao_failures_total', 'Failures of what the server does by itself.', 'what', this.#failures);
    page.gauge('duizhao_database_bytes', 'Size of the database.', sizeOf(this.#databasePath));
    page.gauge('duizhao_wal_bytes', 'Size of its write-ahead log.', sizeOf(`${this.#databasePath}-wal`));
    this.#processLines(page);
    return page.text;
  }

  #commitLines(page: Page, { commitMs }: Snapshot): void {
    page.counter('duizhao_commits_total', 'Commits of text.', commitMs.count);
    page.counter('duizhao_updates_committed_total', 'Updates committed.', this.#updates);
    page.head('duizhao_commit_ms', 'Duration of recent commits.', 'gauge');
    for (const share of ['p50', 'p95', 'p99'] as const) page.line('duizhao_commit_ms', commitMs[share], { of: share });
    const name = 'duizhao_commit_seconds';
    page.head(name, 'Duration of commits.', 'histogram');
    let below = 0;
    for (const [index, bound] of bucketsMs.entries()) {
      below += this.#buckets[index] ?? 0;
      page.line(`${name}_bucket`, below, { le: String(bound / 1_000) });
    }
    page.line(`${name}_bucket`, this.#commits, { le: '+Inf' });
    page.line(`${name}_sum`, this.#commitMs / 1_000);
    page.line(`${name}_count`, this.#commits);
  }

  /** The event loop's lateness is that since the last reading. */
  #processLines(page: Page): void {
    const memory = process.memoryUsage();
    const cpu = process.cpuUsage();
    page.head('nodejs_eventloop_delay_seconds', 'Lateness of the event loop since the last reading.', 'gauge');
    const late = (ns: number) => Math.max(0, ns / 1e9 - loopResolutionMs / 1_000);
    page.line('nodejs_eventloop_delay_seconds', late(this.#loop.percentile(50)), { of: 'p50' });
    page.line('nodejs_eventloop_delay_seconds', late(this.#loop.percentile(99)), { of: 'p99' });
    page.line('nodejs_eventloop_delay_seconds', late(this.#loop.max), { of: 'max' });
    this.#loop.reset();
    const since = this.#utilization;
    this.#utilization = performance.eventLoopUtilization();
    const { utilization } = performance.eventLoopUtilization(this.#utilization, since);
    page.gauge('nodejs_eventloop_utilization', 'Busy share of the event loop since the last reading.', utilization);
    page.gauge('process_resident_memory_bytes', 'Resident memory.', memory.rss);
    page.gauge('nodejs_heap_used_bytes', 'Heap in use.', memory.heapUsed);
    page.gauge('process_uptime_seconds', 'Seconds since the start.', process.uptime());
    page.counter('process_cpu_seconds_total', 'Processor time used.', (cpu.user + cpu.system) / 1e6);
  }
}

function count(counts: Map<string, number>, code: string): void {
  counts.set(code, (counts.get(code) ?? 0) + 1);
}

function sizeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0;
}

/** Prometheus' text form, line by line. */
class Page {
  readonly #lines: string[] = [];

  head(name: string, help: string, type: 'counter' | 'gauge' | 'histogram'): void {
    this.#lines.push(`# HELP ${name} ${help}`, `# TYPE ${name} ${type}`);
  }

  line(name: string, value: number, labels: Readonly<Record<string, string>> = {}): void {
    const pairs = Object.entries(labels).map(([label, said]) => `${label}="${said}"`);
    this.#lines.push(`${name}${pairs.length > 0 ? `{${pairs.join(',')}}` : ''} ${value}`);
  }

  gauge(name: string, help: string, value: number): void {
    this.head(name, help, 'gauge');
    this.line(name, value);
  }

  counter(name: string, help: string, value: number): void {
    this.head(name, help, 'counter');
    this.line(name, value);
  }

  counters(name: string, help: string, label: string, counts: ReadonlyMap<string, number>): void {
    this.head(name, help, 'counter');
    for (const [code, value] of [...counts].sort()) this.line(name, value, { [label]: code });
  }

  get text(): string {
    return `${this.#lines.join('\n')}\n`;
  }
}
