import type { WardInfo } from '@app/contracts';

/** The beds that somebody can be put into, `''` for none. @param own the bed of the patient, who may stay in it */
export function bedOptions(
  { beds }: Pick<WardInfo, 'beds'>,
  own: string | null = null,
): { value: string; words: string; disabled?: boolean }[] {
  const listed = beds.map(({ bed, patient }) => ({
    value: bed,
    words: patient === null || bed === own ? `Bed ${bed}` : `Bed ${bed} (taken)`,
    disabled: patient !== null && bed !== own,
  }));
  const gone = own !== null && !beds.some(({ bed }) => bed === own);
  return [
    { value: '', words: 'No bed yet' },
    ...(gone ? [{ value: own, words: `Bed ${own} (not in the list any more)` }] : []),
    ...listed,
  ];
}
