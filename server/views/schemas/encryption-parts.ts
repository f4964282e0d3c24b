import { z } from 'zod'
import { type Amounts, bases, type Coverage, encryptionClasses, encryptionUnits } from '@/core/encryption/classes'
import type { UnitEvidence } from '@/core/encryption/classify-edge'
import type { Configured } from '@/core/encryption/configured'
import { clientModes, peerModes } from '@/core/encryption/intent-spec'
import { identityKinds, wayKinds } from '@/core/encryption/join-layers'
import { mendCodes, type Mend } from '@/core/encryption/causes'
import { protocols } from '@/core/verdict'
import { mirror } from '@/server/mirror'
import { endpointSchema } from './shared'

const amount = z.number()

export const unitSchema = z.enum(encryptionUnits)
export const classSchema = z.enum(encryptionClasses)
export const basisSchema = z.enum(bases)

export const amountsSchema = mirror<Amounts>()(
  z.strictObject({
    'mtls+tunnel': amount,
    mtls: amount,
    tunnel: amount,
    tls: amount,
    'same-node': amount,
    plaintext: amount,
    unknown: amount,
    notEncrypted: amount.describe('Of unknown: certainly not encrypted, but it may never have left its node.'),
    notExposed: amount.describe('Of unknown: certainly encrypted, or it never left its node.'),
  }),
)

export const coverageSchema = mirror<Coverage | null>()(
  z
    .strictObject({ least: z.number(), most: z.number() })
    .nullable()
    .describe('Encrypted ÷ (encrypted + plaintext), 0 to 1, as bounds; null where nothing went between nodes.'),
)

const layerShape = {
  witness: z.string().nullable().describe('`source/reporter`; null where it is concluded.'),
  countedIn: z.enum(['requests', 'connections', 'bytes', 'flows']).nullable(),
  basis: basisSchema,
}

export const evidenceSchema = mirror<UnitEvidence>()(
  z.strictObject({
    unit: z.enum([...encryptionUnits, 'flows']),
    total: amount,
    teller: z.string().describe('Who counted the total, `source/reporter`.'),
    amounts: amountsSchema,
    identity: z.strictObject({ shares: z.partialRecord(z.enum(identityKinds), z.number()), ...layerShape }),
    way: z.strictObject({ shares: z.partialRecord(z.enum(wayKinds), z.number()), ...layerShape }),
    classes: z.array(
      z.strictObject({ class: classSchema, amount, basis: basisSchema, witnesses: z.array(z.string()) }),
    ),
  }),
)

export const edgeShape = {
  id: z.string().describe('Id of the edge on the map at level workload.'),
  from: endpointSchema,
  to: endpointSchema,
  port: z.number(),
  protocol: z.enum(protocols),
}

export const mendSchema = mirror<Mend | null>()(
  z
    .strictObject({
      code: z.enum(mendCodes),
      cluster: z.string(),
      subject: z.array(z.string()).describe('A namespace, namespace/workload, namespace/policy, or nodes.'),
      words: z.string(),
    })
    .nullable()
    .describe('The nearest thing that mends it; null where nothing is known.'),
)

export const acceptedShape = {
  id: z.number(),
  owner: z.string().describe('Who answers for it.'),
  reason: z.string(),
  createdBy: z.string(),
}

export const configuredSchema = mirror<Configured>()(
  z
    .strictObject({
      peer: z
        .strictObject({ mode: z.enum(peerModes), by: z.string().nullable() })
        .nullable()
        .describe('What the callee takes; `by` is the policy, null for the default.'),
      client: z
        .strictObject({ mode: z.enum(clientModes), by: z.string() })
        .nullable()
        .describe('How callers are told to speak; null also where Istio decides by itself.'),
    })
    .describe('What Istio is told, beside what was measured.'),
)
