import type { PersonInfo, SignInLink } from '@app/contracts';
import { useState } from 'react';
import { useResource } from '../api/use-resource.js';
import { addresses } from '../app/route.js';
import { Page, Reading } from '../controls/page.js';
import { Panel } from '../controls/panel.js';
import { useMay } from '../session/use-session.js';
import { AddPerson } from './add-person.js';
import { ChangePerson } from './change-person.js';
import { LinkPanel } from './link-panel.js';
import { NewLink } from './new-link.js';
import { PersonRow } from './person-row.js';

type Asked = { what: 'change' | 'link'; person: PersonInfo } | null;

/** Who may sign in, as what, and where. */
export function PeoplePage() {
  const may = useMay();
  const people = useResource<PersonInfo[]>(may('manage-people', null) ? '/api/people' : null);
  const [link, setLink] = useState<{ link: SignInLink; name: string } | null>(null);
  const [asked, setAsked] = useState<Asked>(null);
  const close = () => setAsked(null);
  const back = { to: addresses.home, words: 'Ward' };
  if (!may('manage-people', null)) {
    return (
      <Page title="People" back={back}>
        <p className="page-note">An administrator looks after the list of people.</p>
      </Page>
    );
  }
  const namesBut = (but: PersonInfo | null) =>
    (people.value ?? []).filter(({ person }) => person !== but?.person).map(({ name }) => name);
  const told = (next: SignInLink, name: string) => {
    setLink({ link: next, name });
    people.reload();
  };
  return (
    <Page title="Who may sign in" back={back} wide>
      {link === null ? null : <LinkPanel {...link} onClose={() => setLink(null)} />}
      <AddPerson names={namesBut(null)} onAdded={told} />
      <Panel title="In the list">
        {people.value === null || people.problem !== null ? (
          <Reading what="the people" problem={people.problem} onAgain={people.reload} />
        ) : null}
        <ul className="rows">
          {people.value?.map((person) => (
            <PersonRow
              key={person.person}
              person={person}
              onLink={() => setAsked({ what: 'link', person })}
              onChange={() => setAsked({ what: 'change', person })}
            />
          ))}
        </ul>
      </Panel>
      {asked?.what === 'change' ? (
        <ChangePerson
          person={asked.person}
          others={namesBut(asked.person)}
          onChanged={people.reload}
          onClose={close}
        />
      ) : null}
      {asked?.what === 'link' ? (
        <NewLink person={asked.person} onMade={told} onClose={close} />
      ) : null}
    </Page>
  );
}
