import { applyDecorators } from '@nestjs/common';
import {
  ApiBadRequestResponse,
  ApiBody,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiTooManyRequestsResponse,
  ApiUnauthorizedResponse,
} from '@nestjs/swagger';
import type { SESSION_BODIES, SESSION_SCHEMAS } from './session-schemas.js';

const schemaOf = (
  name: keyof typeof SESSION_SCHEMAS | keyof typeof SESSION_BODIES | 'ApiError',
) => ({
  schema: { $ref: `#/components/schemas/${name}` },
});

/** Documents a route of the session. `paced`: it looks at a password. */
export function ApiSession(
  answer: keyof typeof SESSION_SCHEMAS | null,
  { body, paced = false }: { body?: keyof typeof SESSION_BODIES; paced?: boolean } = {},
): MethodDecorator {
  const error = schemaOf('ApiError');
  const wrong = paced
    ? 'Name or password is wrong, or nobody is signed in.'
    : 'Nobody is signed in.';
  return applyDecorators(
    answer === null
      ? ApiNoContentResponse({ description: 'Done.' })
      : ApiOkResponse({ description: 'As it is now.', ...schemaOf(answer) }),
    ApiUnauthorizedResponse({ description: wrong, ...error }),
    ...(body === undefined
      ? []
      : [
          ApiBody(schemaOf(body)),
          ApiBadRequestResponse({ description: 'The message says what cannot be so.', ...error }),
        ]),
    ...(paced
      ? [
          ApiTooManyRequestsResponse({
            description: 'Retry-After says how long to wait.',
            ...error,
          }),
        ]
      : []),
  );
}
