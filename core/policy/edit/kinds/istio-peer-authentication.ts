import type { ModelObject } from '../../model'
import type { PolicyRef } from '../../normal-form'
import { isFields } from '../../read'
import type { Abilities, MtlsMode, Visual } from '../visual'
import { alsoIn, fieldsOf, withValue } from './fields'
import { istioSubject, withIstioSubject } from './istio-subject'
import { type KindEditor, refused } from './kind-editor'

const modes = ['UNSET', 'DISABLE', 'PERMISSIVE', 'STRICT'] as const
const noRules = refused('A PeerAuthentication has no rules. It says whether plaintext is taken.')

const can: Abilities = {
  namespaced: true,
  directions: [],
  actions: [],
  actionOf: 'policy',
  ordered: false,
  peers: { ingress: [], egress: [] },
  protocols: [],
  namedPorts: false,
  portRanges: false,
  requests: { ingress: false, egress: false },
  isolation: false,
  tiers: [],
  order: null,
}

/** PeerAuthentication of Istio: a mode, and modes of ports. */
export const istioPeerAuthenticationEditor: KindEditor = {
  visualOf,
  withPeers: () => noRules,
  withPorts: () => noRules,
  withRequests: () => noRules,
  homeOf: () => noRules,
  settle: (object) => object,
  withSubject: withIstioSubject,
  withIsolation: () => noRules,
  withAction: () => noRules,
  withMtls: (object, port, mode) => {
    if (port === null)
      return withValue(
        object,
        ['spec', 'mtls'],
        mode === null ? undefined : { ...fieldsOf(fieldsOf(object.spec).mtls), mode },
      )
    const ports = fieldsOf(fieldsOf(object.spec).portLevelMtls)
    if (mode !== null)
      return withValue(object, ['spec', 'portLevelMtls', String(port)], { ...fieldsOf(ports[String(port)]), mode })
    const last = Object.keys(ports).every((one) => one === String(port))
    return withValue(object, ['spec', 'portLevelMtls', ...(last ? [] : [String(port)])], undefined)
  },
}

const modeOf = (value: unknown): MtlsMode => modes.find((one) => isFields(value) && value.mode === one) ?? 'UNSET'

function visualOf(object: ModelObject, ref: PolicyRef): Visual {
  const spec = fieldsOf(object.spec)
  return {
    ref,
    dialect: 'istio-peer-authentication',
    can,
    staged: false,
    subject: istioSubject(object, ref),
    sides: [],
    action: null,
    tier: null,
    order: null,
    mtls: {
      mode: modeOf(spec.mtls),
      ports: Object.entries(fieldsOf(spec.portLevelMtls)).flatMap(([key, value]) => {
        const port = Number(key)
        return Number.isInteger(port) ? [{ port, mode: modeOf(value) }] : []
      }),
    },
    also: alsoIn(spec, ['spec'], ['selector', 'mtls', 'portLevelMtls']),
  }
}
