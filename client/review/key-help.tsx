/** The ? sheet: every key of the product's pages. Placed on a page it listens for ?; `button` adds a place for the mouse. */
import { Button, Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { sheet } from './key-sheet.ts';
import './review.css';
import { useKeys } from './use-keys.ts';

const sheet = [
  {
    group: 'keys.group.queue',
    rows: [
      ['J / K', 'keys.queueMove'],
      ['Enter', 'keys.queueOpen'],
      ['S', 'desk:keys.beside'],
      ['B', 'desk:keys.phrases'],
    ],
  },
  {
    group: 'keys.group.write',
    rows: [
      ['Ctrl + F', 'keys.find'],
      ['Ctrl + B', 'keys.strong'],
      ['Ctrl + Z / Y', 'keys.undo'],
      ['↑ ↓ / Tab', 'keys.sections'],
    ],
  },
  {
    group: 'keys.group.dialog',
    rows: [
      ['Ctrl + Enter', 'keys.send'],
      ['Enter', 'keys.confirm'],
    ],
  },
  {
    group: 'keys.group.review',
    rows: [
      ['Tab, Shift + ← →', 'keys.select'],
      ['Alt + M', 'keys.remark'],
      ['1 – 9', 'desk:keys.phrase'],
      ['Alt + 1 – 9', 'desk:keys.phraseInto'],
      ['N / P', 'desk:keys.walk'],
      ['Y / X', 'desk:keys.fate'],
      ['C', 'keys.compare'],
      ['D', 'desk:keys.columns'],
      ['E / Alt + E', 'proposals:keys.propose'],
      ['Space ← → ↑ ↓', 'keys.replay'],
      ['R', 'keys.return'],
      ['A', 'keys.approve'],
      ['U', 'desk:keys.undo'],
      ['J / K', 'keys.documentMove'],
      ['S', 'desk:keys.beside'],
      ['L', 'desk:keys.large'],
    ],
  },
  {
    group: 'desk:keys.group.beside',
    rows: [
      ['N / P', 'desk:keys.section'],
      ['← →', 'desk:keys.members'],
      ['2 – 4', 'desk:keys.count'],
    ],
  },
  {
    group: 'keys.group.everywhere',
    rows: [
      ['?', 'keys.help'],
      ['Esc', 'keys.back'],
    ],
  },
] as const;
export function KeyHelp({ button = false }: { readonly button?: boolean }) {
  const { t } = useTranslation(['review', 'proposals', 'desk']);
  const [open, setOpen] = useState(false);
  const show = () => {
    setOpen(true);
    return true;
  };
  useKeys({ '?': show, '？': show });
  return (
    <>
      {button && (
        <Button type="text" onClick={show}>
          {t('keys.open')}
        </Button>
      )}
      <Modal open={open} title={t('keys.title')} footer={null} width={980} onCancel={() => setOpen(false)}>
        <div className="key-sheet">
          {sheet.map(({ group, rows }) => (
            <section key={group}>
              <h2 className="section-title">{t(group)}</h2>
              <dl>
                {rows.map(([keys, words]) => (
                  <div key={keys + words}>
                    <dt>
                      <kbd>{keys}</kbd>
                    </dt>
                    <dd>{t(words)}</dd>
                  </div>
                ))}
              </dl>
            </section>
          ))}
        </div>
      </Modal>
    </>
  );
}
