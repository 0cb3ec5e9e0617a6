import { type ArgumentsHost, Catch, type ExceptionFilter, HttpStatus } from '@nestjs/common';
import type { ApiError } from '@app/contracts';
import { RegistryError } from '@app/registry';

const STATUS = {
  'not-found': { statusCode: HttpStatus.NOT_FOUND, error: 'Not Found' },
  conflict: { statusCode: HttpStatus.CONFLICT, error: 'Conflict' },
  invalid: { statusCode: HttpStatus.BAD_REQUEST, error: 'Bad Request' },
} as const;

interface JsonResponse {
  status(code: number): { json(body: ApiError): unknown };
}

/** What the registry cannot carry out is an answer with its sentence, not a failure of the station. */
@Catch(RegistryError)
export class RegistryErrorFilter implements ExceptionFilter<RegistryError> {
  catch({ kind, message }: RegistryError, host: ArgumentsHost): void {
    const body: ApiError = { ...STATUS[kind], message };
    host.switchToHttp().getResponse<JsonResponse>().status(body.statusCode).json(body);
  }
}
