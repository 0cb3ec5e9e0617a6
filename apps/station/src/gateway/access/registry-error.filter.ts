import { type ArgumentsHost, Catch, type ExceptionFilter, HttpStatus } from '@nestjs/common';
import type { ApiError } from '@app/contracts';
import { RegistryError, TooManyWaitingError } from '@app/registry';

const STATUS = {
  'not-found': { statusCode: HttpStatus.NOT_FOUND, error: 'Not Found' },
  conflict: { statusCode: HttpStatus.CONFLICT, error: 'Conflict' },
  invalid: { statusCode: HttpStatus.BAD_REQUEST, error: 'Bad Request' },
} as const;

interface JsonResponse {
  status(code: number): { json(body: ApiError): unknown };
}

const BUSY: ApiError = {
  statusCode: HttpStatus.SERVICE_UNAVAILABLE,
  error: 'Service Unavailable',
  message: 'too many people sign in at this moment: try again in a few seconds',
};

/** What the registry cannot carry out is an answer with its sentence, not a failure of the station. */
@Catch(RegistryError, TooManyWaitingError)
export class RegistryErrorFilter implements ExceptionFilter<RegistryError | TooManyWaitingError> {
  catch(error: RegistryError | TooManyWaitingError, host: ArgumentsHost): void {
    const body: ApiError =
      error instanceof RegistryError ? { ...STATUS[error.kind], message: error.message } : BUSY;
    host.switchToHttp().getResponse<JsonResponse>().status(body.statusCode).json(body);
  }
}
