import { describe, expect, it } from '@jest/globals';
import { cameraProblem } from './camera-problem.js';

const named = (name: string) => Object.assign(new Error('x'), { name });

describe('a camera that gives no picture', () => {
  it.each([
    [named('NotAllowedError'), /may not use the camera/],
    [named('NotFoundError'), /has no camera/],
    [named('NotReadableError'), /Another program/],
    [new TypeError('mediaDevices is undefined'), /does not work here/],
    ['what?', /does not work here/],
  ])('says why and leads to typing: %s', (error, words) => {
    expect(cameraProblem(error, true)).toMatch(words);
    expect(cameraProblem(error, true)).toMatch(/type the name of the device/i);
  });

  it('names plain HTTP, whatever the browser says', () => {
    expect(cameraProblem(new TypeError('x'), false)).toMatch(/only to pages under HTTPS/);
  });
});
