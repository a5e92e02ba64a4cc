/** The ? sheet: every key of the product's pages. Placed on a page it listens for ?; `button` adds a place for the mouse. */
import { Button, Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import './review.css';
import { useKeys } from './use-keys.ts';

const sheet = [
  {
    group: 'keys.group.queue',
    rows: [
      ['J / K', 'keys.queueMove'],
      ['Enter', 'keys.queueOpen'],
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
      ['N / P', 'keys.remarkMove'],
      ['C', 'keys.compare'],
      ['Space ← → ↑ ↓', 'keys.replay'],
      ['R', 'keys.return'],
      ['A', 'keys.approve'],
      ['J / K', 'keys.documentMove'],
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
  const { t } = useTranslation('review');
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
      <Modal open={open} title={t('keys.title')} footer={null} width={640} onCancel={() => setOpen(false)}>
        <div className="key-sheet">
          {sheet.map(({ group, rows }) => (
            <section key={group}>
              <h2 className="section-title">{t(group)}</h2>
              <dl>
                {rows.map(([keys, words]) => (
                  <div key={words}>
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
