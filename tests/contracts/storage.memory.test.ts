import { MemoryDatabase } from '../../server/storage/memory/database.ts';
import { createMemoryStorage } from '../../server/storage/memory/storage.ts';
import { storageContract } from './storage-contract.ts';

storageContract('the memory store', async () => {
  const database = new MemoryDatabase();
  return { open: async () => createMemoryStorage(database), remove: async () => undefined };
});
