/** A new meeting: the template first, which fills in most of the rest; then days and people. */
import { Alert, Button, Form, Radio } from 'antd';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import type { Me, Person } from '../../shared/api/people.ts';
import type { Template } from '../../shared/template/template.ts';
import { useCreateMeeting } from '../api/mutations.ts';
import { usePeople, useTemplates } from '../api/queries.ts';
import { useSignedIn } from '../ui/me.ts';
import { Page } from '../ui/page.tsx';
import { UnsavedGuard } from '../ui/unsaved-guard.tsx';
import { useWords } from '../ui/use-words.ts';
import { Loaded, Nothing } from '../ui/view-state.tsx';
import { type Basics, LeaderReviewField, MainFields, PresetFields } from './meeting-fields.tsx';
import { bodiesOf, everybodyOf, facesOf, leaderCount, type Seat } from './participants.ts';
import { ParticipantsField } from './participants-field.tsx';
import { basicsFrom } from './preset.ts';
import './meetings.css';

export function NewMeetingPage() {
  const { t } = useTranslation(['common', 'meetings']);
  const me = useSignedIn();
  const templates = useTemplates();
  const people = usePeople();
  return (
    <Page title={t('meetings:create')} lead={t('meetings:create.words')}>
      <div className="sheet">
        {me.mayCreateMeetings ? (
          <Loaded query={templates}>
            {(offered) => (
              <Loaded query={people}>{(all) => <NewMeetingForm me={me} templates={offered} people={all} />}</Loaded>
            )}
          </Loaded>
        ) : (
          <Nothing title={t('meetings:create.notYou')} />
        )}
      </div>
    </Page>
  );
}

function NewMeetingForm({
  me,
  templates,
  people,
}: {
  readonly me: Me;
  readonly templates: readonly Template[];
  readonly people: readonly Person[];
}) {
  const { t } = useTranslation(['common', 'meetings']);
  const words = useWords();
  const navigate = useNavigate();
  const create = useCreateMeeting();
  const [templateId, setTemplateId] = useState<string | null>(null);
  const [basics, setBasics] = useState<Basics | null>(null);
  const [seats, setSeats] = useState<readonly Seat[]>(() => everybodyOf(me.unit.id, people));
  const created = useRef(false);
  const change = (part: Partial<Basics>) => setBasics((known) => (known === null ? null : { ...known, ...part }));

  function choose(id: string): void {
    const template = templates.find((candidate) => candidate.id === id);
    if (template === undefined) return;
    setTemplateId(id);
    setBasics((known) => basicsFrom(template, known ?? undefined));
  }

  function save(): void {
    if (templateId === null || basics === null) return;
    create.mutate(
      { templateId, ...basics, participants: bodiesOf(seats) },
      {
        onSuccess: ({ meeting }) => {
          created.current = true;
          void navigate(`/meetings/${meeting.id}`);
        },
      },
    );
  }

  const oneLeader = leaderCount(seats) === 1;
  return (
    <Form layout="vertical" requiredMark={false} className="sheet-body" onFinish={save}>
      <h2 className="part-title" id="choose-template">
        {t('meetings:new.template')}
      </h2>
      <p className="part-words">{t('meetings:new.template.words')}</p>
      <Radio.Group
        className="template-choice"
        aria-labelledby="choose-template"
        value={templateId}
        // antd's group hands back the value of one of its options.
        onChange={(event) => choose(event.target.value as string)}
      >
        {templates.map((template) => (
          <Radio key={template.id} className="template-option" value={template.id}>
            <span className="template-year">{template.year}</span>
            {template.name}
            <span className="template-note">{t('meetings:new.aspects', { count: template.aspects.length })}</span>
          </Radio>
        ))}
      </Radio.Group>
      {basics !== null && (
        <>
          <h2 className="part-title">{t('meetings:new.basics')}</h2>
          <div className="fields">
            <MainFields value={basics} onChange={change} />
          </div>
          <h2 className="part-title">{t('meetings:participants')}</h2>
          <p className="part-words">{t('meetings:new.participants.words')}</p>
          <ParticipantsField
            people={people}
            faces={facesOf(people, [])}
            value={seats}
            onChange={setSeats}
            detailed={false}
          />
          <div className="fields part-title">
            <LeaderReviewField value={basics} onChange={change} />
            <PresetFields value={basics} onChange={change} />
          </div>
          {create.isError && <Alert type="error" role="alert" title={words.error(create.error)} />}
          <div className="save-row">
            <Button
              type="primary"
              htmlType="submit"
              size="large"
              loading={create.isPending}
              disabled={!oneLeader || basics.title.trim() === ''}
            >
              {t('meetings:create')}
            </Button>
            {!oneLeader && <span className="save-row-invalid">{t('meetings:oneLeader')}</span>}
          </div>
          <UnsavedGuard dirty released={created} />
        </>
      )}
    </Form>
  );
}
