/** 审阅清单: the leader's thirteen lines on one screen, each with what the rules found, a tick, and a ready reason. */
import { Button, Checkbox } from 'antd';
import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import { type ChecklistLine, checklistLines } from '../../shared/checks/checklist.ts';
import { returnReasons } from '../../shared/document/lifecycle.ts';
import { useTick } from '../api/checks.ts';
import { useDocumentContext } from '../documents/document-context.ts';
import { useDraft } from '../review/drafts.ts';
import { useWords } from '../ui/use-words.ts';
import { checklist, speakingRules } from './checklist-lines.ts';
import { useChecks } from './checks-context.ts';
import type { HitList } from './hit-groups.ts';

/** The draft of the return dialog (`review/return-dialog.tsx`), which takes up what is put in here. */
const returnSchema = z.object({ reason: z.enum(returnReasons).nullable(), words: z.string() });

export function Checklist({ list }: { readonly list: HitList }) {
  const { t } = useTranslation('checks');
  const { document } = useDocumentContext();
  const { query } = useChecks();
  const words = useWords();
  const send = useTick(document.id);
  const ticked = query.data?.ticked ?? [];
  // Ticks belong to the version that was looked at.
  const versionId = document.currentVersion?.id;
  const tick = (line: ChecklistLine, on: boolean) => {
    if (versionId !== undefined) send.mutate({ versionId, line, on });
  };
  return (
    <details className="checklist" open={document.lifecycle.state === 'in_review'}>
      <summary className="section-title">
        {t('list.title')} <span className="numbers secondary">{`${ticked.length} / ${checklistLines.length}`}</span>
      </summary>
      <p className="secondary checklist-words">{t('list.words')}</p>
      {send.isError && (
        <p className="remark-error" role="alert">
          {words.error(send.error)}
        </p>
      )}
      <ol>
        {checklistLines.map((line) => (
          <Line key={line} line={line} list={list} ticked={ticked.includes(line)} onTick={(on) => tick(line, on)} />
        ))}
      </ol>
    </details>
  );
}

type LineProps = {
  readonly line: ChecklistLine;
  readonly list: HitList;
  readonly ticked: boolean;
  readonly onTick: (on: boolean) => void;
};

function Line({ line, list, ticked, onTick }: LineProps) {
  const { t } = useTranslation('checks');
  const { document } = useDocumentContext();
  const { query } = useChecks();
  const [draft, setDraft] = useDraft('return', returnSchema);
  const { rules, reason } = checklist[line];
  const found = list.open.flatMap(({ groups }) => groups).filter(({ first }) => rules.includes(first.rule)).length;
  const speaks = query.data !== undefined && speakingRules(line, query.data.settings, query.data.context).length > 0;
  const words = t(`list.${line}.words`);
  const taken = draft?.words.includes(words) === true;
  const result = found > 0 ? t('list.found', { count: found }) : t(speaks ? 'list.clear' : 'list.yours');
  const take = () =>
    setDraft({
      reason: draft?.reason ?? reason,
      words: [draft?.words ?? '', words].filter((part) => part !== '').join('\n'),
    });
  return (
    <li className="checklist-line" data-found={found > 0} data-taken={taken}>
      <Checkbox checked={ticked} onChange={(event) => onTick(event.target.checked)}>
        <span className="checklist-name">{t(`list.${line}`)}</span>
      </Checkbox>
      <span className="checklist-result">{result}</span>
      {document.may.includes('return') && (
        <p className="checklist-reason">
          {taken ? (
            <span className="secondary">{t('list.reason.taken')}</span>
          ) : (
            <Button size="small" type="text" onClick={take}>
              {t('list.reason')}
            </Button>
          )}
        </p>
      )}
    </li>
  );
}
