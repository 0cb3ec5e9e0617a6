import { Command } from 'commander';
import {
  loadModel,
  type ModelMetadata,
  type ModelRegistry,
  readModelRegistry,
  REGISTRY_TASKS,
  type RegistryTask,
  rolledBack,
  withLive,
  withShadow,
  writeModelRegistry,
} from '@app/inference';
import { MODEL_INTERFACES } from '@app/vitals';

interface FolderOption {
  models: string;
}

/** `vigil models`: which model answers which task. A station follows when it starts again. */
export function modelsCommand(): Command {
  return new Command('models')
    .description('list the models in force, put another one in their place, and take it back')
    .addCommand(listCommand())
    .addCommand(useCommand())
    .addCommand(shadowCommand())
    .addCommand(rollbackCommand());
}

function listCommand(): Command {
  return folderOption(new Command('list'))
    .description('what registry.json names, and whether each model gives its golden answers here')
    .action(async ({ models }: FolderOption) => {
      const registry = await readModelRegistry(models);
      for (const task of REGISTRY_TASKS) {
        const slot = registry[task];
        if (slot === undefined) say(`${task}: none`);
        else {
          say(`${task}: ${slot.live} (${await stateOf(models, task, slot.live)})`);
          if (slot.shadow !== undefined)
            say(`  shadow ${slot.shadow} (${await stateOf(models, task, slot.shadow)})`);
          if (slot.previous !== undefined) say(`  previous ${slot.previous}`);
        }
      }
    });
}

function useCommand(): Command {
  return folderOption(new Command('use'))
    .description('put a model in force, after all its checks')
    .argument('<name>')
    .argument('<version>')
    .action(async (name: string, version: string, { models }: FolderOption) => {
      const { task, reference } = await checked(models, name, version);
      const registry = await readModelRegistry(models);
      save(models, withLive(registry, task, reference));
      say(`${task}: ${reference} in force when the station starts again; ${undo(registry, task)}`);
    });
}

function shadowCommand(): Command {
  return folderOption(new Command('shadow'))
    .description('run a model beside the one in force, to compare; `none` ends it')
    .argument('<name>', 'name of the model; for `none`, the task follows')
    .argument('<version>', 'its version, or the task')
    .action(async (name: string, version: string, { models }: FolderOption) => {
      const registry = await readModelRegistry(models);
      if (name === 'none') {
        const task = taskNamed(version);
        save(models, need(withShadow(registry, task, null), `${task} has no model`));
        say(`${task}: no shadow when the station starts again`);
        return;
      }
      const { task, reference } = await checked(models, name, version);
      const problem = `${reference} cannot run beside ${registry[task]?.live ?? 'nothing'}`;
      save(models, need(withShadow(registry, task, reference), problem));
      say(`${task}: ${reference} runs beside the live model when the station starts again`);
    });
}

function rollbackCommand(): Command {
  return folderOption(new Command('rollback'))
    .description('put the model in force that was so before')
    .argument('[task]', REGISTRY_TASKS.join(', '), 'heartRate')
    .action(async (named: string, { models }: FolderOption) => {
      const task = taskNamed(named);
      const registry = await readModelRegistry(models);
      const before = need(
        rolledBack(registry, task),
        `${task} has no model to go back to: registry.json names no previous one`,
      );
      const reference = before[task]!.live;
      const [name = '', version = ''] = reference.split('/');
      await checked(models, name, version);
      save(models, before);
      say(`${task}: ${reference} in force when the station starts again; ${undo(registry, task)}`);
    });
}

/** The task of a model, which passes every check that a station makes. */
async function checked(
  models: string,
  name: string,
  version: string,
): Promise<{ task: RegistryTask; reference: string }> {
  const reference = `${name}/${version}`;
  const slot = await loadModel(models, reference);
  if (slot.state === 'unavailable') throw new Error(slot.fault.message);
  const task = taskOf(slot.model.metadata);
  await slot.model.release();
  const state = await stateOf(models, task, reference);
  if (state !== 'ready') throw new Error(state);
  return { task, reference };
}

async function stateOf(models: string, task: RegistryTask, reference: string): Promise<string> {
  const slot = await loadModel(models, reference, { wanted: MODEL_INTERFACES[task] });
  if (slot.state === 'unavailable') return slot.fault.message;
  await slot.model.release();
  return 'ready';
}

function taskOf({ task, position }: ModelMetadata): RegistryTask {
  if (task === 'heart-rate') return 'heartRate';
  if (task === 'fall') return 'fall';
  return position.includes('waist') ? 'activityWaist' : 'activity';
}

function taskNamed(text: string): RegistryTask {
  const task = REGISTRY_TASKS.find((one) => one === text);
  return need(task ?? null, `there is no task ${text}: write ${REGISTRY_TASKS.join(', ')}`);
}

function undo(registry: ModelRegistry, task: RegistryTask): string {
  const before = registry[task]?.live;
  return before === undefined
    ? 'it had none before'
    : `\`vigil models rollback ${task}\` goes back to ${before}`;
}

function need<T>(value: T | null, problem: string): T {
  if (value === null) throw new Error(problem);
  return value;
}

function save(models: string, registry: ModelRegistry): void {
  writeModelRegistry(models, registry);
}

function folderOption(command: Command): Command {
  return command.option('--models <folder>', 'folder of the models and registry.json', 'models');
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
