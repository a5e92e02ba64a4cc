/** What a meeting has set for its checks. Who manages the meeting reads and changes it. */
import { type Refusal, refusal } from '../../shared/api/errors.ts';
import { type CheckSettings, settingsDigest } from '../../shared/checks/settings.ts';
import type { MeetingId } from '../../shared/ids.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { instant } from '../clock.ts';
import { type MeetingFacts, mayManage, type Person } from '../meetings/meeting-facts.ts';
import { enterMeeting } from '../meetings/view-meeting.ts';
import type { Records } from '../storage/storage.ts';
import type { UseCases } from '../use-cases.ts';
import { loadSettings } from './settings-of.ts';

export type SettingsView = { readonly settings: CheckSettings; readonly digest: string };

export async function viewSettings(
  records: Records,
  person: Person,
  id: MeetingId,
): Promise<Result<SettingsView, Refusal>> {
  const meeting = await manage(records, person, id);
  if (!meeting.ok) return meeting;
  return ok(describe(await loadSettings(records, id)));
}

export async function changeSettings(
  tools: UseCases,
  person: Person,
  id: MeetingId,
  settings: CheckSettings,
): Promise<Result<SettingsView, Refusal>> {
  const written = await tools.storage.transact(async (records): Promise<Result<undefined, Refusal>> => {
    const meeting = await manage(records, person, id);
    if (!meeting.ok) return meeting;
    const row = { settings, by: person.id, at: instant(tools.clock) };
    if (!(await records.check_settings.update(id, row))) await records.check_settings.insert({ id, ...row });
    const facts = { changed: Object.keys(settings.rules).length };
    await tools.record(records, { act: 'checks_changed', actor: person, subject: meeting.value.row.title, facts });
    return ok(undefined);
  });
  if (!written.ok) return written;
  await tell(tools, id);
  return ok(describe(settings));
}

async function manage(records: Records, person: Person, id: MeetingId): Promise<Result<MeetingFacts, Refusal>> {
  const meeting = await enterMeeting(records, person, id);
  if (!meeting.ok || mayManage(meeting.value, person)) return meeting;
  return err(refusal('forbidden', 'the leader and the office of a meeting manage it'));
}

function describe(settings: CheckSettings): SettingsView {
  return { settings, digest: settingsDigest(settings) };
}

/** Open texts are asked anew. */
async function tell({ storage, rooms, changes }: UseCases, meetingId: MeetingId): Promise<void> {
  for (const { id } of await storage.records.document.find({ meetingId })) rooms.announce(id, 'meeting', meetingId);
  changes.publish({ topic: 'meeting', id: meetingId, meetingId, documentId: undefined });
}
