// The sender's queries, and the statements that write channels and messages.
import { channelState, goneChannels, saveChannelState, tryHeld } from '../../../src/store/channel-states.ts';
import { deliverAt, deliveriesAfter } from '../../../src/store/clock-steps.ts';
import type { Db, Statement } from '../../../src/store/define.ts';
import * as deliveries from '../../../src/store/deliveries.ts';
import { countCollected, hurryDigest, subjectsTold } from '../../../src/store/digests.ts';
import { messagesOf, saveMessage } from '../../../src/store/messages.ts';
import { moveChannels, renameChannel, saveSent } from '../../../src/store/moving.ts';
import * as places from '../../../src/store/places.ts';
import { putBack, putBackUntil, waitingBefore } from '../../../src/store/put-back.ts';
import * as settling from '../../../src/store/settling.ts';

const at = '2025-11-15T12:00:00.000Z';
const channel = 'guild:g10:2';
const reason = { code: 'message.told-in', params: { delivery: 'd1' } } as const;
const delivery = {
  id: 'd1',
  channel,
  subject: 's1',
  revision: 1,
  seq: 1,
  notBefore: at,
  attempts: 0,
  form: 'card',
  content: null,
  pinned: null,
  sent: [],
  doubtSince: null,
} as const;

export type Asked = (db: Db) => Promise<unknown>;

export const written =
  (...statements: readonly (Statement | readonly Statement[])[]): Asked =>
  (db) =>
    db.batch(statements.flat());

export const askedOfChannels: Readonly<Record<string, Asked>> = {
  channelState: (db) => channelState(db, channel),
  goneChannels,
  saveChannelState: written(
    saveChannelState({ name: channel, address: '1', holdUntil: at, reason: null, goneAt: null }),
  ),
  tryHeld: written(tryHeld(at)),
  placeAt: (db) => places.placeAt(db, 'a1'),
  placesBehind: (db) => places.placesBehind(db, at, 50),
  savePlace: written(places.savePlace('a1', { known: null, behind: true }, at)),
  replacePlace: written(places.replacePlace('a1', null, { known: null, behind: false }, at)),
  forgetPlace: written(places.forgetPlace('a1')),
  dropPlacesBefore: written(places.dropPlacesBefore('2025-05-01T00:00:00.000Z')),
  deliveriesAfter: (db) => deliveriesAfter(db, at),
  deliverAt: written(deliverAt('d1', at)),
  insertDelivery: written(deliveries.insertDelivery(delivery, at)),
  raise: written(deliveries.raise('d1', 2)),
  nextOwed: (db) => deliveries.nextOwed(db, channel, at),
  dueChannels: (db) => deliveries.dueChannels(db, at, 64),
  nextOwedAt: (db) => deliveries.nextOwedAt(db, at),
  countOwedIn: (db) => deliveries.countOwedIn(db, [channel], at),
  givenUpSince: (db) => deliveries.givenUpSince(db, at),
  owedByChannel: deliveries.owedByChannel,
  owedOf: (db) => deliveries.owedOf(db, ['s1', 's2'], [channel]),
  dueEntries: (db) => deliveries.dueEntries(db, channel, at),
  deliveriesOf: (db) => deliveries.deliveriesOf(db, 's1'),
  countCollected: (db) => countCollected(db, channel),
  hurryDigest: written(hurryDigest(channel, at)),
  subjectsTold: (db) => subjectsTold(db, channel, at),
  pin: written(settling.pin(delivery, { pages: [], revision: 1, by: 'w', now: at })),
  unpin: written(settling.unpin('d1')),
  tellIn: written(settling.tellIn(delivery, 'd2', at)),
  giveUpEntries: written(settling.giveUpEntries('d1', reason)),
  pageSent: written(settling.pageSent('d1', [])),
  settle: written(settling.settle(delivery, 'sent', null, at)),
  putOff: written(settling.putOff('d1', at, reason, null)),
  sendBy: written(settling.sendBy(channel, at)),
  giveUpChannel: written(settling.giveUpChannel(channel, reason, at)),
  followUp: written(settling.followUp(delivery, at)),
  waitingBefore: (db) =>
    waitingBefore(
      db,
      {
        ...delivery,
        form: 'reply',
        content: { turns: [] },
        state: 'owed',
        reason: null,
        madeAt: at,
        settledAt: null,
        pinnedBy: null,
      },
      at,
      at,
    ),
  putBackUntil: (db) => putBackUntil(db, channel, at),
  putBack: written(putBack('d1', at, reason)),
  messagesOf: (db) => messagesOf(db, ['s1', 's2'], [channel]),
  saveMessage: written(saveMessage('s1', channel, null, 1)),
  saveSent: written(saveSent(delivery, 'm')),
  moveChannels: written(moveChannels('s1', 's2', [channel])),
  renameChannel: written(
    renameChannel(channel, 'guild:g11:2', ['s1', 's2']),
    renameChannel(channel, 'guild:g11:2', null),
  ),
};
