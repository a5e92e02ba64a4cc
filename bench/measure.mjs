/** Numbers: percentiles and medians, and what a process has used, from /proc. */
import { readdirSync, readFileSync } from 'node:fs';

/**
 * The value below which a share of the sorted samples lies; NaN without samples.
 * @param {readonly number[] | Float64Array} samples
 * @param {number} share
 */
export function percentile(samples, share) {
  if (samples.length === 0) return Number.NaN;
  const sorted = Float64Array.from(samples).sort();
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
}

/** @param {readonly number[]} values */
export function median(values) {
  if (values.length === 0) return Number.NaN;
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** @param {readonly number[]} samples latencies in milliseconds */
export function latencies(samples) {
  return {
    p50Ms: percentile(samples, 0.5),
    p95Ms: percentile(samples, 0.95),
    p99Ms: percentile(samples, 0.99),
    maxMs: percentile(samples, 1),
  };
}

/**
 * The processor time that all threads of a process have had, in milliseconds.
 * @param {number} pid
 */
export function cpuMs(pid) {
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

/**
 * Resident memory in MiB.
 * @param {number} pid
 */
export function rssMiB(pid) {
  const line = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
  return Number(line?.[1] ?? Number.NaN) / 1024;
}

/**
 * What a process used from now until `end` is called.
 * @param {number} pid
 */
export function watch(pid) {
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
