/** Numbers: percentiles and medians, and what a process has used, from /proc. */
import { readdirSync, readFileSync } from 'node:fs';

/** The value below which a share of the samples lies; NaN without samples. */
export function percentile(samples: readonly number[], share: number): number {
  if (samples.length === 0) return Number.NaN;
  const sorted = Float64Array.from(samples).sort();
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2;
}

/** Of waiting times in milliseconds. */
export function latencies(samples: readonly number[]) {
  return {
    p50Ms: percentile(samples, 0.5),
    p95Ms: percentile(samples, 0.95),
    p99Ms: percentile(samples, 0.99),
    maxMs: percentile(samples, 1),
  };
}

/** The processor time that all threads of a process have had, in milliseconds. */
export function cpuMs(pid: number): number {
  let nanoseconds = 0;
  for (const thread of readdirSync(`/proc/${pid}/task`)) {
    try {
      nanoseconds += Number(readFileSync(`/proc/${pid}/task/${thread}/schedstat`, 'utf8').split(' ')[0]);
    } catch {
      // A thread that ended between the listing and the reading.
    }
  }
  return nanoseconds / 1e6;
}

/** Resident memory in MiB. */
export function rssMiB(pid: number): number {
  const line = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
  return Number(line?.[1] ?? Number.NaN) / 1024;
}

/** Tells what a process used from now until the returned function is called. */
export function watch(pid: number) {
  const cpu = cpuMs(pid);
  const driver = cpuMs(process.pid);
  const began = performance.now();
  return () => {
    const elapsedMs = performance.now() - began;
    return {
      elapsedMs,
      cpuMs: cpuMs(pid) - cpu,
      cpuShare: (cpuMs(pid) - cpu) / elapsedMs,
      driverShare: (cpuMs(process.pid) - driver) / elapsedMs,
      rssMiB: rssMiB(pid),
    };
  };
}
