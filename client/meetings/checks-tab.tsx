/** 检查 of a meeting: each rule's weight and limits, and the word lists. What is not changed follows the defaults. */
import { Input, InputNumber, Select } from 'antd';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import type { Meeting } from '../../shared/api/meetings.ts';
import { type RuleId, severities } from '../../shared/checks/rule-ids.ts';
import { ruleOf } from '../../shared/checks/rules.ts';
import { type CheckSettings, type ThresholdName, threshold, thresholds } from '../../shared/checks/settings.ts';
import { useChangeCheckSettings, useCheckSettings } from '../api/checks.ts';
import { PlainTable } from '../ui/plain-table.tsx';
import { SaveRow } from '../ui/save-row.tsx';
import { UnsavedGuard } from '../ui/unsaved-guard.tsx';
import { useDraft } from '../ui/use-draft.ts';
import { Loaded } from '../ui/view-state.tsx';
import {
  type ListTexts,
  listTexts,
  offeredRules,
  plainLists,
  thresholdsOf,
  type Weight,
  weightOf,
  withTexts,
  withThreshold,
  withWeight,
  wrongLine,
} from './check-settings.ts';

export function ChecksTab({ meeting }: { readonly meeting: Meeting }) {
  const settings = useCheckSettings(meeting.id);
  return (
    <div className="sheet sheet-body">
      <Loaded query={settings}>{(saved) => <Settings meeting={meeting} saved={saved} />}</Loaded>
    </div>
  );
}

type Edited = { readonly settings: CheckSettings; readonly texts: ListTexts };

function Settings({ meeting, saved }: { readonly meeting: Meeting; readonly saved: CheckSettings }) {
  const { t } = useTranslation('checks');
  const { value, dirty, change, discard } = useDraft<Edited>({ settings: saved, texts: listTexts(saved) });
  const save = useChangeCheckSettings(meeting.id);
  const line = wrongLine(value.texts.replacements);
  return (
    <>
      <p className="part-words">{t('settings.words')}</p>
      <h2 className="section-title">{t('settings.rules')}</h2>
      <div className="bleed">
        <Rules settings={value.settings} onChange={(settings) => change({ ...value, settings })} />
      </div>
      <h2 className="section-title">{t('settings.lists')}</h2>
      <Lists texts={value.texts} onChange={(texts) => change({ ...value, texts })} />
      <SaveRow
        dirty={dirty}
        saving={save.isPending}
        error={save.error}
        invalid={line === undefined ? undefined : t('list.replacements.wrong', { line })}
        onSave={() => save.mutate(withTexts(value.settings, value.texts), { onSuccess: discard })}
        onDiscard={() => {
          discard();
          save.reset();
        }}
      />
      <UnsavedGuard dirty={dirty} />
    </>
  );
}

type RulesProps = { readonly settings: CheckSettings; readonly onChange: (settings: CheckSettings) => void };

function Rules({ settings, onChange }: RulesProps) {
  const { t } = useTranslation('checks');
  return (
    <PlainTable
      caption={t('settings.rules')}
      rows={offeredRules}
      rowKey={(id) => id}
      middle
      columns={[
        { key: 'rule', head: t('settings.rule'), names: true, cell: (id) => <RuleName id={id} /> },
        {
          key: 'thresholds',
          head: t('settings.thresholds'),
          cell: (id) =>
            thresholdsOf(id).map((name) => <Limit key={name} name={name} settings={settings} onChange={onChange} />),
        },
        {
          key: 'weight',
          head: t('settings.weight'),
          width: '17em',
          cell: (id) => (
            <WeightField
              id={id}
              value={weightOf(settings, id)}
              onChange={(weight) => onChange(withWeight(settings, id, weight))}
            />
          ),
        },
      ]}
    />
  );
}

function RuleName({ id }: { readonly id: RuleId }) {
  const { t } = useTranslation('checks');
  return (
    <>
      <span className="check-rule numbers">{id}</span>
      {t(`${id}.name`)}
    </>
  );
}

type LimitProps = RulesProps & { readonly name: ThresholdName };

function Limit({ name, settings, onChange }: LimitProps) {
  const { t } = useTranslation('checks');
  const id = useId();
  const { least, most } = thresholds[name];
  return (
    <p className="check-limit">
      <label htmlFor={id}>{t(`threshold.${name}`)}</label>
      <InputNumber
        id={id}
        size="small"
        min={least}
        max={most}
        precision={0}
        value={threshold(settings, name)}
        onChange={(value) => onChange(withThreshold(settings, name, value))}
      />
    </p>
  );
}

const weights: readonly Weight[] = ['off', ...[...severities].reverse()];

type WeightProps = { readonly id: RuleId; readonly value: Weight; readonly onChange: (weight: Weight) => void };

function WeightField({ id, value, onChange }: WeightProps) {
  const { t } = useTranslation('checks');
  const standard = ruleOf(id).severity;
  return (
    <Select
      className="check-weight"
      aria-label={t('settings.weightOf', { rule: t(`${id}.name`) })}
      value={value}
      onChange={onChange}
      options={weights.map((weight) => ({
        value: weight,
        label: t(`weight.${weight}`) + (weight === standard ? t('settings.standard') : ''),
      }))}
    />
  );
}

type ListsProps = { readonly texts: ListTexts; readonly onChange: (texts: ListTexts) => void };

function Lists({ texts, onChange }: ListsProps) {
  return (
    <div className="check-lists">
      {[...plainLists, 'replacements' as const].map((name) => (
        <ListField
          key={name}
          name={name}
          value={texts[name]}
          onChange={(text) => onChange({ ...texts, [name]: text })}
        />
      ))}
    </div>
  );
}

type ListProps = {
  readonly name: keyof ListTexts;
  readonly value: string;
  readonly onChange: (text: string) => void;
};

function ListField({ name, value, onChange }: ListProps) {
  const { t } = useTranslation('checks');
  const id = useId();
  return (
    <div className="check-list">
      <label htmlFor={id}>{t(`list.${name}`)}</label>
      <p className="secondary">{t(`list.${name}.words`)}</p>
      <Input.TextArea
        id={id}
        value={value}
        autoSize={{ minRows: 3, maxRows: 12 }}
        onChange={(event) => onChange(event.target.value)}
      />
    </div>
  );
}
