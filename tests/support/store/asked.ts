// All queries of the store, as made by a wake, a pass, the sender or a command.

import { isShared } from '../../../src/store/continuing.ts';
import { rolesFor, saveSpec } from '../../../src/store/editing.ts';
import * as fanouts from '../../../src/store/fanouts.ts';
import { findsOf, parentsOf, saveFind } from '../../../src/store/finds.ts';
import * as guilds from '../../../src/store/guilds.ts';
import * as items from '../../../src/store/items.ts';
import { lastLooks } from '../../../src/store/last-looks.ts';
import {
  claimLease,
  keepLease,
  leaseStatement,
  leasesEnded,
  leasesOfOthers,
  releaseLease,
} from '../../../src/store/leases.ts';
import * as listing from '../../../src/store/listing.ts';
import { readMeta, renameMeta, saveMeta } from '../../../src/store/meta.ts';
import * as people from '../../../src/store/people.ts';
import { duePools, poolState, restPool, savePoolState } from '../../../src/store/pools.ts';
import { askPledge, takePledge } from '../../../src/store/requests.ts';
import { claimTidying, endExplained, endOwed, endSpread } from '../../../src/store/retention.ts';
import * as scopes from '../../../src/store/scopes.ts';
import { addServer, knowServers } from '../../../src/store/servers.ts';
import { shardTotal } from '../../../src/store/shards.ts';
import { countedOn, saveSpread, spreadOf } from '../../../src/store/spread.ts';
import * as stories from '../../../src/store/stories.ts';
import { sharedDocs } from '../../../src/store/story-docs.ts';
import * as search from '../../../src/store/story-search.ts';
import { moveToPool } from '../../../src/store/target-pools.ts';
import * as targets from '../../../src/store/targets.ts';
import { dropUnwatchedOf } from '../../../src/store/unwatched.ts';
import * as verdicts from '../../../src/store/verdicts.ts';
import { dropWithdrawn, freshVouches, saveVouch, takeVouch, withdrawVouch } from '../../../src/store/vouches.ts';
import * as watches from '../../../src/store/watches.ts';
import { landedStory } from '../board/stories.ts';
import { guildWatchOn, targetOf } from '../worker.ts';
import { type Asked, askedOfChannels, written } from './asked-channels.ts';

const at = '2025-11-15T12:00:00.000Z';
const channel = 'guild:g10:2';
const scope = { guild: 'g10' } as const;
const watch = { ...guildWatchOn('t1', 'g10'), id: 'w1' };
const row = targets.newTargetRow(targetOf('t1'), 'github', at);
const reason = { code: 'message.told-in', params: { delivery: 'd1' } } as const;
const observation = {
  targetId: 't1',
  key: 'release:1',
  fingerprint: 'f',
  kind: 'release',
  sort: 'thing',
  about: 'a',
  subject: null,
  title: 'A title',
  url: 'https://example.test/1',
  publishedAt: null,
  lang: null,
  text: null,
  facts: {},
} as const;
const item = { observation, storyKey: 'k1', nameKey: null, firstSeen: at, goneAt: null, baseline: false };
const verdict = {
  at,
  watchId: 'w1',
  targetId: 't1',
  key: 'release:1',
  change: 'new',
  told: true,
  reason,
  storyId: 's1',
};
const story = landedStory({ lab: 'lab1', name: 'Model 1', at });
const theirs = (guild: string) => ({ story: { ...story, scope: { guild } }, before: 0 });
const lease = { name: 'channel:1', holder: 'w', token: 1 };
const wish = { person: 'p1', storyId: 's1', locale: 'en' };

