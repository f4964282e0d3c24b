import { z } from 'zod'
import type { IntentObject } from './ground'

export const peerModes = ['STRICT', 'PERMISSIVE', 'DISABLE'] as const
export type PeerMode = (typeof peerModes)[number]
export const clientModes = ['DISABLE', 'SIMPLE', 'MUTUAL', 'ISTIO_MUTUAL'] as const
export type ClientMode = (typeof clientModes)[number]

/** `namespace/name` of the object that says something. */
export type IntentName = string

type Common = {
  readonly cluster: string
  readonly namespace: string
  readonly name: IntentName
  readonly createdAt: number
}

/** A PeerAuthentication. `mode` null: UNSET, it inherits. `labels` null: it selects no workloads but all. */
export type PeerPolicy = Common & {
  readonly labels: Readonly<Record<string, string>> | null
  readonly mode: PeerMode | null
  readonly ports: ReadonlyMap<number, PeerMode | null>
}

/** What a DestinationRule says of TLS. `null`: it says nothing, so Istio decides by itself (auto-mTLS). */
export type ClientRule = Common & {
  readonly host: string
  readonly mode: ClientMode | null
  readonly ports: ReadonlyMap<number, ClientMode | null>
}

const peerMode = z
  .object({ mode: z.enum(peerModes).nullable().catch(null) })
  .nullish()
  .catch(null)
const peerSpec = z.object({
  selector: z
    .object({ matchLabels: z.record(z.string(), z.string()).optional() })
    .nullish()
    .catch(null),
  mtls: peerMode,
  portLevelMtls: z.record(z.string(), peerMode).nullish().catch(null),
})
const clientTls = z
  .object({ mode: z.enum(clientModes).nullable().catch(null) })
  .nullish()
  .catch(null)
const clientSpec = z.object({
  host: z.string(),
  trafficPolicy: z
    .object({
      tls: clientTls,
      portLevelSettings: z
        .array(z.object({ port: z.object({ number: z.number() }).nullish().catch(null), tls: clientTls }))
        .nullish()
        .catch(null),
    })
    .nullish()
    .catch(null),
})

type Placed = IntentObject & { readonly cluster: string }

const commonOf = ({ cluster, namespace, name, createdAt }: Placed): Common => ({
  cluster,
  namespace,
  name: `${namespace}/${name}`,
  createdAt,
})

/** null where the object cannot be read. */
export function peerPolicyOf(object: Placed): PeerPolicy | null {
  const { data } = object.kind === 'PeerAuthentication' ? peerSpec.safeParse(object.spec ?? {}) : {}
  if (!data) return null
  const labels = data.selector?.matchLabels ?? {}
  return {
    ...commonOf(object),
    labels: Object.keys(labels).length > 0 ? labels : null,
    mode: data.mtls?.mode ?? null,
    ports: new Map(Object.entries(data.portLevelMtls ?? {}).map(([port, mtls]) => [Number(port), mtls?.mode ?? null])),
  }
}

/** null where the object cannot be read. */
export function clientRuleOf(object: Placed): ClientRule | null {
  const { data } = object.kind === 'DestinationRule' ? clientSpec.safeParse(object.spec ?? {}) : {}
  if (!data) return null
  const settings = data.trafficPolicy?.portLevelSettings ?? []
  return {
    ...commonOf(object),
    host: data.host,
    mode: data.trafficPolicy?.tls?.mode ?? null,
    ports: new Map(settings.flatMap(({ port, tls }) => (port ? [[port.number, tls?.mode ?? null] as const] : []))),
  }
}
