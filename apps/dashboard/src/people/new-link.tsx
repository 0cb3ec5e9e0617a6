import type { PersonInfo, SignInLink } from '@app/contracts';
import { apiPath, request } from '../api/request.js';
import { useAction } from '../api/use-action.js';
import { BusyButton } from '../controls/busy-button.js';
import { Dialog } from '../controls/dialog.js';
import { Problem } from '../controls/problem.js';

interface Props {
  person: PersonInfo;
  onMade: (link: SignInLink, name: string) => void;
  onClose: () => void;
}

export function NewLink({ person, onMade, onClose }: Props) {
  const { busy, problem, run } = useAction();
  const make = async () => {
    const done = await run(() =>
      request<SignInLink>('POST', apiPath('people', person.person, 'link')),
    );
    if (done === null) return;
    onMade(done.value, person.name);
    onClose();
  };
  return (
    <Dialog title={`A new link for ${person.name}?`} onClose={onClose}>
      <p>
        {person.role === 'kiosk'
          ? 'It starts this wall display on another screen. Links made before do not work any more.'
          : 'With it a new password is chosen. Links made before do not work any more.'}
      </p>
      <Problem words={problem} />
      <div className="actions">
        <button type="button" className="button plain" onClick={onClose}>
          Cancel
        </button>
        <BusyButton type="button" busy={busy} busyWords="Making …" onClick={() => void make()}>
          Make a link
        </BusyButton>
      </div>
    </Dialog>
  );
}
