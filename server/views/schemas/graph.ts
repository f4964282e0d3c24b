import { z } from 'zod'
import { type Graph, type GraphEdge, type GraphNode, groupTypes, levels } from '@/core/graph/graph'
import { views } from '@/core/figures/family'
import { l7Protocols, protocols } from '@/core/verdict'
import { mirror } from '@/server/mirror'
import { edgeEncryptionSchema } from './edge-encryption'
import { figuresSchema, freshnessSchema, healthSchema, sourceGapSchema, windowSchema } from './shared'

export const nodeNameShape = {
  id: z.string().describe('Stable between refreshes.'),
  type: z.enum(['workload', 'service', 'node', 'external', 'unknown', 'app', ...groupTypes]),
  cluster: z.string(),
  namespace: z.string(),
  kind: z.string(),
  name: z.string(),
}

export const graphNodeSchema = mirror<GraphNode>()(
  z.strictObject({
    ...nodeNameShape,
    team: z.string().nullable().describe('The team of its namespace; null where none is known.'),
    members: z.number().describe('Endpoints inside; 1 unless folded.'),
    dataStore: z.boolean(),
    role: z.enum(['gateway', 'waypoint']).nullable(),
    health: healthSchema,
    why: z.string(),
    incoming: figuresSchema.nullable(),
    outgoing: figuresSchema.nullable(),
  }),
)

export const graphEdgeSchema = mirror<GraphEdge>()(
  z.strictObject({
    id: z.string(),
    from: z.string().describe('Id of the calling node.'),
    to: z.string().describe('Id of the called node.'),
    port: z.number().describe('0 where several ports were merged.'),
    protocol: z.enum(protocols),
    l7: z.enum(l7Protocols),
    merged: z.number(),
    health: healthSchema,
    why: z.string(),
    figures: figuresSchema,
    witnesses: z.array(z.string()).describe('source/reporter; the first is whose figures are shown.'),
    told: z
      .strictObject({
        requests: z.string().nullable(),
        responses: z.string().nullable(),
        flows: z.string().nullable(),
        connections: z.string().nullable(),
        bytes: z.string().nullable(),
      })
      .describe('Who told each figure; null where nobody knows it.'),
    passedOver: z
      .array(z.string())
      .describe('Who would have told, had its source not been away for a part of the time.'),
    encryption: edgeEncryptionSchema,
    seen: z.array(z.enum(views)).describe('Where it was seen: by the network, by proxies, by spans.'),
  }),
)

export const graphSchema = mirror<Graph>()(
  z.strictObject({
    window: windowSchema,
    level: z.enum(levels),
    nodes: z.array(graphNodeSchema),
    edges: z.array(graphEdgeSchema),
    total: z.strictObject({ nodes: z.number(), edges: z.number() }),
    views: z.array(z.enum(views)).describe('Where anything was seen.'),
    hiddenNodes: z.number().describe('Machines of the cluster that match and are left out; nodes=1 shows them.'),
    focus: z.string().nullable().describe('The node that all this is around; null for the whole graph.'),
    folded: z.array(z.string()).describe('Keys of regions shown as one node.'),
    foldedBySize: z.boolean(),
    gaps: z.array(sourceGapSchema),
    sources: z.array(freshnessSchema),
  }),
)
