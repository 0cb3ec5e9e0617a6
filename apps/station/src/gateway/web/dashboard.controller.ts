import { Controller, Get, Header, Inject, ServiceUnavailableException } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Public } from '../access/access.js';

/** The folder of the dashboard's build. */
export const DASHBOARD = Symbol('DashboardFolder');

/** Its addresses, as in the dashboard's own `route.ts`. */
const DASHBOARD_PAGES = [
  '/',
  'sign-in',
  'people',
  'audit',
  'models',
  'ward/:ward',
  'ward/:ward/:page',
  'patients/:patient',
  'patients/:patient/:page',
];

/** The dashboard is one page; it reads its place from the address. Its files are served beside it. */
@ApiExcludeController()
@Controller()
export class DashboardController {
  constructor(@Inject(DASHBOARD) private readonly folder: string) {}

  /** Open to everybody: it holds no data, and whoever is to sign in must see it. */
  @Get(DASHBOARD_PAGES)
  @Public()
  @Header('Content-Type', 'text/html; charset=utf-8')
  @Header('Cache-Control', 'no-cache')
  async page(): Promise<string> {
    try {
      return await readFile(join(this.folder, 'index.html'), 'utf8');
    } catch {
      throw new ServiceUnavailableException('the dashboard is not built yet: run npm run build');
    }
  }
}
