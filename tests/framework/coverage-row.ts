/** One row of the table that follows the fieldwork strategy line by line, and how to write it briefly. */
export type Target =
  /** `<section>/<prompt>` */
  | { readonly prompt: string }
  /** `<section>/<field>` or `<section>/<group>/<field>` */
  | { readonly field: string }
  /** `<section>/<field>/<option>` or `<section>/<group>/<field>/<option>` */
  | { readonly option: string }
  | { readonly section: string }
  | { readonly scoping: string }
  | { readonly careerStage: string }
  | { readonly stakeholder: string }
  /** `<dimension>/<value>`, or the dimension alone */
  | { readonly dimension: string }
  | { readonly definition: string }
  | { readonly objective: string }
  /** Not a matter of the framework: which part of the product answers it, and how. */
  | { readonly laterStep: LaterStep; readonly what: string };

export const LATER_STEPS = ['fieldwork', 'people', 'quotes', 'synthesis', 'publishing'] as const;
export type LaterStep = (typeof LATER_STEPS)[number];

/** The parts of the strategy, in order. */
export const STRATEGY_PARTS = [
  'purposes',
  'methods',
  'scoping',
  '1',
  '2',
  '2.1',
  '2.2',
  '2.3',
  '2.4',
  '2.5',
  '2.6',
  '3',
  '4',
  '5',
  '6',
  '7',
  '8',
  '9',
  '10',
  '11',
  '12',
  '13',
  'outputs',
] as const;
export type StrategyPart = (typeof STRATEGY_PARTS)[number];

export interface CoverageRow {
  readonly part: StrategyPart;
  readonly source: string;
  readonly targets: readonly [Target, ...Target[]];
}

export const prompt = (path: string): Target => ({ prompt: path });
export const field = (path: string): Target => ({ field: path });
export const option = (path: string): Target => ({ option: path });
export const section = (id: string): Target => ({ section: id });
export const scoping = (id: string): Target => ({ scoping: id });
export const careerStage = (id: string): Target => ({ careerStage: id });
export const stakeholder = (id: string): Target => ({ stakeholder: id });
export const dimension = (path: string): Target => ({ dimension: path });
export const definition = (id: string): Target => ({ definition: id });
export const objective = (id: string): Target => ({ objective: id });
export const later = (laterStep: LaterStep, what: string): Target => ({ laterStep, what });

export type Line = readonly [source: string, first: Target, ...more: Target[]];
export const part = (id: StrategyPart, lines: readonly Line[]): CoverageRow[] =>
  lines.map(([source, ...targets]) => ({ part: id, source, targets }));
