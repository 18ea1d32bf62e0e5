// The terminal as a channel: alerts drawn for people, or as lines of JSON.
import { z } from 'zod';
import { messagesFor } from '../../messages/index.ts';
import { type Alert, type Drawing, told } from '../alert.ts';
import type { Channel, ChannelKind } from '../define.ts';

/** Both forms are pinned, so that a page from an earlier run can be shown in the current one. */
type TerminalPage = { readonly alert: Alert; readonly drawing: Drawing };

const pinned = z.custom<TerminalPage>(
  (page) => z.object({ alert: z.looseObject({}), drawing: z.looseObject({}) }).safeParse(page).success,
);

export const terminal: ChannelKind = {
  kind: 'terminal',
  options: z.boolean(),
  usable: (options) => (options === true ? true : null),
  open: (_options, world): Channel => ({
    kind: 'terminal',
    edits: false,
    pages: (draft, style) => {
      const page: TerminalPage = told(draft, style, messagesFor(style.locale));
      return [page];
    },
    send: async (outgoing) => {
      const page = pinned.safeParse(outgoing.page);
      if (!page.success) return { kind: 'dead', reason: { code: 'message.not-terminal', params: {} }, gone: false };
      const { alert, drawing } = page.data;
      if (world.json) world.write(`${JSON.stringify({ alert })}\n`);
      else {
        const { drawn } = await import('./draw.ts');
        world.write(drawn(drawing, world));
      }
      return { kind: 'sent', messageId: null };
    },
  }),
};
