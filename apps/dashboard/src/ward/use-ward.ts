import type { WardInfo } from '@app/contracts';
import { apiPath } from '../api/request.js';
import { type Resource, useResource } from '../api/use-resource.js';

/** A ward's beds, limits and name. */
export function useWard(ward: string | null, version: unknown = null): Resource<WardInfo> {
  return useResource<WardInfo>(ward === null ? null : apiPath('wards', ward), version);
}