/** By the name of the function. */
export const asked: Readonly<Record<string, Asked>> = {
  ...askedOfChannels,
  // Fan-outs.
  saveFanout: written(fanouts.saveFanout({ id: 'f', pool: 'github', at }, {}, [{}])),
  fanoutsIn: (db) => fanouts.fanoutsIn(db, ['github1']),
  fanoutContent: (db) => fanouts.fanoutContent(db, 'f1'),
  nextPart: (db) => fanouts.nextPart(db, 'f1', { after: -1, now: at }),
  setPartAside: written(fanouts.setPartAside({ fanout: 'f1', part: 0 }, at, 'why')),
  endPart: written(fanouts.endPart({ fanout: 'f1', part: 0 })),
  // Targets, what was found through them, and who asks for them.
  findsOf: (db) => findsOf(db, 't1'),
  parentsOf: (db) => parentsOf(db, ['t1', 't2']),
  saveFind: written(saveFind({ parentId: 't1', childId: 't2', mark: null })),
  lastLooks: (db) => lastLooks(db, ['t1', 't2']),
  targetsById: (db) => targets.targetsById(db, ['t1', 't2']),
  nextTargets: async (db) => {
    for (const askers of ['all', 'file', 'guilds'] as const)
      await targets.nextTargets(db, { pool: 'github', now: at, limit: 100, askers });
  },
  hurryTargets: written(targets.hurryTargets(['t1', 't2'], at)),
  insertTarget: written(targets.insertTarget(row)),
  lookSoon: written(targets.lookSoon(row)),
  updateTarget: written(targets.updateTarget(row)),
  dropUnwatchedOf: written(dropUnwatchedOf(['t1', 't2'])),
  countReported: async (db) => {
    await targets.countReported(db, '2025-12-26', null);
    await targets.countReported(db, '2025-12-26', { pool: 'github', reason });
  },
  countUntried: targets.countUntried,
  poolTargets: (db) => targets.poolTargets(db, 'feed:40'),
  duePools: (db) => duePools(db, at),
  poolState: (db) => poolState(db, 'feed:1'),
  savePoolState: written(savePoolState({ id: 'feed:1', pausedUntil: null, doc: null })),
  restPool: written(restPool('feed:1', at)),
  fileWatches: watches.fileWatches,
  watchesOn: async (db) => {
    await watches.watchesOn(db, ['t1', 't2']);
    await watches.watchesOn(db, ['t1', 't2'], ['g10', 'g11']);
  },
  watchedAddresses: (db) => watches.watchedAddresses(db, ['w1', 'w2']),
  askersOf: async (db) => {
    await watches.askersOf(db, ['t1', 't2']);
    await watches.askersOf(db, ['t1', 't2'], ['g10', 'g11']);
  },
  saveWatch: written(watches.saveWatch(watch, at)),
  beginWatches: written(watches.beginWatches(['t1', 't2'], at)),
  dropWatches: written(watches.dropWatches(['w1', 'w2'])),
  kindsNamed: (db) => watches.kindsNamed(db, ['t1', 't2'], new Set(['support'])),
  saveSpec: written(saveSpec(watch)),
  // What people in Discord have added.
  rolesFor: (db) => rolesFor(db, 'g10', channel, 's1'),
  guildChannelByName: (db) => guilds.guildChannelByName(db, channel),
  saveGuildChannel: written(
    guilds.saveGuildChannel({ name: channel, guild: 'g10', channel: '2', locale: null, digest: null }, at),
  ),
  forgetAdditions: async (db) => db.batch(await guilds.forgetAdditions(db, channel)),
  guildWatches: (db) => guilds.guildWatches(db, 'g10'),
  countGuildWatches: (db) => guilds.countGuildWatches(db, 'g10'),
  addGuildWatch: written(guilds.addGuildWatch(watch, 'g10', 20, at)),
  holdWatch: written(guilds.holdWatch('w1', null)),
  resumeWatch: written(guilds.resumeWatch('w1', at, true)),
  lapseMutes: (db) => guilds.lapseMutes(db, at),
  anyGuildWatches: guilds.anyGuildWatches,
  askedByGuildsOnly: (db) => guilds.askedByGuildsOnly(db, ['t1', 't2']),
  redirectWatch: written(guilds.redirectWatch(watch, [channel])),
  pledgeAnswers: (db) => guilds.pledgeAnswers(db, 'g10'),
  savePledgeAnswer: written(
    guilds.savePledgeAnswer({ guild: 'g10', storyId: 's1', answer: 'confirmed', person: 'p', now: at }),
  ),
  ownScopes: (db) => scopes.ownScopes(db, [channel, 'guild:g11:2']),
  hasOwnScope: (db) => scopes.hasOwnScope(db, 'g10'),
  scopesEdition: scopes.scopesEdition,
  guardScopes: written(scopes.guardScopes('1')),
  saveScope: written(scopes.saveScope(channel, 'g10')),
  dropScope: written(scopes.dropScope(channel)),
  isPrivateSeen: scopes.isPrivateSeen,
  knowServers: written(knowServers(['g1'], at)),
  addServer: written(addServer('g1', at)),
  isShared: (db) => isShared(db, 't1'),
  withdrawVouch: (db) => withdrawVouch(db, { scope, source: 'github', account: 'a' }, at),
  dropWithdrawn: written(dropWithdrawn({ scope, source: 'github', account: 'a' })),
  saveVouch: written(saveVouch({ scope, source: 'github', account: 'a', lab: 'l' }, at)),
  freshVouches,
  takeVouch: written(takeVouch({ scope, source: 'github', account: 'a', lab: 'l' }, at)),
  addWish: written(people.addWish('follows', wish, 25, at)),
  hasWish: (db) => people.hasWish(db, 'follows', 'p1', 's1'),
  dropWish: written(people.dropWish('follows', wish)),
  dropOwed: written(people.dropOwed('p1', 's1')),
  beginFollowing: written(people.beginFollowing('p1', 's1', 1)),
  followersOf: (db) => people.followersOf(db, ['s1', 's2']),
  moveWishes: written(people.moveWishes('s1', 's2')),
  forgetPerson: written(people.forgetPerson('person:p1')),
  // What was seen.
  itemsOf: (db) => items.itemsOf(db, 't1'),
  comingsOf: (db) => items.comingsOf(db, 't1'),
  itemsOfStories: (db) => items.itemsOfStories(db, ['k1', 'k2']),
  hiddenKeys: (db) => items.hiddenKeys(db, ['k1', 'k2']),
  privateTargets: (db) => items.privateTargets(db, ['t1', 't2']),
  kindsOfFamily: (db) => items.kindsOfFamily(db, 'lab/family1', true),
  itemsOfName: (db) => items.itemsOfName(db, 'lab/family1/10'),
  renameStory: written(items.renameStory('k1', 'k2')),
  setItemsAside: written(items.setItemsAside('t1', '@1', at)),
  verdictsOn: (db) => verdicts.verdictsOn(db, 't1', 'release:1'),
  keysTold: (db) => verdicts.keysTold(db, ['w1', 'w2']),
  setVerdictsAside: written(verdicts.setVerdictsAside('t1', '@1')),
  saveItem: written(items.saveItem(item)),
  saveVerdict: written(verdicts.saveVerdict(verdict)),
  saveStory: written(stories.saveStory(story, 0), stories.saveStory(story, 1)),
  saveStories: written(stories.saveStories([theirs('g1'), theirs('g2')], at)),
  sharedDocs: written(sharedDocs([theirs('g1').story, theirs('g2').story], at).statements),
  storiesByKey: (db) => stories.storiesByKey(db, scope, ['k1', 'k2']),
  storyById: (db) => stories.storyById(db, 's1'),
  storyOfKey: (db) => stories.storyOfKey(db, 'k1'),
  storiesDue: (db) => stories.storiesDue(db, '2025-10-01'),
  openStories: (db) => stories.openStories(db, at),
  storiesOfAll: (db) => stories.storiesOfAll(db, ['k10', 'k20']),
  storiesOfKeys: (db) => stories.storiesOfKeys(db, ['file', scope], ['k1', 'k2']),
  guildsWith: (db) => stories.guildsWith(db, ['k1', 'k2']),
  takenIds: (db) => stories.takenIds(db, ['s1', 's2']),
  storiesOfLabs: (db) => stories.storiesOfLabs(db, ['file', scope], ['lab1', 'lab2']),
  storiesNamed: (db) => stories.storiesNamed(db, ['file', scope], ['lab1'], ['k1', 'model:~/a']),
  nextTurnAt: stories.nextTurnAt,
  releasedStories: (db) => search.releasedStories(db, ['file', scope], 10),
  recentStories: (db) => search.recentStories(db, ['file', scope], 'model', 10),
  recentNames: (db) => search.recentNames(db, ['file', scope], 10),
  labStories: async (db) => {
    await search.labStories(db, ['file', scope], 'lab1', 10);
    await search.labStories(db, ['file', scope], null, 10);
  },
  knownLabs: (db) => search.knownLabs(db, ['file', scope]),
  promisedStories: (db) => search.promisedStories(db, ['file', scope], 10),
  listStories: async (db) => {
    await listing.listStories(db, {}, null, 20);
    await listing.listStories(db, { stage: 'released', lab: 'lab1' }, { at, id: 's1' }, 20);
  },
  countModels: listing.countModels,
  newestModels: (db) => listing.newestModels(db, 30, 60),
  storiesById: (db) => listing.storiesById(db, ['s1', 's2']),
  landingsByMonth: (db) => listing.landingsByMonth(db, at),
  firstTold: (db) => listing.firstTold(db, ['s1', 's2']),
  fillListing: listing.fillListing,
  // Single values and counts.
  claimLease: (db) => claimLease(db, 'channel:1', 'w', 1_000),
  leaseStatement: async (db) => db.batch([leaseStatement(db, lease, 1_000)]),
  keepLease: (db) => keepLease(db, lease, 1_000),
  releaseLease: (db) => releaseLease(db, lease),
  leasesEnded: (db) => leasesEnded(db, ['channel:1', 'channel:2']),
  leasesOfOthers: (db) => leasesOfOthers(db, ['channel:1', 'channel:2'], 'v'),
  shardTotal,
  moveToPool: written(moveToPool(['t1', 't2'], 'github:acme')),
  readMeta: (db) => readMeta(db, 'beat'),
  saveMeta: written(saveMeta('beat', '1')),
  renameMeta: written(renameMeta('one', 'other')),
  askPledge: written(askPledge({ storyId: 's1', answer: 'confirmed' }, at)),
  takePledge: written(takePledge({ storyId: 's1', answer: 'confirmed' })),
  saveSpread: written(saveSpread({ storyId: 's1', day: '2025-1', measure: 'stars', value: 1 }, at)),
  countedOn: (db) => countedOn(db, '2025-1'),
  spreadOf: (db) => spreadOf(db, 's1'),
  endExplained: (db) => endExplained(db, '2024-01-01'),
  endSpread: (db) => endSpread(db, '2024-01-01'),
  endOwed: (db) => endOwed(db, new Set(), { before: at, now: at, reason: '{}' }),
  claimTidying: (db) => claimTidying(db, at, at),
};
