/**
 * The decision book of whoever is signed in, for every page: what has been decided and is not in effect yet, shown below with
 * the time that is left; U takes the last one back. Leaving a text sends its decision, leaving the page sends all.
 */
import { type QueryClient, useQueryClient } from '@tanstack/react-query';
import { createContext, type ReactNode, useContext, useEffect, useState, useSyncExternalStore } from 'react';
import { useLocation } from 'react-router';
import type { UserId } from '../../shared/ids.ts';
import { keys } from '../api/queries.ts';
import { onSignedIn } from '../api/session.ts';
import { useSignedIn } from '../ui/me.ts';
import { type Decision, DecisionBook } from './decision-book.ts';
import { DecisionLines } from './decision-lines.tsx';
import { keepDraft } from './drafts.ts';
import { sendDecision } from './send-decision.ts';

const BookContext = createContext<DecisionBook | null>(null);

export function DecisionsProvider({ children }: { readonly children: ReactNode }) {
  const { account } = useSignedIn();
  const client = useQueryClient();
  const [book, setBook] = useState<DecisionBook | null>(null);
  useEffect(() => {
    const made = openBook(account.id, client);
    const forget = followPage(made);
    setBook(made);
    return () => {
      forget();
      made.close();
    };
  }, [account.id, client]);

  const { pathname } = useLocation();
  useEffect(() => {
    book?.hurry(/^\/documents\/([^/]+)/.exec(pathname)?.[1]);
  }, [book, pathname]);
  return (
    <BookContext value={book}>
      {children}
      {book !== null && <DecisionLines book={book} onTakenBack={(decision) => takeBack(decision, account.id)} />}
    </BookContext>
  );
}

function openBook(userId: UserId, client: QueryClient): DecisionBook {
  const lookAgain = ({ documentId }: Decision) => {
    const touched = [keys.document(documentId), keys.versions(documentId), keys.remarks(documentId), keys.work];
    for (const queryKey of [...touched, ['board'], ['text', documentId]]) void client.invalidateQueries({ queryKey });
  };
  return new DecisionBook({
    store: localStorage,
    userId,
    // Not for secrecy: only pages of this machine must differ.
    page: `${Date.now().toString(36)}-${Math.random().toString(36).slice(2)}`,
    now: () => Date.now(),
    after: (ms, work) => {
      const timer = window.setTimeout(work, ms);
      return () => window.clearTimeout(timer);
    },
    send: (decision) => sendDecision(decision, userId),
    settled: (decision, outcome) => {
      if (outcome.kind === 'refused') takeBack(decision, userId);
      lookAgain(decision);
    },
  });
}

/** What was written for a return waits in its dialog again. */
function takeBack({ documentId, verdict }: Decision, userId: UserId): void {
  if (verdict.act !== 'return') return;
  keepDraft(userId, documentId, 'return', { reason: verdict.reason, words: verdict.words });
}

/** The page is hidden or closed: what waits is sent now. The line is back, or the person: what could not be sent is. */
function followPage(book: DecisionBook): () => void {
  const retry = () => book.retry();
  const leave = () => book.hurry();
  const hidden = () => {
    if (document.visibilityState === 'hidden') book.hurry();
    else book.retry();
  };
  const written = () => book.reread();
  window.addEventListener('online', retry);
  window.addEventListener('pagehide', leave);
  window.addEventListener('storage', written);
  document.addEventListener('visibilitychange', hidden);
  const forget = onSignedIn(retry);
  return () => {
    window.removeEventListener('online', retry);
    window.removeEventListener('pagehide', leave);
    window.removeEventListener('storage', written);
    document.removeEventListener('visibilitychange', hidden);
    forget();
  };
}

const none: readonly Decision[] = [];
const never = () => () => undefined;

/** What has been decided and is not in effect, and the way to decide. */
export function useDecisions() {
  const book = useContext(BookContext);
  const decisions = useSyncExternalStore(book?.subscribe ?? never, book?.snapshot ?? (() => none));
  return {
    decisions,
    /** The decision on this text that waits to take effect. */
    pendingOn: (id: string) => decisions.find(({ documentId, refused }) => documentId === id && refused === null),
    decide: (made: Parameters<DecisionBook['decide']>[0]) => book?.decide(made),
  };
}
