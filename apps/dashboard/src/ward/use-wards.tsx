import type { WardInfo } from '@app/contracts';
import { type ReactNode, createContext, useContext, useMemo } from 'react';
import { useResource } from '../api/use-resource.js';
import { useSession } from '../session/use-session.js';

export interface KnownWards {
  /** Those that the session opens; null until they were read. */
  wards: readonly WardInfo[] | null;
  problem: string | null;
  reload: () => void;
  /** A ward's name, or its id until that is known. */
  nameOf: (ward: string) => string;
}

const WardsContext = createContext<KnownWards | null>(null);

/** Reads the wards once for the whole page, again when the session opens others. */
export function WardsProvider({ children }: { children: ReactNode }) {
  const { wards: open, emergency, acting } = useSession();
  const version = JSON.stringify([open, emergency, acting?.wards]);
  const { value, problem, reload } = useResource<WardInfo[]>('/api/wards', version);
  const known = useMemo(
    () => ({
      wards: value,
      problem,
      reload,
      nameOf: (ward: string) => value?.find((info) => info.ward === ward)?.name ?? ward,
    }),
    [value, problem, reload],
  );
  return <WardsContext value={known}>{children}</WardsContext>;
}

export function useWards(): KnownWards {
  const wards = useContext(WardsContext);
  if (wards === null) throw new Error('There are no wards around this component.');
  return wards;
}
