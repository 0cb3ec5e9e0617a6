/** What a device is told about samples that are nobody's. */
export const UNASSIGNED = {
  'not-admitted': 'samples not assigned: nobody was admitted with this device when they were taken',
  'not-placed':
    'samples not assigned: when they were taken is not known well enough; send sent_monotonic_us',
} as const;
