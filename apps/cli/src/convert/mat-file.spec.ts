import { describe, expect, it } from '@jest/globals';
import { readMatFile, rowOf } from './mat-file.js';

// Written by SciPy 1.10's savemat: sig (2 x 3 double), raw (3 x 2 uint16), one (1 x 1 int8), empty (0 x 3), and a text, cells,
// a structure and a complex number, which are left out; once as it is and once compressed.
const PLAIN = [
  'TUFUTEFCIDUuMCBNQVQtZmlsZSBQbGF0Zm9ybTogcG9zaXgsIENyZWF0ZWQgb246IFR1ZSBOb3YgMjQgMDc6MTQ6MDEgMjAy',
  'NgAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAABSU0OAAAAYAAAAAYAAAAIAAAA',
  'BgAAAAAAAAAFAAAACAAAAAIAAAADAAAAAQADAHNpZwAJAAAAMAAAAAAAAAAAAPg/AAAAAAAAEEAAAAAAAAACwAAAAAAAABRA',
  'OyVfuINuy1QAAAAAAAAawA4AAABAAAAABgAAAAgAAAALAAAAAAAAAAUAAAAIAAAAAwAAAAIAAAABAAMAcmF3AAQAAAAMAAAA',
  'AQAAgAMA//8HAAQAAAAAAA4AAAAwAAAABgAAAAgAAAAIAAAAAAAAAAUAAAAIAAAAAQAAAAEAAAABAAMAb25lAAEAAQD9AAAA',
  'DgAAADgAAAAGAAAACAAAAAQAAAAAAAAABQAAAAgAAAABAAAABQAAAAEABAB0ZXh0EAAAAAUAAABoZWxsbwAAAA4AAACoAAAA',
  'BgAAAAgAAAABAAAAAAAAAAUAAAAIAAAAAQAAAAIAAAABAAAABQAAAGNlbGxzAAAADgAAADgAAAAGAAAACAAAAA4AAAAAAAAA',
  'BQAAAAgAAAABAAAAAQAAAAEAAAAAAAAADAAAAAgAAAABAAAAAAAAAA4AAAAwAAAABgAAAAgAAAAEAAAAAAAAAAUAAAAIAAAA',
  'AQAAAAEAAAABAAAAAAAAABAAAQBhAAAADgAAAHgAAAAGAAAACAAAAAIAAAAAAAAABQAAAAgAAAABAAAAAQAAAAEAAgBzdAAA',
  'BQAEAAIAAAABAAIAeAAAAA4AAAA4AAAABgAAAAgAAAAGAAAAAAAAAAUAAAAIAAAAAQAAAAEAAAABAAAAAAAAAAkAAAAIAAAA',
  'AAAAAAAA8D8OAAAASAAAAAYAAAAIAAAABggAAAAAAAAFAAAACAAAAAEAAAABAAAAAQAEAGNwbHgJAAAACAAAAAAAAAAAAPA/',
  'CQAAAAgAAAAAAAAAAAAAQA4AAAA4AAAABgAAAAgAAAAGAAAAAAAAAAUAAAAIAAAAAAAAAAMAAAABAAAABQAAAGVtcHR5AAAA',
  'CQAAAAAAAAA=',
].join('');
const COMPRESSED = [
  'TUFUTEFCIDUuMCBNQVQtZmlsZSBQbGF0Zm9ybTogcG9zaXgsIENyZWF0ZWQgb246IFR1ZSBOb3YgMjQgMDc6MTQ6MDEgMjAy',
  'NgAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAABSU0PAAAAQwAAAHic42NgYEgA',
  'YjYg5oDSIMAK5TMBMTMQMwLJ4sx0Bk4g24ABBn7YQ2gBBwjNdABCizhYq8bvaM47HQLhSx0AABAuCRMPAAAANgAAAHic42Ng',
  'YHAAYjYg5gBibgYIYIXymYGYCYgZgayixHIGFiCbB8xnaGBm+P+fHSzCwAAAXJQEZQ8AAAAlAAAAeJzjY2BgMABiNiDmgGIQ',
  'YIWyGeGYmSE/LxVIMzL8BfIBJJACqQ8AAAAsAAAAeJzjY2BgsABiNiDmAGIWBghghfIZoWxGoExJakWJAJSfkZqTkw+kAUXm',
  'BF8PAAAAQgAAAHic42NgYFgBxGxAzAHEjAwQwIrEZ4LSILHk1JycYiDNB8QWSPr4sOhjRDKPB818kHoDJP0sBPQLAFmJQBoA',
  '4VAESA8AAAA5AAAAeJzjY2BgqABiNiDmAGImBghghfIZ4ZiJobgEJM4CVgPig/TxAbEFkn42nPohgBMqDgEf7AHZPwPADwAA',
  'ACwAAAB4nONjYGDwAGI2IOYA0SACCFihfEY4ZmFILsip4ISKQ8AHe1Q+gwMAeHcDzw8AAAAoAAAAeJzjY2BgsABiNiDmgNIg',
  'wArlgwAzEDNCxVJzC0oqgTQnVA4ANlMCqQ==',
].join('');

const bytesOf = (text: string) => new Uint8Array(Buffer.from(text, 'base64'));

describe('readMatFile', () => {
  it.each([
    ['plain', PLAIN],
    ['compressed', COMPRESSED],
  ])('reads the real matrices of a %s file', (_, text) => {
    const matrices = readMatFile(bytesOf(text));
    expect([...matrices.keys()].toSorted()).toEqual(['empty', 'one', 'raw', 'sig']);
    const sig = matrices.get('sig')!;
    expect([sig.rows, sig.columns]).toEqual([2, 3]);
    expect([...rowOf(sig, 0)]).toEqual([1.5, -2.25, 3e100]);
    expect([...rowOf(sig, 1)]).toEqual([4, 5, -6.5]);
    const raw = matrices.get('raw')!;
    expect([0, 1, 2].map((row) => [...rowOf(raw, row)])).toEqual([
      [1, 65535],
      [32768, 7],
      [3, 4],
    ]);
    expect([...matrices.get('one')!.values]).toEqual([-3]);
    expect(matrices.get('empty')).toMatchObject({ rows: 0, columns: 3 });
  });

  it('refuses what is no such file', () => {
    expect(() => readMatFile(new Uint8Array(10))).toThrow('shorter than its header');
    expect(() => readMatFile(new Uint8Array(200))).toThrow('not a Level 5 MAT-file');
  });

  it.each([140, 200, 300])('refuses a file that is cut off after %d bytes', (length) => {
    expect(() => readMatFile(bytesOf(PLAIN).slice(0, length))).toThrow();
  });
});
