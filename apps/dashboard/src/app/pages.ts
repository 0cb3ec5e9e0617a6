import { lazyPage } from './lazy-page.js';

const load = {
  admit: async () => (await import('../admit/admit-page.js')).AdmitPage,
  alarmLog: async () => (await import('../alarm-log/alarm-log-page.js')).AlarmLogPage,
  audit: async () => (await import('../audit/audit-page.js')).AuditPage,
  devices: async () => (await import('../devices/devices-page.js')).DevicesPage,
  models: async () => (await import('../models/models-page.js')).ModelsPage,
  patient: async () => (await import('../patient/patient-page.js')).PatientPage,
  patientSettings: async () =>
    (await import('../patient-settings/patient-settings-page.js')).PatientSettingsPage,
  people: async () => (await import('../people/people-page.js')).PeoplePage,
  wardSettings: async () =>
    (await import('../ward-settings/ward-settings-page.js')).WardSettingsPage,
};

export const AdmitPage = lazyPage(load.admit);
export const AlarmLogPage = lazyPage(load.alarmLog);
export const AuditPage = lazyPage(load.audit);
export const DevicesPage = lazyPage(load.devices);
export const ModelsPage = lazyPage(load.models);
export const PatientPage = lazyPage(load.patient);
export const PatientSettingsPage = lazyPage(load.patientSettings);
export const PeoplePage = lazyPage(load.people);
export const WardSettingsPage = lazyPage(load.wardSettings);

/** After the first page is there, ms. */
const IDLE_MS = 5000;

/**
 * Fetches all pages while nothing else is to do: a screen that hangs for months must not look for parts of a version of the
 * station that is gone. What does not come now is tried again when it is opened.
 */
export function fetchPagesSoon(): void {
  setTimeout(() => {
    for (const page of Object.values(load)) void page().catch(() => undefined);
  }, IDLE_MS);
}
