import { describe, expect, it } from '@jest/globals';
import { mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DataFolderError, openDataFolder, readDataFolder } from './data-folder.js';

const inFolder = (test: (path: string) => void) => {
  const path = mkdtempSync(join(tmpdir(), 'vigil-folder-'));
  try {
    test(path);
  } finally {
    rmSync(path, { recursive: true, force: true });
  }
};

describe('openDataFolder', () => {
  it('fixes origin and partitions when it makes the folder', () =>
    inFolder((path) => {
      expect(openDataFolder(join(path, 'a', 'b'), undefined, 4)).toMatchObject({ origin: 'live' });
      openDataFolder(path, 'replay', 3);
      expect(openDataFolder(path, undefined, 8)).toEqual({
        format: 1,
        origin: 'replay',
        partitions: 3,
        path,
      });
      expect(() => openDataFolder(path, 'live', 3)).toThrow('holds replay data, not live');
    }));

  it('makes a folder for its owner alone, and leaves one that is there, and those above, as they are', () =>
    inFolder((path) => {
      const modeOf = (folder: string) => statSync(folder).mode & 0o777;
      mkdirSync(join(path, 'usual'));
      const usual = modeOf(join(path, 'usual'));
      openDataFolder(join(path, 'a', 'b'), undefined, 1);
      openDataFolder(join(path, 'usual'), undefined, 1);
      expect(modeOf(join(path, 'a', 'b'))).toBe(0o700);
      expect(modeOf(join(path, 'a'))).toBe(usual);
      expect(modeOf(join(path, 'usual'))).toBe(usual);
    }));

  it.each(['', '{', 'null', '{"format":2}'])('refuses a folder whose vigil.json is %j', (text) =>
    inFolder((path) => {
      writeFileSync(join(path, 'vigil.json'), text);
      expect(() => openDataFolder(path, undefined, 1)).toThrow(DataFolderError);
    }),
  );

  it('says so when there can be no folder', () =>
    inFolder((path) => {
      const file = join(path, 'file');
      writeFileSync(file, '');
      for (const impossible of [file, join(file, 'below'), '/proc/vigil/below']) {
        expect(() => openDataFolder(impossible, undefined, 1)).toThrow(
          `--data (VIGIL_DATA) ${impossible} cannot be made: `,
        );
      }
    }));

  it('reads no folder that is none', () =>
    inFolder((path) => expect(() => readDataFolder(path)).toThrow(DataFolderError)));
});
