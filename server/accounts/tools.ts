/** What the use cases of accounts work with, and the ways of writing they share. */
import type { Refusal } from '../../shared/api/errors.ts';
import type { UserId } from '../../shared/ids.ts';
import type { Result } from '../../shared/result.ts';
import type { Credentials, Door, SignInRefusal } from '../identity/identity.ts';
import type { Records, Storage } from '../storage/storage.ts';
import type { UseCases } from '../use-cases.ts';

export type AccountTools = UseCases & {
  readonly identity: Credentials & Door;
  /** Hears of every sign-in that was refused, those a lock refused included. */
  readonly onSignInRefused?: ((code: SignInRefusal['code'], userId: UserId | undefined) => void) | undefined;
};

/** Carries a refusal out of a transaction, so that it rolls back. */
class Refused extends Error {
  override readonly name = 'Refused';
  readonly refusal: Refusal;

  constructor(refusal: Refusal) {
    super(refusal.message);
    this.refusal = refusal;
  }
}

/** A transaction that a refusal undoes whole. */
export async function transactOrRefuse<T>(
  storage: Storage,
  work: (records: Records) => Promise<Result<T, Refusal>>,
): Promise<Result<T, Refusal>> {
  try {
    return await storage.transact(async (records) => {
      const result = await work(records);
      if (!result.ok) throw new Refused(result.error);
      return result;
    });
  } catch (error) {
    if (error instanceof Refused) return { ok: false, error: error.refusal };
    throw error;
  }
}

/** Tells the account's own pages to look again. */
export function announceAccount({ changes }: Pick<UseCases, 'changes'>, id: UserId): void {
  changes.publish({ topic: 'account', id, meetingId: undefined, documentId: undefined });
}
