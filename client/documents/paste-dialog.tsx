/** A whole document was pasted: put its paragraphs under their headings, or all of it here? */
import { Button, Modal } from 'antd';
import { useTranslation } from 'react-i18next';
import { heading, type Section } from '../../shared/template/sections.ts';
import type { PasteOffer } from '../editor/pasting.ts';
import { useWords } from '../ui/use-words.ts';
import { sectionName } from './section-name.ts';

type Props = { readonly offer: PasteOffer; readonly sections: readonly Section[]; readonly onClose: () => void };

export function PasteDialog({ offer, sections, onClose }: Props) {
  const { t } = useTranslation('editor');
  const words = useWords();
  const { distribution, occupied } = offer;
  const nameOf = (key: string): string => {
    const section = sections.find((candidate) => candidate.key === key);
    if (section === undefined) return key;
    if (section.level > 0) return heading(section);
    return sectionName(section, sections, { opening: t('sections.opening'), closing: t('sections.closing') });
  };
  // The act moves the caret, which a dialog on the page would take back: it waits until the dialog is gone.
  const then = (act: () => void) => () => {
    onClose();
    setTimeout(act);
  };
  return (
    <Modal
      open
      title={t('offer.title')}
      onCancel={then(offer.back)}
      width={600}
      footer={[
        <Button key="cancel" type="text" onClick={then(offer.back)}>
          {t('offer.cancel')}
        </Button>,
        <Button key="here" onClick={then(offer.here)}>
          {t('offer.here')}
        </Button>,
        <Button key="spread" type="primary" autoFocus onClick={then(offer.spread)}>
          {t('offer.spread')}
        </Button>,
      ]}
    >
      <p>{t('offer.words', { count: distribution.headings })}</p>
      <ul className="offer-parts">
        {distribution.parts.map(({ key, blocks }) => (
          <li key={key}>{t('offer.part', { heading: nameOf(key), count: blocks.length })}</li>
        ))}
      </ul>
      {distribution.frontLines.length > 0 && <p>{t('offer.front', { count: distribution.frontLines.length })}</p>}
      {occupied.length > 0 && <p>{t('offer.occupied', { list: words.list(occupied.map(nameOf)) })}</p>}
      {distribution.unknownHeadings.length > 0 && (
        <p>{t('offer.unknown', { list: words.list(distribution.unknownHeadings) })}</p>
      )}
    </Modal>
  );
}
