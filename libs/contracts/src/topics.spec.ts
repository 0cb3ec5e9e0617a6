import { describe, expect, it } from '@jest/globals';
import { parseTopic, topicOf } from './topics.js';

describe('topics', () => {
  it('parses what it writes', () => {
    expect(parseTopic(topicOf('watch-7', 'frames'))).toEqual({
      device: 'watch-7',
      channel: 'frames',
    });
  });

  it.each([
    '',
    'vigil',
    'vigil/v1/+/frames',
    'vigil/v1/#',
    'vigil/v2/a/frames',
    'vigil/v1/a/frames/x',
    'vigil/v1/a/b',
  ])('knows no topic %j', (topic) => {
    expect(parseTopic(topic)).toBeNull();
  });
});
