import { z } from 'zod'
import type { RecordingRow, SourceRow, SourcesAnswer } from '@/core/sources/source-row'
import { sourceStates } from '@/core/world'
import { mirror } from '@/server/mirror'
import { freshnessShape, known, millis, sourceGapSchema } from './shared'

const sourceRowSchema = mirror<SourceRow>()(
  z.strictObject({
    ...freshnessShape,
    title: z.string(),
    target: z.string(),
    message: z.string(),
    rate: known.describe('Records a second over the last minute.'),
    lagMs: known.describe('From the newest event to when it was read.'),
    records: z.number(),
    malformed: z.number(),
    facts: z.record(z.string(), z.union([z.string(), z.number()])),
    gaps: z.array(sourceGapSchema).describe('Newest first, at most 50.'),
    lost: z.array(
      z.strictObject({
        cause: z.string(),
        records: known.describe('Of the gaps that tell.'),
        gaps: z.number(),
        uncounted: z.number().describe('Gaps of which nobody knows how much is missing.'),
      }),
    ),
  }),
)

export const recordingRowSchema = mirror<RecordingRow>()(
  z.strictObject({
    id: z.number(),
    name: z.string(),
    sourceType: z.string(),
    cluster: z.string(),
    createdAt: millis,
    from: millis.nullable(),
    to: millis.nullable(),
    linesRead: z.number(),
    linesUsed: z.number(),
    skipped: z.record(z.string(), z.number()),
  }),
)

export const sourcesSchema = mirror<SourcesAnswer>()(
  z.strictObject({
    sources: z.array(sourceRowSchema),
    recordings: z.array(recordingRowSchema),
    inventory: z.array(
      z.strictObject({
        cluster: z.string(),
        kind: z.string(),
        state: z.enum(sourceStates),
        message: z.string(),
        objects: z.number().nullable().describe('null: not told to who sees a part of the cluster only.'),
      }),
    ),
  }),
)
