import { isAbsolute, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readConfig } from '../../server/config.ts';

function config(environment: Record<string, string>) {
  const result = readConfig(environment);
  if (!result.ok) throw new Error(result.error.join('\n'));
  return result.value;
}

describe('the configuration', () => {
  test('needs no variable at all', () => {
    expect(config({})).toEqual({
      port: 8000,
      host: '0.0.0.0',
      dataDir: resolve('data'),
      publicUrl: undefined,
      trustProxy: false,
      logLevel: 'info',
      fontsDir: undefined,
      sessionHours: 12,
      metricsToken: undefined,
      backupDir: undefined,
      backupKeep: 14,
    });
  });

  test('takes every variable, trims it, and makes directories absolute', () => {
    const all = config({
      PORT: ' 0 ',
      HOST: '127.0.0.1',
      DATA_DIR: 'elsewhere',
      PUBLIC_URL: 'https://duizhao.example:8443/',
      TRUST_PROXY: 'Yes',
      LOG_LEVEL: 'silent',
      FONTS_DIR: 'my-fonts',
      SESSION_HOURS: '1',
      METRICS_TOKEN: 'long-enough-to-guess',
      BACKUP_DIR: 'backups',
      BACKUP_KEEP: '3',
    });
    expect(all).toMatchObject({
      port: 0,
      host: '127.0.0.1',
      publicUrl: 'https://duizhao.example:8443',
      trustProxy: true,
      logLevel: 'silent',
      sessionHours: 1,
      metricsToken: 'long-enough-to-guess',
      backupKeep: 3,
    });
    expect([all.dataDir, all.fontsDir ?? '', all.backupDir ?? ''].map(isAbsolute)).toEqual([true, true, true]);
  });

  test('takes an empty value for no value', () => {
    expect(config({ PORT: '', FONTS_DIR: '  ' })).toEqual(config({}));
  });

  test.each([
    ['PORT', '65536'],
    ['PORT', '-1'],
    ['PORT', '80a'],
    ['PORT', '1e3'],
    ['HOST', 'two words'],
    ['PUBLIC_URL', 'duizhao.example'],
    ['PUBLIC_URL', 'ftp://duizhao.example'],
    ['PUBLIC_URL', 'https://duizhao.example/below'],
    ['TRUST_PROXY', 'perhaps'],
    ['LOG_LEVEL', 'loud'],
    ['SESSION_HOURS', '0'],
    ['SESSION_HOURS', '721'],
    ['BACKUP_KEEP', '0'],
  ])('answers %s=%s with one sentence that names both', (name, value) => {
    const result = readConfig({ [name]: value });
    expect(result.ok).toBe(false);
    if (result.ok) return;
    expect(result.error).toHaveLength(1);
    expect(result.error[0]).toContain(name);
    expect(result.error[0]).toContain(`“${value}”`);
  });

  test.each(['too short', 'short', '口令口令口令口令口令口令口令口令口'])(
    'never repeats a secret, not even one that cannot be: %s',
    (token) => {
      const result = readConfig({ METRICS_TOKEN: token });
      if (result.ok) throw new Error('it was taken');
      expect(result.error).toEqual([expect.stringContaining('METRICS_TOKEN')]);
      expect(result.error[0]).not.toContain(token);
    },
  );

  test('tells of all wrong variables at once', () => {
    const result = readConfig({ PORT: 'x', LOG_LEVEL: 'y' });
    expect(result.ok ? [] : result.error).toHaveLength(2);
  });
});
