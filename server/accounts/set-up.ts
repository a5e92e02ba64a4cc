/**
 * The first run: the unit, its first administrator and, when wished, its first meeting. Guarded by a one-time code that
 * only who sees the console knows; over for good as soon as there is anybody.
 */
import { createHash, timingSafeEqual } from 'node:crypto';
import { type Refusal, refusal } from '../../shared/api/errors.ts';
import type { SetupBody } from '../../shared/api/people.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { recordAudit } from '../audit/record-audit.ts';
import { instant } from '../clock.ts';
import type { Records } from '../storage/storage.ts';
import type { Row } from '../storage/tables.ts';
import { writePerson } from './create-account.ts';
import { checkPassword } from './passwords.ts';
import { type AccountTools, transactOrRefuse } from './tools.ts';

/** Makes the first meeting, in which nobody takes part yet. */
export type CreateFirstMeeting = (
  administrator: Row<'person'>,
  meeting: NonNullable<SetupBody['meeting']>,
) => Promise<Result<unknown, Refusal>>;

/** Whether nobody has an account yet. */
export async function isSetupNeeded(records: Records): Promise<boolean> {
  return (await records.person.find({}, { by: 'id', limit: 1 })).length === 0;
}

/** `code` is the one printed on the console; undefined when the start found the product set up. */
export async function setUp(
  tools: AccountTools,
  code: string | undefined,
  body: SetupBody,
  createFirstMeeting: CreateFirstMeeting,
): Promise<Result<undefined, Refusal>> {
  const { storage, identity } = tools;
  if (code === undefined || !(await isSetupNeeded(storage.records))) return err(done());
  if (!isSameCode(code, body.code)) return err(refusal('setup_code_wrong', 'the one-time code is wrong'));
  const weak = checkPassword(body.administrator.password);
  if (weak !== undefined) return err(weak);
  if (body.meeting !== undefined && !(await isTemplate(storage.records, body.meeting.templateId))) {
    return err(refusal('not_found', 'no such template'));
  }
  const hash = await identity.hash(body.administrator.password);
  const begun = await transactOrRefuse(storage, async (records) => {
    if (!(await isSetupNeeded(records))) return err(done());
    return ok(await writeFoundation(tools, records, body, hash));
  });
  if (!begun.ok) return begun;
  if (body.meeting === undefined) return ok(undefined);
  const meeting = await createFirstMeeting(begun.value, body.meeting);
  return meeting.ok ? ok(undefined) : meeting;
}

async function writeFoundation(
  tools: AccountTools,
  records: Records,
  { unitName, administrator }: SetupBody,
  hash: string,
): Promise<Row<'person'>> {
  const unitId = tools.newId('unit');
  await records.unit.insert({ id: unitId, name: unitName, parentId: null, createdAt: instant(tools.clock) });
  const person = await writePerson(
    tools,
    records,
    {
      username: tools.identity.normalize(administrator.username),
      name: administrator.name,
      duty: '',
      unitId,
      position: 'office',
      administrator: true,
      mustChangePassword: false,
    },
    hash,
  );
  const facts = { username: person.username };
  await recordAudit(records, { act: 'setup', actor: person, subject: unitName, facts }, tools);
  return person;
}

function done(): Refusal {
  return refusal('setup_done', 'the product is set up already');
}

/** In constant time, and whatever the length; case and spaces of the typed code do not matter. */
function isSameCode(expected: string, given: string): boolean {
  const digest = (code: string) => createHash('sha256').update(code.replaceAll(/\s/g, '').toUpperCase()).digest();
  return timingSafeEqual(digest(expected), digest(given));
}

async function isTemplate(records: Records, templateId: string): Promise<boolean> {
  return (await records.template.find({})).some(({ template }) => template.id === templateId);
}
