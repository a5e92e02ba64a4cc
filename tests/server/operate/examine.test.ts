/** What a backup is examined for: the texts of documents, and those of proposals. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { writeBackup } from '../../../server/operate/backup.ts';
import { examine } from '../../../server/operate/examine.ts';
import { createEmpty } from '../../../server/operate/files.ts';
import { difference, type Manifest } from '../../../server/operate/manifest.ts';
import { placeBackup, rehearse } from '../../../server/operate/restore.ts';
import { openDatabase } from '../../../server/storage/sqlite/database.ts';
import { sealSnapshot, takeSnapshot } from '../../../server/storage/sqlite/snapshot.ts';
import { openSqliteStorage } from '../../../server/storage/sqlite/storage.ts';
import { proposalAnswer } from '../../../shared/api/proposals.ts';
import type { ProposalId } from '../../../shared/ids.ts';
import { OfficePage } from '../../support/office-page.ts';
import { OfficeWorld } from '../../support/office-world.ts';

let directory: string;
let backup: string;
let world: OfficeWorld;
let proposal: ProposalId;

/** A member has submitted his outline, and the leader has begun to change it. */
beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'duizhao-examine-'));
  backup = join(directory, 'good.backup');
  const source = join(directory, 'duizhao.db');
  world = await OfficeWorld.open({}, source);
  const outline = await world.documentOf((await world.meet()).id, 'lisi');
  const author = await OfficePage.open(world, 'lisi', outline);
  author.type('我抓工程质量有偏差。');
  await author.stored();
  await world.act('lisi', 'POST', `/api/documents/${outline}/submit`);
  const begun = proposalAnswer.parse(await world.act('zhangsan', 'POST', `/api/documents/${outline}/proposals`));
  proposal = begun.proposal.id;
  const reviewer = await OfficePage.open(world, 'zhangsan', proposal);
  reviewer.type('三份协议没有送审。');
  await reviewer.stored();
  await writeBackup(source, backup, world.clock);
});
afterAll(async () => {
  await world.close();
  rmSync(directory, { recursive: true });
});

describe('a backup', () => {
  test('names the text of every proposal, and the drill opens it', async () => {
    const { proposals, documents } = await rehearse(backup, join(directory, 'rehearsal'));
    expect(proposals).toMatchObject([{ id: proposal, seq: 2 }]);
    expect(documents.length).toBeGreaterThan(1);
  });

  test('whose proposal has lost its journal is no backup', async () => {
    const path = join(directory, 'lost.db');
    placeBackup(backup, path);
    // Opening brings what waited in the tail to the journal.
    await (await openSqliteStorage({ path, clock: world.clock })).close();
    const database = openDatabase(path);
    for (const table of ['journal', 'checkpoint']) {
      database.prepare(`delete from ${table} where documentId = ?`).run(proposal);
    }
    database.close();
    await expect(examine(path)).rejects.toThrow(proposal);
  });

  test('whose proposal says something else is not what was backed up', async () => {
    const path = join(directory, 'same.db');
    const manifest = placeBackup(backup, path);
    const examined = await examine(path);
    expect(difference(manifest, examined)).toBeUndefined();
    const [text] = manifest.proposals;
    if (text === undefined) throw new Error('no proposal');
    const other: Manifest = { ...manifest, proposals: [{ ...text, sha256: '0'.repeat(64) }] };
    expect(difference(other, examined)).toBe(`the text of ${proposal} is not as it was`);
    expect(difference({ ...manifest, proposals: [] }, examined)).toBe('it holds 1 proposals, not 0');
    const longer: Manifest = { ...manifest, proposals: [{ ...text, seq: text.seq + 1 }] };
    expect(difference(longer, examined)).toBe(`the text of ${proposal} is not as it was`);
    expect(difference({ ...manifest, documents: [] }, examined)).toMatch(/^it holds \d+ documents, not 0$/);
    const { auditEntries } = manifest;
    expect(difference({ ...manifest, auditEntries: auditEntries - 1 }, examined)).toBe(
      `its audit log has ${auditEntries} entries, not ${auditEntries - 1}`,
    );
  });

  test('that does not hold what it says of itself does not pass the rehearsal', async () => {
    const manifest = placeBackup(backup, join(directory, 'said.db'));
    const path = join(directory, 'said.backup');
    createEmpty(path);
    takeSnapshot(join(directory, 'said.db'), path);
    sealSnapshot(path, JSON.stringify({ ...manifest, proposals: [] }));
    await expect(rehearse(path, join(directory, 'said'))).rejects.toThrow('it holds 1 proposals, not 0');
  });

  test('that has lost an entry of the audit log is no backup', async () => {
    const path = join(directory, 'unaudited.db');
    placeBackup(backup, path);
    await (await openSqliteStorage({ path, clock: world.clock })).close();
    const database = openDatabase(path);
    database.exec('delete from audit where seq = 1');
    database.close();
    await expect(examine(path)).rejects.toThrow('its audit log is broken from entry 1 on');
  });
});
