/**
 * Which acts the top bar offers this person now: one primary act, its companions beside it, the rare ones in a menu. Pure;
 * the server's `may` decides, this only arranges.
 */
import type { Action } from '../../shared/access/can.ts';
import type { State } from '../../shared/document/lifecycle.ts';

export const acts = ['submit', 'withdraw', 'return', 'approve', 'reopen', 'file', 'recall', 'export'] as const;
export type Act = (typeof acts)[number];

export type ActBar = { readonly primary: Act | null; readonly beside: readonly Act[]; readonly more: readonly Act[] };

type Facts = { readonly may: readonly Action[]; readonly lifecycle: { readonly state: State } };

export function availableActs({ may, lifecycle }: Facts): ActBar {
  const allowed = (act: Act): boolean =>
    act === 'export' ? may.includes('export_clean') || may.includes('export_draft') : may.includes(act);
  const { primary, beside } = arrangement[lifecycle.state];
  const first = primary.find(allowed) ?? null;
  const shown = beside.filter((act) => act !== first && allowed(act));
  const more = acts.filter((act) => act !== first && !shown.includes(act) && allowed(act));
  // A menu for the export alone would only cost a click; what undoes a decision stays in the menu.
  if (more.length === 1 && more[0] === 'export') return { primary: first, beside: ['export', ...shown], more: [] };
  return { primary: first, beside: shown, more };
}

/** By state: the candidates for the primary act in order of preference, and what stands beside it. */
const arrangement: Readonly<Record<State, { readonly primary: readonly Act[]; readonly beside: readonly Act[] }>> = {
  drafting: { primary: ['submit'], beside: [] },
  in_review: { primary: ['approve'], beside: ['return', 'withdraw'] },
  returned: { primary: ['submit'], beside: [] },
  approved: { primary: ['export'], beside: ['file'] },
  filed: { primary: ['export'], beside: [] },
};
