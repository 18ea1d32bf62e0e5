// `/watch edit`, and adding all watches of a lab: previews with buttons, and their confirmation.
import { inline } from '../channels/discord/text.ts';
import type { LabDraft } from '../guilds/add-lab.ts';
import type { EditDraft, EditPreview, EditWish } from '../guilds/edit-watch.ts';
import { fill } from '../messages/fill.ts';
import type { Language } from '../messages/format.ts';
import { messagesFor } from '../messages/index.ts';
import type { Bot, Button, HereAsk, HereAsker, InteractionReply } from './define.ts';
import { because, hidden, missingLine, previewAnswer, shown, unchanged } from './watching.ts';

const shownMost = 5;
/** In milliseconds; longer than for one watch, since a lab has several addresses. */
const labPreviewMs = 60_000;

function confirmButtons(id: string, yes: string, language: Language): NonNullable<InteractionReply['components']> {
  const buttons: readonly Button[] = [
    { type: 2, style: 3, label: yes, custom_id: `watch:yes:${id}` },
    { type: 2, style: 2, label: language.texts.bot.watch.cancel, custom_id: `watch:no:${id}` },
  ];
  return [{ type: 1, components: buttons }];
}

function wishOf({ options, place }: HereAsk): EditWish | 'everyone' {
  const { events, include, exclude, only, prereleases, role, ping } = options;
  if (role === place.guild) return 'everyone';
  const cleared = (written: string): string => (written.trim() === '-' ? '' : written);
  return {
    ...(events === undefined ? {} : { events }),
    ...(include === undefined ? {} : { include: cleared(include) }),
    ...(exclude === undefined ? {} : { exclude: cleared(exclude) }),
    ...(only === 'models' || only === 'everything' ? { only } : {}),
    ...(prereleases === undefined ? {} : { prereleases: prereleases === 'yes' }),
    ...(role === undefined ? (ping === 'nobody' ? { role: null } : {}) : { role }),
  };
}

function previewLines(preview: EditPreview, target: string, language: Language): readonly string[] {
  const { edit } = language.texts.bot.setup;
  const { told, held } = preview;
  if (told.length + held.length === 0) return [fill(edit.nothingKnown, { target: shown(target) })];
  const list = (names: readonly string[]): string =>
    names.length === 0
      ? ''
      : `: ${names
          .slice(0, shownMost)
          .map((name) => inline(name, 80))
          .join(', ')}${names.length > shownMost ? ', …' : ''}`;
  return [
    fill(edit.title, { target: shown(target) }),
    `• ${language.count(edit.told, told.length)}${list(told)}`,
    `• ${language.count(edit.held, held.length)}${list(held)}`,
  ];
}

export async function answerEdit(bot: Bot, ask: HereAsk): Promise<InteractionReply> {
  const language = messagesFor(ask.locale);
  const { edit: texts, settings } = language.texts.bot.setup;
  const wish = wishOf(ask);
  if (wish === 'everyone') return hidden(settings.notEveryone);
  const edit = await bot.actions.watches.edit(ask.place, ask.options.target ?? '', wish);
  switch (edit.kind) {
    case 'ready': {
      const { draft } = edit;
      const pings = (draft.edited.mention ?? []).map((role) => fill(texts.pinged, { who: `<@&${role}>` }));
      const needs = language.reason({ code: 'permission.mention-everyone', params: {} });
      const lines = [
        ...previewLines(edit.shown, draft.target, language),
        ...pings.map((line) => `• ${line}`),
        ...(ask.unheard === true ? [fill(settings.unheard, { permission: needs })] : []),
      ];
      return { ...hidden(lines.join('\n')), components: confirmButtons(bot.drafts.keep(draft), texts.save, language) };
    }
    case 'nothing asked':
      return hidden(fill(texts.unchanged, { target: shown(edit.target) }));
    case 'too much':
      return hidden(because({ code: 'preview.too-much', params: {} }, language, 300));
    case 'invalid':
      return previewAnswer(edit, ask, bot, language);
    default:
      return unchanged(edit, ask.locale);
  }
}

async function saveEdited(bot: Bot, asker: HereAsker, draft: EditDraft): Promise<InteractionReply> {
  const { setup, watch } = messagesFor(asker.locale).texts.bot;
  const saved = await bot.actions.watches.saveEdit(draft);
  return hidden(saved ? fill(setup.edit.saved, { target: shown(draft.target) }) : watch.expired);
}

export async function answerAddLab(bot: Bot, ask: HereAsk, signal: AbortSignal): Promise<InteractionReply> {
  const language = messagesFor(ask.locale);
  const { lab: texts } = language.texts.bot.setup;
  const written = ask.options.target ?? '';
  const id = bot.labs.idOf(written);
  const soon = AbortSignal.any([signal, AbortSignal.timeout(labPreviewMs)]);
  const preview =
    id === null ? ({ kind: 'no lab' } as const) : await bot.actions.watches.previewLab(ask.place, id, soon);
  if (preview.kind === 'no lab') return hidden(fill(texts.unknown, { lab: inline(written, 100) }));
  const lab = inline(bot.labs.nameOf(preview.draft.lab), 100);
  const { already, draft, previews } = preview;
  const ready = previews.flatMap((one) => (one.kind === 'ready' ? [`• ${shown(one.target)}`] : []));
  const failed = previews.flatMap((one) =>
    one.kind === 'not looked at' ? [`⚠️ ${shown(one.target)}: ${because(one.reason, language, 120)}`] : [],
  );
  const refusal = previews.find(({ kind }) => kind === 'too many watches' || kind === 'too many looks');
  const known = already === 0 ? [] : [language.count(texts.already, already)];
  if (ready.length === 0) {
    if (refusal !== undefined) return previewAnswer(refusal, ask, bot, language);
    return hidden([fill(texts.nothing, { lab }), ...known, ...failed].join('\n'));
  }
  const lines = [fill(texts.title, { lab }), ...ready, ...failed, ...known];
  const yes = language.texts.bot.watch.confirm;
  return { ...hidden(lines.join('\n')), components: confirmButtons(bot.drafts.keep(draft), yes, language) };
}

async function addWholeLab(bot: Bot, asker: HereAsker, draft: LabDraft): Promise<InteractionReply> {
  const language = messagesFor(asker.locale);
  const { lab, added, refused } = await bot.actions.watches.addLab(draft);
  if (added === 0 && refused !== null) return previewAnswer(refused, asker, bot, language);
  const name = inline(bot.labs.nameOf(lab), 100);
  return hidden(language.count(language.texts.bot.setup.lab.added, added, { lab: name }));
}

/** Replaces the preview, and so removes its buttons. */
export async function answerDraft(bot: Bot, asker: HereAsker, yes: boolean, id: string): Promise<InteractionReply> {
  const language = messagesFor(asker.locale);
  const { watch } = language.texts.bot;
  const draft = bot.drafts.take(id, asker.place);
  if (draft === null) return hidden(watch.expired);
  if (!yes) return hidden(watch.cancelled);
  if ('edited' in draft) return saveEdited(bot, asker, draft);
  if ('drafts' in draft) return addWholeLab(bot, asker, draft);
  const added = await bot.actions.watches.add(draft);
  if (added.kind !== 'added') return previewAnswer(added, asker, bot, language);
  return hidden([fill(watch.added, { target: shown(added.target) }), ...missingLine(asker, language)].join('\n'));
}
