// landfall init: a few questions, then a configuration that passes `check`.
import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import * as ask from '@clack/prompts';
import { formatProblem } from '../config/problem.ts';
import { readTimeZone } from '../config/scalars.ts';
import { type Answers, neededVariables, writeConfig } from '../config/write.ts';
import { type App, type CommandContext, exit, fail, type RunCommand } from './command.ts';

const defaultConfig = 'config/landfall.yaml';

/** Thrown when a person cancels the questions; caught below. */
class Stopped extends Error {}

function answered<T>(value: T): Exclude<T, symbol> {
  if (ask.isCancel(value)) throw new Stopped('stopped');
  return value as Exclude<T, symbol>;
}

function list(text: string | undefined): readonly string[] {
  return (text ?? '').split(/[\s,]+/).filter((part) => part !== '');
}

function unique(text: string | undefined): readonly string[] {
  return [...new Set(list(text))];
}

async function freeName(first: string): Promise<string> {
  let file = first;
  while (existsSync(file)) {
    file = answered(
      await ask.text({
        message: `${file} exists and is never overwritten. Another name?`,
        placeholder: 'config/my-landfall.yaml',
      }),
    );
  }
  return file;
}

type Problem = App['addressProblem'];

/** Validates while the answer is typed: the problem of the first wrong address. */
export function refused(problem: Problem, kind: string, text: string | undefined): string | undefined {
  for (const address of list(text)) {
    const found = problem(kind, address);
    if (found !== null) return found;
  }
  return undefined;
}

type Pick = readonly { readonly value: string; readonly label: string }[];

/** Validates a time zone while it is typed. */
function unknownZone(text: string | undefined): string | undefined {
  const read = readTimeZone(text ?? '');
  return 'wrong' in read ? `${read.wrong}; ${read.hint}` : undefined;
}

/** Asks which feeds cover many subjects, so that only models are told from them. */
async function pressAmong(feeds: readonly string[]): Promise<readonly string[]> {
  if (feeds.length === 0) return [];
  return answered(
    await ask.multiselect<string>({
      message: 'Which of them write of much else, so that only what is about a model is told (only: models)?',
      options: feeds.map((value) => ({ value })),
      required: false,
    }),
  );
}

async function questions(problem: Problem, known: Pick): Promise<Answers> {
  const labs = answered(
    await ask.autocompleteMultiselect<string>({
      message: 'Which labs? All that is known of each is watched: its accounts, feeds and pages.',
      placeholder: 'type to search, Tab to pick, Enter to go on',
      options: known.map((one) => ({ ...one })),
      maxItems: 8,
    }),
  );
  const github = answered(
    await ask.text({
      message: 'Further GitHub repositories or organisations?',
      placeholder: 'vllm-project/vllm, ggml-org',
      validate: (text) => refused(problem, 'github', text),
      defaultValue: '',
    }),
  );
  const models = answered(
    await ask.text({
      message: 'Further Hugging Face organisations or models?',
      placeholder: 'xai-org/grok-3, openai',
      validate: (text) => refused(problem, 'huggingface', text),
      defaultValue: '',
    }),
  );
  const feeds = answered(
    await ask.text({
      message: 'Feeds (RSS, Atom, JSON Feed)?',
      placeholder: 'https://openai.com/news/rss.xml',
      validate: (text) => refused(problem, 'feed', text),
      defaultValue: '',
    }),
  );
  const press = await pressAmong(unique(feeds));
  const channel = answered(
    await ask.select<Answers['channel']>({
      message: 'Where are alerts told?',
      options: [
        { value: 'terminal', label: 'In the terminal' },
        { value: 'bot', label: 'Discord, by a bot', hint: 'each alert once, for certain' },
        { value: 'webhook', label: 'Discord, by a webhook', hint: 'simple; rarely an alert comes twice' },
      ],
    }),
  );
  const locale = answered(
    await ask.select<Answers['locale']>({
      message: 'In which language?',
      options: [
        { value: 'en', label: 'English' },
        { value: 'ko', label: '한국어' },
      ],
    }),
  );
  const here = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const timezone = answered(await ask.text({ message: 'Time zone?', initialValue: here, validate: unknownZone }));
  return {
    labs,
    github: unique(github),
    huggingface: unique(models),
    feeds: unique(feeds),
    press,
    channel,
    locale,
    timezone,
  };
}

/** Reports what is still missing or, when nothing is, offers a test message. Returns the exit code. */
async function tryOut({ app, out, options, log, signal }: CommandContext, file: string): Promise<number> {
  const reading = await app.readConfig(file);
  if ('problems' in reading) {
    ask.log.warn(reading.problems.map(formatProblem).join('\n'));
    return exit.done;
  }
  const wanted = answered(await ask.confirm({ message: 'Send a test message now?' }));
  if (!wanted) return exit.done;
  const code = await app.sendTest(
    reading.config,
    { channel: null, mention: false, out: { ...out, json: options.json }, log: log(reading.config) },
    signal,
  );
  if (code !== exit.done) ask.log.warn('The test message did not arrive; the configuration stays as it is written.');
  return code;
}

export const init: RunCommand = async (context) => {
  const { app, out, options } = context;
  if (!out.interactive)
    return fail(
      out,
      'landfall init asks questions and needs a terminal; to begin without one, copy config/landfall.yaml and edit it',
      exit.wrong,
    );
  let written: string | null = null;
  try {
    ask.intro('Landfall');
    const file = await freeName(options.config);
    const answers = await questions(app.addressProblem, app.labs());
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, writeConfig(answers), { flag: 'wx' });
    written = file;
    const secrets = neededVariables(answers.channel).map(([name, purpose]) => `\n  ${name}: ${purpose}`);
    ask.log.success(`${file} is written.`);
    if (secrets.length > 0)
      ask.log.info(`Set in the environment (\`npm start\` also reads a file .env):${secrets.join('')}`);
    const code = await tryOut(context, file);
    const named = file === defaultConfig ? '' : ` --config ${file}`;
    ask.outro(`Next: npx landfall check${named}, then npx landfall run${named}`);
    return code;
  } catch (error) {
    if (!(error instanceof Stopped)) throw error;
    ask.cancel(written === null ? 'Nothing was written.' : `${written} is written.`);
    return written === null ? exit.failed : exit.done;
  }
};
