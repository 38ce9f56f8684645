type Schema = Readonly<Record<string, unknown>>;

export interface SchemaPart {
  readonly name: string;
  readonly shape: string;
  readonly needed: boolean;
}

/** @returns the parts of an object; none for anything else */
export function partsOf(schema: Schema): SchemaPart[] {
  const needed = (schema.required ?? []) as readonly string[];
  return Object.entries((schema.properties ?? {}) as Readonly<Record<string, Schema>>).map(
    ([name, part]) => ({
      name,
      shape: shapeOf(part),
      needed: needed.includes(name),
    }),
  );
}

/** @returns what a JSON Schema allows, in a few words; it says the kind, and no bound that a person need not know */
export function shapeOf(schema: Schema): string {
  const either = (schema.anyOf ?? schema.oneOf) as readonly Schema[] | undefined;
  if (either) return [...new Set(either.map(shapeOf))].join(' or ');
  if ('const' in schema) return JSON.stringify(schema.const);
  if (Array.isArray(schema.enum)) return schema.enum.map((value) => JSON.stringify(value)).join(' or ');
  switch (schema.type) {
    case 'array':
      return `list of ${shapeOf((schema.items ?? {}) as Schema)}`;
    case 'object': {
      const names = Object.keys((schema.properties ?? {}) as object);
      return names.length === 0 ? 'object' : `object: ${names.join(', ')}`;
    }
    case 'string':
      return schema.format === undefined ? 'text' : `text (${String(schema.format)})`;
    case 'integer':
      return 'whole number';
    case 'null':
      return 'null';
    case undefined:
      return 'anything';
    default:
      return String(schema.type);
  }
}
