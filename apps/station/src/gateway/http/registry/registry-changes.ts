import { ForbiddenException, Inject, Injectable, NotFoundException } from '@nestjs/common';
import type { PatientRecord, WardInfo } from '@app/contracts';
import type { Registry } from '@app/registry';
import { REGISTRY } from '../../../platform/tokens.js';
import { NOWHERE, type Viewer } from '../../access/viewer.js';
import { RegistryFollower } from '../../wall/registry-follower.js';

/** What changes of the registry have in common: screens see them at once, and names are for those who may see them. */
@Injectable()
export class RegistryChanges {
  constructor(
    @Inject(REGISTRY) private readonly registry: Registry,
    private readonly follower: RegistryFollower,
  ) {}

  /** Carries out a change, and resolves when its record is in the journal, or waits for it. */
  async make<T>(change: () => Promise<T>): Promise<T> {
    const result = await change();
    await this.follower.caughtUp();
    return result;
  }

  async ward(ward: string): Promise<WardInfo> {
    const info = await this.registry.wards.find(ward);
    if (info === null) throw new NotFoundException(`there is no ward ${ward}`);
    return info;
  }

  async record(viewer: Viewer, patient: string): Promise<PatientRecord> {
    const record = await this.registry.patients.find(patient);
    if (record === null) throw new NotFoundException(`there is no patient ${patient}`);
    const ward = record.admission?.ward ?? (await this.registry.patients.wardOf(patient));
    return seenBy(viewer, record, ward);
  }

  /**
   * What a patient or device brings from another ward may be taken from there only by who may do so there.
   * @throws NotFoundException of a device, ForbiddenException of a patient; neither says which ward
   */
  async requireDevice(viewer: Viewer, device: string): Promise<void> {
    const entry = await this.registry.devices.find(device);
    if (entry === null || viewer.may('manage-patients', entry.ward)) return;
    // as for a device that there is not: what other wards have is theirs to know
    throw new NotFoundException(`there is no device ${device}: add it first`);
  }

  async requireFormer(viewer: Viewer, patient: string): Promise<void> {
    const ward = await this.registry.patients.wardOf(patient);
    if (ward === null || viewer.may('manage-patients', ward)) return;
    throw new ForbiddenException(
      `you may not admit ${patient}: leave the pseudonym out, or ask who may see the patient’s last ward`,
    );
  }
}

/** @param ward the ward that decides who may see the name. */
export function seenBy(viewer: Viewer, record: PatientRecord, ward: string | null): PatientRecord {
  return viewer.may('see-identities', ward ?? NOWHERE) ? record : { ...record, identity: null };
}
