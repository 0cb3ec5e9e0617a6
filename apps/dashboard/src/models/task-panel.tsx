import type { TaskModels } from '@app/contracts';
import { Panel } from '../controls/panel.js';
import { ModelCard } from './model-card.js';
import { referenceWords, rollbackCommand, taskWords } from './model-words.js';
import { shadowFacts } from './shadow-words.js';

/** One task: the model in force, what a roll-back leads to, and a candidate beside it. */
export function TaskPanel({ models: { task, live, shadow, previous } }: { models: TaskModels }) {
  return (
    <Panel title={taskWords(task)}>
      <div className="model-columns" data-task={task}>
        <div>
          <h4>In force</h4>
          <ModelCard facts={live} />
          <h4>Before it</h4>
          <Previous task={task} previous={previous} />
        </div>
        <div>
          <h4>Shadow</h4>
          {shadow === null ? (
            <p className="page-note">None: no other model is compared with this one.</p>
          ) : (
            <>
              <p className="page-note">
                It sees the same windows; its answers are compared and reach nobody.
              </p>
              <ModelCard facts={shadow} />
              <Comparison task={task} shadow={shadow} />
            </>
          )}
        </div>
      </div>
    </Panel>
  );
}

function Previous({ task, previous }: { task: string; previous: string | null }) {
  if (previous === null) {
    return <p className="page-note">None: there is no model to go back to.</p>;
  }
  return (
    <>
      <p>
        <b>{referenceWords(previous)}</b>
      </p>
      <p className="page-note">
        To go back to it, type this where the station runs, and start the station again:
      </p>
      <code className="command">{rollbackCommand(task)}</code>
    </>
  );
}

function Comparison({ task, shadow }: { task: string; shadow: NonNullable<TaskModels['shadow']> }) {
  const facts = shadowFacts(shadow.comparison, task);
  if (facts === null) {
    return (
      <p className="page-note">
        Nothing is compared yet: since the last start no window has come that both saw.
      </p>
    );
  }
  return (
    <>
      <p className="page-note">Since the station’s processors started:</p>
      <dl className="facts">
        {facts.map(([term, words]) => (
          <div key={term} className="fact">
            <dt>{term}</dt>
            <dd>{words}</dd>
          </div>
        ))}
      </dl>
    </>
  );
}
