import { z } from 'zod'
import { plainCodes, unknownCauses } from '@/core/encryption/causes'
import { certificateStates } from '@/core/encryption/certificate-states'
import type { EncryptionPage } from '@/core/encryption/encryption-page'
import { groupKinds } from '@/core/encryption/encryption-answer'
import { peerStates } from '@/core/encryption/node-tunnels'
import { mirror } from '@/server/mirror'
import {
  acceptedShape,
  amountsSchema,
  configuredSchema,
  coverageSchema,
  edgeShape,
  evidenceSchema,
  mendSchema,
  unitSchema,
} from './encryption-parts'
import { known, millis, sourceGapSchema, windowSchema } from './shared'

const count = z.number()

const rowShape = {
  id: z.string(),
  name: z.string(),
  edges: count,
  amounts: amountsSchema,
  coverage: coverageSchema,
}

const layersSchema = z
  .strictObject({
    identity: z.strictObject({ mtls: count, tls: count, none: count, unknown: count, coverage: coverageSchema }),
    way: z.strictObject({ tunnel: count, sameNode: count, open: count, unknown: count, coverage: coverageSchema }),
  })
  .describe('Each layer alone: who spoke (mTLS), and the way between nodes.')

const plainSchema = z.strictObject({
  ...edgeShape,
  evidence: evidenceSchema,
  configured: configuredSchema,
  rates: z.strictObject({ requests: known, connections: known, bytes: known }).describe('Plaintext per second.'),
  causes: z.array(
    z.strictObject({
      code: z.enum(plainCodes),
      end: z.enum(['caller', 'callee', 'both']).nullable(),
      names: z.array(z.string()),
      words: z.string(),
    }),
  ),
  why: z.string(),
  mend: mendSchema,
  accepted: z
    .strictObject({ ...acceptedShape, createdAt: millis, expiresAt: millis })
    .nullable()
    .describe('The exception that accepts it; it counts as plaintext all the same.'),
})

const nodeSchema = z.strictObject({
  cluster: z.string(),
  name: z.string(),
  keys: z.enum(['wireguard', 'ipsec', 'none', 'unknown']),
  expectedPeers: count,
  peers: z
    .array(
      z.strictObject({
        node: z.string().nullable(),
        state: z.enum(peerStates),
        handshakeAt: millis.nullable(),
        readAt: millis,
      }),
    )
    .nullable()
    .describe('null where the node tells none.'),
  newestHandshakeAt: millis.nullable(),
})

const certificateSchema = z.strictObject({
  cluster: z.string(),
  mesh: z.enum(['istio', 'linkerd']),
  level: z.enum(['root', 'issuer', 'workload']),
  subject: z.string(),
  namespace: z.string(),
  notBefore: millis.nullable(),
  notAfter: millis,
  readAt: millis,
  state: z.enum(certificateStates),
  leftMs: z.number(),
})

const unitFiguresSchema = z.strictObject({ edges: count, coverage: coverageSchema })

export const encryptionPageSchema = mirror<EncryptionPage>()(
  z.strictObject({
    unit: unitSchema,
    window: windowSchema,
    coveredSeconds: count.describe('Seconds of the window in which any source told anything.'),
    gaps: z.array(sourceGapSchema),
    part: z
      .strictObject({ namespaces: z.array(z.string()).describe('The first ones, as `cluster/namespace`.'), count })
      .nullable()
      .describe('The namespaces to which it is limited, because you see no others; null: to none.'),
    hasGround: z.boolean().describe('Whether it is known where pods were and which proxies they had.'),
    units: z.strictObject({
      requests: unitFiguresSchema,
      connections: unitFiguresSchema,
      bytes: unitFiguresSchema,
    }),
    amounts: amountsSchema.describe('Of the window, in the unit.'),
    coverage: coverageSchema,
    layers: layersSchema,
    edges: z.strictObject({
      counted: count,
      withoutUnit: count.describe('Edges of which nobody told the unit.'),
      plaintext: count,
      unknown: count,
      carriers: count.describe(
        'Left out, because their traffic is counted elsewhere: tunnels, ways through waypoints, messages through a broker.',
      ),
    }),
    accepted: z.strictObject({ edges: count, amount: count }).describe('Plaintext that an exception accepts.'),
    clusters: z.array(z.strictObject(rowShape)),
    groups: z
      .array(
        z.strictObject({
          ...rowShape,
          kind: z.enum(groupKinds),
          cluster: z.string(),
          team: z.string().nullable(),
        }),
      )
      .describe('Namespaces, and what is in none. Each edge counts for both of its ends, once where they are one.'),
    teams: z.array(z.strictObject(rowShape)),
    matrix: z.array(
      z.strictObject({
        from: z.string(),
        to: z.string(),
        edges: count,
        amounts: amountsSchema,
        coverage: coverageSchema,
      }),
    ),
    plaintext: z.array(plainSchema).describe('Most plaintext first, the first 200.'),
    unknown: z
      .array(
        z.strictObject({
          ...edgeShape,
          evidence: evidenceSchema,
          configured: configuredSchema,
          cause: z.enum(unknownCauses),
          why: z.string(),
        }),
      )
      .describe('Edges with a part without evidence, most first, the first 200.'),
    nodes: z.array(nodeSchema),
    certificates: z.array(certificateSchema).describe('The next to expire first.'),
  }),
)
