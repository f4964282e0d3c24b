import { type ClassifiedWorld, classifyWorld } from '../encryption/classify-world'
import { endpointKey, type Endpoint } from '../endpoint'
import { type Measures, measuresOf } from '../health/measure'
import { type Call, indexTraffic, type Traffic } from '../witness/traffic'
import { spokenName } from '../redact'
import { tell } from '../witness/fuse'
import { coverOf } from '../series/covered'
import { witnessName } from '../witness/witness'
import type { Baseline, World } from '../world'
import type { Affected, Draft } from './finding'

/** What every audit is given. */
export type AuditContext = {
  readonly world: World
  readonly traffic: Traffic
  readonly measures: Measures
  /** null where too little of the past is known. */
  readonly baseline: Baseline | null
  readonly classified: ClassifiedWorld
}

/** A pure question to the World. */
export type Audit = (context: AuditContext) => readonly Draft[]

export const contextOf = (world: World): AuditContext => ({
  world,
  traffic: indexTraffic(world),
  measures: measuresOf(world),
  baseline: world.baseline ?? null,
  classified: classifyWorld(world),
})

/** Id of the edge on the map at level workload. */
export const callId = ({ fromKey, toKey, edge }: Call): string => `${fromKey}|${toKey}|${edge.port}|${edge.protocol}`

export const affectedOf = (endpoint: Endpoint): Affected => ({
  id: endpointKey(endpoint),
  name: endpoint.name,
  health: null,
})

/** `web → cart`. */
export const callName = ({ edge }: Pick<Call, 'edge'>): string => `${spokenName(edge.from)} → ${spokenName(edge.to)}`

/** Who told the responses, else the flows, of a call. */
export function witnessOf({ rows, edge }: Call, world: World): string | null {
  const { told } = tell(rows, coverOf(world, edge))
  const witness = told.responses ?? told.flows
  return witness && witnessName(witness)
}
