import type { AlarmEvent } from '@app/contracts';
import { type ReactNode, createContext, useCallback, useContext, useMemo, useState } from 'react';
import { useStation } from '../app/use-station.js';
import { NameDialog } from './name-dialog.js';
import { NurseContext, rememberName, rememberedName } from './nurse.js';

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

interface Question {
  /** To acknowledge with the answer; null when only the name changes. */
  alarm: AlarmEvent | null;
  note: string | null;
}

/** Sends acknowledgements, asks once who it is, and says aloud when one did not arrive. */
export function AcknowledgeProvider({ children }: { children: ReactNode }) {
  const station = useStation();
  const [name, setName] = useState(rememberedName);
  const [question, setQuestion] = useState<Question | null>(null);
  const [pending, setPending] = useState<ReadonlySet<string>>(new Set());
  const [failure, setFailure] = useState<string | null>(null);

  const send = useCallback(
    async (alarm: AlarmEvent, by: string, note: string | null) => {
      setPending((old) => new Set(old).add(alarm.alarmId));
      const reply = await station.acknowledge(alarm, by, note);
      setPending((old) => new Set([...old].filter((id) => id !== alarm.alarmId)));
      setFailure(reply.ok ? null : `Not acknowledged for ${alarm.patient}: ${reply.error}`);
    },
    [station],
  );

  const acknowledge = useCallback(
    (alarm: AlarmEvent, note?: string) => {
      const said = note?.trim() || null;
      if (name === null) setQuestion({ alarm, note: said });
      else void send(alarm, name, said);
    },
    [name, send],
  );

  const answered = (answer: string) => {
    rememberName(answer);
    setName(answer);
    if (question?.alarm) void send(question.alarm, answer, question.note);
    setQuestion(null);
  };

  const nurse = useMemo(
    () => ({ name, ask: () => setQuestion({ alarm: null, note: null }) }),
    [name],
  );
  const acknowledging = useMemo(() => ({ acknowledge, pending }), [acknowledge, pending]);
  return (
    <NurseContext value={nurse}>
      <AcknowledgeContext value={acknowledging}>
        {children}
        {question ? (
          <NameDialog
            name={name}
            forAlarm={question.alarm !== null}
            onAnswer={answered}
            onCancel={() => setQuestion(null)}
          />
        ) : null}
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
    </NurseContext>
  );
}
