/** 单位: this unit and the units below it, as a tree; they are named and added, never removed. */
import { Alert, Button, Form, Input, Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Unit } from '../../shared/api/people.ts';
import { useCreateUnit, useRenameUnit } from '../api/mutations.ts';
import { useUnits } from '../api/queries.ts';
import { useSignedIn } from '../ui/me.ts';
import { Page } from '../ui/page.tsx';
import { useWords } from '../ui/use-words.ts';
import { Loaded } from '../ui/view-state.tsx';
import { NotForYou } from './accounts-page.tsx';
import { flattenUnits } from './unit-tree.ts';
import './admin.css';

type Opened =
  | { readonly dialog: 'none' }
  | { readonly dialog: 'add'; readonly unit: Unit }
  | { readonly dialog: 'rename'; readonly unit: Unit };

export function UnitsPage() {
  const { t } = useTranslation(['common', 'admin']);
  const { account } = useSignedIn();
  const units = useUnits();
  const [opened, setOpened] = useState<Opened>({ dialog: 'none' });
  if (!account.administrator) return <NotForYou />;
  return (
    <Page title={t('admin:units')} lead={t('admin:units.words')} width="narrow">
      <div className="sheet">
        <Loaded query={units}>
          {(known) => (
            <ul>
              {flattenUnits(known).map(({ unit, depth }) => (
                <li key={unit.id} className="unit-row" style={{ paddingLeft: 32 + depth * 28 }}>
                  <span className="unit-name" data-top={depth === 0}>
                    {unit.name}
                  </span>
                  <span className="row">
                    <Button
                      aria-label={`${t('admin:unit.rename')} ${unit.name}`}
                      onClick={() => setOpened({ dialog: 'rename', unit })}
                    >
                      {t('admin:unit.rename')}
                    </Button>
                    <Button
                      aria-label={`${t('admin:unit.add')} ${unit.name}`}
                      onClick={() => setOpened({ dialog: 'add', unit })}
                    >
                      {t('admin:unit.add')}
                    </Button>
                  </span>
                </li>
              ))}
            </ul>
          )}
        </Loaded>
      </div>
      {opened.dialog !== 'none' && (
        <UnitDialog
          key={`${opened.dialog} ${opened.unit.id}`}
          act={opened.dialog}
          unit={opened.unit}
          onClose={() => setOpened({ dialog: 'none' })}
        />
      )}
    </Page>
  );
}

function UnitDialog({
  act,
  unit,
  onClose,
}: {
  readonly act: 'add' | 'rename';
  readonly unit: Unit;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation(['common', 'admin']);
  const words = useWords();
  const [form] = Form.useForm<{ name: string }>();
  const create = useCreateUnit();
  const rename = useRenameUnit();
  const error = create.error ?? rename.error;

  function save({ name }: { name: string }): void {
    if (act === 'add') create.mutate({ name, parentId: unit.id }, { onSuccess: onClose });
    else rename.mutate({ id: unit.id, name }, { onSuccess: onClose });
  }

  return (
    <Modal
      open
      title={act === 'add' ? t('admin:unit.addBelow', { name: unit.name }) : t('admin:unit.rename')}
      okText={t('save')}
      cancelText={t('cancel')}
      confirmLoading={create.isPending || rename.isPending}
      onOk={form.submit}
      onCancel={onClose}
      width={480}
    >
      <Form form={form} layout="vertical" requiredMark={false} onFinish={save}>
        <Form.Item
          name="name"
          label={t('admin:unit.name')}
          extra={t('admin:unit.name.words')}
          initialValue={act === 'rename' ? unit.name : ''}
          rules={[{ required: true, whitespace: true, message: t('admin:unit.name.missing') }]}
        >
          <Input autoFocus maxLength={80} autoComplete="off" />
        </Form.Item>
        {error !== null && <Alert type="error" role="alert" title={words.error(error)} />}
      </Form>
    </Modal>
  );
}
