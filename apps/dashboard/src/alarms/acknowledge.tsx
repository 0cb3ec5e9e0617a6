import type { AlarmEvent } from '@app/contracts';
import { type ReactNode, createContext, useCallback, useContext, useMemo, useState } from 'react';
import { useStation } from '../app/use-station.js';
import { whoseWords } from '../ward/place-words.js';

interface Acknowledging {
  acknowledge: (alarm: AlarmEvent, note?: string) => void;
  /** Alarms whose acknowledgement is on its way. */
  pending: ReadonlySet<string>;
}

const AcknowledgeContext = createContext<Acknowledging>({
  acknowledge: () => undefined,
  pending: new Set(),
});

export function useAcknowledge(): Acknowledging {
  return useContext(AcknowledgeContext);
}

/** Sends acknowledgements, of whoever is signed in here, and says aloud when one did not arrive. */
export function AcknowledgeProvider({ children }: { children: ReactNode }) {
  const station = useStation();
  const [pending, setPending] = useState<ReadonlySet<string>>(new Set());
  const [failure, setFailure] = useState<string | null>(null);

  const send = useCallback(
    async (alarm: AlarmEvent, note: string | null) => {
      setPending((old) => new Set(old).add(alarm.alarmId));
      const reply = await station.acknowledge(alarm, note);
      setPending((old) => new Set([...old].filter((id) => id !== alarm.alarmId)));
      const who = whoseWords(station.read().ward, alarm.patient);
      setFailure(reply.ok ? null : `Not acknowledged for ${who}: ${reply.error}`);
    },
    [station],
  );
  const acknowledging = useMemo(
    () => ({
      acknowledge: (alarm: AlarmEvent, note?: string) => void send(alarm, note?.trim() || null),
      pending,
    }),
    [send, pending],
  );
  return (
    <AcknowledgeContext value={acknowledging}>
      {children}
      <div role="status">
        {failure ? (
          <div className="toast">
            {failure}
            <button type="button" className="button" onClick={() => setFailure(null)}>
              Close
            </button>
          </div>
        ) : null}
      </div>
    </AcknowledgeContext>
  );
}
