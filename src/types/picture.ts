// The data from which a picture in a message is drawn; stored with the message, so that each attempt draws the same.

/** Models that landed between two days (`YYYY-MM-DD`, both included). */
export type WeekPicture = {
  readonly kind: 'week';
  readonly from: string;
  readonly to: string;
  readonly landed: readonly { readonly day: string; readonly verdict: string }[];
};
