// Tests the stand-in's gateway with discord.js itself.
import { Client, Events, GatewayIntentBits, type Interaction, MessageFlags } from 'discord.js';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openWorld, type World } from './world/open.ts';

let world: World;
let client: Client;
beforeEach(async () => {
  world = await openWorld();
  client = new Client({
    intents: [GatewayIntentBits.Guilds],
    rest: { api: world.discord.url, retries: 0 },
    allowedMentions: { parse: [] },
  });
});
afterEach(async () => {
  await client.destroy();
  await world.close();
});

const COMMANDS = [
  {
    name: 'watch',
    description: 'Watches of this channel',
    description_localizations: { ko: '이 채널의 관찰' },
    default_member_permissions: '32',
    contexts: [0],
    options: [
      {
        type: 1,
        name: 'add',
        description: 'Adds one',
        options: [{ type: 3, name: 'target', description: 'What', required: true, autocomplete: true }],
      },
    ],
  },
];

it('logs in, registers commands, and carries a command, an autocomplete and a button', async () => {
  const channel = world.discord.channel();
  const answer = async (interaction: Interaction): Promise<void> => {
    if (interaction.isAutocomplete()) await interaction.respond([{ name: 'xai-org', value: 'xai-org' }]);
    else if (interaction.isChatInputCommand()) {
      await interaction.deferReply();
      const { locale, options, memberPermissions } = interaction;
      await interaction.editReply(
        `${locale}: ${options.getSubcommand()} ${options.getString('target')} ${memberPermissions?.has('ManageGuild')}`,
      );
    } else if (interaction.isButton()) {
      await interaction.reply({ content: interaction.customId, flags: MessageFlags.Ephemeral });
    }
  };
  client.on(Events.InteractionCreate, (interaction) => void answer(interaction));
  const ready = new Promise((resolve) => client.once(Events.ClientReady, resolve));
  await client.login(world.discord.token);
  await ready;
  await world.discord.gateway.ready();
  await client.application?.commands.set(COMMANDS);

  const person = { channelId: channel.id, locale: 'ko', permissions: ['ManageGuild'] as const };
  const reaction = await world.discord.people.slash('watch add', { target: 'xai-org' }, person);
  expect(reaction.type).toBe(5);
  const message = await reaction.message();
  expect(message?.content).toBe('ko: add xai-org true');
  expect(channel.messages()).toEqual([message]);

  const choices = await world.discord.people.autocomplete('watch add', { target: 'x' }, 'target', person);
  expect(choices.data.choices).toEqual([{ name: 'xai-org', value: 'xai-org' }]);

  if (message === null) throw new Error('no message');
  const pressed = await world.discord.people.press(message, 'confirm:1', person);
  expect((await pressed.message())?.content).toBe('confirm:1');
  expect(channel.messages()).toHaveLength(1);
  expect(() => world.discord.people.slash('watch drop', {}, person)).toThrow('not registered');
  expect([world.discord.gateway.identifies(), world.unexpected()]).toEqual([1, []]);
});

it('lets a dropped client resume', async () => {
  world.discord.channel();
  await client.login(world.discord.token);
  await world.discord.gateway.ready();
  const resumed = new Promise((resolve) => client.once(Events.ShardResume, resolve));
  world.discord.gateway.drop();
  await resumed;
  expect([world.discord.gateway.identifies(), world.discord.gateway.resumes()]).toEqual([1, 1]);
});

it('refuses a login on demand', async () => {
  world.discord.gateway.refuse(1);
  client.on(Events.Error, () => {});
  await expect(client.login(world.discord.token)).rejects.toThrow();
  expect(world.discord.gateway.connected()).toBe(false);
});
