import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSqliteStorage } from '../../server/storage/sqlite/storage.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { storageContract } from './storage-contract.ts';

storageContract('SQLite', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'duizhao-store-'));
  const clock = new FakeClock();
  return {
    open: () => openSqliteStorage({ path: join(directory, 'duizhao.db'), clock }),
    remove: () => rm(directory, { recursive: true }),
  };
});
