/** 送审: waits until everything typed is stored, shows what the check found, freezes the text on confirmation. */
import { Alert } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ReadinessPoint } from '../../shared/api/documents.ts';
import { useExplain } from '../api/desk.ts';
import { useSubmit } from '../api/mutations.ts';
import { useExplainChanges } from '../api/proposals.ts';
import { useReadiness } from '../api/queries.ts';
import { useDocumentContext } from '../documents/document-context.ts';
import { OpenChanges, useChangeExplanations } from '../proposals/open-changes.tsx';
import { useWords } from '../ui/use-words.ts';
import { Failed } from '../ui/view-state.tsx';
import { ActDialog } from './act-dialog.tsx';
import { Confirmations, useConfirmations } from './confirmations.tsx';
import { OpenRemarks, useRemarkExplanations } from './open-remarks.tsx';
import { groupReadiness } from './readiness-groups.ts';

const storingTimeoutMs = 8000;
const answeredHere: readonly ReadinessPoint['kind'][] = ['open_remark', 'open_change'];

export function SubmitDialog({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation('review');
  const { document, scrollToSection } = useDocumentContext();
  const words = useWords();
  const stored = useStored();
  const submit = useSubmit(document.id);
  // From the moment it is sent there is nothing left to check.
  const asking = stored === 'yes' && document.may.includes('submit') && !submit.isPending && !submit.isSuccess;
  const readiness = useReadiness(document.id, asking);
  const explain = useExplain(document.id);
  const explaining = useRemarkExplanations();
  const explainChanges = useExplainChanges(document.id);
  const explainingChanges = useChangeExplanations();
  // Open remarks and changes are answered here; the others are put right in the text.
  const found = readiness.data;
  const groups =
    found === undefined || readiness.isFetching
      ? undefined
      : groupReadiness({ ...found, points: found.points.filter(({ kind }) => !answeredHere.includes(kind)) });
  const asks = (groups?.questions.length ?? 0) > 0;
  const confirming = useConfirmations(groups?.confirmations ?? []);
  const explained = explaining.count + explainingChanges.count;
  const isReady = groups?.blocking.length === 0 && groups.confirmations.length === 0 && !asks && explained === 0;
  const missing = explaining.missing + explainingChanges.missing;

  const goTo = (point: ReadinessPoint) => {
    onClose();
    if (point.sectionKey !== null) scrollToSection(point.sectionKey);
  };
  const send = async () => {
    try {
      if (explaining.count > 0) {
        const { each, rest } = explaining.explanations;
        await explain.mutateAsync({ each: each.map(({ id, words: why }) => ({ remarkId: id, words: why })), rest });
        explaining.setDraft(null);
      }
      if (explainingChanges.count > 0) {
        const { each, rest } = explainingChanges.explanations;
        await explainChanges.mutateAsync({ each: each.map(({ id, words: why }) => ({ key: id, words: why })), rest });
        explainingChanges.setDraft(null);
      }
      await submit.mutateAsync({ confirmed: confirming.confirmed });
    } catch (error) {
      void readiness.refetch();
      throw error;
    }
  };

  return (
    <ActDialog
      title={t('submit.title')}
      confirm={asks ? t('submit.anyway') : t('submit.confirm')}
      onConfirm={send}
      onClose={onClose}
      disabled={groups === undefined || groups.blocking.length > 0 || !confirming.done || missing > 0}
      width={600}
    >
      {stored === 'waiting' && <p className="secondary">{t('submit.storing')}</p>}
      {stored === 'no' && <Alert type="warning" title={t('submit.notStored')} />}
      {readiness.isError && <Failed error={readiness.error} onRetry={() => void readiness.refetch()} />}
      {stored === 'yes' && groups === undefined && !readiness.isError && (
        <p className="secondary">{t('submit.checking')}</p>
      )}
      {groups !== undefined && (
        <>
          <Points title="submit.blocking" points={groups.blocking} onGoTo={goTo} />
          <Confirmations confirming={confirming} onGoTo={onClose} />
          <OpenRemarks explaining={explaining} />
          <OpenChanges explaining={explainingChanges} />
          <Points title="submit.questions" points={groups.questions} onGoTo={goTo} />
          {isReady && <p>{t('submit.ready')}</p>}
          <p className="secondary">
            {document.selfReviewed
              ? t('submit.consequence.self')
              : t('submit.consequence', { reviewers: words.list(document.reviewers) })}
          </p>
        </>
      )}
    </ActDialog>
  );
}

/** Whether everything typed here is in the database. */
function useStored(): 'waiting' | 'yes' | 'no' {
  const { whenStored } = useDocumentContext();
  const [stored, setStored] = useState<'waiting' | 'yes' | 'no'>('waiting');
  useEffect(() => {
    let gone = false;
    void whenStored(storingTimeoutMs).then((done) => {
      if (!gone) setStored(done ? 'yes' : 'no');
    });
    return () => {
      gone = true;
    };
  }, [whenStored]);
  return stored;
}

type PointsProps = {
  readonly title: 'submit.blocking' | 'submit.questions';
  readonly points: readonly ReadinessPoint[];
  readonly onGoTo: (point: ReadinessPoint) => void;
};

function Points({ title, points, onGoTo }: PointsProps) {
  const { t } = useTranslation('review');
  if (points.length === 0) return null;
  return (
    <section className="readiness" data-blocking={title === 'submit.blocking'}>
      <h2 className="section-title">{t(title, { count: points.length })}</h2>
      <ul>
        {points.map((point) => (
          <li className="readiness-item" key={`${point.kind} ${point.sectionKey ?? ''} ${point.detail}`}>
            <PointWords point={point} onGoTo={onGoTo} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function PointWords({ point, onGoTo }: { readonly point: ReadinessPoint; readonly onGoTo: PointsProps['onGoTo'] }) {
  const { t } = useTranslation('review');
  const [characters = '', range = ''] = point.detail.split(' / ');
  const facts = { heading: point.heading, detail: point.detail, characters, range };
  const whole = point.sectionKey === null && (point.kind === 'too_short' || point.kind === 'too_long');
  const text = whole
    ? t(point.kind === 'too_short' ? 'point.too_short.whole' : 'point.too_long.whole', facts)
    : t(`point.${point.kind}`, facts);
  if (point.sectionKey === null) return <span>{text}</span>;
  return (
    <button type="button" className="readiness-point" onClick={() => onGoTo(point)}>
      {text}
      <span className="readiness-go">{t('submit.goTo')}</span>
    </button>
  );
}
