/**
 * The lifecycle of a document: five states, seven commands, one table of arrows, one entrance (`transition`).
 * Each state carries what it cannot exist without. Who may give a command is decided in `shared/access`, not here.
 */
import { z } from 'zod';
import { type UserId, userId, type VersionId, versionId } from '../ids.ts';
import { err, ok, type Result } from '../result.ts';

export const states = ['drafting', 'in_review', 'returned', 'approved', 'filed'] as const;
export type State = (typeof states)[number];

/** The reviewer's checklist for a return (domain/quality-rules 4.1); `approval_void` is written by reopening. */
export const returnReasons = [
  'lacks_practice', // 联系实际不够
  'ignores_opinions', // 没有回应群众意见
  'misses_main_problem', // 没抓住突出问题
  'shallow_analysis', // 剖析不深不透
  'lacks_facts', // 缺少具体人具体事
  'praise_first', // 成绩谈得多、查摆问题少
  'old_faults_new_label', // 老问题换新标签、套话“老三样”
  'work_not_thought', // 只言工作、不提思想
  'wrong_facts_or_form', // 事实、引用或格式有误
  'careless', // 态度不认真，限时重写
  'other', // 其他
] as const;
export type ReturnReason = (typeof returnReasons)[number];

const instant = z.iso.datetime();
const round = z.int().min(1);

export const lifecycleSchema = z.discriminatedUnion('state', [
  z.object({ state: z.literal('drafting'), round: z.int().min(0) }),
  z.object({ state: z.literal('in_review'), round, versionId, submitterId: userId, at: instant }),
  z.object({
    state: z.literal('returned'),
    round,
    versionId,
    reason: z.enum([...returnReasons, 'approval_void']),
    words: z.string(),
    by: userId,
    at: instant,
  }),
  z.object({ state: z.literal('approved'), round, versionId, approverId: userId, at: instant }),
  z.object({
    state: z.literal('filed'),
    round,
    versionId,
    approverId: userId,
    approvedAt: instant,
    fileNumber: z.string().min(1),
    fileDate: z.iso.date(),
    by: userId,
    at: instant,
  }),
]);
export type Lifecycle = z.infer<typeof lifecycleSchema>;

export type Command =
  | { readonly name: 'submit'; readonly versionId: VersionId }
  | { readonly name: 'withdraw' }
  | { readonly name: 'return'; readonly reason: ReturnReason; readonly words: string }
  | { readonly name: 'approve'; readonly versionId: VersionId }
  | { readonly name: 'reopen'; readonly reason: string }
  | { readonly name: 'file'; readonly number: string; readonly date: string }
  | { readonly name: 'recall' };
export type CommandName = Command['name'];

/** Which command leads where; a pair that is not here is refused. */
export const arrows: Readonly<Record<State, Readonly<Partial<Record<CommandName, State>>>>> = {
  drafting: { submit: 'in_review' },
  in_review: { withdraw: 'drafting', return: 'returned', approve: 'approved' },
  returned: { submit: 'in_review' },
  approved: { reopen: 'returned', file: 'filed' },
  filed: { recall: 'approved' },
};

export type TransitionRefusal =
  | { readonly code: 'wrong_state'; readonly state: State; readonly command: CommandName }
  | { readonly code: 'stale_version'; readonly current: VersionId };

/** A document nobody has submitted. */
export const born: Lifecycle = { state: 'drafting', round: 0 };

/** Whether `command` has an arrow out of `state`. */
export function hasArrow(state: State, command: CommandName): boolean {
  return arrows[state][command] !== undefined;
}

/**
 * The one entrance: what `command`, given by `by` at `at` (UTC ISO), makes of `from`.
 * `wrong_state` when there is no such arrow, `stale_version` when an approval names another version than the one in review.
 */
export function transition(
  from: Lifecycle,
  command: Command,
  by: UserId,
  at: string,
): Result<Lifecycle, TransitionRefusal> {
  if (!hasArrow(from.state, command.name)) {
    return err({ code: 'wrong_state', state: from.state, command: command.name });
  }
  switch (command.name) {
    case 'submit':
      return ok({ state: 'in_review', round: from.round + 1, versionId: command.versionId, submitterId: by, at });
    case 'withdraw':
      return ok({ state: 'drafting', round: from.round });
    case 'return':
      return decided(from, (f) => ({
        state: 'returned',
        round: f.round,
        versionId: f.versionId,
        reason: command.reason,
        words: command.words,
        by,
        at,
      }));
    case 'approve':
      return approve(from, command.versionId, by, at);
    case 'reopen':
      return decided(from, (f) => ({
        state: 'returned',
        round: f.round,
        versionId: f.versionId,
        reason: 'approval_void',
        words: command.reason,
        by,
        at,
      }));
    case 'file':
      return file(from, command.number, command.date, by, at);
    case 'recall':
      return recall(from);
  }
}

type Submitted = Exclude<Lifecycle, { state: 'drafting' }>;

function decided(from: Lifecycle, next: (from: Submitted) => Lifecycle): Result<Lifecycle, TransitionRefusal> {
  if (from.state === 'drafting') throw new Error('the arrows admit no decision on a draft');
  return ok(next(from));
}

function approve(from: Lifecycle, read: VersionId, by: UserId, at: string): Result<Lifecycle, TransitionRefusal> {
  if (from.state !== 'in_review') throw new Error('the arrows admit approval only in review');
  if (from.versionId !== read) return err({ code: 'stale_version', current: from.versionId });
  return ok({ state: 'approved', round: from.round, versionId: from.versionId, approverId: by, at });
}

function file(
  from: Lifecycle,
  fileNumber: string,
  fileDate: string,
  by: UserId,
  at: string,
): Result<Lifecycle, TransitionRefusal> {
  if (from.state !== 'approved') throw new Error('the arrows admit filing only when approved');
  const { round, versionId, approverId } = from;
  return ok({ state: 'filed', round, versionId, approverId, approvedAt: from.at, fileNumber, fileDate, by, at });
}

function recall(from: Lifecycle): Result<Lifecycle, TransitionRefusal> {
  if (from.state !== 'filed') throw new Error('the arrows admit recall only when filed');
  const { round, versionId, approverId, approvedAt } = from;
  return ok({ state: 'approved', round, versionId, approverId, at: approvedAt });
}
