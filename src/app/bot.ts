// Builds the bot and its use cases from the worker's parts.

import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { BotActions } from '../bot/define.ts';
import { createDrafts } from '../bot/drafts.ts';
import { keepBot } from '../bot/gateway.ts';
import { readQuiet, readTimeZone } from '../config/scalars.ts';
import { addLab, previewLab } from '../guilds/add-lab.ts';
import { addWatch, previewWatch } from '../guilds/add-watch.ts';
import { changeSettings, digestNow, setDigest, setLanguage, settingsHere } from '../guilds/channel-settings.ts';
import type { GuildContext } from '../guilds/context.ts';
import { previewEdit, saveEdit } from '../guilds/edit-watch.ts';
import { followStory, leaveStory, remindedAt, remindOf, storyFor } from '../guilds/follow.ts';
import { greet, noteServers } from '../guilds/greet.ts';
import { latestLanded, storiedLabs, storiesNamed, storiesNear } from '../guilds/models.ts';
import { answerPromise, promisesHere } from '../guilds/pledges.ts';
import { standingHere } from '../guilds/status.ts';
import { vouchHere } from '../guilds/vouch.ts';
import { knownAddresses, muteWatch, pauseWatch, removeWatch, watchesHere } from '../guilds/watches.ts';
import { itemChoices, whyHere } from '../guilds/why.ts';
import { messagesFor } from '../messages/index.ts';
import type { Previews } from '../scheduler/previews.ts';
import { sources } from '../sources/index.ts';
import { readMeta, saveMeta } from '../store/meta.ts';
import { isOfModel } from '../stories/reading.ts';
import { iso } from '../types/time.ts';
import type { Worker } from '../worker/context.ts';
import type { Wakeup } from '../worker/wakeup.ts';
import type { GuildChannels } from './guild-channels.ts';
import { labNames, labSuggestions, labWatches } from './names.ts';
import type { Pictures } from './pictures.ts';
import { openShards } from './shards.ts';

/** Wakes the dispatcher when the work made something owed, so that it is not sent only in the next round. */
async function wakeIfOwed<T>(wakeup: Wakeup, work: Promise<T>, isOwed: (done: T) => boolean): Promise<T> {
  const done = await work;
  if (isOwed(done)) wakeup.ring();
  return done;
}

function botActions(guildContext: GuildContext, places: GuildChannels, wakeup: Wakeup, pictures: Pictures): BotActions {
  const { db } = guildContext;
  return {
    watches: {
      here: (place) => watchesHere(guildContext, place),
      preview: (place, wish, signal) => previewWatch(guildContext, place, wish, signal),
      add: (draft) => addWatch(guildContext, draft),
      remove: (place, words) => removeWatch(guildContext, place, words),
      edit: (place, words, wish) => previewEdit(guildContext, place, words, wish),
      saveEdit: (draft) => saveEdit(guildContext, draft),
      previewLab: (place, lab, signal) => previewLab(guildContext, place, lab, signal),
      addLab: (draft) => addLab(guildContext, draft),
      addresses: (place, kind) => knownAddresses(guildContext, place, kind),
      hold: {
        pause: (place, words) => pauseWatch(guildContext, place, words),
        mute: (place, words, span) => muteWatch(guildContext, place, words, span),
      },
    },
    stories: {
      named: (place, asked, most) => storiesNamed(db, place, asked, most),
      near: (place, asked, most) => storiesNear(db, place, asked, most),
      picture: (story) => pictures.spread(db, story),
      latest: (place, wish) => latestLanded(db, place, wish),
      labs: (place) => storiedLabs(db, place),
      items: (place, typed) => itemChoices(guildContext, place, typed),
      why: (place, words) => whyHere(guildContext, place, words),
    },
    promises: {
      here: (place) => promisesHere(guildContext, place),
      answer: (place, storyId, answer, person) =>
        wakeIfOwed(wakeup, answerPromise(guildContext, place, { storyId, answer, person }), (answered) => answered),
    },
    vouch: (place, storyId) => vouchHere(guildContext, place, storyId),
    people: {
      story: (who, id) => storyFor(guildContext, who, id),
      follow: (who, id) => followStory(guildContext, who, id),
      leave: (person, id, table) => leaveStory(guildContext, person, id, table),
      remind: async (who, id) => {
        const reminded = await remindOf(guildContext, who, id);
        const due = 'story' in reminded ? (remindedAt(reminded.story)?.due ?? null) : null;
        return { reminded, due };
      },
    },
    channel: {
      standing: (place) => standingHere(guildContext, place),
      digest: (place, when) => wakeIfOwed(wakeup, setDigest(guildContext, place, when), ({ kind }) => kind === 'set'),
      digestNow: (place) => wakeIfOwed(wakeup, digestNow(guildContext, place), ({ kind }) => kind === 'comes'),
      language: (place, locale) => setLanguage(guildContext, place, locale),
      settings: (place) => settingsHere(guildContext, place),
      change: (place, change) => changeSettings(guildContext, place, change),
      quietOf: (written) => {
        const read = readQuiet(written);
        return 'value' in read ? read.value : null;
      },
      isZone: (written) => 'value' in readTimeZone(written),
      sample: (place, signal) => places.sample(place, signal),
    },
  };
}

interface BotParts {
  readonly worker: Worker;
  readonly places: GuildChannels;
  readonly wakeup: Wakeup;
  readonly previews: Previews;
  readonly pictures: Pictures;
  readonly userAgent: string;
}

/** Runs until the signal aborts; returns at once when commands are not enabled, or there is no token. */
export async function runBot(
  { worker, places, wakeup, previews, pictures, userAgent }: BotParts,
  signal: AbortSignal,
): Promise<void> {
  const { config, db, now, log } = worker;
  const token = config.secrets.DISCORD_TOKEN;
  if (!config.bot.commands) return;
  if (token === undefined) {
    log.warn('bot.commands needs DISCORD_TOKEN (or DISCORD_TOKEN_FILE): there are no commands in Discord');
    return;
  }
  const guildContext: GuildContext = {
    db,
    config,
    now,
    sources: worker.sources,
    kinds: sources,
    matcher: worker.matcher,
    sizeOf: worker.sizeOf,
    previews,
    isModel: (observation) => isOfModel(worker.read(observation, iso(now()))),
    labWatches: labWatches(config.labs),
    fileChannel: places.fileChannel,
    changed: places.refresh,
  };
  await keepBot(
    {
      bot: {
        actions: botActions(guildContext, places, wakeup, pictures),
        drafts: createDrafts(now, randomUUID),
        kinds: sources.map(({ kind }) => kind),
        labs: labNames(config.labs),
        suggest: labSuggestions(config.labs),
        languageOf: places.languageOf,
        now,
      },
      token,
      apiUrl: config.addresses['discord.apiUrl'] ?? 'https://discord.com/api',
      userAgent,
      now,
      wait: (ms, until) => sleep(ms, undefined, { signal: until }).catch(() => undefined),
      log,
      shards: openShards(worker),
      servers: {
        note: (guilds) => noteServers(guildContext, guilds),
        joined: async (server, locale) => {
          const { title, text } = messagesFor(locale).texts.bot.setup.welcome;
          if (await greet(guildContext, server, { title, text })) wakeup.ring();
        },
      },
      registered: {
        read: () => readMeta(db, 'bot.commands'),
        write: async (hash) => {
          await db.batch([saveMeta('bot.commands', hash)]);
        },
      },
    },
    signal,
  );
}
