/** The ? sheet: every key of the product's pages. Placed on a page it listens for ?; `button` adds a place for the mouse. */
import { Button, Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { sheet } from './key-sheet.ts';
import './review.css';
import { useKeys } from './use-keys.ts';

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
