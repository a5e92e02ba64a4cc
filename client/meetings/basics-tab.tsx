/** 基本情况 of a meeting: title, days, place, theme, who reviews the leader, the team material's conditional sections. */
import { Form } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Meeting } from '../../shared/api/meetings.ts';
import type { Condition } from '../../shared/template/template.ts';
import { useChangeMeeting } from '../api/mutations.ts';
import { SaveRow } from '../ui/save-row.tsx';
import { UnsavedGuard } from '../ui/unsaved-guard.tsx';
import { useDraft } from '../ui/use-draft.ts';
import { ConditionsField } from './conditions-field.tsx';
import { type Basics, LeaderReviewField, MainFields, PresetFields } from './meeting-fields.tsx';

type Settings = Basics & { readonly teamConditions: Condition[] };

function settingsOf(meeting: Meeting): Settings {
  const { kind, title, year, theme, date, place, submitBy, leaderReview, teamConditions } = meeting;
  return { kind, title, year, theme, date, place, submitBy, leaderReview, teamConditions };
}

export function BasicsTab({ meeting }: { readonly meeting: Meeting }) {
  const { t } = useTranslation(['common', 'meetings']);
  const { value, dirty, change, discard } = useDraft(settingsOf(meeting));
  const save = useChangeMeeting(meeting.id);
  const put = (part: Partial<Settings>) => change({ ...value, ...part });
  return (
    <div className="sheet sheet-body">
      <Form layout="vertical" requiredMark={false} className="fields">
        <MainFields value={value} onChange={put} />
        <LeaderReviewField value={value} onChange={put} />
        <Form.Item label={t('meetings:field.teamConditions')} extra={t('meetings:teamConditions.words')}>
          <ConditionsField
            label={t('kind.team')}
            value={value.teamConditions}
            onChange={(teamConditions) => put({ teamConditions })}
          />
        </Form.Item>
        <PresetFields value={value} onChange={put} />
      </Form>
      <SaveRow
        dirty={dirty}
        saving={save.isPending}
        error={save.error}
        invalid={value.title.trim() === '' ? t('meetings:titleMissing') : undefined}
        onSave={() => save.mutate(value, { onSuccess: discard })}
        onDiscard={() => {
          discard();
          save.reset();
        }}
      />
      <UnsavedGuard dirty={dirty} />
    </div>
  );
}
