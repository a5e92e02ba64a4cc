/** How entries of the log are laid out: by day, with their facts as words. Pure. */
import type { AuditEntry } from '../../shared/api/audit.ts';
import { dayOf } from '../ui/days.ts';

export type AuditDay = { readonly day: string; readonly entries: readonly AuditEntry[] };

/** Entries as they come, newest first, parted where the reader's calendar day changes. */
export function groupByDay(entries: readonly AuditEntry[]): AuditDay[] {
  const days: { day: string; entries: AuditEntry[] }[] = [];
  for (const entry of entries) {
    const day = dayOf(new Date(entry.at));
    const last = days[days.length - 1];
    if (last?.day === day) last.entries.push(entry);
    else days.push({ day, entries: [entry] });
  }
  return days;
}

type Fact = AuditEntry['facts'][string];

/** Each fact as a name and a value; ids are for machines and are left out. */
export function factsOf(
  facts: AuditEntry['facts'],
  words: { readonly nameOf: (key: string) => string; readonly valueOf: (key: string, value: Fact) => string },
): { readonly name: string; readonly value: string }[] {
  return Object.entries(facts)
    .filter(([, value]) => value !== '' && !/^[a-z]+_[0-9A-HJKMNP-TV-Z]{26}$/.test(String(value)))
    .map(([key, value]) => ({ name: words.nameOf(key), value: words.valueOf(key, value) }));
}
