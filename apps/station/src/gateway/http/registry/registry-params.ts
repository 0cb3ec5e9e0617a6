import { Body, Param } from '@nestjs/common';
import { z } from 'zod';
import { ParsePipe } from '../parse-pipe.js';
import { patientSchema } from '../queries.js';
import { REGISTRY_BODIES, type RegistryBody } from './registry-bodies.js';

/** A handler's parameter: the body of that name, parsed. */
export function BodyParam(name: RegistryBody): ParameterDecorator {
  return Body(new ParsePipe(REGISTRY_BODIES[name], 'body'));
}

/** A handler's parameter: an id in the path. */
export function IdParam(name: 'ward' | 'patient' | 'device' | 'person'): ParameterDecorator {
  return Param(name, new ParsePipe(patientSchema, name));
}

/** A bed's name is a few characters of any kind. */
export function BedParam(): ParameterDecorator {
  return Param('bed', new ParsePipe(z.string().min(1).max(100), 'bed'));
}
