/** 未并入的文字: the author's words that the server did not take, until he has copied them and puts them away. */
import { Button, Modal } from 'antd';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { heading, type Section } from '../../shared/template/sections.ts';
import { type RescueEntry, rescuedText } from '../room/rescue.ts';
import { copyText } from '../ui/clipboard.ts';
import { useWords } from '../ui/use-words.ts';
import { sectionName } from './section-name.ts';
import { useScrollTo } from './use-scroll-to.ts';

/** Codes of an entry that say more than that the server did not take it. */
const explained = ['read_only', 'diverged', '4403', '4404'] as const;

type Props = {
  readonly tray: readonly RescueEntry[];
  readonly sections: readonly Section[];
  readonly onDismiss: (id: string) => void;
};

export function RescueTray({ tray, sections, onDismiss }: Props) {
  const { t } = useTranslation('editor');
  const nameOf = (key: string): string => {
    const section = sections.find((candidate) => candidate.key === key);
    if (section === undefined) return '';
    if (section.level > 0) return heading(section);
    return sectionName(section, sections, { opening: t('sections.opening'), closing: t('sections.closing') });
  };
  const place = useRef<HTMLElement>(null);
  useScrollTo(place, tray.length);
  if (tray.length === 0) return null;
  return (
    <section className="rescue" aria-label={t('rescue.title')} ref={place}>
      <h2 className="section-title">{t('rescue.title')}</h2>
      {tray.map((entry) => (
        <Entry key={entry.id} entry={entry} nameOf={nameOf} onDismiss={() => onDismiss(entry.id)} />
      ))}
    </section>
  );
}

type EntryProps = {
  readonly entry: RescueEntry;
  readonly nameOf: (key: string) => string;
  readonly onDismiss: () => void;
};

function Entry({ entry, nameOf, onDismiss }: EntryProps) {
  const { t } = useTranslation('editor');
  const words = useWords();
  const [copied, setCopied] = useState<boolean | null>(null);
  const [asking, setAsking] = useState(false);
  return (
    <div className="rescue-entry">
      <p className="secondary">
        {t('rescue.words', { time: words.moment(new Date(entry.at).toISOString()) })}
        {t(`rescue.why.${explained.find((code) => code === entry.code) ?? 'other'}`)}
      </p>
      {entry.sections.map((section) => (
        <div key={section.key}>
          <h3 className="rescue-heading">{nameOf(section.key)}</h3>
          {section.paragraphs.map((paragraph, index) => (
            // Paragraphs have no names of their own and never change places here.
            // biome-ignore lint/suspicious/noArrayIndexKey: see above
            <p key={index} className="rescue-words" lang="zh-CN">
              {paragraph}
            </p>
          ))}
        </div>
      ))}
      <div className="row">
        <Button type="primary" onClick={() => void copyText(rescuedText(entry, nameOf)).then(setCopied)}>
          {copied === true ? t('rescue.copied') : t('rescue.copy')}
        </Button>
        <Button onClick={() => setAsking(true)}>{t('rescue.dismiss')}</Button>
        {copied === false && <span role="alert">{t('rescue.copyFailed')}</span>}
      </div>
      {asking && (
        <Modal
          open
          title={t('rescue.dismiss.title')}
          onCancel={() => setAsking(false)}
          footer={[
            <Button key="go" onClick={onDismiss}>
              {t('rescue.dismiss.confirm')}
            </Button>,
            <Button key="keep" type="primary" autoFocus onClick={() => setAsking(false)}>
              {t('rescue.dismiss.keep')}
            </Button>,
          ]}
        >
          <p>{t('rescue.dismiss.words')}</p>
        </Modal>
      )}
    </div>
  );
}
