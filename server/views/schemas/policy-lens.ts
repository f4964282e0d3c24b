import { z } from 'zod'
import { decisionClasses, type PolicyLens } from '@/core/policy/pages/policy-lens'
import { mirror } from '@/server/mirror'

export const policyLensSchema = mirror<PolicyLens>()(
  z.strictObject({
    clusters: z.array(z.string()).describe('Clusters whose policies are known.'),
    edges: z.array(
      z.strictObject({
        id: z.string().describe('Id of an edge of the map.'),
        is: z
          .enum(decisionClasses)
          .describe(
            'differs: what happened is not what the policies say. undecidable: left open, or an end is not known. open: nothing restricts it.',
          ),
      }),
    ),
    nodes: z.array(
      z.strictObject({
        id: z.string().describe('Id of a node of the map.'),
        workloads: z.number(),
        ingress: z.number().describe('Workloads that are surely isolated.'),
        egress: z.number(),
        unknown: z
          .number()
          .describe('Workloads of which it depends on what is not known whether what comes in is restricted.'),
      }),
    ),
  }),
)
