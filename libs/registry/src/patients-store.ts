import type {
  Admission,
  AdmissionChange,
  AdmitRequest,
  AssignRequest,
  IdentityRequest,
  PatientLimits,
  PatientRecord,
} from '@app/contracts';
import {
  type Admitted,
  emitAdmission,
  requireAdmitted,
  requirePatient,
} from './admission-change.js';
import { admit } from './admit.js';
import type { Change, Changes } from './change.js';
import { cleanIdentity } from './identity-rules.js';
import { checkedLimits } from './limits-rules.js';
import { setOffWard, writeLimits } from './patient-rows.js';
import { lastWard, readPatients } from './read-patients.js';
import { type Actor, type Patients, RegistryError } from './registry.js';
import { REGISTRY_BOUNDS } from './registry-bounds.js';
import { cleanText } from './text-rules.js';
import { requireFreeBed, requireWard } from './wards-store.js';
import { moveDevice, putOn, takeOff } from './wearing-change.js';

export class PatientsStore implements Patients {
  constructor(
    private readonly changes: Changes,
    private readonly origin: PatientRecord['origin'],
  ) {}

  async find(patient: string): Promise<PatientRecord | null> {
    const [found] = await this.changes.database.read((db) =>
      readPatients(db, this.origin, { patient }),
    );
    return found ?? null;
  }

  inWard(ward: string): Promise<PatientRecord[]> {
    return this.changes.database.read((db) => readPatients(db, this.origin, { ward }));
  }

  wardOf(patient: string): Promise<string | null> {
    return lastWard(this.changes.database.reader, patient);
  }

  admit(actor: Actor, ward: string, request: AdmitRequest): Promise<PatientRecord> {
    return this.changes.make((change) => admit(change, actor, ward, request));
  }

  transfer(actor: Actor, patient: string, ward: string, bed: string | null): Promise<Admission> {
    return this.changes.make(async (change) => {
      const { admission: before } = await requireAdmitted(change, patient);
      await requireWard(change.db, ward);
      if (before.ward === ward && before.bed === bed) return before;
      if (bed !== null) await requireFreeBed(change.db, ward, bed);
      await change.db
        .updateTable('admissions')
        .set({ ward, bed })
        .where('patient', '=', patient)
        .where('discharged_ms', 'is', null)
        .execute();
      if (before.ward !== ward) {
        for (const { device } of before.devices) await moveDevice(change, device, ward);
      }
      // Both wards find it in their audit.
      const wards = before.ward === ward ? [ward] : [before.ward, ward];
      return this.finish(change, actor, patient, before, 'transferred', { wards });
    });
  }

  async discharge(actor: Actor, patient: string): Promise<void> {
    await this.changes.make(async (change) => {
      const { admission, limits } = await requireAdmitted(change, patient);
      for (const { device } of admission.devices) await takeOff(change, patient, device);
      await change.db
        .updateTable('admissions')
        .set({
          discharged_ms: Math.max(change.nowMs, admission.admittedMs),
          off_reason: null,
          off_since_ms: null,
        })
        .where('patient', '=', patient)
        .where('discharged_ms', 'is', null)
        .execute();
      // Limits were for this stay: whoever is admitted again begins with the ward's.
      if (limits !== null) await writeLimits(change, actor, patient, null);
      await emitAdmission(change, actor, patient, 'discharged');
      await change.audit(actor, {
        action: 'patient.discharged',
        subjectType: 'patient',
        subject: patient,
        ward: admission.ward,
        before: { ...admission, limits },
      });
    });
  }

  assign(actor: Actor, patient: string, request: AssignRequest): Promise<Admission> {
    return this.changeAdmission(actor, patient, 'device-assigned', (change, admitted) =>
      putOn(change, actor, admitted, request),
    );
  }

  unassign(actor: Actor, patient: string, device: string): Promise<Admission> {
    return this.changeAdmission(actor, patient, 'device-unassigned', (change) =>
      takeOff(change, patient, device),
    );
  }

  async leaveWard(actor: Actor, patient: string, reason: string): Promise<Admission> {
    const { offWardReasonCharacters } = REGISTRY_BOUNDS;
    const clean = cleanText('the reason', reason, offWardReasonCharacters);
    return this.changeAdmission(
      actor,
      patient,
      'off-ward',
      async (change, { admission }) => {
        await setOffWard(change, patient, {
          off_reason: clean,
          off_since_ms: admission.offWard?.sinceMs ?? change.nowMs,
        });
      },
      clean,
    );
  }

  return(actor: Actor, patient: string): Promise<Admission> {
    return this.changes.make(async (change) => {
      const { admission } = await requireAdmitted(change, patient);
      if (admission.offWard === null) return admission;
      await setOffWard(change, patient, { off_reason: null, off_since_ms: null });
      return this.finish(change, actor, patient, admission, 'returned');
    });
  }

  async setLimits(actor: Actor, patient: string, limits: PatientLimits): Promise<void> {
    const checked = limits === null ? null : checkedLimits(limits);
    await this.changes.make(async (change) => {
      const before = await requireAdmitted(change, patient);
      await writeLimits(change, actor, patient, checked);
      await change.audit(actor, {
        action: 'limits.changed',
        subjectType: 'patient',
        subject: patient,
        ward: before.admission.ward,
        before: before.limits,
        after: checked,
      });
    });
  }

  async setIdentity(actor: Actor, patient: string, identity: IdentityRequest): Promise<void> {
    const clean = cleanIdentity(identity);
    await this.changes.make(async (change) => {
      const before = await requirePatient(change, patient);
      const label = before.admission?.label ?? null;
      await change.db.updateTable('patients').set(clean).where('patient', '=', patient).execute();
      await change.audit(actor, {
        action: 'patient.identity-changed',
        subjectType: 'patient',
        subject: patient,
        ward: before.admission?.ward ?? (await lastWard(change.db, patient)),
        before: { ...before.identity, label },
        after: {
          name: clean.name,
          birthDate: clean.birth_date,
          hospitalNumber: clean.hospital_number,
          label: clean.label,
        },
      });
      if (before.admission !== null)
        await emitAdmission(change, actor, patient, 'identity-changed');
    });
  }

  private changeAdmission(
    actor: Actor,
    patient: string,
    what: AdmissionChange,
    body: (change: Change, admitted: Admitted) => Promise<void>,
    reason: string | null = null,
  ): Promise<Admission> {
    return this.changes.make(async (change) => {
      const admitted = await requireAdmitted(change, patient);
      await body(change, admitted);
      return this.finish(change, actor, patient, admitted.admission, what, { reason });
    });
  }

  /** Says a change of the admission to audit and journal. */
  private async finish(
    change: Change,
    actor: Actor,
    patient: string,
    before: Admission,
    what: AdmissionChange,
    { wards, reason = null }: { wards?: string[]; reason?: string | null } = {},
  ): Promise<Admission> {
    const { admission } = await emitAdmission(change, actor, patient, what);
    if (admission === null) {
      throw new RegistryError('conflict', `${patient} is not admitted`);
    }
    for (const ward of wards ?? [admission.ward]) {
      await change.audit(actor, {
        action: what.startsWith('device-') ? what.replace('-', '.') : `patient.${what}`,
        subjectType: 'patient',
        subject: patient,
        ward,
        before,
        after: admission,
        reason,
      });
    }
    return admission;
  }
}
