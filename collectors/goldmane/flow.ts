import { type EnumValue, actions, endpointTypes, policyKinds, reporterNames } from './enums'

/** One policy that was met on the way to the verdict. */
export type PolicyHit = {
  kind: EnumValue
  namespace: string
  name: string
  tier: string
  action: EnumValue
  policyIndex: number
  /** -1: no rule matched, the tier's end decided. */
  ruleIndex: number
  /** For the end of a tier: the policy that selected the endpoint. */
  trigger: PolicyHit | null
}

/** What Goldmane counts by, in its own words; texts are cleaned and `-` is kept as it came. */
export type FlowKey = {
  sourceName: string
  sourceNamespace: string
  sourceType: EnumValue
  destName: string
  destNamespace: string
  destType: EnumValue
  destPort: number
  destServiceName: string
  destServiceNamespace: string
  destServicePortName: string
  destServicePort: number
  proto: string
  reporter: EnumValue
  action: EnumValue
  enforced: PolicyHit[]
  pending: PolicyHit[]
}

/** The counters of one key in one span. Times are seconds; null: the source does not tell. */
export type RawFlow = {
  /** Goldmane's number of the key as long as it holds it; 0 where it came without. */
  id: number
  start: number
  end: number
  sourceLabels: string[]
  destLabels: string[]
  packetsIn: number
  packetsOut: number
  bytesIn: number
  bytesOut: number
  started: number | null
  completed: number | null
  live: number | null
}

export const newHit = (): PolicyHit => ({
  kind: policyKinds[0] ?? 0,
  namespace: '',
  name: '',
  tier: '',
  action: actions[0] ?? 0,
  policyIndex: 0,
  ruleIndex: 0,
  trigger: null,
})

export const newKey = (): FlowKey => ({
  sourceName: '',
  sourceNamespace: '',
  sourceType: endpointTypes[0] ?? 0,
  destName: '',
  destNamespace: '',
  destType: endpointTypes[0] ?? 0,
  destPort: 0,
  destServiceName: '',
  destServiceNamespace: '',
  destServicePortName: '',
  destServicePort: 0,
  proto: '',
  reporter: reporterNames[0] ?? 0,
  action: actions[0] ?? 0,
  enforced: [],
  pending: [],
})

export const newFlow = (): RawFlow => ({
  id: 0,
  start: 0,
  end: 0,
  sourceLabels: [],
  destLabels: [],
  packetsIn: 0,
  packetsOut: 0,
  bytesIn: 0,
  bytesOut: 0,
  started: 0,
  completed: 0,
  live: 0,
})

/** Bounds of what a hostile peer can make us keep of one flow. */
export const bounds = { hits: 64, triggers: 4, labels: 100, label: 400, name: 253 } as const
