import { COMMAND_LINE, type Registry } from '@app/registry';

/** As many as the registry lets a ward have. */
const MOST_BEDS = 200;

/** Free beds of a ward: 1, 2, … as far as they are needed. */
export class BedPlan {
  private next = 1;

  private constructor(
    private readonly registry: Registry,
    private readonly ward: string,
    private readonly known: Set<string>,
    private readonly taken: Set<string>,
    /** Beds that somebody of the run asks for by name. */
    private readonly asked: ReadonlySet<string>,
  ) {}

  static async of(
    registry: Registry,
    ward: string,
    wanted: readonly { bed?: string | undefined }[],
  ): Promise<BedPlan> {
    const beds = (await registry.wards.find(ward))?.beds ?? [];
    const taken = beds.filter(({ patient }) => patient !== null).map(({ bed }) => bed);
    return new BedPlan(
      registry,
      ward,
      new Set(beds.map(({ bed }) => bed)),
      new Set(taken),
      new Set(wanted.flatMap(({ bed }) => bed ?? [])),
    );
  }

  /** The bed that is asked for when it is free, else the next one; added to the ward when it is not there. Null: the ward is full. */
  async take(asked: string | undefined): Promise<string | null> {
    const bed = asked !== undefined && !this.taken.has(asked) ? asked : this.nextFree();
    if (!this.known.has(bed) && this.known.size >= MOST_BEDS) return null;
    if (!this.known.has(bed)) await this.registry.wards.addBed(COMMAND_LINE, this.ward, bed);
    this.known.add(bed);
    this.taken.add(bed);
    return bed;
  }

  private nextFree(): string {
    while (this.taken.has(`${this.next}`) || this.asked.has(`${this.next}`)) this.next++;
    return `${this.next}`;
  }
}
