// The payload of a webhook: one alert as JSON. Its schema is published in config/webhook.schema.json.
import { z } from 'zod';

const moment = z.string().nullable();

export const payloadShape = z.object({
  type: z.enum(['alert.card', 'alert.reply', 'alert.group', 'alert.digest', 'alert.notice']).meta({
    description: 'A story told for the first time; a turn of one; many items in one; a digest; a word to operators.',
  }),
  timestamp: z.string().meta({ description: 'When it was written, ISO 8601 in UTC.' }),
  data: z.object({
    name: z.string().meta({ description: 'The model, release or page.' }),
    stage: z.string().meta({ description: 'reported, pledged, seen or released; the form for what is no story.' }),
    what: z.string().meta({ description: "What happened, in the channel's language." }),
    url: z.string().nullable(),
    at: moment.meta({ description: 'When it was published, else when it was seen.' }),
    text: z.string().meta({ description: 'All of it as plain text.' }),
    evidence: z.array(z.looseObject({ url: z.string(), title: z.string(), at: moment })),
  }),
});

export type Payload = z.infer<typeof payloadShape>;

export function payloadSchema(): object {
  return z.toJSONSchema(payloadShape);
}
