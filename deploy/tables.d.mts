export function writeTables(config: string, to: string): void;
