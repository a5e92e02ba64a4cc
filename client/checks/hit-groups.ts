/** Questions as they are shown: all of one rule about the same words are one question with several places. Pure. */
import type { Dismissal } from '../../shared/api/checks.ts';
import { type Hit, type HitName, isPrivate, sameHit } from '../../shared/checks/check.ts';
import { type Severity, severities } from '../../shared/checks/rule-ids.ts';

export type HitGroup = {
  readonly key: string;
  readonly name: HitName;
  /** The first place; the question is said about it. */
  readonly first: Hit;
  readonly hits: readonly Hit[];
  readonly dismissal: Dismissal | undefined;
};

export type HitList = {
  /** What is still asked, by weight. */
  readonly open: readonly { readonly severity: Severity; readonly groups: readonly HitGroup[] }[];
  readonly dismissed: readonly HitGroup[];
  readonly count: number;
};

export function groupHits(hits: readonly Hit[], dismissals: readonly Dismissal[]): HitGroup[] {
  const groups = new Map<string, Hit[]>();
  for (const hit of hits) {
    const key = [hit.rule, hit.blockId ?? hit.sectionKey ?? '', hit.hash].join(' ');
    groups.set(key, [...(groups.get(key) ?? []), hit]);
  }
  return [...groups].flatMap(([key, places]) => {
    const [first] = places;
    if (first === undefined) return [];
    const { rule, blockId, hash } = first;
    // What stops a submission cannot be put aside, whatever was said about it when it weighed less.
    const dismissal = first.severity === 'block' ? undefined : dismissals.find((each) => sameHit(each, first));
    return [{ key, name: { rule, blockId, hash }, first, hits: places, dismissal }];
  });
}

/** A reviewer is not shown what is the author's alone. */
export function listHits(hits: readonly Hit[], dismissals: readonly Dismissal[], reviewer: boolean): HitList {
  const shown = reviewer ? hits.filter(({ severity }) => !isPrivate(severity)) : hits;
  const groups = groupHits(shown, dismissals);
  const open = groups.filter(({ dismissal }) => dismissal === undefined);
  return {
    open: severities
      .map((severity) => ({ severity, groups: open.filter(({ first }) => first.severity === severity) }))
      .filter((each) => each.groups.length > 0),
    dismissed: groups.filter(({ dismissal }) => dismissal !== undefined),
    count: open.length,
  };
}
