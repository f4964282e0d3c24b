import { z } from 'zod'
import { type Graph, type GraphEdge, type GraphNode, levels } from '@/core/graph'
import { l7Protocols, protocols } from '@/core/verdict'
import { mirror } from '@/server/mirror'
import { figuresSchema, freshnessSchema, healthSchema, sourceGapSchema, windowSchema } from './shared'

export const nodeNameShape = {
  id: z.string().describe('Stable between refreshes.'),
  type: z.enum(['workload', 'service', 'node', 'external', 'unknown', 'namespace']),
  cluster: z.string(),
  namespace: z.string(),
  kind: z.string(),
  name: z.string(),
}

export const graphNodeSchema = mirror<GraphNode>()(
  z.strictObject({
    ...nodeNameShape,
    members: z.number().describe('Endpoints inside; 1 unless folded.'),
    dataStore: z.boolean(),
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
  }),
)

export const graphSchema = mirror<Graph>()(
  z.strictObject({
    window: windowSchema,
    level: z.enum(levels),
    nodes: z.array(graphNodeSchema),
    edges: z.array(graphEdgeSchema),
    total: z.strictObject({ nodes: z.number(), edges: z.number() }),
    hiddenNodes: z.number().describe('Machines of the cluster that match and are left out; nodes=1 shows them.'),
    folded: z.array(z.string()).describe('cluster/namespace of namespaces shown as one node.'),
    foldedBySize: z.boolean(),
    gaps: z.array(sourceGapSchema),
    sources: z.array(freshnessSchema),
  }),
)
