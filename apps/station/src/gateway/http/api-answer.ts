import { applyDecorators } from '@nestjs/common';
import {
  ApiBadRequestResponse,
  ApiBody,
  ApiConflictResponse,
  ApiForbiddenResponse,
  ApiNoContentResponse,
  ApiNotFoundResponse,
  ApiResponse,
  ApiServiceUnavailableResponse,
} from '@nestjs/swagger';
import type { API_BODIES, API_SCHEMAS } from './api-schemas.js';

const schemaOf = (name: keyof typeof API_SCHEMAS | keyof typeof API_BODIES) => ({
  schema: { $ref: `#/components/schemas/${name}` },
});

const error = schemaOf('ApiError');

/** Documents a route's answers. `away`: it reads the history store, which may be away. */
export function ApiAnswer(
  name: keyof typeof API_SCHEMAS,
  description: string,
  { away = false, patient = true, status = 200 } = {},
): MethodDecorator {
  return applyDecorators(
    ApiResponse({ status, description, ...schemaOf(name) }),
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

/** Documents what the registry may say to a change. */
export function ApiChange(
  body: keyof typeof API_BODIES | null,
  name: keyof typeof API_SCHEMAS | null,
  description: string,
  { status = 200 } = {},
): MethodDecorator {
  return applyDecorators(
    ...(body === null ? [] : [ApiBody(schemaOf(body))]),
    name === null
      ? ApiNoContentResponse({ description })
      : ApiResponse({ status, description, ...schemaOf(name) }),
    ApiBadRequestResponse({
      description: 'Something cannot be so; the message says what.',
      ...error,
    }),
    ApiForbiddenResponse({ description: 'Not for whoever asks, or not in that ward.', ...error }),
    ApiNotFoundResponse({ description: 'There is no such thing.', ...error }),
    ApiConflictResponse({
      description: 'Something else stands against it; the message says what.',
      ...error,
    }),
  );
}
