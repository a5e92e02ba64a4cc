/** One question: what is asked, about which words, where it comes from; and the way to keep the words and say why. */
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Dismissal } from '../../shared/api/checks.ts';
import { type Hit, isPrivate } from '../../shared/checks/check.ts';
import { heading } from '../../shared/template/sections.ts';
import { useDismiss } from '../api/checks.ts';
import { useDocumentContext } from '../documents/document-context.ts';
import { WordsForm } from '../review/words-form.tsx';
import { useWords } from '../ui/use-words.ts';
import type { HitGroup } from './hit-groups.ts';
import { isMendable, mend } from './mending.ts';
import { useCheckWords } from './use-check-words.ts';

/** Within this time what has been typed is usually in the database; before, the server does not know the words asked about. */
const storedWithinMs = 4000;

export function HitCard({ group, mayDismiss }: { readonly group: HitGroup; readonly mayDismiss: boolean }) {
  const { t } = useTranslation('checks');
  const words = useCheckWords();
  const { first, hits, dismissal } = group;
  return (
    <li className="hit" data-severity={first.severity} data-rule={first.rule}>
      <p className="hit-question">{words.question(first)}</p>
      {hits.map((hit) => (
        <Place key={`${hit.from} ${hit.to}`} hit={hit} />
      ))}
      <p className="hit-source">
        <span className="hit-rule numbers">{first.rule}</span>
        {t('hit.source', { source: words.source(first.rule) })}
      </p>
      {dismissal !== undefined && <Said dismissal={dismissal} />}
      {mayDismiss && first.severity !== 'block' && <Acts group={group} />}
    </li>
  );
}

/** The words asked about; a click shows them in the text. A question about a section leads to the section. */
function Place({ hit }: { readonly hit: Hit }) {
  const { t } = useTranslation('checks');
  const { document, showPassage, scrollToSection } = useDocumentContext();
  const { sectionKey, blockId, from, to, quote } = hit;
  if (sectionKey === null) return quote === '' ? null : <p className="hit-quote">{quote}</p>;
  if (blockId !== null) {
    return (
      <button
        type="button"
        className="remark-quote"
        title={t('hit.goTo')}
        onClick={() => showPassage({ sectionKey, blockId, from, to, quote })}
      >
        {quote}
      </button>
    );
  }
  const section = document.sections.find(({ key }) => key === sectionKey);
  if (section === undefined || section.title === '') return null;
  return (
    <button type="button" className="hit-section" onClick={() => scrollToSection(sectionKey)}>
      {t('hit.section', { heading: heading(section) })}
    </button>
  );
}

function Said({ dismissal: { confirmed, reason, by } }: { readonly dismissal: Dismissal }) {
  const { t } = useTranslation('checks');
  const facts = { name: by, reason };
  const said = !confirmed
    ? t('dismissed.reason', facts)
    : reason === ''
      ? t('dismissed.confirmed', facts)
      : t('dismissed.confirmed.reason', facts);
  return <p className="hit-said">{said}</p>;
}

function Acts({ group: { key, name, first, hits, dismissal } }: { readonly group: HitGroup }) {
  const { t } = useTranslation('checks');
  const { document, desk, whenStored } = useDocumentContext();
  const dismiss = useDismiss(document.id);
  const words = useWords();
  const [open, setOpen] = useState(false);
  const send = async (reason: string | null) => {
    await whenStored(storedWithinMs);
    await dismiss.mutateAsync({ ...name, reason });
  };
  if (dismissal !== undefined) {
    return (
      <div className="hit-acts">
        <Button size="small" type="text" loading={dismiss.isPending} onClick={() => void send(null)}>
          {t('dismiss.undo')}
        </Button>
        {dismiss.isError && (
          <p className="remark-error" role="alert">
            {words.error(dismiss.error)}
          </p>
        )}
      </div>
    );
  }
  if (!open) {
    const mendable = hits.some(isMendable);
    return (
      <div className="hit-acts">
        {mendable && desk !== null && (
          <Button size="small" type="text" title={t('mend.words')} onClick={() => mend(desk, hits)}>
            {t('mend')}
          </Button>
        )}
        <Button size="small" type="text" onClick={() => setOpen(true)}>
          {t('dismiss')}
        </Button>
      </div>
    );
  }
  return (
    <WordsForm
      kind={`check.${key}`}
      label={t(isPrivate(first.severity) ? 'dismiss.label.private' : 'dismiss.label')}
      confirm={t('dismiss.save')}
      required
      onSend={(reason) => send(reason.trim())}
      onClose={() => setOpen(false)}
    />
  );
}
