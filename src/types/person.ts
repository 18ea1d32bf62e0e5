// The name of the channel that leads to one person.

export function personChannel(person: string): string {
  return `person:${person}`;
}

export function isPerson(channel: string): boolean {
  return channel.startsWith('person:');
}

/** For logs and metrics, which must not show whom a message went to. */
export function withoutPeople(text: string): string {
  return text.replaceAll(/person:\d{1,20}/g, 'person');
}
