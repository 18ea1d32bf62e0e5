// landfall init: a few questions, then a configuration that passes `check`.
import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import * as ask from '@clack/prompts';
import { type Answers, neededVariables, writeConfig } from '../config/write.ts';
import { type App, exit, fail, type RunCommand } from './command.ts';

/** Thrown when a person leaves the questions; caught below. */
class Stopped extends Error {}

function answered<T>(value: T): Exclude<T, symbol> {
  if (ask.isCancel(value)) throw new Stopped('stopped');
  return value as Exclude<T, symbol>;
}

function list(text: string | undefined): readonly string[] {
  return (text ?? '').split(/[\s,]+/).filter((part) => part !== '');
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

/** Said while the answer is being typed: the first address that cannot be one. */
export function refused(problem: Problem, kind: string, text: string | undefined): string | undefined {
  for (const address of list(text)) {
    const found = problem(kind, address);
    if (found !== null) return found;
  }
  return undefined;
}

async function questions(problem: Problem): Promise<Answers> {
  const github = answered(
    await ask.text({
      message: 'GitHub repositories or organisations?',
      placeholder: 'xai-org/grok-1, mistralai',
      validate: (text) => refused(problem, 'github', text),
      defaultValue: '',
    }),
  );
  const models = answered(
    await ask.text({
      message: 'Hugging Face organisations or models?',
      placeholder: 'xai-org, openai',
      validate: (text) => refused(problem, 'huggingface', text),
      initialValue: 'xai-org',
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
  const named = [...new Set(list(feeds))];
  const press =
    named.length === 0
      ? []
      : answered(
          await ask.multiselect<string>({
            message: 'Which of them write of much else, so that only what is about a model is told (only: models)?',
            options: named.map((value) => ({ value })),
            required: false,
          }),
        );
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
  const timezone = answered(await ask.text({ message: 'Time zone?', initialValue: here }));
  return { github: list(github), huggingface: list(models), feeds: list(feeds), press, channel, locale, timezone };
}

export const init: RunCommand = async ({ app, out, options }) => {
  if (!out.interactive)
    return fail(
      out,
      'landfall init asks questions and needs a terminal; to begin without one, copy config/landfall.yaml and edit it',
      exit.wrong,
    );
  try {
    ask.intro('Landfall');
    const file = await freeName(options.config);
    const answers = await questions(app.addressProblem);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, writeConfig(answers), { flag: 'wx' });
    const secrets = neededVariables(answers.channel).map(([name, purpose]) => `\n  ${name}: ${purpose}`);
    ask.outro(
      `${file} is written.${secrets.length === 0 ? '' : ` Set in the environment:${secrets.join('')}`}\nNext: landfall check --config ${file}`,
    );
    return exit.done;
  } catch (error) {
    if (!(error instanceof Stopped)) throw error;
    ask.cancel('Nothing was written.');
    return exit.failed;
  }
};
