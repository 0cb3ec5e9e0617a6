import { describe, expect, it } from '@jest/globals';
import { RequestOrigin } from './request-origin.js';

const loopback = new RequestOrigin('this-machine', 'box');
const remote = new RequestOrigin('trusted-network', 'box.hospital.example');

describe('RequestOrigin', () => {
  it.each([
    ['localhost:8080', true],
    ['LOCALHOST', true],
    ['127.0.0.1:8080', true],
    ['127.8.9.10', true],
    ['[::1]:8080', true],
    ['ward.localhost:8080', true],
    ['localhost.', true],
    ['127.0.0.1.evil.example', false],
    ['evil.example', false],
    ['box', false],
    ['192.168.1.2', false],
    ['[fe80::1]', false],
    ['', false],
    ['localhost@evil.example', false],
    ['localhost/../evil.example', false],
    ['local host', false],
    [undefined, false],
  ])('on loopback, host %j: %s', (host, ok) => {
    expect(loopback.problem({ host }) === null).toBe(ok);
  });

  it.each([
    ['192.168.1.2:8080', true],
    ['[fe80::1]:8080', true],
    ['station:8080', true],
    ['box.hospital.example', true],
    ['evil.example', false],
  ])('beyond this machine, host %j: %s', (host, ok) => {
    expect(remote.problem({ host }) === null).toBe(ok);
  });

  it.each([
    ['vigil.hospital.example:8443', undefined, true],
    ['192.168.1.2:8443', undefined, true],
    ['vigil.hospital.example:8443', 'https://vigil.hospital.example:8443', true],
    ['vigil.hospital.example:8443', 'https://evil.example', false],
    ['vigil.hospital.example:8443', 'https://vigil.hospital.example', false],
    ['not a name', undefined, false],
  ])('under TLS, host %s, page of %j: %s', (host, origin, ok) => {
    const certified = new RequestOrigin('certified', 'box');
    expect(certified.problem({ host, origin }) === null).toBe(ok);
  });

  it.each([
    ['localhost:8080', 'http://localhost:8080', true],
    ['localhost:8080', 'https://localhost:8080', true],
    ['localhost:8080', 'http://127.0.0.1:5173', false],
    ['localhost:8080', 'http://evil.example', false],
    ['localhost:8080', 'http://localhost.evil.example:8080', false],
    ['localhost:8080', 'null', false],
    ['localhost:8080', '', false],
    ['localhost:8080', 'file://localhost:8080', false],
  ])('on loopback, host %s, page of %j: %s', (host, origin, ok) => {
    expect(loopback.problem({ host, origin }) === null).toBe(ok);
  });

  it('beyond this machine, only the same origin', () => {
    const host = 'station:8080';
    expect(remote.problem({ host, origin: 'http://station:8080' })).toBeNull();
    expect(remote.problem({ host, origin: 'http://localhost:5173' })).toMatch(/another origin/);
    expect(remote.problem({ host, origin: 'http://station:9090' })).toMatch(/another origin/);
  });

  it('lets the server of a dashboard under development hand on what its own pages ask', () => {
    const handedOn = { host: '127.0.0.1:8080', origin: 'http://127.0.0.1:5173' };
    expect(loopback.problem({ ...handedOn, 'sec-fetch-site': 'same-origin' })).toBeNull();
    expect(loopback.problem({ ...handedOn, 'sec-fetch-site': 'same-site' })).not.toBeNull();
    expect(
      remote.problem({
        host: 'station:8080',
        origin: 'http://dev:5173',
        'sec-fetch-site': 'same-origin',
      }),
    ).not.toBeNull();
  });

  it.each([
    ['GET', 'none', 'navigate', true],
    ['GET', 'same-origin', 'cors', true],
    ['GET', 'cross-site', 'navigate', true],
    ['POST', 'cross-site', 'navigate', false],
    ['GET', 'cross-site', 'no-cors', false],
    ['GET', 'same-site', 'no-cors', false],
    ['DELETE', 'same-site', 'cors', false],
  ])('without an origin, %s of a page that is %s (%s): %s', (method, site, mode, ok) => {
    const from = { host: 'localhost:8080', 'sec-fetch-site': site, 'sec-fetch-mode': mode };
    expect(loopback.problem(from, method) === null).toBe(ok);
  });
});
