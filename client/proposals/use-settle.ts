/**
 * What the author does with a change: the text first, with his own hands, then, once that is in the database, the record of it.
 * The plan is made anew on the text as it stands at that moment.
 */
import type { Inserted } from '../../shared/api/proposals.ts';
import type { Run, SectionContent } from '../../shared/document/content.ts';
import { readContent } from '../../shared/document/content.ts';
import { type Plan, planAdoption } from '../../shared/proposals/adopt.ts';
import { textOf } from '../../shared/proposals/letters.ts';
import { bodyKeys } from '../../shared/template/sections.ts';
import { useChangeFate } from '../api/proposals.ts';
import { useDocumentContext } from '../documents/document-context.ts';
import type { Desk } from '../editor/desk.ts';
import { randomBlockId } from '../editor/plugins/block-ids.ts';
import { carryOut } from './adopting.ts';
import { overwriting, rephrased } from './chosen-steps.ts';
import type { ProposedItem } from './proposed-items.ts';

/** The words were adopted in the text, but are not in the database yet: the record waits. */
export class NotStoredYet extends Error {
  override readonly name = 'NotStoredYet';
}
/** The text has changed meanwhile, or both have changed the same words: the author must look and choose. */
export class BothChanged extends Error {
  override readonly name = 'BothChanged';
}

const storingTimeoutMs = 8_000;

export type Settle = {
  /** As proposed; where both changed the same words only when `over` says that the author has chosen the proposal's. */
  readonly adopt: (item: ProposedItem, over?: boolean) => Promise<void>;
  /** All that can be adopted without a choice; resolves to how many were left. */
  readonly adoptAll: (items: readonly ProposedItem[]) => Promise<number>;
  /** In the author's own wording. */
  readonly adoptAs: (item: ProposedItem, words: string) => Promise<void>;
  readonly decline: (items: readonly ProposedItem[], words: string) => Promise<void>;
  readonly reopen: (item: ProposedItem) => Promise<void>;
};

export function useSettle(): Settle {
  const { document, desk, whenStored } = useDocumentContext();
  const { mutateAsync } = useChangeFate();
  const keys = bodyKeys(document.sections);

  const planned = (
    item: ProposedItem,
    adopted: ReadonlySet<string>,
  ): { plan: Plan; desk: Desk; draft: SectionContent[] } => {
    if (desk === null) throw new BothChanged();
    desk.settle();
    const draft = readContent(desk.doc, keys);
    return { plan: planAdoption(item.proposed, item.change, draft, adopted), desk, draft };
  };
  const stored = async () => {
    if (!(await whenStored(storingTimeoutMs))) throw new NotStoredYet();
  };
  const record = async (item: ProposedItem, fate: 'adopted' | 'partly', inserted: Inserted[]) => {
    await mutateAsync({ key: item.note.key, fate, words: '', inserted });
  };

  return {
    adopt: async (item, over = false) => {
      const { plan, desk: page } = planned(item, item.adopted);
      const step =
        plan.result === 'step'
          ? plan.step
          : plan.result === 'conflict' && over
            ? overwriting(item.change, plan)
            : undefined;
      if (plan.result === 'conflict' && step === undefined) throw new BothChanged();
      const inserted = step === undefined ? [] : carryOut(page, step);
      await stored();
      await record(item, 'adopted', inserted);
    },
    adoptAll: async (items) => {
      const done = new Map<ProposedItem, Inserted[]>();
      const adopted = new Map<string, Set<string>>();
      for (const item of items) {
        const already = adopted.get(item.proposal.id) ?? new Set(item.adopted);
        adopted.set(item.proposal.id, already);
        const { plan, desk: page } = planned(item, already);
        if (plan.result === 'conflict') continue;
        done.set(item, plan.result === 'step' ? carryOut(page, plan.step) : []);
        already.add(item.change.id);
      }
      await stored();
      for (const [item, inserted] of done) await record(item, 'adopted', inserted);
      return items.length - done.size;
    },
    adoptAs: async (item, words) => {
      const { plan, desk: page, draft } = planned(item, item.adopted);
      const runs: Run[] = words === '' ? [] : [{ text: words, strong: false }];
      const step = rephrased(plan, item.change, runs, draft, randomBlockId);
      if (step === undefined) throw new BothChanged();
      const inserted = carryOut(page, step);
      await stored();
      await record(item, words === proposedWords(item) ? 'adopted' : 'partly', inserted);
    },
    decline: async (items, words) => {
      for (const item of items) await mutateAsync({ key: item.note.key, fate: 'declined', words, inserted: [] });
    },
    reopen: async (item) => {
      await mutateAsync({ key: item.note.key, fate: 'open', words: '', inserted: [] });
    },
  };
}

/** The words a change would put in, for the author to edit before he adopts; undefined where it puts none in. */
export function proposedWords({ change, plan }: Pick<ProposedItem, 'change' | 'plan'>): string | undefined {
  if (plan?.result === 'conflict' && change.kind !== 'strong' && change.kind !== 'form') return textOf(plan.theirs);
  if (change.kind === 'edited') return textOf(change.after);
  return change.kind === 'added' ? textOf(change.block.runs) : undefined;
}
