// The name of a channel that leads to one person.

export function personChannel(person: string): string {
  return `person:${person}`;
}

export function isPerson(channel: string): boolean {
  return channel.startsWith('person:');
}

/** For logs and figures: whom a message went to is nobody's business there. */
export function withoutPeople(text: string): string {
  return text.replaceAll(/person:\d{1,20}/g, 'person');
}
