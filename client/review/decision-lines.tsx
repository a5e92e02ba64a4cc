/** The lines at the foot of every page: each decision with the time that is left, one that waits for the line, one refused. */
import { Button } from 'antd';
import { useEffect, useState, useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { type ErrorCode, errorCodes } from '../../shared/api/errors.ts';
import { ApiError } from '../api/request.ts';
import { useWords } from '../ui/use-words.ts';
import { type Decision, type DecisionBook, graceMs } from './decision-book.ts';
import { documentPath } from './paths.ts';
import './desk.css';
import { useKeys } from './use-keys.ts';

type Props = { readonly book: DecisionBook; readonly onTakenBack: (decision: Decision) => void };

export function DecisionLines({ book, onTakenBack }: Props) {
  const { t } = useTranslation('desk');
  const decisions = useSyncExternalStore(book.subscribe, book.snapshot);
  const undo = (): boolean => {
    const taken = book.undo();
    if (taken !== undefined) onTakenBack(taken);
    return taken !== undefined;
  };
  useKeys({ u: undo }, decisions.length > 0);
  if (decisions.length === 0) return null;
  return (
    <section className="decisions" aria-label={t('decision.title')}>
      {decisions.map((decision) =>
        decision.refused === null ? (
          <WaitingLine key={decision.id} decision={decision} onUndo={undo} />
        ) : (
          <RefusedLine key={decision.id} decision={decision} onRead={() => book.forget(decision.id)} />
        ),
      )}
    </section>
  );
}

function WaitingLine({ decision, onUndo }: { readonly decision: Decision; readonly onUndo: () => boolean }) {
  const { t } = useTranslation('desk');
  const seconds = useSecondsTo(decision.dueAt);
  const { name, verdict, tries, lost } = decision;
  const state = lost ? 'kept' : tries > 0 ? 'sending' : 'due';
  const facts = { name, seconds };
  return (
    <div className="decision" data-decision={verdict.act} data-state={state} role="status">
      <p>
        <strong>{t(`decision.${verdict.act}`, facts)}</strong>{' '}
        <span className="secondary numbers">{t(`decision.${state}`, facts)}</span>
      </p>
      {state !== 'sending' && (
        <Button size="small" title="U" onClick={onUndo}>
          {t('decision.undo')}
        </Button>
      )}
      {state === 'due' && (
        <span
          className="decision-time"
          style={{ transform: `scaleX(${(seconds * 1000) / graceMs})` }}
          aria-hidden="true"
        />
      )}
    </div>
  );
}

function useSecondsTo(instant: number): number {
  const left = () => Math.max(0, Math.ceil((instant - Date.now()) / 1000));
  const [seconds, setSeconds] = useState(left);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the instant is the occasion
  useEffect(() => {
    setSeconds(left());
    const timer = window.setInterval(() => setSeconds(left()), 250);
    return () => window.clearInterval(timer);
  }, [instant]);
  return seconds;
}

/** Not in effect, and why; words of a return are back in its dialog. */
function RefusedLine({ decision, onRead }: { readonly decision: Decision; readonly onRead: () => void }) {
  const { t } = useTranslation('desk');
  const words = useWords();
  const { name, verdict, refused, documentId } = decision;
  const code = refused?.code ?? 'internal';
  const moved = code === 'stale_version' || code === 'wrong_state';
  const why = moved
    ? t(code === 'stale_version' ? 'decision.stale' : 'decision.moved', { count: refused?.changes ?? 0 })
    : words.error(new ApiError(isErrorCode(code) ? code : 'internal', 0, '', undefined));
  return (
    <div className="decision" data-refused role="alert">
      <p>
        <strong>{t(`decision.${verdict.act}.refused`, { name })}</strong> {why}
        {verdict.act === 'return' && ` ${t('decision.wordsKept')}`}
      </p>
      <Link to={documentPath(documentId)} onClick={onRead}>
        {t('decision.look')}
      </Link>
      <Button size="small" onClick={onRead}>
        {t('decision.read')}
      </Button>
    </div>
  );
}

function isErrorCode(code: string): code is ErrorCode {
  return (errorCodes as readonly string[]).includes(code); // a wider array only to ask
}
