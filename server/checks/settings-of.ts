/** What a meeting has set for its checks, or the defaults. */
import { type CheckSettings, defaultSettings } from '../../shared/checks/settings.ts';
import type { MeetingId } from '../../shared/ids.ts';
import type { Records } from '../storage/storage.ts';

export async function loadSettings(records: Records, id: MeetingId): Promise<CheckSettings> {
  return (await records.check_settings.get(id))?.settings ?? defaultSettings;
}
