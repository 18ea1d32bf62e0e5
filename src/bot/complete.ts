// Autocompletion of command options.
import { cut } from '../channels/discord/text.ts';
import { messagesFor } from '../messages/index.ts';
import { oneLine } from '../messages/outside.ts';
import type { Ask, Bot, Choice, HereAsk } from './define.ts';

const choicesMost = 25;
const choiceMost = 100;

function choice(name: string, value: string): readonly Choice[] {
  const shown = cut(oneLine(name), choiceMost);
  return value.length > choiceMost || shown === '' ? [] : [{ name: shown, value }];
}

/** The known values that contain the typed text; the typed text itself where none does. */
function suggestedOf(known: readonly string[], typed: string): readonly Choice[] {
  const wanted = typed.trim().toLowerCase();
  const fitting = known.filter((one) => one.toLowerCase().includes(wanted)).slice(0, choicesMost);
  return (fitting.length > 0 ? fitting : [typed.trim()]).flatMap((one) => choice(one, one));
}

const events = ['release', 'tag', 'repo', 'code', 'licence', 'state', 'model', 'weights', 'gated'];

/** Completes the last word of a list: `release, lic` → `release, licence`. */
function eventChoices(typed: string): readonly Choice[] {
  const words = typed.split(/[\s,]+/);
  const last = (words.at(-1) ?? '').toLowerCase();
  const before = words.slice(0, -1).filter((word) => events.includes(word));
  const fitting = events.filter((event) => event.startsWith(last) && !before.includes(event));
  const whole = before.length === 0 && 'all'.startsWith(last) ? choice('all', 'all') : [];
  return [
    ...whole,
    ...fitting.flatMap((event) => choice([...before, event].join(', '), [...before, event].join(', '))),
  ];
}

async function completeHere(bot: Bot, ask: HereAsk, focused: string, typed: string): Promise<readonly Choice[]> {
  const { stories, watches } = bot.actions;
  switch (`${ask.command}.${focused}`) {
    case 'watch.add.target': {
      const kind = ask.options.kind ?? 'lab';
      const known = bot.suggest(kind, typed);
      const here = (await watches.addresses(ask.place, kind)).filter((address) =>
        address.toLowerCase().includes(typed.trim().toLowerCase()),
      );
      const all = [...known, ...here.flatMap((address) => choice(address, address))];
      return [...new Map(all.toReversed().map((one) => [one.value, one])).values()].toReversed();
    }
    case 'watch.edit.include':
    case 'watch.edit.exclude': {
      const { edit } = messagesFor(ask.locale).texts.bot.setup;
      return typed.trim() === '' ? choice(edit.clear, '-') : choice(typed, typed);
    }
    case 'watch.edit.events':
      return eventChoices(typed);
    case 'settings.quiet':
      return suggestedOf(['22:00-08:00', '23:00-07:00', '00:00-09:00', 'off'], typed);
    case 'settings.timezone':
      return suggestedOf(Intl.supportedValuesOf('timeZone'), typed);
    case 'watch.edit.target':
    case 'watch.remove.target':
    case 'watch.pause.target':
    case 'mute.target': {
      const here = await watches.here(ask.place);
      const wanted = here.filter(({ target }) => target.toLowerCase().includes(typed.trim().toLowerCase()));
      return wanted.flatMap(({ target, handle }) => choice(target, handle));
    }
    case 'why.item':
      return (await stories.items(ask.place, typed)).flatMap(({ name, url }) => choice(name, url));
    default:
      return [];
  }
}

/** Suggestions for the focused option; `ask.options` holds what has been typed so far. */
export async function complete(bot: Bot, ask: Ask, focused: string): Promise<readonly Choice[]> {
  const typed = ask.options[focused] ?? '';
  const { place } = ask;
  const { stories } = bot.actions;
  const found = async (): Promise<readonly Choice[]> => {
    switch (`${ask.command}.${focused}`) {
      case 'model.name':
      case 'compare.a':
      case 'compare.b': {
        const named = await stories.named(place, typed, choicesMost);
        return named.flatMap(({ id, name }) => choice(name, id));
      }
      case 'latest.lab': {
        const wanted = typed.trim().toLowerCase();
        const labs = (await stories.labs(place)).map((id) => ({ id, name: bot.labs.nameOf(id) }));
        const fitting = labs.filter(({ id, name }) => `${id} ${name}`.toLowerCase().includes(wanted));
        return fitting.flatMap(({ id, name }) => choice(name, id));
      }
      default:
        return place === null ? [] : completeHere(bot, { ...ask, place }, focused, typed);
    }
  };
  return (await found()).slice(0, choicesMost);
}
