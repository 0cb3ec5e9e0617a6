import type { ModelsResponse } from '@app/contracts';
import { useResource } from '../api/use-resource.js';
import { addresses } from '../app/route.js';
import { Page, Reading } from '../controls/page.js';
import { DriftPanel } from './drift-panel.js';
import { TaskPanel } from './task-panel.js';

/** The comparison and the drift grow while somebody looks, ms. */
const REFRESH_MS = 10_000;

/** Which model answers what, how it does, and how to go back to the one before. */
export function ModelsPage() {
  const { value, problem, reload } = useResource<ModelsResponse>('/api/models', null, REFRESH_MS);
  return (
    <Page title="Which models answer" back={{ to: addresses.home, words: 'Ward' }} wide>
      {value === null || problem !== null ? (
        <Reading what="the models" problem={problem} onAgain={reload} />
      ) : null}
      {value === null ? null : (
        <>
          {problem === null ? null : (
            <p className="page-note">What follows was read before, and may have changed.</p>
          )}
          <p className="page-note">
            As <code>models/registry.json</code> names them. A change of it counts once the station
            has started again.
          </p>
          {value.tasks.length === 0 ? (
            <p className="page-note">No model is named: no task has one.</p>
          ) : null}
          {value.tasks.map((models) => (
            <TaskPanel key={models.task} models={models} />
          ))}
          <DriftPanel drift={value.drift} />
        </>
      )}
    </Page>
  );
}
