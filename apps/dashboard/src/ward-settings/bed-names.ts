/** As the station accepts, characters. */
export const BED_CHARACTERS = 16;

/** How many beds one line can mean. */
const SPAN_MAX = 100;

export type BedNames = { ok: true; beds: string[] } | { ok: false; problem: string };

/** Beds as people write them: `1-8, W1, Window`. Numbers with a dash between them mean all from one to the other. */
export function bedNames(text: string): BedNames {
  const beds: string[] = [];
  for (const part of text
    .split(',')
    .map((piece) => piece.trim())
    .filter(Boolean)) {
    const span = /^(\d{1,4})\s*[-–]\s*(\d{1,4})$/.exec(part);
    if (span === null) {
      if (Array.from(part).length > BED_CHARACTERS) {
        return { ok: false, problem: `“${part}” is longer than ${BED_CHARACTERS} characters.` };
      }
      beds.push(part);
      continue;
    }
    const [from, to] = [Number(span[1]), Number(span[2])];
    if (to < from || to - from >= SPAN_MAX) {
      return { ok: false, problem: `“${part}” is not from a smaller to a larger number.` };
    }
    for (let bed = from; bed <= to; bed++) beds.push(String(bed));
  }
  const twice = beds.find((bed, i) => beds.indexOf(bed) !== i);
  if (twice !== undefined) return { ok: false, problem: `“${twice}” stands there twice.` };
  return { ok: true, beds };
}
