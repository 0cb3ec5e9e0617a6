import { BadRequestException, type PipeTransform } from '@nestjs/common';
import type { z } from 'zod';

/** Parses a part of a request; what does not fit is a 400 with a sentence that names the field. */
export class ParsePipe<T extends z.ZodType> implements PipeTransform<unknown, z.output<T>> {
  constructor(
    private readonly schema: T,
    /** Named in messages when the value itself is wrong. */
    private readonly what: string,
  ) {}

  transform(value: unknown): z.output<T> {
    const parsed = this.schema.safeParse(value);
    if (parsed.success) return parsed.data;
    const [issue] = parsed.error.issues;
    const field = issue === undefined || issue.path.length === 0 ? this.what : issue.path.join('.');
    throw new BadRequestException(`${field}: ${issue?.message ?? 'not understood'}`);
  }
}
