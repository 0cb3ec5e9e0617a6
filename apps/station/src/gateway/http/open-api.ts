import type { NestExpressApplication } from '@nestjs/platform-express';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import { z } from 'zod';
import { API_BODIES, API_SCHEMAS } from './api-schemas.js';

type Schemas = NonNullable<NonNullable<OpenAPIObject['components']>['schemas']>;

/** Where the description is served: its page with all files, and itself. */
export const DOCS_PATHS = ['/api/docs', '/api/docs-json'];

/** The API's description at /api/docs-json, and as a page at /api/docs; its files come with the package. */
export function serveOpenApi(app: NestExpressApplication): void {
  const config = new DocumentBuilder()
    .setTitle('Vigil')
    .setDescription(
      'Vital signs, alarms and samples of the ward. Times are ms since 1970 on the station’s clock unless said otherwise. ' +
        'Every record says where its samples came from (`origin`).',
    )
    .setVersion('1')
    .setOpenAPIVersion('3.1.0')
    .build();
  SwaggerModule.setup(
    'api/docs',
    app,
    () => {
      const document = SwaggerModule.createDocument(app, config);
      document.components = { ...document.components, schemas: componentSchemas() };
      return document;
    },
    { jsonDocumentUrl: 'api/docs-json', raw: ['json'], customSiteTitle: 'Vigil: API' },
  );
}

function componentSchemas(): Schemas {
  const schemas = [
    ...Object.entries(API_SCHEMAS).map((named) => componentOf(named, 'output')),
    ...Object.entries(API_BODIES).map((named) => componentOf(named, 'input')),
  ];
  return Object.fromEntries(schemas) as Schemas;
}

function componentOf([name, schema]: [string, z.ZodType], io: 'input' | 'output') {
  const { $schema: _, ...json } = z.toJSONSchema(schema, { io });
  return [name, json] as const;
}
