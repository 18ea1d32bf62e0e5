// Which keys a schema knows at a path, and what value an input has there.
import type { z } from 'zod';
import type { Path } from './document.ts';

/** The value at a path; undefined when there is none. */
export function valueAt(input: unknown, path: Path): unknown {
  let value = input;
  for (const step of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step)) return undefined;
    value = Object.entries(value).find(([key]) => key === String(step))?.[1];
  }
  return value;
}

/** The keys a schema knows at a path, for "did you mean"; for a union, the keys of all its forms. */
export function keysAt(schema: z.ZodType, path: Path): readonly string[] {
  return descend([schema], path).flatMap((found) =>
    'shape' in found._zod.def ? Object.keys(Object(found._zod.def.shape)) : [],
  );
}

function descend(schemas: readonly z.core.$ZodType[], path: Path): readonly z.core.$ZodType[] {
  const open = schemas.flatMap(unwrap);
  const [step, ...rest] = path;
  if (step === undefined) return open;
  return descend(
    open.flatMap((schema) => inside(schema, step)),
    rest,
  );
}

/** Unwraps optional, default, transform and union schemas down to the schemas of the written value. */
function unwrap(schema: z.core.$ZodType): readonly z.core.$ZodType[] {
  const def: object = schema._zod.def;
  if ('innerType' in def && isSchema(def.innerType)) return unwrap(def.innerType);
  if ('in' in def && isSchema(def.in)) return unwrap(def.in);
  if ('options' in def && Array.isArray(def.options)) return def.options.filter(isSchema).flatMap(unwrap);
  return [schema];
}

function inside(schema: z.core.$ZodType, step: PropertyKey): readonly z.core.$ZodType[] {
  const def: object = schema._zod.def;
  const candidates: readonly unknown[] = [
    'shape' in def && typeof def.shape === 'object'
      ? new Map(Object.entries(def.shape ?? {})).get(String(step))
      : undefined,
    'element' in def ? def.element : undefined,
    'valueType' in def ? def.valueType : undefined,
  ];
  return candidates.filter(isSchema);
}

function isSchema(value: unknown): value is z.core.$ZodType {
  return typeof value === 'object' && value !== null && '_zod' in value;
}
