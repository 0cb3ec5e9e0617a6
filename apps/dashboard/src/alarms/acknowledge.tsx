import type { AlarmEvent, Reply } from '@app/contracts';
import { type ReactNode, createContext, useCallback, useContext, useMemo, useState } from 'react';
import { useStation } from '../app/use-station.js';
import { whoseWords } from '../ward/place-words.js';

interface Acknowledging {
  acknowledge: (alarm: AlarmEvent, note?: string) => void;
  /** Of a patient, or of a ward's own alarms (`ward:` and its id), for two minutes. */
  pauseSound: (patient: string) => void;
  /** Alarms whose acknowledgement is on its way. */
  pending: ReadonlySet<string>;
  /** Patients whose pause is on its way. */
  pausing: ReadonlySet<string>;
}

const NOBODY: ReadonlySet<string> = new Set();

const AcknowledgeContext = createContext<Acknowledging>({
  acknowledge: () => undefined,
  pauseSound: () => undefined,
  pending: NOBODY,
  pausing: NOBODY,
});

export function useAcknowledge(): Acknowledging {
  return useContext(AcknowledgeContext);
}

/** Sends what whoever is signed in here does about alarms, and says aloud when it did not arrive. */
export function AcknowledgeProvider({ children }: { children: ReactNode }) {
  const station = useStation();
  const [failure, setFailure] = useState<string | null>(null);
  const [pending, sendAcknowledgement] = useSending();
  const [pausing, sendPause] = useSending();

  const tell = useCallback(
    (did: string, patient: string, reply: Reply) => {
      const who = whoseWords(station.read().ward, patient);
      setFailure(reply.ok ? null : `${did} for ${who}: ${reply.error}`);
    },
    [station],
  );
  const acknowledging = useMemo(
    () => ({
      acknowledge: (alarm: AlarmEvent, note?: string) =>
        void sendAcknowledgement(alarm.alarmId, () =>
          station.acknowledge(alarm, note?.trim() || null),
        ).then((reply) => tell('Not acknowledged', alarm.patient, reply)),
      pauseSound: (patient: string) =>
        void sendPause(patient, () => station.pauseAudio(patient)).then((reply) =>
          tell('Sound not paused', patient, reply),
        ),
      pending,
      pausing,
    }),
    [station, tell, sendAcknowledgement, sendPause, pending, pausing],
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

type Send = (key: string, ask: () => Promise<Reply>) => Promise<Reply>;

/** What is on its way, by key, and how to send one more. */
function useSending(): [ReadonlySet<string>, Send] {
  const [pending, setPending] = useState(NOBODY);
  const send = useCallback<Send>(async (key, ask) => {
    setPending((old) => new Set(old).add(key));
    const reply = await ask();
    setPending((old) => new Set([...old].filter((other) => other !== key)));
    return reply;
  }, []);
  return [pending, send];
}
