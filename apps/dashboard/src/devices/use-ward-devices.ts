import type { DeviceInfo } from '@app/contracts';
import { apiPath } from '../api/request.js';
import { type Resource, useResource } from '../api/use-resource.js';

/** The devices of a ward, and who wears each. */
export function useWardDevices(
  ward: string | null,
  version: unknown = null,
): Resource<DeviceInfo[]> {
  return useResource<DeviceInfo[]>(
    ward === null ? null : apiPath('wards', ward, 'devices'),
    version,
  );
}
