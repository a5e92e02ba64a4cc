/** What the author confirms with a submission: each question with its words and room for a reason, one tick for all. */
import { Checkbox, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { SubmitBody } from '../../shared/api/checks.ts';
import type { Hit } from '../../shared/checks/check.ts';
import { groupHits, type HitGroup } from '../checks/hit-groups.ts';
import { useCheckWords } from '../checks/use-check-words.ts';
import '../checks/checks.css';
import { useDocumentContext } from '../documents/document-context.ts';

const longestReason = 500;

export type Confirming = {
  readonly groups: readonly HitGroup[];
  readonly reasons: Readonly<Record<string, string>>;
  readonly setReason: (key: string, reason: string) => void;
  readonly checked: boolean;
  readonly setChecked: (checked: boolean) => void;
  /** Whether nothing is left to confirm. */
  readonly done: boolean;
  readonly confirmed: SubmitBody['confirmed'];
};

export function useConfirmations(hits: readonly Hit[]): Confirming {
  const [reasons, setReasons] = useState<Readonly<Record<string, string>>>({});
  const [checkedKeys, setCheckedKeys] = useState('');
  const groups = groupHits(hits, []);
  const keys = groups.map(({ key }) => key).join('\n');
  // A tick is for what was read: other questions take another.
  const checked = keys !== '' && checkedKeys === keys;
  return {
    groups,
    reasons,
    setReason: (key, reason) => setReasons((before) => ({ ...before, [key]: reason })),
    checked,
    setChecked: (on) => setCheckedKeys(on ? keys : ''),
    done: groups.length === 0 || checked,
    confirmed: groups.map(({ key, name }) => ({ ...name, reason: reasons[key] ?? '' })),
  };
}

type Props = { readonly confirming: Confirming; readonly onGoTo: () => void };

export function Confirmations({ confirming, onGoTo }: Props) {
  const { t } = useTranslation('checks');
  const { groups, checked, setChecked } = confirming;
  if (groups.length === 0) return null;
  return (
    <section className="readiness">
      <h2 className="section-title">{t('submit.confirm', { count: groups.length })}</h2>
      <p className="secondary">{t('submit.confirm.words')}</p>
      <ul>
        {groups.map((group) => (
          <Confirmation key={group.key} group={group} confirming={confirming} onGoTo={onGoTo} />
        ))}
      </ul>
      <Checkbox
        className="confirmations-checked"
        checked={checked}
        onChange={(event) => setChecked(event.target.checked)}
      >
        {t('submit.checked')}
      </Checkbox>
    </section>
  );
}

function Confirmation({ group, confirming, onGoTo }: Props & { readonly group: HitGroup }) {
  const { t } = useTranslation('checks');
  const words = useCheckWords();
  const { showPassage, scrollToSection, openRail } = useDocumentContext();
  const { first, key } = group;
  const { sectionKey, blockId, from, to, quote } = first;
  const go = () => {
    onGoTo();
    openRail('checks');
    if (sectionKey !== null && blockId !== null) showPassage({ sectionKey, blockId, from, to, quote });
    else if (sectionKey !== null) scrollToSection(sectionKey);
  };
  return (
    <li className="readiness-item confirmation" data-rule={first.rule}>
      <p className="hit-question">{words.question(first)}</p>
      {quote !== '' && (
        <button type="button" className="remark-quote" title={t('hit.goTo')} onClick={go}>
          {quote}
        </button>
      )}
      {quote === '' && sectionKey !== null && (
        <button type="button" className="hit-section" onClick={go}>
          {t('hit.goTo')}
        </button>
      )}
      <Input
        className="confirmation-reason"
        value={confirming.reasons[key] ?? ''}
        maxLength={longestReason}
        aria-label={`${t('submit.reason')}：${words.name(first.rule)}`}
        placeholder={t('submit.reason')}
        onChange={(event) => confirming.setReason(key, event.target.value)}
      />
    </li>
  );
}
