/** The settings of a meeting that are plain fields: shared by the new meeting and by the settings of an existing one. */
import { Form, Input, InputNumber, Radio, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { type LeaderReview, leaderReviews } from '../../shared/access/can.ts';
import { type MeetingKind, meetingKinds } from '../../shared/template/template.ts';
import { DayField } from '../ui/day-field.tsx';

export type Basics = {
  readonly kind: MeetingKind;
  readonly title: string;
  readonly year: number;
  readonly theme: string;
  readonly date: string | null;
  readonly place: string;
  readonly submitBy: string | null;
  readonly leaderReview: LeaderReview;
};

type Props = { readonly value: Basics; readonly onChange: (change: Partial<Basics>) => void };

/** Title, days, place: what every meeting is asked for. */
export function MainFields({ value, onChange }: Props) {
  const { t } = useTranslation(['common', 'meetings']);
  return (
    <>
      <Form.Item label={t('meetings:field.title')} htmlFor="meeting-title" required>
        <Input
          id="meeting-title"
          maxLength={120}
          value={value.title}
          onChange={(event) => onChange({ title: event.target.value })}
        />
      </Form.Item>
      <div className="fields-pair">
        <Form.Item label={t('meetings:field.date')} htmlFor="meeting-date" extra={t('meetings:date.words')}>
          <DayField id="meeting-date" value={value.date} onChange={(date) => onChange({ date })} />
        </Form.Item>
        <Form.Item label={t('meetings:field.submitBy')} htmlFor="meeting-due" extra={t('meetings:submitBy.words')}>
          <DayField id="meeting-due" value={value.submitBy} onChange={(submitBy) => onChange({ submitBy })} />
        </Form.Item>
      </div>
      <Form.Item label={t('meetings:field.place')} htmlFor="meeting-place">
        <Input
          id="meeting-place"
          maxLength={80}
          value={value.place}
          onChange={(event) => onChange({ place: event.target.value })}
        />
      </Form.Item>
    </>
  );
}

/** What the template presets and few change. */
export function PresetFields({ value, onChange }: Props) {
  const { t } = useTranslation(['common', 'meetings']);
  return (
    <>
      <Form.Item label={t('meetings:field.theme')} htmlFor="meeting-theme" extra={t('meetings:theme.words')}>
        <Input.TextArea
          id="meeting-theme"
          maxLength={400}
          autoSize={{ minRows: 2, maxRows: 6 }}
          value={value.theme}
          onChange={(event) => onChange({ theme: event.target.value })}
        />
      </Form.Item>
      <div className="fields-pair">
        <Form.Item label={t('meetings:field.kind')} htmlFor="meeting-kind">
          <Select
            id="meeting-kind"
            value={value.kind}
            onChange={(kind) => onChange({ kind })}
            options={meetingKinds.map((kind) => ({ value: kind, label: t(`meetingKind.${kind}`) }))}
          />
        </Form.Item>
        <Form.Item label={t('meetings:field.year')} htmlFor="meeting-year">
          <InputNumber
            id="meeting-year"
            min={2013}
            max={2100}
            precision={0}
            value={value.year}
            onChange={(year) => year !== null && onChange({ year })}
          />
        </Form.Item>
      </div>
    </>
  );
}

/** Who reviews the leader's own outline: the sources leave it open, so each meeting says it. */
export function LeaderReviewField({ value, onChange }: Props) {
  const { t } = useTranslation(['common', 'meetings']);
  return (
    <Form.Item label={t('meetings:field.leaderReview')} extra={t(`meetings:leaderReview.${value.leaderReview}.words`)}>
      <Radio.Group
        aria-label={t('meetings:field.leaderReview')}
        value={value.leaderReview}
        // antd's group hands back the value of one of its options.
        onChange={(event) => onChange({ leaderReview: event.target.value as LeaderReview })}
        options={leaderReviews.map((review) => ({ value: review, label: t(`meetings:leaderReview.${review}`) }))}
      />
    </Form.Item>
  );
}
