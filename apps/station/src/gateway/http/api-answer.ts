import { applyDecorators } from '@nestjs/common';
import {
  ApiBadRequestResponse,
  ApiNotFoundResponse,
  ApiOkResponse,
  ApiServiceUnavailableResponse,
} from '@nestjs/swagger';
import type { API_SCHEMAS } from './api-schemas.js';

const schemaOf = (name: keyof typeof API_SCHEMAS) => ({
  schema: { $ref: `#/components/schemas/${name}` },
});

/** Documents a route's answers. `away`: it reads the history store, which may be away. */
export function ApiAnswer(
  name: keyof typeof API_SCHEMAS,
  description: string,
  { away = false, patient = true } = {},
): MethodDecorator {
  const error = schemaOf('ApiError');
  return applyDecorators(
    ApiOkResponse({ description, ...schemaOf(name) }),
    ...(patient
      ? [
          ApiBadRequestResponse({ description: 'A parameter is wrong.', ...error }),
          ApiNotFoundResponse({ description: 'There is no such patient.', ...error }),
        ]
      : []),
    ...(away
      ? [ApiServiceUnavailableResponse({ description: 'The history store is away.', ...error })]
      : []),
  );
}
