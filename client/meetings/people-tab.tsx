/** 参会人员 of a meeting: roles, who drafts the team material, which conditional sections each outline has. */
import { useTranslation } from 'react-i18next';
import type { Meeting } from '../../shared/api/meetings.ts';
import { useChangeMeeting } from '../api/mutations.ts';
import { usePeople } from '../api/queries.ts';
import { SaveRow } from '../ui/save-row.tsx';
import { UnsavedGuard } from '../ui/unsaved-guard.tsx';
import { useDraft } from '../ui/use-draft.ts';
import { Loaded } from '../ui/view-state.tsx';
import { bodiesOf, facesOf, leaderCount, seatsOf } from './participants.ts';
import { ParticipantsField } from './participants-field.tsx';

export function PeopleTab({ meeting }: { readonly meeting: Meeting }) {
  const { t } = useTranslation(['common', 'meetings']);
  const people = usePeople();
  const { value, dirty, change, discard } = useDraft(seatsOf(meeting.participants));
  const save = useChangeMeeting(meeting.id);
  return (
    <div className="sheet sheet-body">
      <p className="part-words">{t('meetings:people.words')}</p>
      <Loaded query={people}>
        {(all) => (
          <ParticipantsField
            people={all}
            faces={facesOf(all, meeting.participants)}
            value={value}
            onChange={change}
            detailed
          />
        )}
      </Loaded>
      <SaveRow
        dirty={dirty}
        saving={save.isPending}
        error={save.error}
        invalid={leaderCount(value) === 1 ? undefined : t('meetings:oneLeader')}
        onSave={() => save.mutate({ participants: bodiesOf(value) }, { onSuccess: discard })}
        onDiscard={() => {
          discard();
          save.reset();
        }}
      />
      <UnsavedGuard dirty={dirty} />
    </div>
  );
}
